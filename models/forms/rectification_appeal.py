"""The forms of an objection to a rectification order (整改异议), and of what is decided on it by somebody who did not issue it."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from law.facts import Fact
from law.instruments import RULE
from law.legal_fact import LegalFact
from law.offices import Office
from models.forms.form import Can, Form, Line, OnlyWhere, OptionalText, Text
from models.forms.rectification_order import HANDLERS, Demands, Term
from models.forms.widget import Widget

BASIS = RULE.section("整改异议")
_CHANGED = OnlyWhere({"result": ("changed",)})


class AppealRectification(
    Form,
    title="对整改指令提出异议",
    by=HANDLERS,
    fact=Fact.RECTIFICATION_APPEALED,
    basis=BASIS,
    by_assignee=(Office.CASE_OFFICER,),
):
    """Say why the order should not stand (异议); what is owed to a person is done all the same, and the term runs on."""

    ground: Literal["facts", "not-ours", "law", "done", "impossible"] = Field(
        title="异议理由",
        description="facts 事实不清、not-ours 不属本单位、law 法律理解不同、done 已处理、impossible 客观不能",
    )
    statement: Text = Field(title="异议内容")
    papers: Annotated[tuple[Line, ...], Field(max_length=20)] = Field(default=(), title="材料")


class DecideAppeal(
    Form,
    title="异议审查决定",
    by=(Office.LEGAL_REVIEWER, Office.COUNTY_HEAD, Office.HIGHER_POLICE),
    fact=Fact.RECTIFICATION_APPEAL_DECIDED,
    or_facts=(Fact.RECTIFICATION_REASSIGNED, Fact.RECTIFICATION_CHANGED, Fact.RECTIFICATION_CANCELLED),
    basis=BASIS,
    document="异议审查决定书",
):
    """Decide on an objection: the order stands, is changed, or is revoked (异议审查决定)."""

    result: Literal["maintained", "changed", "revoked"] = Field(
        title="决定", description="maintained 维持、changed 变更、revoked 撤销"
    )
    reasons: Text = Field(title="决定理由")
    unit: Annotated[str, _CHANGED, Widget("unit")] = Field(default="", title="变更后的责任单位", max_length=60)
    officer: Annotated[str, Can(HANDLERS), _CHANGED, Widget("officer")] = Field(default="", title="变更后的责任民警", max_length=60)
    demand: Annotated[OptionalText, _CHANGED] = Field(default="", title="变更后的整改要求")
    demands: Annotated[Demands, _CHANGED] = Field(default=(), title="变更后的逐项要求")
    term: Annotated[Term | Literal[""], _CHANGED] = Field(
        default="", title="变更后的整改期限", description="不填即原期限；自变更之时重新计算"
    )

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """What was decided, and what that makes of the order."""
        changed = (Fact.RECTIFICATION_CHANGED,) if self.result == "changed" else ()
        moved = (Fact.RECTIFICATION_REASSIGNED,) if self.unit else ()
        revoked = (Fact.RECTIFICATION_CANCELLED,) if self.result == "revoked" else ()
        return (Fact.RECTIFICATION_APPEAL_DECIDED, *moved, *changed, *revoked)

    def build_fact(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """The term is that of the changed order."""
        brought = super().build_fact(fact, subject, at, approver)
        return brought if fact is Fact.RECTIFICATION_CHANGED else replace(brought, term="")

    def get_target_unit(self) -> str:
        """The unit whose it is from now on."""
        return self.unit

    def get_assignee(self) -> str:
        """The officer whose it is."""
        return self.officer
