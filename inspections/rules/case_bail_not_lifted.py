"""Bail or residential surveillance ran out and was not lifted."""

from collections.abc import Iterator

from inspections.clock_findings import find_overdue
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import BAIL, CPL
from models.matter import Kind

_LIMITS = (
    "bail-max",
    "residential-surveillance-max",
)


@inspection(
    "case-bail-not-lifted",
    label="取保候审、监视居住到期未解除",
    kinds=(Kind.SUSPECT,),
    basis=(
        CPL.article(79),
        CPL.article(99),
        BAIL.article(24),
    ),
    severity=Colour.RED,
    demand="请立即解除或者变更强制措施",
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds while such a limit is overdue."""
    yield from find_overdue(matter, _LIMITS)
