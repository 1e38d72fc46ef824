"""Somebody was hurt, and no appraisal of the injury was commissioned in time."""

from collections.abc import Iterator

from inspections.clock_findings import find_overdue
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import INJ, MPSA
from models.matter import Kind

_LIMITS = ("injury-appraisal-commission",)


@inspection(
    "incident-injury-not-appraised",
    label="有伤未委托鉴定",
    kinds=(
        Kind.INCIDENT,
        Kind.CRIMINAL_CASE,
        Kind.PUBLIC_ORDER_CASE,
    ),
    basis=(
        INJ.article(18),
        MPSA.article(90),
    ),
    severity=Colour.ORANGE,
    demand="请立即委托伤情鉴定，被害人拒绝的制作笔录",
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds while such a limit is overdue."""
    yield from find_overdue(matter, _LIMITS)
