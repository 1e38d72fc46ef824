"""What a rectification order asks for was not reported on in time."""

from collections.abc import Iterator

from inspections.clock_findings import find_overdue
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import RULE
from models.matter import Kind

_LIMITS = ("rectification-report",)


@inspection(
    "order-overdue",
    label="整改逾期",
    kinds=(Kind.RECTIFICATION_ORDER,),
    basis=(RULE.section("整改"),),
    severity=Colour.ORANGE,
    demand="请催办，逾期不改的升级督办",
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds while such a limit is overdue."""
    yield from find_overdue(matter, _LIMITS)
