"""Between the arrival and the end of what was done on the scene the recordings that are linked leave out more than some minutes."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from inspections.evidence import Happened, Missing
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.facts import Fact
from law.instruments import PSAPL
from models.forms.recordings import LinkRecording
from models.matter import Kind

# A camera that is taken off, or whose clock is four minutes off, leaves out no more.
_PASSES = timedelta(minutes=5)


@inspection(
    "incident-recording-gap",
    label="视音频有断点",
    kinds=(Kind.INCIDENT,),
    basis=(PSAPL.article(108),),
    severity=Colour.YELLOW,
    demand="请关联缺少的视音频，或者说明中断的原因",
    remedy=("link-recording", "explain-no-recording"),
)
def look(incident: Snapshot) -> Iterator[Finding]:
    """Holds once something is linked, until all of the time on the scene is."""
    spans = sorted(
        (datetime.fromisoformat(each.values["since"]), datetime.fromisoformat(each.values["until"]))
        for each in incident.list_steps(LinkRecording)
    )
    arrived = next((each for each in incident.facts if each.fact is Fact.INCIDENT_ARRIVED), None)
    handled = next((each for each in incident.facts if each.fact is Fact.INCIDENT_HANDLED), None)
    if not spans or arrived is None or handled is None or incident.happened(Fact.RECORDING_EXPLAINED):
        return
    seen = arrived.at
    for since, until in spans:
        if since - seen > _PASSES:
            break
        seen = max(seen, until)
    if handled.at - seen > _PASSES:
        yield Finding((Happened("录像中断", seen), Missing("此后至处置完毕的视音频")))
