"""A detention that was decided was not begun within a day, or a fine was not paid and nobody demanded it."""

from collections.abc import Iterator
from datetime import timedelta

from inspections.evidence import Expired, Happened, Missing
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.facts import Fact
from law.instruments import MPSA
from models.matter import Kind

_DAY, _MONTH = timedelta(days=1), timedelta(days=30)
_BEGUN = (Fact.ADMIN_DETENTION_ENTERED, Fact.ADMIN_DETENTION_SUSPENDED, Fact.SUSPENSION_APPLIED, Fact.PENALTY_REVOKED)
_DEMANDED = (Fact.ENFORCEMENT_DEMANDED, Fact.ENFORCEMENT_APPLIED, Fact.FINE_PAID, Fact.FINE_DEFERRED, Fact.PENALTY_REVOKED)


@inspection(
    "decision-unexecuted",
    label="决定未执行",
    kinds=(Kind.PUBLIC_ORDER_CASE,),
    basis=(MPSA.article(258),),
    severity=Colour.YELLOW,
    demand="请送拘留所执行，或者催告、申请强制执行",
)
def look(case: Snapshot) -> Iterator[Finding]:
    """Holds of each person until it is done."""
    done = {(each.fact, each.about) for each in case.facts}
    for each in case.facts:
        late = each.fact is Fact.ADMIN_DETENTION_DECIDED and case.now - each.at >= _DAY
        if late and not any((fact, each.about) in done for fact in _BEGUN):
            yield Finding((Happened(each.fact.label, each.at), Missing("入所或者暂缓执行的记录")), each.about, Colour.ORANGE)
    for clock in case.clocks:
        unpaid = clock.limit == "fine-payment" and clock.due_at is not None and clock.overdue and case.now - clock.due_at >= _MONTH
        if unpaid and clock.due_at and not any((fact, clock.about) in done for fact in _DEMANDED):
            yield Finding((Expired(clock.label, clock.due_at), Missing("催告的记录")), f"{clock.about}/fine")
