"""A public-order case was not decided within the time for handling it."""

from collections.abc import Iterator

from inspections.clock_findings import find_overdue
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import PSAPL
from models.matter import Kind

_LIMITS = (
    "public-order-case-handling",
    "public-order-case-handling-2012",
    "admin-case-handling-general",
)
_GRAVE = Parameter("handling-overdue-days-red", "办案超期升为红色的天数", 30, Measure.DAYS, 1, 180)


@inspection(
    "case-handling-overdue",
    label="治安案件超办案期限",
    kinds=(Kind.PUBLIC_ORDER_CASE,),
    basis=(PSAPL.article(118),),
    severity=Colour.ORANGE,
    demand="请立即作出处理决定，或者说明依法延长、扣除的期间",
    uses=(_GRAVE,),
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds while such a limit is overdue."""
    yield from find_overdue(matter, _LIMITS, worse_after=matter.get_span(_GRAVE))
