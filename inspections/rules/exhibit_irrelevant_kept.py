"""What has nothing to do with the case was not given back in time."""

from collections.abc import Iterator

from inspections.clock_findings import find_overdue
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import CPL
from models.matter import Kind

_LIMITS = ("criminal-property-irrelevant-return",)


@inspection(
    "exhibit-irrelevant-kept",
    label="与案件无关财物未退还",
    kinds=(Kind.EXHIBIT,),
    basis=(CPL.article(145),),
    severity=Colour.RED,
    demand="请立即解除扣押、冻结并退还",
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds while such a limit is overdue."""
    yield from find_overdue(matter, _LIMITS)
