"""It was decided not to file, and whoever had complained was not served with the notice in time."""

from collections.abc import Iterator

from inspections.clock_findings import find_overdue
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import MPSC
from models.matter import Kind

_LIMITS = ("no-filing-notice-service",)


@inspection(
    "filing-notice-unserved",
    label="不予立案通知书未送达",
    kinds=(Kind.CRIMINAL_CASE,),
    basis=(MPSC.article(178),),
    severity=Colour.ORANGE,
    demand="请立即送达不予立案通知书",
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds while such a limit is overdue."""
    yield from find_overdue(matter, _LIMITS)
