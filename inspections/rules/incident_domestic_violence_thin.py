"""Domestic violence is told of, and the incident ends without a written warning, an order or a case."""

from collections.abc import Iterator

from inspections.evidence import Missing
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from inspections.text.telling import find_domestic_violence
from inspections.texts import quote_mentions, read_texts
from law.clock import Colour
from law.facts import Fact
from law.instruments import PSAPL
from models.forms.incident import CloseIncident
from models.matter import Kind


@inspection(
    "incident-domestic-violence-thin",
    label="家庭暴力警情无告诫书、无案件",
    kinds=(Kind.INCIDENT,),
    basis=(PSAPL.article(9),),
    severity=Colour.ORANGE,
    demand="请补做询问笔录，出具告诫书或者受案调查",
)
def look(incident: Snapshot) -> Iterator[Finding]:
    """Holds once it is closed so."""
    if not any(incident.list_steps(CloseIncident)) or incident.has_case or incident.happened(Fact.NO_CONTACT_ORDERED):
        return
    if not incident.count_papers("告诫书") and (told := find_domestic_violence(read_texts(incident))):
        yield Finding((*quote_mentions(told), Missing("家庭暴力告诫书")))
