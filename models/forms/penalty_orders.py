"""What goes beside and after a penalty (处罚的附带责令和公开): a ban that runs for months, and the decision before the public."""

from dataclasses import replace
from datetime import datetime
from typing import ClassVar, Literal

from pydantic import Field, field_validator

from law.facts import Fact
from law.instruments import APL, PSAPL
from law.legal_fact import LegalFact
from law.lengths import months, parse_length
from law.offices import Office
from models.forms.form import Line, OptionalText, Term, Text
from models.forms.offences import ViolationCode
from models.forms.public_order_case import COUNTY_HEAD, OFFICER, OfExecution

BANNING = (PSAPL.article(28, paragraph=2), PSAPL.article(44), PSAPL.article(84, paragraph=3))


class OrderBan(
    OfExecution,
    title="责令不得进入场所、举办活动",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.BAN_ORDERED,
    basis=BANNING,
    document="责令不得进入场所或者举办活动决定书",
):
    """Keep a punished person from matches and shows, from large events, or from places of amusement for half a year to a year (责令)."""

    ban: Literal["no-entry-to-matches", "no-large-events", "no-entertainment"] = Field(
        title="责令的内容",
        description="no-entry-to-matches 不得进入体育场馆、演出场馆观看同类比赛、演出（扰乱秩序被处拘留的），"
        "no-large-events 不得举办大型群众性活动，no-entertainment 不得进入娱乐场所、不得擅自接触涉毒人员（吸食、注射毒品的）",
    )
    term: Term = Field(title="期限", description="6 month 至 12 month", min_length=1)
    grounds: Text = Field(title="理由")

    @field_validator("term")
    @classmethod
    def _is_six_to_twelve_months(cls, term: str) -> str:
        length = parse_length(term)
        if length != months(length.months) or not 6 <= length.months <= 12:
            raise ValueError(
                "责令的期限为六个月至一年，写作 6 month 至 12 month（治安管理处罚法第二十八条、第四十四条、第八十四条）"
            )
        return term


class EndBan(OfExecution, title="责令不得进入场所、举办活动结束", by=OFFICER, fact=Fact.BAN_ENDED, basis=BANNING):
    """Record that the ban has run its time, or was taken back (责令结束)."""

    outcome: Text = Field(title="期满或者撤销的情况")


class DiscloseDecision(
    OfExecution, title="公开行政处罚决定", by=(OFFICER, Office.LEGAL_REVIEWER), fact=Fact.DECISION_DISCLOSED, basis=APL.article(48)
):
    """Put a decision that concerns the public before it (公开处罚决定)."""

    where: Line = Field(title="公开的平台")


class OverturnDisclosedDecision(
    OfExecution,
    title="公开的处罚决定被变更、撤销或者确认违法、无效",
    by=(OFFICER, Office.LEGAL_REVIEWER),
    fact=Fact.DISCLOSED_DECISION_OVERTURNED,
    basis=APL.article(48),
):
    """Learn that a decision which the public can read no longer holds (决定被变更、撤销)."""

    outcome: Literal["变更", "撤销", "确认违法", "确认无效"] = Field(title="结果")
    by_whom: Line = Field(title="作出机关和文号")


class WithdrawDisclosedDecision(
    OfExecution,
    title="撤回公开的处罚决定信息",
    by=(OFFICER, Office.LEGAL_REVIEWER),
    fact=Fact.DECISION_WITHDRAWN_FROM_VIEW,
    basis=APL.article(48),
):
    """Take it from view, and say publicly why (撤回公开信息)."""

    explanation: Text = Field(title="公开说明的理由")
    note: OptionalText = Field(default="", title="备注")


class RevokePenalty(
    OfExecution,
    title="撤销处罚决定",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.PENALTY_REVOKED,
    basis=APL.article(75),
    document="撤销行政处罚决定书",
):
    """Revoke a penalty that was wrong, or record that somebody above did, before another is decided for the same act (撤销处罚决定)."""

    paper: ClassVar[str] = "行政处罚决定书"
    violation: ViolationCode | None = Field(default=None, title="原决定的违法行为", description="不填即为对该人的全部处罚决定")
    by_whom: Literal["本机关自行纠正", "上级公安机关", "复议机关", "人民法院"] = Field(title="撤销的机关")
    grounds: Text = Field(title="撤销的理由")

    def build_fact(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """The revocation with the violation whose penalty it is."""
        return replace(super().build_fact(fact, subject, at, approver), charge=self.violation or "")


ORDERS = (OrderBan, EndBan, RevokePenalty)
DISCLOSURE = (DiscloseDecision, OverturnDisclosedDecision, WithdrawDisclosedDecision)
