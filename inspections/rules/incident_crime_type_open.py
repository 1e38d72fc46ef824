"""What is told makes it a case, and after a day neither a case, a refusal, a transfer nor a notice came of it."""

from collections.abc import Iterator
from datetime import timedelta

from inspections.evidence import Missing
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from inspections.text.telling import crimes
from inspections.texts import quoted, texts_of
from law.clock import Colour
from law.facts import Fact
from law.instruments import RPT
from models.matter import Kind

_BY_AGE = ((7, Colour.RED), (3, Colour.ORANGE), (1, Colour.YELLOW))
_DECIDED = (Fact.ADMIN_CASE_REFUSED, Fact.INCIDENT_TRANSFERRED, Fact.INCIDENT_DUPLICATE)


@inspection(
    "incident-crime-type-open",
    label="案件类警情未清零",
    kinds=(Kind.INCIDENT,),
    basis=(RPT.article(12),),
    severity=Colour.YELLOW,
    demand="请依法受案、立案，或者作出不予受案、立案的决定",
)
def look(incident: Snapshot) -> Iterator[Finding]:
    """Holds while nothing was decided; the longer, the graver. A mediation and a notice, each with its papers, are decisions."""
    age = incident.now - incident.opened_at
    if age < timedelta(days=1) or incident.has_case or incident.happened(*_DECIDED) or _is_settled(incident):
        return
    if told := crimes(texts_of(incident)):
        severity = next(colour for days, colour in _BY_AGE if age >= timedelta(days=days))
        yield Finding((*quoted(told), Missing("处理决定")), severity=severity)


def _is_settled(incident: Snapshot) -> bool:
    if incident.happened(Fact.INCIDENT_NOT_OURS):
        return incident.papers_called("告知记录") > 0
    return (
        incident.classification == "mediation" and incident.papers_called("调解协议书") > 0 and incident.papers_called("笔录") >= 2
    )
