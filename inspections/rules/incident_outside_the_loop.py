"""A measure was taken in an incident, and a day later no case had been opened over it."""

from collections.abc import Iterator

from inspections.evidence import Happened, Missing
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.facts import Fact
from law.instruments import MPSC, RPT
from models.matter import Kind

_ACTS = (
    Fact.STOP_PAYMENT_REQUESTED,
    Fact.PERSON_SUMMONED_ADMIN,
    Fact.PERSON_SUMMONED_OTHER_LAW,
    Fact.PERSON_STOPPED,
    Fact.VULNERABLE_PERSON_STOPPED,
    Fact.EXHIBIT_TAKEN,
    Fact.EVIDENCE_SEIZED,
)
_WITHIN = Parameter("outside-the-loop-hours", "采取措施后多久未受案", 24, Measure.HOURS, 1, 72)


@inspection(
    "incident-outside-the-loop",
    label="体外循环",
    kinds=(Kind.INCIDENT,),
    basis=(
        MPSC.article(174),
        RPT.article(3),
    ),
    severity=Colour.RED,
    demand="请受案、立案，或者解除措施",
    uses=(_WITHIN,),
)
def look(incident: Snapshot) -> Iterator[Finding]:
    """Holds while none came of it."""
    acts = [
        each
        for each in (*incident.facts, *incident.children_facts)
        if each.fact in _ACTS and incident.now - each.at >= incident.get_span(_WITHIN)
    ]
    if acts and not incident.has_case and not incident.happened(Fact.ADMIN_CASE_REFUSED):
        yield Finding((*(Happened(each.fact.label, each.at) for each in acts), Missing("由本警情受理的案件")))
