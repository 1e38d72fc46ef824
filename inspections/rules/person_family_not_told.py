"""The family of somebody who is held was not told in time."""

from collections.abc import Iterator

from inspections.clock_findings import find_overdue
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import CPL, PSAPL
from models.matter import Kind

_LIMITS = (
    "criminal-detention-family-notice",
    "arrest-family-notice",
    "residential-surveillance-designated-family-notice",
    "admin-summons-family-notice",
    "admin-detention-family-notice",
    "stop-question-family-notice",
)


@inspection(
    "person-family-not-told",
    label="未在期限内通知家属",
    kinds=(
        Kind.SUSPECT,
        Kind.INCIDENT,
        Kind.PUBLIC_ORDER_CASE,
    ),
    basis=(
        CPL.article(85),
        PSAPL.article(97),
    ),
    severity=Colour.RED,
    demand="请立即通知家属，无法通知的写明原因",
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds while such a limit is overdue."""
    yield from find_overdue(matter, _LIMITS)
