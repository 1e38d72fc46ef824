"""Somebody who had been delivered to the custody centre was interrogated elsewhere."""

from collections.abc import Iterator

from inspections.evidence import Happened, Stepped
from inspections.inspection import Finding, inspection
from inspections.said import get_event_time
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.facts import Fact
from law.instruments import CPL, SPP
from models.forms.suspect import Interrogate
from models.matter import Kind

_CENTRE = ("看守所", "提讯室", "讯问室（所内）")
_FREED = (Fact.PERSON_RELEASED, Fact.BAIL_DECIDED, Fact.SURVEILLANCE_DECIDED, Fact.PERSON_ESCAPED)


@inspection(
    "person-questioned-outside",
    label="羁押后所外讯问",
    kinds=(Kind.SUSPECT,),
    basis=(
        CPL.article(118),
        SPP.article(567),
    ),
    severity=Colour.RED,
    demand="请说明情况，审查该笔录可否作为证据",
)
def look(suspect: Snapshot) -> Iterator[Finding]:
    """Holds of each such interrogation while the person was held."""
    delivered = min((each.at for each in suspect.facts if each.fact is Fact.DELIVERED_TO_CUSTODY_CENTRE), default=None)
    if delivered is None:
        return
    freed = min((each.at for each in suspect.facts if each.fact in _FREED and each.at > delivered), default=suspect.now)
    for step in suspect.list_steps(Interrogate):
        place = str(step.values.get("place", ""))
        if delivered < get_event_time(step) < freed and place and not any(word in place for word in _CENTRE):
            yield Finding((Happened("送看守所", delivered), Stepped(step.seq, "的讯问地点不在看守所")), str(step.seq))
