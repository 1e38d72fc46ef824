"""A call to 110 was taken, and nobody was sent."""

from collections.abc import Iterator
from datetime import timedelta

from inspections.evidence import Missing
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.facts import Fact
from law.instruments import PPL, PSAPL
from models.matter import Kind

_LATE, _VERY_LATE = timedelta(minutes=5), timedelta(minutes=15)


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
)
def look(incident: Snapshot) -> Iterator[Finding]:
    """Holds while it stands as received."""
    waiting = incident.now - incident.opened_at
    if (
        incident.stage == "received"
        and incident.channel == "110"
        and waiting >= _LATE
        and not incident.happened(Fact.INCIDENT_DISPATCHED)
    ):
        yield Finding((Missing("派警记录"),), severity=Colour.RED if waiting >= _VERY_LATE else Colour.YELLOW)
