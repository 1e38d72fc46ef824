"""The forms of what cameras recorded of an incident (执法视音频): linked by the platform or an officer, explained where there is none, deleted in time.

The recordings stay at the platform. What somebody was held for, punished or hurt by is kept for good.
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo

from law.facts import Fact
from law.offices import Office
from law.statutes.incident_rules import RECORDINGS
from models.forms.chapters import Chapter
from models.forms.form import Form, Line, OptionalLine, OptionalText, Text
from models.forms.requests_outside import BUREAUS_OWN
from models.forms.widget import Widget
from models.instants import Instant, PlannedDay, is_typed_now

OFFICER = Office.CASE_OFFICER


def _check_order(until: datetime, info: ValidationInfo) -> datetime:
    since = info.data.get("since")
    if since and until <= since and is_typed_now(info):
        raise ValueError("止须晚于起")
    return until


class LinkRecording(
    Form,
    title="关联执法视音频",
    by=BUREAUS_OWN,
    fact=Fact.RECORDING_LINKED,
    basis=RECORDINGS,
    chapter=Chapter.EVIDENCE,
):
    """Say which recording shows what was done (关联执法视音频); the platform does so by itself."""

    number: Line = Field(title="记录编号")
    device: OptionalLine = Field(default="", title="设备编号")
    wearer: Annotated[OptionalLine, Widget("colleague")] = Field(default="", title="佩戴民警")
    since: Instant = Field(title="起")
    until: Annotated[Instant, AfterValidator(_check_order)] = Field(title="止")
    sm3: str = Field(default="", title="文件摘要", max_length=64, pattern=r"^([0-9a-f]{64})?$", description="SM3")
    kept_until: PlannedDay | None = Field(default=None, title="保存至", description="不填即按规定的最短期限")


class ExplainNoRecording(
    Form,
    title="说明没有执法视音频",
    by=OFFICER,
    approved_by=(Office.STATION_HEAD,),
    fact=Fact.RECORDING_EXPLAINED,
    basis=RECORDINGS,
    chapter=Chapter.EVIDENCE,
):
    """Say why nothing was recorded, which the head of the station accepts or does not (说明)."""

    why: Literal["fault", "forgotten", "not-required", "lost", "other"] = Field(
        title="原因", description="fault 设备故障、forgotten 未开启、not-required 依规不录、lost 记录遗失、other 其他"
    )
    words: Text = Field(title="情况说明")


class ReportRecordingDeleted(
    Form,
    title="执法视音频期满删除",
    by=BUREAUS_OWN,
    fact=Fact.RECORDING_DELETED,
    basis=RECORDINGS,
    chapter=Chapter.EVIDENCE,
    given=Fact.RECORDING_LINKED,
):
    """The platform says that it has deleted what nobody has to keep any longer; its number stays (期满删除)."""

    number: Line = Field(title="记录编号")
    note: OptionalText = Field(default="", title="说明")


OF_RECORDINGS: tuple[type[Form], ...] = (LinkRecording, ExplainNoRecording, ReportRecordingDeleted)
