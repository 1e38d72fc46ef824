"""Somebody took something, and the incident is taken for a loss, a call for help or a quarrel."""

from collections.abc import Iterator

from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from inspections.text.telling import find_thefts
from inspections.texts import quote_mentions, read_texts
from law.clock import Colour
from law.instruments import RPT
from models.matter import Kind


@inspection(
    "incident-theft-as-loss",
    label="疑似盗抢按遗失、求助处理",
    kinds=(Kind.INCIDENT,),
    basis=(
        RPT.article(12),
        RPT.article(14),
    ),
    severity=Colour.ORANGE,
    demand="请调取监控核实，依法受案或者立案",
    remedy=("reclassify-incident",),
)
def look(incident: Snapshot) -> Iterator[Finding]:
    """Holds while it is so classified and no case came of it."""
    if incident.classification in ("help", "dispute") and not incident.has_case and (told := find_thefts(read_texts(incident))):
        yield Finding(quote_mentions(told))
