"""An incident or a case was accepted, and the time to decide on filing ran out."""

from collections.abc import Iterator
from datetime import timedelta

from inspections.clock_findings import overdue
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import PSAPL, RPT
from models.matter import Kind

_LIMITS = (
    "admin-case-filing-immediate",
    "criminal-filing-review",
    "criminal-filing-review-economic",
)


@inspection(
    "incident-accepted-not-filed",
    label="应立不立、超期未立",
    kinds=(
        Kind.INCIDENT,
        Kind.CRIMINAL_CASE,
    ),
    basis=(
        PSAPL.article(90),
        RPT.article(12),
    ),
    severity=Colour.ORANGE,
    demand="请立即作出立案或者不予立案的决定",
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds while such a limit is overdue."""
    yield from overdue(matter, _LIMITS, worse_after=timedelta(days=7))
