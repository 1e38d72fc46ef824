"""A seizure or a freeze ran out and was neither renewed nor lifted."""

from collections.abc import Iterator

from inspections.clock_findings import find_overdue
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import ACL, MPSC
from models.matter import Kind

_LIMITS = (
    "admin-seizure",
    "criminal-freeze-funds",
    "criminal-freeze-equity",
    "criminal-freeze-securities",
)


@inspection(
    "exhibit-seizure-lapsing",
    label="查封、扣押、冻结超期",
    kinds=(Kind.EXHIBIT,),
    basis=(
        ACL.article(25),
        MPSC.article(240),
    ),
    severity=Colour.RED,
    demand="请立即解除，确需继续的依法办理手续",
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds while such a limit is overdue."""
    yield from find_overdue(matter, _LIMITS)
