"""The forms of what a drive goes through (清查事项): one matter, answered for by its officer, looked at by somebody else.

Nothing here changes the matter: a case is sent or cancelled, and an identity set right, by the matter's own steps; an answer says that it
was, and is refused while the record does not.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from law.facts import Fact
from law.offices import Office
from models.forms.drive import BASIS
from models.forms.form import Can, Form, OnlyWhere, OptionalLine, Text
from models.forms.rectification_order import HANDLERS, Term
from models.forms.widget import Widget
from models.instants import PlannedDay
from models.reviews.selections import PURPOSE, Purpose, SelectionId

VERIFIERS = (Office.CASE_MANAGEMENT_OFFICER, Office.LEGAL_REVIEWER, Office.SUPERVISOR)
"""Who looks at an answer: never whoever gave it."""

BACKLOG_RESULTS = {
    "continue": "继续侦查",
    "sent": "移送起诉",
    "ended": "撤案或者终止",
    "merged": "并案",
    "handed-over": "移交",
    "lost": "查无卷宗",
}
IDENTITY_RESULTS = {"corrected": "已经更正", "right": "核实无误", "unclear": "无法查清"}
RESULTS: Mapping[str, str] = {**BACKLOG_RESULTS, **IDENTITY_RESULTS}
"""What becomes of an item, as people call it."""

LOST = "lost"
Tick = Literal["yes", "no", "na"]
_TICK = "yes 是、no 否、na 不适用"


def _describe(results: Mapping[str, str]) -> str:
    return "、".join(f"{code} {zh}" for code, zh in results.items())


class OpenDriveItem(
    Form,
    title="列入清查",
    by=Office.ADMINISTRATOR,
    fact=Fact.DRIVE_ITEM_BEGUN,
    or_facts=(Fact.DRIVE_ITEM_OF_IDENTITY,),
    basis=BASIS,
):
    """Have a matter that was selected gone through: the drive does (列入清查)."""

    subject: str = Field(title="清查事项", min_length=1, max_length=40)
    drive: str = Field(title="清查批次", min_length=1, max_length=40)
    purpose: Purpose = Field(title="清查目的", description=PURPOSE)
    selections: tuple[SelectionId, ...] = Field(title="列入范围")
    unit: str = Field(title="责任单位", max_length=60)
    officer: str = Field(title="责任民警", max_length=60)
    term: Term = Field(title="反馈期限")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That it was begun, and whether it is about an identity."""
        return (Fact.DRIVE_ITEM_BEGUN, *((Fact.DRIVE_ITEM_OF_IDENTITY,) if self.purpose == "identity" else ()))

    def get_assignee(self) -> str:
        """Whoever answers for it."""
        return self.officer

    def get_target_unit(self) -> str:
        """The unit whose the matter is."""
        return self.unit

    def get_heading(self) -> str:
        """What lists show."""
        return f"清查 {self.subject}"

    def check_person(self, person: str) -> Mapping[str, str]:
        """No person picks a matter."""
        return {"subject": "由清查批次按范围列入"}


class AnswerBacklogItem(
    Form,
    title="反馈积案清查结果",
    by=HANDLERS,
    fact=Fact.DRIVE_ITEM_ANSWERED,
    basis=BASIS,
    unless=Fact.DRIVE_ITEM_OF_IDENTITY,
    usual=True,
):
    """Say of an old case, question by question, how it stands, and what becomes of it (积案清查反馈)."""

    paper_found: Tick = Field(title="纸质卷宗在位", description=_TICK)
    place: OptionalLine = Field(default="", title="卷宗存放地点")
    catalogue_complete: Tick = Field(title="卷内目录齐全", description=_TICK)
    exhibits_found: Tick = Field(title="物证、财物在库", description=_TICK)
    samples_usable: Tick = Field(title="检材可以重新检验", description=_TICK)
    suspect_known: Tick = Field(title="犯罪嫌疑人已经查明、去向已核", description=_TICK)
    measure_checked: Tick = Field(title="强制措施状态已核、没有超期", description=_TICK)
    within_limitation: Tick = Field(title="未过追诉时效", description=_TICK)
    witnesses_reachable: Tick = Field(title="被害人、证人可以联系", description=_TICK)
    result: Literal["continue", "sent", "ended", "merged", "handed-over", "lost"] = Field(
        title="清查结果", description=_describe(BACKLOG_RESULTS)
    )
    next_act: Annotated[OptionalLine, OnlyWhere({"result": ("continue",)}, "继续侦查的，须写明下一步工作")] = Field(
        default="", title="下一步工作", validate_default=True
    )
    owner: Annotated[str, Can(HANDLERS), Widget("officer"), OnlyWhere({"result": ("continue",)}, "继续侦查的，须确定责任民警")] = (
        Field(default="", title="责任民警", max_length=60, validate_default=True)
    )
    by_day: Annotated[PlannedDay | None, OnlyWhere({"result": ("continue",)}, "继续侦查的，须确定完成日期")] = Field(
        default=None, title="完成日期", validate_default=True
    )
    words: Text = Field(title="清查情况", description="查无卷宗的，写明查找过的地点和人员")


class AnswerIdentityItem(
    Form,
    title="反馈身份核查结果",
    by=HANDLERS,
    fact=Fact.DRIVE_ITEM_ANSWERED,
    basis=BASIS,
    given=Fact.DRIVE_ITEM_OF_IDENTITY,
    usual=True,
):
    """Say of an identity in doubt whether it was set right in the record, holds, or cannot be cleared up (身份核查反馈)."""

    result: Literal["corrected", "right", "unclear"] = Field(title="核查结果", description=_describe(IDENTITY_RESULTS))
    source: OptionalLine = Field(default="", title="核查途径", description="例如 人口信息、户籍地派出所、本人证件")
    words: Text = Field(title="核查情况")


class VerifyDriveItem(Form, title="核验通过", by=VERIFIERS, fact=Fact.DRIVE_ITEM_VERIFIED, basis=BASIS, usual=True):
    """Find that an answer is so; somebody else than whoever gave it does (核验)."""

    opinion: Text = Field(default="经核验，清查情况属实。", title="核验意见")


class ReturnDriveItem(Form, title="退回重新清查", by=VERIFIERS, fact=Fact.DRIVE_ITEM_RETURNED, basis=BASIS):
    """Have it gone through once more (退回)."""

    reason: Text = Field(title="退回理由")
    term: Term = Field(default="7 day", title="反馈期限", description="每日为24小时，写作 1 day 至 30 day")
