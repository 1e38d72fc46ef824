"""The forms of a rectification order (整改指令单): what was done wrong must be put right, by a deadline, and be seen to be."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from pydantic import Field

from law.facts import Fact
from law.instruments import RULE
from law.legal_fact import LegalFact
from law.offices import Office
from models.ends import End, Ends
from models.forms.form import Can, Effects, Form, Line, OptionalText, Text
from models.matter import Kind

BASIS = RULE.section("整改指令")
ISSUERS = (Office.SUPERVISOR, Office.CASE_MANAGEMENT_OFFICER, Office.LEGAL_REVIEWER)
_LONGEST_HEADING = 60
HANDLERS = (Office.CASE_OFFICER, Office.STATION_HEAD)
Term = Annotated[str, Field(pattern=r"^([1-9]|[12]\d|30) day$", max_length=10, description="每日为24小时，写作 1 day 至 30 day")]


class OpenRectificationOrder(
    Form,
    title="下达整改指令",
    by=ISSUERS,
    fact=Fact.RECTIFICATION_ORDERED,
    basis=BASIS,
    or_facts=(Fact.MEASURE_OVERDUE,),
    document="整改指令单",
    opens=Kind.RECTIFICATION_ORDER,
):
    """Order that something in a matter be put right (下达整改指令). `clock` is filled in where a clock that ran out opens the order."""

    subject: str = Field(title="涉及事项", description="需要整改的警情、案件或者人员的编号", min_length=1, max_length=40)
    problem: Text = Field(title="存在问题")
    demand: Text = Field(title="整改要求")
    term: Term = Field("3 day", title="整改期限")
    unit: str = Field("", title="责任单位", description="不填即为涉及事项的办案单位", max_length=60)
    officer: Annotated[str, Can(HANDLERS)] = Field("", title="责任民警", max_length=60)
    clock: str = Field("", title="超期期限", description="由超期自动下达时填写的期限编号", max_length=200)

    def brought(self) -> tuple[Fact, ...]:
        """That it was ordered, and that a measure is overdue where that is why."""
        return (Fact.RECTIFICATION_ORDERED, *((Fact.MEASURE_OVERDUE,) if self.clock else ()))

    def brings(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """The order concerns itself; that a measure is overdue concerns the person held."""
        return super().brings(fact, self.subject if fact is Fact.MEASURE_OVERDUE else subject, at, approver)

    def refused_to(self, person: str) -> Mapping[str, str]:
        """No person says that a clock ran out; the clock itself does."""
        return {"clock": "该项由超期自动下达时填写"} if self.clock else {}

    def effects(self) -> Effects:
        """It belongs to the matter in which something is to be put right."""
        return Effects(parent=self.subject)

    def heading(self) -> str:
        """What lists show: the problem without what is said in brackets."""
        problem = re.sub(r"[(（].*", "", self.problem, flags=re.DOTALL)
        return f"整改 {self.subject}：{problem if len(problem) <= _LONGEST_HEADING else problem[:_LONGEST_HEADING] + '…'}"

    def moves_to(self) -> str:
        """The unit that must put it right."""
        return self.unit

    def assigns(self) -> str:
        """The officer who must."""
        return self.officer


class SignRectification(Form, title="签收整改指令", by=HANDLERS, fact=Fact.RECTIFICATION_SIGNED, basis=BASIS):
    """Take note of the order, and begin (签收)."""


class ReportRectification(
    Form, title="反馈整改结果", by=HANDLERS, fact=Fact.RECTIFICATION_REPORTED, basis=BASIS, document="整改反馈单"
):
    """Report what was put right (整改反馈)."""

    done: Text = Field(title="整改情况")
    cause: OptionalText = Field("", title="问题原因")


class VerifyRectification(Form, title="核查通过", by=ISSUERS, fact=Fact.RECTIFICATION_VERIFIED, basis=BASIS):
    """Find that it has been put right (核查销号)."""

    opinion: Text = Field("经核查，问题已整改到位。", title="核查意见")


class ReturnRectification(Form, title="退回重新整改", by=ISSUERS, fact=Fact.RECTIFICATION_RETURNED, basis=BASIS):
    """Find that it has not, and set a new deadline (退回重新整改)."""

    reason: Text = Field(title="退回理由")
    term: Term = Field("3 day", title="整改期限")


class CancelRectification(Form, title="撤销整改指令", by=Office.SUPERVISOR, fact=Fact.RECTIFICATION_CANCELLED, basis=BASIS):
    """Take the order back, since nothing was wrong (撤销)."""

    reason: Line = Field(title="撤销理由")


ENDS = Ends(Kind.RECTIFICATION_ORDER, {"closed": End(), "cancelled": End()})
