"""The forms of a joint task (协同任务): one thing that one unit is asked to do for another's matter by a time, and answers.

It shows of that matter what whoever asks discloses, and no more: so those who do it read it though the file is sealed.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from law.facts import Fact
from law.legal_fact import LegalFact
from law.lengths import Length, minutes, parse_length
from law.offices import Office
from law.statutes.joint_task_rules import BASIS, FLASH, LONGEST, URGENT
from models.ends import End, Ends
from models.forms.form import (
    IN_SUMMARY,
    NOTHING,
    Can,
    Effects,
    Form,
    OnlyWhere,
    OptionalLine,
    OptionalText,
    Text,
    describe_code,
)
from models.forms.requests_outside import ANOTHERS
from models.forms.widget import Widget
from models.matter import Kind

ISSUERS = (
    Office.DUTY_COMMANDER,
    Office.REPORTING_DESK,
    Office.CASE_OFFICER,
    Office.STATION_HEAD,
    Office.LETTER_OFFICER,
)
"""Who asks other units for something, each for a matter that they reach."""
DOERS = (Office.CASE_OFFICER, Office.AUXILIARY_OFFICER, Office.STATION_HEAD, Office.REPORTING_DESK)
"""Who takes it up, in the unit that is asked."""
# An auxiliary officer helps, and turns nothing down.
_DECLINES = tuple(each for each in DOERS if each is not Office.AUXILIARY_OFFICER)
MATTER_ENDED = "主事项已结束"

Sort = Literal[
    "patrol",
    "video",
    "telecom",
    "rescue",
    "hospital",
    "shelter",
    "transport-data",
    "neighbour",
    "first-response",
    "escort",
    "verify",
    "other",
]
SORTS = (
    "patrol 路面查找、video 视频研判、telecom 通信协查、rescue 专业救援、hospital 医院协查、shelter 救助站协查、transport-data 交通协查、"
    "neighbour 社区走访、first-response 最小应急单元先期处置、escort 押送、verify 核查、other 其他"
)
Outside = Literal["", "rescue", "hospital", "shelter"]
OUTSIDE = "rescue 专业救援、hospital 医院、shelter 救助站"
_SENT: Mapping[str, Fact] = {
    "rescue": Fact.TASK_SENT_TO_RESCUE,
    "hospital": Fact.TASK_SENT_TO_HOSPITAL,
    "shelter": Fact.TASK_SENT_TO_SHELTER,
}
FOLLOWED = (Fact.TASK_CANCELLED, Fact.TASK_RETURNED)
"""What whoever was asked outside hears of it besides."""
Priority = Literal["flash", "urgent", "normal"]
PRIORITIES = "flash 特急、urgent 紧急、normal 一般"
_BASES: Mapping[str, Length] = {"flash": FLASH, "urgent": URGENT}
_SHORTEST = minutes(15)
_LENGTHS = "不短于15分钟、不长于168小时"


def _check_length(term: str) -> str:
    if not _SHORTEST.clock <= parse_length(term).clock <= LONGEST.clock:
        raise ValueError(f"任务的时限{_LENGTHS}")
    return term


TaskTerm = Annotated[
    str,
    Field(pattern=r"^\d{1,4} (minute|hour)$", max_length=12, description=f"写作 30 minute、2 hour；{_LENGTHS}"),
    AfterValidator(_check_length),
    Widget("length"),
]
People = Annotated[tuple[Annotated[str, Field(min_length=1, max_length=60)], ...], Field(max_length=20), Widget("officers")]


class OpenJointTask(
    Form,
    title="下达协同任务",
    by=ISSUERS,
    fact=Fact.TASK_ISSUED,
    or_facts=(Fact.TASK_SENT_OUTSIDE, *_SENT.values()),
    basis=BASIS,
    document="合成作战指令",
    opens=Kind.JOINT_TASK,
):
    """Ask another unit to do something for a matter by a time (下达协同任务); where the matter itself asks, `subject` is empty."""

    subject: str = Field(default="", title="所属事项", description="任务所服务的警情、案件等事项的编号", max_length=40)
    sort: Annotated[Sort, IN_SUMMARY] = Field(title="任务类型", description=SORTS)
    unit: Annotated[str, Widget("unit")] = Field(default="", title="执行单位", max_length=60)
    to_system: Annotated[
        Outside, OnlyWhere({"unit": NOTHING}, "填写执行单位，或者选择外部单位", "已填写执行单位的，不选外部单位"), IN_SUMMARY
    ] = Field(default="", title="外部单位", description=OUTSIDE, validate_default=True)
    what: Annotated[str, Field(min_length=1, max_length=2000), IN_SUMMARY] = Field(title="任务内容")
    area: Annotated[OptionalLine, IN_SUMMARY] = Field(default="", title="查找范围", description="地点、路段、区域")
    not_by: People = Field(default=(), title="不得参与的人员", description="由执行单位的其他人员签收和反馈")
    term: TaskTerm = Field(title="反馈时限")
    priority: Annotated[Priority, IN_SUMMARY] = Field(default="normal", title="紧急程度", description=PRIORITIES)
    disclose: Annotated[tuple[Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")], ...], Field(max_length=20)] = Field(
        default=(), title="提供的项目", description="所属事项登记的项目名，例如 place、narrative；没有列出的不提供给执行单位"
    )
    disclosed: Annotated[OptionalText, IN_SUMMARY] = Field(
        default="", title="提供的信息", description="由系统按所列项目从所属事项摘录"
    )

    @property
    def base(self) -> str:
        """Within how long it is to be signed for, by how urgent it is."""
        return str(_BASES[self.priority]) if self.priority in _BASES else ""

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That it is asked, and of whom outside."""
        sent = (Fact.TASK_SENT_OUTSIDE, _SENT[self.to_system]) if self.to_system else ()
        return (Fact.TASK_ISSUED, *sent)

    def build_fact(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """Only that it is asked starts anything; of a system outside nobody signs."""
        brought = super().build_fact(fact, subject, at, approver)
        return replace(brought, item=self.to_system) if fact is Fact.TASK_ISSUED else replace(brought, base="", term="")

    def build_effects(self) -> Effects:
        """It belongs to the matter for which it is done."""
        return Effects(parent=self.subject)

    def get_heading(self) -> str:
        """What lists show: which sort of help, and for what."""
        return f"{describe_code(type(self).model_fields['sort'], self.sort)}：{self.what}"[:60]

    def get_target_unit(self) -> str:
        """The unit that is asked."""
        return self.unit

    def reaches_out(self) -> bool:
        """It is asked of others."""
        return True


class SignJointTask(
    Form, title="签收协同任务", by=DOERS, fact=Fact.TASK_SIGNED, basis=BASIS, usual=True, unless=Fact.TASK_SENT_OUTSIDE
):
    """Take it up, and say who leads how many (签收)."""

    leader: Annotated[OptionalLine, Can(DOERS), Widget("officer")] = Field(
        default="", title="带队人员", description="用户名；不填即为签收人"
    )
    people: int = Field(default=1, title="出动人数", ge=1, le=200)

    def get_assignee(self) -> str:
        """Who leads it."""
        return self.leader


class UpdateJointTask(Form, title="报告进展", by=DOERS, fact=Fact.TASK_UPDATED, basis=BASIS, usual=True):
    """Say how it goes (进展)."""

    said: Annotated[Text, IN_SUMMARY] = Field(title="进展情况")
    place: OptionalLine = Field(default="", title="所在位置")


class ReportJointTask(Form, title="反馈协同任务", by=DOERS, fact=Fact.TASK_REPORTED, basis=BASIS, unless=Fact.TASK_SENT_OUTSIDE):
    """Say what came of it (反馈)."""

    outcome: Annotated[Literal["found", "clue", "nothing", "done"], IN_SUMMARY] = Field(
        title="结果", description="found 找到、clue 有线索、nothing 未发现、done 已完成"
    )
    said: Annotated[Text, IN_SUMMARY] = Field(title="反馈内容")
    place: OptionalLine = Field(default="", title="地点")


class AnswerJointTask(
    ReportJointTask,
    title="收到外部单位反馈",
    by=ANOTHERS,
    fact=Fact.TASK_REPORTED,
    basis=BASIS,
    given=Fact.TASK_SENT_OUTSIDE,
):
    """Whoever was asked outside says what came of it; what comes by telephone an officer writes down (反馈)."""

    reference: OptionalLine = Field(default="", title="对方编号")


class AcceptJointTask(Form, title="认可反馈", by=ISSUERS, fact=Fact.TASK_ACCEPTED, basis=BASIS, usual=True):
    """Find that it answers what was asked (认可)."""


class ReturnJointTask(Form, title="退回反馈", by=ISSUERS, fact=Fact.TASK_RETURNED, basis=BASIS):
    """Have it gone on with, by a new time (退回)."""

    reason: Text = Field(title="退回理由")
    term: TaskTerm = Field(title="新的反馈时限")

    def build_fact(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """With the new term; the reason is no ground of any limit."""
        return replace(super().build_fact(fact, subject, at, approver), reason="")


class DeclineJointTask(Form, title="不能执行", by=_DECLINES, fact=Fact.TASK_DECLINED, basis=BASIS, unless=Fact.TASK_SENT_OUTSIDE):
    """Say that the unit cannot do it, and why; the duty commander hears of it at once (不能执行)."""

    why: Literal["no-people", "not-ours", "impossible"] = Field(
        title="原因", description="no-people 警力不足、not-ours 不属本单位、impossible 无法完成"
    )
    said: OptionalText = Field(default="", title="说明")


class CancelJointTask(Form, title="撤销协同任务", by=ISSUERS, fact=Fact.TASK_CANCELLED, basis=BASIS):
    """Take it back (撤销)."""

    reason: Text = Field(title="撤销理由")


ENDS = Ends(Kind.JOINT_TASK, {"closed": End(), "declined": End(), "cancelled": End()})
