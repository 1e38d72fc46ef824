"""What was written on the outcome of an incident says next to nothing."""

from collections.abc import Iterator

from inspections.evidence import Stepped
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import RULE
from models.forms.incident import CloseIncident
from models.matter import Kind

_SHORTEST = Parameter("boilerplate-length", "处警反馈的最少字数", 15, Measure.CHARACTERS, 2, 100)


@inspection(
    "incident-boilerplate",
    label="处警反馈过于简单",
    kinds=(Kind.INCIDENT,),
    basis=(RULE.section("处警反馈"),),
    severity=Colour.BLUE,
    demand="请补写处理经过和结果",
    uses=(_SHORTEST,),
)
def look(incident: Snapshot) -> Iterator[Finding]:
    """Holds once it is closed so."""
    *_, closing = (None, *incident.list_steps(CloseIncident))
    if closing and 0 < len(str(closing.values.get("outcome", "")).strip()) < incident.get_figure(_SHORTEST):
        yield Finding((Stepped(closing.seq, f"的处理结果不足{incident.get_figure(_SHORTEST)}字"),))
