"""What was written on the outcome of an incident says next to nothing."""

from collections.abc import Iterator

from inspections.evidence import Stepped
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import RULE
from models.forms.incident import CloseIncident
from models.matter import Kind

SHORTEST = 15
"""Characters; the bureau's own figure."""


@inspection(
    "incident-boilerplate",
    label="处警反馈过于简单",
    kinds=(Kind.INCIDENT,),
    basis=(RULE.section("处警反馈"),),
    severity=Colour.BLUE,
    demand="请补写处理经过和结果",
)
def look(incident: Snapshot) -> Iterator[Finding]:
    """Holds once it is closed so."""
    *_, closing = (None, *incident.steps_of(CloseIncident))
    if closing and 0 < len(str(closing.values.get("outcome", "")).strip()) < SHORTEST:
        yield Finding((Stepped(closing.seq, "的处理结果不足15字"),))
