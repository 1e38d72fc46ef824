"""Force was used, or somebody was brought in for questioning, and a day later no recording shows it and nobody has said why."""

from collections.abc import Iterator
from datetime import timedelta

from inspections.evidence import Happened, Missing
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.facts import Fact
from law.instruments import PSAPL
from models.forms.requests_outside import AnswerRecording
from models.matter import Kind

_A_DAY = timedelta(hours=24)
# What a camera has to see, whatever else it does.
_SEEN = (Fact.FORCE_USED, Fact.PERSON_STOPPED, Fact.VULNERABLE_PERSON_STOPPED)


@inspection(
    "incident-no-recording",
    label="执法记录仪未关联",
    kinds=(Kind.INCIDENT,),
    basis=(PSAPL.article(108),),
    severity=Colour.YELLOW,
    demand="请关联执法视音频，确实没有的，说明原因报负责人审批",
    remedy=("link-recording", "explain-no-recording"),
)
def look(incident: Snapshot) -> Iterator[Finding]:
    """Holds from a day after it was done until a recording is linked or its absence explained."""
    if incident.happened(Fact.RECORDING_LINKED, Fact.RECORDING_EXPLAINED):
        return
    if any(each.values.get("found") for each in incident.list_steps(AnswerRecording)):
        return
    done = next((each for each in incident.facts if each.fact in _SEEN and incident.now - each.at >= _A_DAY), None)
    if done:
        yield Finding((Happened(done.fact.label, done.at), Missing("关联的执法视音频")))
