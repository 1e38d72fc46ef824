"""A sexual offence is told of, and no case came of it within two hours."""

from collections.abc import Iterator

from inspections.evidence import Missing
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.snapshot import Snapshot
from inspections.text.telling import find_sexual_offences
from inspections.texts import quote_mentions, read_texts
from law.clock import Colour
from law.instruments import CPL
from models.matter import Kind

_AT_ONCE = Parameter("sexual-hours", "性侵害警情多久未受案", 2, Measure.HOURS, 1, 24)


@inspection(
    "incident-sexual-as-dispute",
    label="性侵害警情没有受案",
    kinds=(Kind.INCIDENT,),
    basis=(CPL.article(112),),
    severity=Colour.RED,
    demand="请立即受案，一站式询问被害人并提取证据",
    uses=(_AT_ONCE,),
)
def look(incident: Snapshot) -> Iterator[Finding]:
    """Holds while no case came of it."""
    if incident.has_case or incident.now - incident.opened_at < incident.get_span(_AT_ONCE):
        return
    if told := find_sexual_offences(read_texts(incident)):
        yield Finding((*quote_mentions(told), Missing("由本警情受理的案件")))
