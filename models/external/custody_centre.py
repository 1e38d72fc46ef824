"""看守所管理信息系统: who comes, for how long, who must go, and whose limit has passed."""

from pydantic import Field

from law.facts import Fact
from law.offices import Office
from models.outside import Happening, Notification, System, build_happening_fields


class CustodyNotice(Notification):
    """What a custody centre is told of one person (在押人员通知)."""

    name: str = Field(title="姓名")
    citizen_id: str = Field(title="公民身份号码")
    extension: str = Field(default="", title="延长", description="例如 to 30 day；不是延长时为空")


def _build_notice(happening: Happening) -> CustodyNotice:
    person = next((each for each in happening.people if each["role"] == "suspect"), {"name": "", "citizen_id": ""})
    return CustodyNotice(
        **build_happening_fields(happening),
        name=person["name"],
        citizen_id=person["citizen_id"],
        extension=happening.values.get("extension", ""),
    )


CUSTODY_CENTRE = System(
    id="custody-centre",
    zh="看守所管理信息系统",
    office=Office.CUSTODY_CENTRE,
    wants=(
        Fact.DETENTION_EXECUTED,
        Fact.DETENTION_EXTENDED,
        Fact.ARREST_EXECUTED,
        Fact.ARREST_APPROVAL_REVOKED,
        Fact.CUSTODY_EXTENDED,
        Fact.CUSTODY_RESTARTED,
        Fact.MEASURE_OVERDUE,
        Fact.PERSON_RELEASED,
        Fact.BAIL_DECIDED,
        Fact.SURVEILLANCE_DECIDED,
        Fact.PERSON_CORRECTED,
    ),
    message=CustodyNotice,
    says=_build_notice,
)
