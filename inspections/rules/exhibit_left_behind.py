"""The case has ended, and what was seized in it was not disposed of in time."""

from collections.abc import Iterator

from inspections.clock_findings import find_overdue
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import PROP
from models.matter import Kind

_LIMITS = ("exhibit-disposal",)


@inspection(
    "exhibit-left-behind",
    label="案结物未处理",
    kinds=(Kind.EXHIBIT,),
    basis=(PROP.article(22),),
    severity=Colour.ORANGE,
    demand="请返还、上缴、移送或者销毁",
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds while such a limit is overdue."""
    yield from find_overdue(matter, _LIMITS)
