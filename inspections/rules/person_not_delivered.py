"""Somebody who was detained was not delivered to the custody centre in time."""

from collections.abc import Iterator

from inspections.clock_findings import find_overdue
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import CPL
from models.matter import Kind

_LIMITS = ("criminal-detention-deliver-to-custody-centre",)


@inspection(
    "person-not-delivered",
    label="拘留后未按时送看守所",
    kinds=(Kind.SUSPECT,),
    basis=(CPL.article(85),),
    severity=Colour.RED,
    demand="请立即送看守所羁押",
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds while such a limit is overdue."""
    yield from find_overdue(matter, _LIMITS)
