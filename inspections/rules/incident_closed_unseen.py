"""A call to 110 that tells of a crime was closed, and nobody had been there."""

from collections.abc import Iterator

from inspections.evidence import Missing
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from inspections.text.telling import find_crimes
from inspections.texts import quote_mentions, read_texts
from law.clock import Colour
from law.facts import Fact
from law.instruments import PPL
from models.forms.incident import CloseIncident
from models.matter import Kind


@inspection(
    "incident-closed-unseen",
    label="未到场即办结",
    kinds=(Kind.INCIDENT,),
    basis=(PPL.article(21),),
    severity=Colour.ORANGE,
    demand="请重新核实，必要时重新定性",
)
def look(incident: Snapshot) -> Iterator[Finding]:
    """Holds while nobody arrived."""
    if incident.channel != "110" or not any(incident.list_steps(CloseIncident)) or incident.happened(Fact.INCIDENT_ARRIVED):
        return
    if told := find_crimes(read_texts(incident)):
        yield Finding((*quote_mentions(told), Missing("到达现场的记录")))
