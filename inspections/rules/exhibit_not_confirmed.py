"""What was sent along with the case was not confirmed by whoever was to receive it."""

from collections.abc import Iterator

from inspections.clock_findings import find_overdue
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import MPSC
from models.matter import Kind

_LIMITS = ("exhibit-transfer-receipt",)


@inspection(
    "exhibit-not-confirmed",
    label="随案移送财物未签收",
    kinds=(Kind.EXHIBIT,),
    basis=(MPSC.article(288),),
    severity=Colour.YELLOW,
    demand="请催签收，拒收的取回入库",
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds while such a limit is overdue."""
    yield from find_overdue(matter, _LIMITS)
