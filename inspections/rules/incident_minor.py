"""A minor was hurt, abused or held, and within a day neither a guardian was reached nor a case came of it."""

from collections.abc import Iterator

from inspections.evidence import Missing
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.snapshot import Snapshot
from inspections.text.telling import find_minors_harmed
from inspections.texts import quote_mentions, read_texts
from law.clock import Colour
from law.facts import Fact
from law.instruments import CPL, PSAPL
from models.matter import Kind

_WITHIN = Parameter("minor-hours", "涉未成年人警情多久未通知监护人", 24, Measure.HOURS, 1, 72)


@inspection(
    "incident-minor",
    label="涉未成年人警情未按程序办理",
    kinds=(Kind.INCIDENT,),
    basis=(
        CPL.article(281),
        PSAPL.article(98),
    ),
    severity=Colour.RED,
    demand="请通知监护人到场，一站式询问",
    uses=(_WITHIN,),
)
def look(incident: Snapshot) -> Iterator[Finding]:
    """Holds while nobody of theirs was told."""
    if (
        incident.has_case
        or incident.happened(Fact.FAMILY_NOTIFIED, Fact.GUARDIAN_NOTIFIED, Fact.GUARDIAN_TOLD)
        or incident.now - incident.opened_at < incident.get_span(_WITHIN)
    ):
        return
    if told := find_minors_harmed(read_texts(incident)):
        yield Finding((*quote_mentions(told), Missing("通知监护人的记录")))
