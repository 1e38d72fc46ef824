"""A suspect was not told in time that they may have a defender."""

from collections.abc import Iterator

from inspections.clock_findings import find_overdue
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import CPL
from models.matter import Kind

_LIMITS = ("defence-right-notice",)


@inspection(
    "rights-not-told",
    label="未告知委托辩护人的权利",
    kinds=(Kind.SUSPECT,),
    basis=(CPL.article(34),),
    severity=Colour.ORANGE,
    demand="请立即告知并记录在案",
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds while such a limit is overdue."""
    yield from find_overdue(matter, _LIMITS)
