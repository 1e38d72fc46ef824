"""An incident that tells of a crime was closed within minutes of somebody's arrival."""

from collections.abc import Iterator
from datetime import timedelta

from inspections.evidence import Stepped
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.snapshot import Snapshot
from inspections.text.telling import find_crimes
from inspections.texts import quote_mentions, read_texts
from law.clock import Colour
from law.facts import Fact
from law.instruments import PPL
from models.forms.incident import CloseIncident
from models.matter import Kind

_SHORT = Parameter("closed-in-minutes", "到场多久即办结视为秒结", 10, Measure.MINUTES, 1, 60)


@inspection(
    "incident-closed-in-minutes",
    label="秒结",
    kinds=(Kind.INCIDENT,),
    basis=(PPL.article(21),),
    severity=Colour.YELLOW,
    demand="请调阅执法记录仪视频核实",
    uses=(_SHORT,),
)
def look(incident: Snapshot) -> Iterator[Finding]:
    """Holds once it is closed so."""
    at = {each.fact: each.at for each in incident.facts}
    closing = [*incident.list_steps(CloseIncident)]
    if not closing or not {Fact.INCIDENT_ARRIVED, Fact.INCIDENT_CLOSED} <= at.keys():
        return
    took = at[Fact.INCIDENT_CLOSED] - at[Fact.INCIDENT_ARRIVED]
    if timedelta() <= took < incident.get_span(_SHORT) and (told := find_crimes(read_texts(incident))):
        yield Finding((*quote_mentions(told), Stepped(closing[-1].seq, f"到场{int(took.total_seconds()) // 60}分钟即办结")))
