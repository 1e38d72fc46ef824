"""执法记录仪管理平台: what was recorded, by whom, in which span of time."""

from datetime import datetime

from pydantic import Field

from law.facts import Fact
from law.offices import Office
from models.forms.requests_outside import AnswerRecording
from models.outside import Notification, Question, System, make_message_builder


class RecordingRequest(Notification):
    """Which recordings are looked for (调取记录请求)."""

    device: str = Field(default="", title="设备编号")
    wearer: str = Field(title="佩戴民警")
    since: datetime = Field(title="起")
    until: datetime = Field(title="止")


BODY_CAMERA = System(
    id="body-camera",
    zh="执法记录仪管理平台",
    office=Office.ADMINISTRATOR,
    wants=(Fact.RECORDING_ASKED,),
    message=RecordingRequest,
    says=make_message_builder(RecordingRequest),
    questions=(Question(Fact.RECORDING_ASKED, AnswerRecording, {"found": True, "recordings": "JLY-0001", "reference": "JL-0001"}),),
)
