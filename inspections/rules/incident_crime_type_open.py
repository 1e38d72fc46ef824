"""What is told makes it a case, and after a day neither a case, a refusal, a transfer nor a notice came of it."""

from collections.abc import Iterator

from inspections.evidence import Missing
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.snapshot import Snapshot
from inspections.text.telling import find_crimes
from inspections.texts import quote_mentions, read_texts
from law.clock import Colour
from law.facts import Fact
from law.instruments import RPT
from models.matter import Kind

_OPEN = Parameter("crime-open-days", "案件类警情多少天未清零", 1, Measure.DAYS, 1, 30)
_LONG = Parameter("crime-open-days-orange", "未清零升为橙色的天数", 3, Measure.DAYS, 1, 60)
_LONGEST = Parameter("crime-open-days-red", "未清零升为红色的天数", 7, Measure.DAYS, 1, 90)
_BY_AGE = ((_LONGEST, Colour.RED), (_LONG, Colour.ORANGE))
_DECIDED = (Fact.ADMIN_CASE_REFUSED, Fact.INCIDENT_TRANSFERRED, Fact.INCIDENT_DUPLICATE)


@inspection(
    "incident-crime-type-open",
    label="案件类警情未清零",
    kinds=(Kind.INCIDENT,),
    basis=(RPT.article(12),),
    severity=Colour.YELLOW,
    demand="请依法受案、立案，或者作出不予受案、立案的决定",
    uses=(_OPEN, _LONG, _LONGEST),
)
def look(incident: Snapshot) -> Iterator[Finding]:
    """Holds while nothing was decided; the longer, the graver. A mediation and a notice, each with its papers, are decisions."""
    age = incident.now - incident.opened_at
    if age < incident.get_span(_OPEN) or incident.has_case or incident.happened(*_DECIDED) or _is_settled(incident):
        return
    if told := find_crimes(read_texts(incident)):
        severity = next((colour for days, colour in _BY_AGE if age >= incident.get_span(days)), Colour.YELLOW)
        yield Finding((*quote_mentions(told), Missing("处理决定")), severity=severity)


def _is_settled(incident: Snapshot) -> bool:
    if incident.happened(Fact.INCIDENT_NOT_OURS):
        return incident.count_papers("告知记录") > 0
    return incident.classification == "mediation" and incident.count_papers("调解协议书") > 0 and incident.count_papers("笔录") >= 2
