"""A call to 110 was taken, and nobody was sent."""

from collections.abc import Iterator

from inspections.evidence import Missing
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.facts import Fact
from law.instruments import PPL, PSAPL
from models.matter import Kind

_LATE = Parameter("dispatch-minutes", "110接警后多久未派警", 5, Measure.MINUTES, 1, 60)
_VERY_LATE = Parameter("dispatch-minutes-red", "未派警升为红色的分钟数", 15, Measure.MINUTES, 2, 120)


@inspection(
    "incident-not-dispatched",
    label="有警未派",
    kinds=(Kind.INCIDENT,),
    basis=(
        PPL.article(21),
        PSAPL.article(90),
    ),
    severity=Colour.YELLOW,
    demand="请立即派警",
    uses=(_LATE, _VERY_LATE),
)
def look(incident: Snapshot) -> Iterator[Finding]:
    """Holds while it stands as received."""
    waiting = incident.now - incident.opened_at
    if (
        incident.stage == "received"
        and incident.channel == "110"
        and waiting >= incident.get_span(_LATE)
        and not incident.happened(Fact.INCIDENT_DISPATCHED)
    ):
        yield Finding((Missing("派警记录"),), severity=Colour.RED if waiting >= incident.get_span(_VERY_LATE) else Colour.YELLOW)
