"""The same person called three times within a month."""

from collections.abc import Iterator
from datetime import timedelta

from inspections.evidence import Kin
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import RULE
from law.reasons import format_minute
from models.matter import Kind

WINDOW = Parameter("repeat-window", "重复报警的计算天数", 30, Measure.DAYS, 7, 180)
_MANY = Parameter("many-calls", "期间内报警多少次", 3, Measure.TIMES, 2, 20)
_VERY_MANY = Parameter("many-calls-orange", "期间内报警多少次升为橙色", 5, Measure.TIMES, 2, 50)


@inspection(
    "incident-many-calls",
    label="多次报警未化解",
    kinds=(Kind.INCIDENT,),
    basis=(RULE.section("重复警情"),),
    severity=Colour.YELLOW,
    demand="请上门走访，会同社区、村居化解",
    uses=(WINDOW, _MANY, _VERY_MANY),
)
def look(incident: Snapshot) -> Iterator[Finding]:
    """Holds of the last of them."""
    before = [each for each in incident.kin if timedelta() <= incident.opened_at - each.opened_at <= incident.get_span(WINDOW)]
    if len(before) + 1 >= incident.get_figure(_MANY):
        severity = Colour.ORANGE if len(before) + 1 >= incident.get_figure(_VERY_MANY) else Colour.YELLOW
        yield Finding(tuple(Kin(each.number, f"（{format_minute(each.opened_at)}）") for each in before), severity=severity)
