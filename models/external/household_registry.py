"""人口信息管理系统: whether a name and a citizen number belong to one person."""

from pydantic import Field

from law.facts import Fact
from law.offices import Office
from models.forms.requests_outside import AnswerHousehold
from models.outside import Notification, Question, System, make_message_builder


class HouseholdRequest(Notification):
    """Whom the registry is asked about (户籍核查请求)."""

    name: str = Field(title="姓名")
    citizen_number: str = Field(title="公民身份号码")


HOUSEHOLD_REGISTRY = System(
    id="household-registry",
    zh="人口信息管理系统",
    office=Office.ADMINISTRATOR,
    wants=(Fact.HOUSEHOLD_ASKED,),
    message=HouseholdRequest,
    says=make_message_builder(HouseholdRequest),
    questions=(
        Question(Fact.HOUSEHOLD_ASKED, AnswerHousehold, {"matches": True, "address": "青岚县城关镇", "reference": "HJ-0001"}),
    ),
)
