"""An officer was sent, and nobody arrived."""

from collections.abc import Iterator

from inspections.evidence import Missing
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.facts import Fact
from law.instruments import PPL
from models.matter import Kind

_LATE = Parameter("arrival-minutes", "派警后多久未到场", 30, Measure.MINUTES, 5, 240, by_unit=True)


@inspection(
    "incident-not-arrived",
    label="派警未到",
    kinds=(Kind.INCIDENT,),
    basis=(PPL.article(21),),
    severity=Colour.ORANGE,
    demand="请催到场，或者改派他人",
    uses=(_LATE,),
)
def look(incident: Snapshot) -> Iterator[Finding]:
    """Holds while nobody does, so many minutes after the last dispatch."""
    sent = max((each.at for each in incident.facts if each.fact is Fact.INCIDENT_DISPATCHED), default=None)
    if incident.stage not in ("dispatched", "accepted") or sent is None or incident.now - sent < incident.get_span(_LATE):
        return
    yield Finding((Missing("到达现场的记录"),))
