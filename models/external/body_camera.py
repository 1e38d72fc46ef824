"""执法记录仪管理平台: what was recorded, by whom, in which span of time."""

from datetime import datetime

from pydantic import Field

from law.facts import Fact
from law.offices import Office
from models.forms.recordings import LinkRecording, ReportRecordingDeleted
from models.forms.requests_outside import AnswerRecording
from models.outside import Happening, Notification, Question, System, build_happening_fields


class RecordingRequest(Notification):
    """Which recordings are looked for (调取记录请求)."""

    device: str = Field(default="", title="设备编号")
    wearer: str = Field(default="", title="佩戴民警")
    since: datetime | None = Field(default=None, title="起", description="没有的，为止以前最近的记录")
    until: datetime = Field(title="止")


def _say(happening: Happening) -> RecordingRequest:
    form = happening.form
    if happening.fact is Fact.CAMERA_WORN:
        devices = "、".join(form.get("cameras", ()))
        return RecordingRequest(device=devices, until=happening.at, **build_happening_fields(happening))
    asked = {name: form[name] for name in ("device", "wearer", "since", "until") if name in form}
    return RecordingRequest(**asked, **build_happening_fields(happening))


BODY_CAMERA = System(
    id="body-camera",
    zh="执法记录仪管理平台",
    office=Office.ADMINISTRATOR,
    wants=(Fact.RECORDING_ASKED, Fact.CAMERA_WORN),
    message=RecordingRequest,
    says=_say,
    questions=(
        Question(Fact.RECORDING_ASKED, AnswerRecording, {"found": True, "recordings": "JLY-0001", "reference": "JL-0001"}),
        # Of what a camera saw it tells by itself, and when it has kept that as long as it must.
        Question(Fact.CAMERA_WORN, LinkRecording, {"number": "JLY-0001"}, later=(ReportRecordingDeleted,)),
    ),
)
