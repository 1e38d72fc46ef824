"""What was seized was not handed over to its keeper in time."""

from collections.abc import Iterator

from inspections.clock_findings import find_overdue
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import MPSA, PROP
from models.matter import Kind

_LIMITS = ("property-handover",)


@inspection(
    "exhibit-not-stored",
    label="涉案财物24小时内未入库",
    kinds=(Kind.EXHIBIT,),
    basis=(
        MPSA.article(190),
        PROP.article(12),
    ),
    severity=Colour.ORANGE,
    demand="请立即移交保管人员入库",
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds while such a limit is overdue."""
    yield from find_overdue(matter, _LIMITS)
