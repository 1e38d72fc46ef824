"""A decision or an appraisal was not served on whom it concerns in time."""

from collections.abc import Iterator

from inspections.clock_findings import find_overdue
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import MPSA, PSAPL
from models.matter import Kind

_LIMITS = (
    "penalty-decision-service",
    "penalty-decision-service-general",
    "penalty-decision-service-victim",
    "appraisal-opinion-service",
)


@inspection(
    "paper-unserved",
    label="应当送达的文书未送达",
    kinds=(
        Kind.PUBLIC_ORDER_CASE,
        Kind.CRIMINAL_CASE,
        Kind.INCIDENT,
    ),
    basis=(
        PSAPL.article(116),
        MPSA.article(96),
    ),
    severity=Colour.ORANGE,
    demand="请立即送达",
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds while such a limit is overdue."""
    yield from find_overdue(matter, _LIMITS)
