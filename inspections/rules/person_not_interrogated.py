"""Somebody who was detained or arrested was not interrogated within 24 hours."""

from collections.abc import Iterator

from inspections.clock_findings import find_overdue
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import CPL
from models.matter import Kind

_LIMITS = (
    "criminal-detention-first-interrogation",
    "arrest-first-interrogation",
)


@inspection(
    "person-not-interrogated",
    label="拘留、逮捕后24小时内未讯问",
    kinds=(Kind.SUSPECT,),
    basis=(
        CPL.article(86),
        CPL.article(94),
    ),
    severity=Colour.RED,
    demand="请立即讯问并说明情况；不应当拘留、逮捕的立即释放",
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds while such a limit is overdue."""
    yield from find_overdue(matter, _LIMITS)
