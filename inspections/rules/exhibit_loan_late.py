"""What was lent out of the store did not come back in time."""

from collections.abc import Iterator
from datetime import timedelta

from inspections.clock_findings import overdue
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import MPSA
from models.matter import Kind

_LIMITS = ("exhibit-loan-return",)


@inspection(
    "exhibit-loan-late",
    label="调用涉案财物超期未还",
    kinds=(Kind.EXHIBIT,),
    basis=(MPSA.article(190),),
    severity=Colour.YELLOW,
    demand="请归还或者依法延长调用",
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds while such a limit is overdue."""
    yield from overdue(matter, _LIMITS, worse_after=timedelta(days=3))
