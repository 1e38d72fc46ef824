"""What was lent out of the store did not come back in time."""

from collections.abc import Iterator

from inspections.clock_findings import find_overdue
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import MPSA
from models.matter import Kind

_LIMITS = ("exhibit-loan-return",)
_GRAVE = Parameter("loan-late-days-red", "涉案财物逾期未还升为红色的天数", 3, Measure.DAYS, 1, 60)


@inspection(
    "exhibit-loan-late",
    label="调用涉案财物超期未还",
    kinds=(Kind.EXHIBIT,),
    basis=(MPSA.article(190),),
    severity=Colour.YELLOW,
    demand="请归还或者依法延长调用",
    uses=(_GRAVE,),
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds while such a limit is overdue."""
    yield from find_overdue(matter, _LIMITS, worse_after=matter.get_span(_GRAVE))
