"""The forms by which a unit reports what it put right (整改反馈), and by which whoever ordered it looks whether that is so (核查)."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from law.facts import Fact
from law.offices import Office
from models.forms.form import Form, Line, OnlyWhere, OptionalLine, OptionalText, Text
from models.forms.rectification_order import BASIS, HANDLERS, ISSUERS, Term

_MOST = 20
_MOST_CITED = 50
Number = Annotated[int, Field(ge=1, le=_MOST)]


class _Said(BaseModel):
    """A part of a form."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Answer(_Said):
    """What became of one demand, and by which acts in the matter that is seen (逐项反馈)."""

    demand: Number = Field(title="要求序号", description="整改要求的序号，从1起")
    result: Literal["done", "partly", "not"] = Field(title="结果", description="done 已完成、partly 部分完成、not 未完成")
    entries: Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(max_length=_MOST_CITED)] = Field(
        default=(), title="办理记录", description="涉及事项中、指令下达以后的办理记录的序号"
    )
    papers: Annotated[tuple[Line, ...], Field(max_length=_MOST_CITED)] = Field(default=(), title="文书、材料")
    words: OptionalLine = Field(default="", title="说明")


class Finding(_Said):
    """What was found about one demand (逐项核查)."""

    demand: Number = Field(title="要求序号")
    checked: bool = Field(default=False, title="已核对")
    words: OptionalLine = Field(default="", title="核查情况")


class _Report(Form):
    """What every report says."""

    done: Text = Field(title="整改情况")
    answers: Annotated[tuple[Answer, ...], Field(max_length=_MOST)] = Field(
        default=(), title="逐项反馈", description="逐项写明要求的，逐项反馈，并列出涉及事项中新的办理记录"
    )
    cause_kind: Literal["", "unaware", "careless", "deliberate", "outside", "system", "short-handed"] = Field(
        default="",
        title="原因类别",
        description="unaware 不知、careless 疏忽、deliberate 故意、outside 外部原因、system 系统原因、short-handed 力量不足",
    )
    cause: OptionalText = Field(default="", title="问题原因")
    prevention: OptionalText = Field(default="", title="防止再次发生的措施")

    @field_validator("answers")
    @classmethod
    def _check_each_once(cls, answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
        return _check_unique(answers)


def _check_unique(answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    if len({each.demand for each in answers}) < len(answers):
        raise ValueError("每项要求只填写一次")
    return answers


class ReportRectification(
    _Report,
    title="反馈整改结果",
    by=HANDLERS,
    fact=Fact.RECTIFICATION_REPORTED,
    basis=BASIS,
    document="整改反馈单",
    reserved={Fact.RECTIFICATION_GRAVE: (Office.STATION_HEAD,)},
):
    """Report what was put right (整改反馈); of an orange or red order whoever heads the unit does."""


class ReportGraveRectification(
    _Report,
    title="呈请反馈整改结果",
    by=Office.CASE_OFFICER,
    approved_by=(Office.STATION_HEAD,),
    fact=Fact.RECTIFICATION_REPORTED,
    basis=BASIS,
    document="整改反馈单",
    given=Fact.RECTIFICATION_GRAVE,
):
    """Report what was put right of an orange or red order, which whoever heads the unit has to have seen (橙色、红色的反馈)."""


class _Verifying(Form):
    """What whoever verifies says."""

    findings: Annotated[tuple[Finding, ...], Field(max_length=_MOST)] = Field(
        default=(), title="逐项核查", description="反馈没有列出新的办理记录的，须逐项核对"
    )
    opinion: Text = Field(default="经核查，问题已整改到位。", title="核查意见")
    quality: Annotated[int, Field(ge=1, le=5)] | None = Field(default=None, title="质效评估", description="1 至 5 分")
    grade: Literal["", "hint", "flaw", "fault", "referral"] = Field(
        default="",
        title="问题等次",
        description="由法制员确定：hint 提示、flaw 瑕疵、fault 过错、referral 违纪违法线索",
    )
    grade_reason: Annotated[OptionalText, OnlyWhere({"grade": ("flaw", "fault", "referral")}, "确定等次须说明理由")] = Field(
        default="", title="等次理由", validate_default=True
    )
    lesson: OptionalText = Field(default="", title="可供他人借鉴之处")


class VerifyRectification(
    _Verifying,
    title="核查通过",
    by=ISSUERS,
    fact=Fact.RECTIFICATION_VERIFIED,
    basis=BASIS,
    document="核查意见书",
    unless=Fact.RECTIFICATION_URGENT,
):
    """Find that it has been put right (核查销号)."""


class VerifyUrgentRectification(
    _Verifying,
    title="呈请核查通过",
    by=(Office.SUPERVISOR, Office.CASE_MANAGEMENT_OFFICER),
    approved_by=(Office.LEGAL_REVIEWER,),
    fact=Fact.RECTIFICATION_VERIFIED,
    basis=BASIS,
    document="核查意见书",
    given=Fact.RECTIFICATION_URGENT,
):
    """Find that what a red order asked for has been put right, which the legal department confirms as a second person (红色的核查)."""


class ReturnRectification(Form, title="退回重新整改", by=ISSUERS, fact=Fact.RECTIFICATION_RETURNED, basis=BASIS):
    """Find that it has not, and set a new deadline (退回重新整改)."""

    unmet: Annotated[tuple[Number, ...], Field(max_length=_MOST)] = Field(
        default=(), title="未达到的要求", description="要求的序号"
    )
    reason: Text = Field(title="退回理由")
    term: Term = Field(default="3 day", title="整改期限")
