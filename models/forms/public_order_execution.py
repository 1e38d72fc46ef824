"""Fines and their enforcement (罚款的缴纳、收缴和强制执行), for each person by number."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, field_validator

from law.facts import Fact
from law.instruments import ACL, APL, MPSA, PSAPL
from law.legal_fact import LegalFact
from models.forms.form import Line, OptionalLine, OptionalText, Text
from models.forms.public_order_case import COUNTY_HEAD, OFFICER, STATION_HEAD, OfExecution
from models.forms.widget import Widget
from models.instants import Appointed, Instant
from models.problems import LawForbids

# As much as an officer may collect for no other reason than that nobody objects (PSAPL 123).
COLLECTED_YUAN = 200


class PayFine(OfExecution, title="缴纳罚款", by=OFFICER, fact=Fact.FINE_PAID, basis=(PSAPL.article(123), APL.article(67))):
    """Record that the fine was paid at the bank or electronically (缴纳罚款)."""

    receipt: OptionalLine = Field(default="", title="票据号")


class DeferFine(
    OfExecution,
    title="暂缓或者分期缴纳罚款",
    by=OFFICER,
    approved_by=STATION_HEAD,
    fact=Fact.FINE_DEFERRED,
    or_facts=(Fact.FINE_DEFERRAL_ENDED,),
    basis=APL.article(66),
):
    """Let somebody in hardship pay later, until a day that is named (暂缓、分期缴纳)."""

    until: Appointed = Field(title="暂缓至")
    grounds: Text = Field(title="经济困难的情况")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The deferral, and its end, which its decision has already fixed."""
        return (Fact.FINE_DEFERRED, Fact.FINE_DEFERRAL_ENDED)

    def build_fact(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """The end at the day that is named."""
        found = super().build_fact(fact, subject, at, approver)
        if fact is Fact.FINE_DEFERRED:
            return found
        return LegalFact(fact, self.until, subject, grounds=found.grounds, approver=found.approver)


class CollectFine(
    OfExecution,
    title="当场收缴罚款",
    by=OFFICER,
    fact=Fact.FINE_COLLECTED,
    basis=(PSAPL.article(123), PSAPL.article(125)),
    made_elsewhere="罚款专用票据",
):
    """Collect a fine by hand against the printed receipt, where the law allows it (当场收缴)."""

    at: Instant | None = Field(default=None, title="收缴时间", description="在水上、旅客列车上收缴的，填抵岸或者到站之时")
    cause: Literal["small", "remote", "no-residence"] = Field(
        title="当场收缴的情形", description="small 二百元以下且无异议、remote 边远水上口岸等缴纳确有困难、no-residence 没有固定住所"
    )
    amount_yuan: int = Field(title="收缴数额（元）", ge=1, le=1_000_000)
    receipt: Line = Field(title="专用票据号")

    def build_facts(self, subject: str, at: datetime, approver: str) -> tuple[LegalFact, ...]:
        """What it brings about; LawForbids where so much must be paid at the bank."""
        if self.cause == "small" and self.amount_yuan > COLLECTED_YUAN:
            detail = f"超过{COLLECTED_YUAN}元的罚款，被处罚人虽无异议，也应当到银行或者通过电子支付系统缴纳"
            raise LawForbids(detail, field="amount_yuan", basis=str(PSAPL.article(123)))
        return super().build_facts(subject, at, approver)


class HandInFine(OfExecution, title="罚款交至公安机关", by=OFFICER, fact=Fact.FINE_HANDED_IN, basis=PSAPL.article(124)):
    """Hand a collected fine in to the unit (上交罚款)."""

    receipt: OptionalLine = Field(default="", title="交款凭证")


class BankFine(OfExecution, title="罚款缴付银行", by=OFFICER, fact=Fact.FINE_BANKED, basis=PSAPL.article(124)):
    """Pay a collected fine into the appointed bank (缴付银行)."""

    receipt: OptionalLine = Field(default="", title="银行回单")


# Enforcement (强制执行)


class DemandPerformance(
    OfExecution,
    title="催告",
    by=OFFICER,
    fact=Fact.ENFORCEMENT_DEMANDED,
    basis=(ACL.article(54), MPSA.article(207)),
    document="催告书",
):
    """Serve the demand without which the court is not asked (催告)."""

    owed: Text = Field(title="应当履行的义务和期限")


class RecordRemedyPeriodEnd(
    OfExecution,
    title="记明复议、诉讼期限届满未履行",
    by=OFFICER,
    fact=Fact.REMEDY_PERIOD_ENDED,
    basis=(ACL.article(53), MPSA.article(206)),
):
    """Record that the time for review and lawsuit ran out with the duty undone: three months are left to ask the court (救济期满)."""

    grounds: OptionalText = Field(default="", title="情况")


class ApplyForEnforcement(
    OfExecution,
    title="申请人民法院强制执行",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.ENFORCEMENT_APPLIED,
    basis=(ACL.article(54), MPSA.article(206)),
    document="强制执行申请书",
):
    """Ask the court to enforce the decision (申请强制执行)."""

    court: Line = Field(title="人民法院")
    subject: Text = Field(title="申请执行的标的")


class RecordPerformance(OfExecution, title="义务履行完毕", by=OFFICER, fact=Fact.ENFORCEMENT_PERFORMED, basis=MPSA.article(207)):
    """Record that the duty was done after all (履行)."""

    evidence: OptionalText = Field(default="", title="履行情况")


# Done in the person's stead (代履行)


class AppointSubstitutePerformance(
    OfExecution,
    title="决定代履行",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.SUBSTITUTE_APPOINTED,
    basis=(ACL.article(51), MPSA.article(203)),
    document="代履行决定书",
):
    """Decide to have done, on a day that is named, what the person should have cleared away (代履行决定)."""

    # The day is the limit's term: the demand is counted back from it.
    term: Annotated[Line, Widget("length")] = Field(
        title="代履行日期", description="例如 2026-03-20", pattern=r"^\d{4}-\d{2}-\d{2}$"
    )
    subject: Text = Field(title="代履行的标的、方式和费用预算")
    by_whom: Line = Field(title="代履行人")

    @field_validator("term")
    @classmethod
    def _is_a_day(cls, term: str) -> str:
        try:
            date.fromisoformat(term)
        except ValueError:
            raise ValueError("代履行日期写作年-月-日，例如 2026-03-20") from None
        return term


class DemandBeforeSubstitute(
    OfExecution,
    title="代履行前催告",
    by=OFFICER,
    fact=Fact.SUBSTITUTE_DEMANDED,
    basis=(ACL.article(51), MPSA.article(203)),
    document="代履行催告书",
):
    """Demand once more that the person do it, three working days before others will (代履行前催告)."""

    owed: Text = Field(title="应当履行的义务")


class RecordSubstitutePerformance(
    OfExecution,
    title="代履行完毕",
    by=OFFICER,
    fact=Fact.SUBSTITUTE_PERFORMED,
    basis=MPSA.article(203),
    document="代履行笔录",
):
    """Record that it was done in the person's stead, and who watched (代履行完毕)."""

    watched_by: Line = Field(title="到场监督的民警")
    record: Text = Field(title="代履行情况和费用")


FINES = (PayFine, DeferFine, CollectFine, HandInFine, BankFine)
ENFORCEMENT = (
    DemandPerformance,
    RecordRemedyPeriodEnd,
    ApplyForEnforcement,
    RecordPerformance,
    AppointSubstitutePerformance,
    DemandBeforeSubstitute,
    RecordSubstitutePerformance,
)
