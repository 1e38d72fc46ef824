"""检察业务应用系统: whom the bureau asks to arrest, which cases it sends, and what it answers when it disagrees."""

from pydantic import Field

from law.facts import Fact
from law.offences import get_charges
from law.offices import Office
from models.outside import Enclosed, Happening, Named, Notification, Paper, System, build_happening_fields, list_suspects


class ProsecutionNotice(Notification):
    """What the procuratorate is told of a case or of one suspect of it (提请、移送通知)."""

    case: str = Field(title="案件编号")
    charge: str = Field(default="", title="罪名代码")
    charge_zh: str = Field(default="", title="罪名")
    suspects: list[Named] = Field(title="犯罪嫌疑人")
    opinion: str = Field(default="", title="意见、理由", description="提请理由、起诉意见、补充侦查情况或者复议复核理由")
    exhibits: list[Enclosed] = Field(default=[], title="随案移送的财物", description="逐件以其编号签收或者说明不予接收的理由")
    papers: list[Paper] = Field(default=[], title="卷宗目录", description="随案移送的卷宗材料，核对后告知是否一致")


# The field in which each form states its case.
_OPINIONS = ("grounds", "opinion", "report", "explanation", "answer", "cause", "circumstances", "note")


def _build_notice(happening: Happening) -> ProsecutionNotice:
    charge = get_charges().get(happening.charge)
    return ProsecutionNotice(
        **build_happening_fields(happening),
        case=happening.case,
        charge=happening.charge,
        charge_zh=charge.zh if charge else "",
        suspects=list_suspects(happening),
        opinion=next((happening.form[name] for name in _OPINIONS if happening.form.get(name)), ""),
        exhibits=list(happening.exhibits),
        papers=list(happening.papers),
    )


PROCURATORATE = System(
    id="procuratorate",
    zh="检察业务应用系统",
    office=Office.PROCURATORATE,
    above=(Office.HIGHER_PROCURATORATE,),
    wants=(
        Fact.ARREST_REQUESTED,
        Fact.ARREST_RECEIPT_RETURNED,
        Fact.ARREST_RECONSIDERATION_REQUESTED,
        Fact.ARREST_REVIEW_REQUESTED,
        Fact.CUSTODY_EXTENSION_REQUESTED,
        Fact.CUSTODY_SUGGESTION_ANSWERED,
        Fact.CASE_SENT_TO_PROCURATORATE,
        Fact.CASE_SENT_AGAIN,
        Fact.EXHIBIT_SENT_TO_PROCURATORATE,
        Fact.NON_PROSECUTION_RECONSIDERATION_REQUESTED,
        Fact.NON_PROSECUTION_REVIEW_REQUESTED,
        Fact.CANCELLATION_RECONSIDERATION_REQUESTED,
        Fact.CANCELLATION_REVIEW_REQUESTED,
        Fact.PERSON_DIED,
        Fact.PERSON_ESCAPED,
        Fact.PERSON_RECAPTURED,
        Fact.PERSON_CORRECTED,
    ),
    message=ProsecutionNotice,
    says=_build_notice,
)
