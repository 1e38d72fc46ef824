"""The same person called three times within a month."""

from collections.abc import Iterator
from datetime import timedelta

from inspections.evidence import Kin
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import RULE
from law.reasons import minute_of
from models.matter import Kind

_WINDOW = timedelta(days=30)
_MANY, _VERY_MANY = 3, 5
"""The bureau's own figures."""


@inspection(
    "incident-many-calls",
    label="多次报警未化解",
    kinds=(Kind.INCIDENT,),
    basis=(RULE.section("重复警情"),),
    severity=Colour.YELLOW,
    demand="请上门走访，会同社区、村居化解",
)
def look(incident: Snapshot) -> Iterator[Finding]:
    """Holds of the last of them."""
    before = [each for each in incident.kin if timedelta() <= incident.opened_at - each.opened_at <= _WINDOW]
    if len(before) + 1 >= _MANY:
        severity = Colour.ORANGE if len(before) + 1 >= _VERY_MANY else Colour.YELLOW
        yield Finding(tuple(Kin(each.number, f"（{minute_of(each.opened_at)}）") for each in before), severity=severity)
