"""Somebody threatened with a weapon, fire or death, or was held, and neither a case nor a report upward came of it within two hours."""

from collections.abc import Iterator

from inspections.evidence import Missing
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.snapshot import Snapshot
from inspections.text.telling import find_confinement, find_threats
from inspections.texts import quote_mentions, read_texts
from law.clock import Colour
from law.facts import Fact
from law.instruments import PPL
from models.matter import Kind

_AT_ONCE = Parameter("threat-hours", "扬言极端、持械、拘禁警情多久未处置", 2, Measure.HOURS, 1, 24)


@inspection(
    "incident-threat-ignored",
    label="扬言极端、持械、拘禁警情未处置",
    kinds=(Kind.INCIDENT,),
    basis=(PPL.article(21),),
    severity=Colour.RED,
    demand="请立即报备，找到当事人，依法受案",
    uses=(_AT_ONCE,),
)
def look(incident: Snapshot) -> Iterator[Finding]:
    """Holds while neither came of it."""
    if (
        incident.has_case
        or incident.happened(Fact.TWO_HOUR_REPORT_DUE)
        or incident.now - incident.opened_at < incident.get_span(_AT_ONCE)
    ):
        return
    texts = read_texts(incident)
    if told := find_threats(texts) + find_confinement(texts):
        yield Finding((*quote_mentions(told), Missing("案件或者两小时报备")))
