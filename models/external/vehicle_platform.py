"""网约车平台: which car somebody rode in, and who drove it."""

from datetime import datetime

from pydantic import Field

from law.facts import Fact
from law.offices import Office
from models.forms.requests_outside import AnswerTrip
from models.outside import Notification, Question, System, make_message_builder


class TripRequest(Notification):
    """Which trip is looked for; what the caller lost or suffered is none of the platform's business (行程查询请求)."""

    passenger_phone: str = Field(title="乘客电话")
    plate: str = Field(default="", title="车牌号码")
    since: datetime = Field(title="起")
    until: datetime = Field(title="止")
    consent: str = Field(default="", title="同意书摘要", description="乘客本人书面同意的，同意书扫描件的 SM3 摘要")


VEHICLE_PLATFORM = System(
    id="vehicle-platform",
    zh="网约车平台",
    office=Office.PARTY,
    wants=(Fact.TRIP_ASKED,),
    message=TripRequest,
    says=make_message_builder(TripRequest),
    questions=(
        Question(Fact.TRIP_ASKED, AnswerTrip, {"found": True, "plate": "安A·D1234", "driver": "郝师傅", "reference": "XC-0001"}),
    ),
)
