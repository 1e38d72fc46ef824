"""通信协查: which telephone is to be located, for how long; whose it is and why is none of the operator's business."""

from pydantic import Field

from law.facts import Fact
from law.offices import Office
from models.forms.missing_means import AnswerLocation
from models.outside import Notification, Question, System, make_message_builder


class LocationRequest(Notification):
    """Which telephone is looked for (紧急定位请求), approved by the duty commander."""

    number: str = Field(title="电话号码")
    span: str = Field(default="24 hour", title="定位时段")


TELECOM = System(
    id="telecom",
    zh="通信协查平台",
    office=Office.PARTY,
    wants=(Fact.MISSING_LOCATION_ASKED,),
    message=LocationRequest,
    says=make_message_builder(LocationRequest),
    questions=(
        Question(
            Fact.MISSING_LOCATION_ASKED,
            AnswerLocation,
            {"outcome": "located", "place": "东河桥附近", "accuracy_m": 300, "reference": "TX-0001"},
        ),
    ),
)
