"""Somebody called again within a month of an incident that had been mediated or taken for a quarrel."""

from collections.abc import Iterator
from datetime import timedelta

from inspections.evidence import Kin
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.rules.incident_many_calls import WINDOW
from inspections.snapshot import Snapshot
from inspections.text.telling import find_threats, find_violence, is_grave
from inspections.texts import read_texts
from law.clock import Colour
from law.instruments import RULE
from law.reasons import format_minute
from models.matter import Kind

_LIGHT = ("mediation", "dispute")
_MANY = Parameter("again-after-mediation-orange", "调解后又报警多少次升为橙色", 2, Measure.TIMES, 1, 20)


@inspection(
    "incident-again-after-mediation",
    label="调解后重复报警",
    kinds=(Kind.INCIDENT,),
    basis=(RULE.section("重复警情"),),
    severity=Colour.YELLOW,
    demand="请复核前次处理，必要时受案，或者提请联合调解",
    uses=(WINDOW, _MANY),
)
def look(incident: Snapshot) -> Iterator[Finding]:
    """Holds of the later one; two earlier ones make it graver, a grave injury or a threat gravest."""
    before = [
        each
        for each in incident.kin
        if each.classification in _LIGHT and timedelta() < incident.opened_at - each.opened_at <= incident.get_span(WINDOW)
    ]
    if not before:
        return
    texts = read_texts(incident)
    grave = is_grave(find_violence(texts)) or bool(find_threats(texts))
    severity = Colour.RED if grave else Colour.ORANGE if len(before) >= incident.get_figure(_MANY) else Colour.YELLOW
    yield Finding(tuple(Kin(each.number, f"（{format_minute(each.opened_at)}）") for each in before), severity=severity)
