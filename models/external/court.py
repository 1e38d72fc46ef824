"""人民法院审判管理系统: under which number of ours a prosecuted case is to be answered, and who is accused in it."""

from pydantic import Field

from law.facts import Fact
from law.offices import Office
from models.outside import Enclosed, Happening, Named, Notification, Paper, System, build_happening_fields, list_suspects


class TrialNotice(Notification):
    """What the court is told of a case that has been prosecuted before it (起诉案件通知)."""

    charge: str = Field(default="", title="起诉的罪名")
    court: str = Field(default="", title="受诉法院")
    accused: list[Named] = Field(title="被告人")
    exhibits: list[Enclosed] = Field(default=[], title="随案移送的财物", description="逐件以其编号签收或者说明不予接收的理由")
    papers: list[Paper] = Field(default=[], title="卷宗目录", description="随案移送的卷宗材料，核对后告知是否一致")


def _build_notice(happening: Happening) -> TrialNotice:
    form = happening.form
    return TrialNotice(
        **build_happening_fields(happening),
        charge=form.get("charge", ""),
        court=form.get("court", ""),
        accused=list_suspects(happening),
        exhibits=list(happening.exhibits),
        papers=list(happening.papers),
    )


COURT = System(
    id="court",
    zh="人民法院审判管理系统",
    office=Office.COURT,
    above=(Office.HIGHER_COURT,),
    wants=(Fact.CASE_PROSECUTED, Fact.EXHIBIT_SENT_TO_COURT, Fact.PERSON_CORRECTED),
    message=TrialNotice,
    says=_build_notice,
)
