"""出租车管理平台: which taxi was where in a span of hours, and who drove it."""

from datetime import datetime

from pydantic import Field

from law.facts import Fact
from law.offices import Office
from models.forms.requests_outside import AnswerTrack
from models.outside import Notification, Question, System, make_message_builder


class TrackRequest(Notification):
    """Which car is looked for; what was left in it, and by whom, is none of the platform's business (轨迹查询请求)."""

    plate: str = Field(default="", title="车牌号码")
    company: str = Field(default="", title="运营单位")
    since: datetime = Field(title="起")
    until: datetime = Field(title="止")
    route: str = Field(title="上下车地点")


TAXI = System(
    id="taxi",
    zh="出租车管理平台",
    office=Office.PARTY,
    wants=(Fact.TRACK_ASKED,),
    message=TrackRequest,
    says=make_message_builder(TrackRequest),
    questions=(
        Question(
            Fact.TRACK_ASKED,
            AnswerTrack,
            {"found": True, "plate": "安A·T2046", "driver": "荀师傅", "track": "GJ-0001", "reference": "CZ-0001"},
        ),
    ),
)
