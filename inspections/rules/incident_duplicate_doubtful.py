"""An incident was ended as a repeated report, and what was reported first had ended without a case or a decision."""

from collections.abc import Iterator

from inspections.evidence import Happened
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from inspections.text.telling import find_crimes
from inspections.texts import quote_mentions, read_texts
from law.clock import Colour
from law.facts import Fact
from law.instruments import MPSC
from models.matter import Kind

_ENDED = (Fact.INCIDENT_CLOSED, Fact.INCIDENT_NOT_OURS, Fact.INCIDENT_DUPLICATE)
_DECIDED = (Fact.INCIDENT_UPGRADED, Fact.ADMIN_CASE_ACCEPTED, Fact.ADMIN_CASE_REFUSED, Fact.CASE_ACCEPTED, Fact.CASE_NOT_FILED)


@inspection(
    "incident-duplicate-doubtful",
    label="以重复报案了结存疑",
    kinds=(Kind.INCIDENT,),
    basis=(MPSC.article(175),),
    severity=Colour.ORANGE,
    demand="请核实有无新的事实，必要时重新定性",
)
def look(incident: Snapshot) -> Iterator[Finding]:
    """Holds while this one tells of a crime and stands so; what was reported first is its parent."""
    ended = next((each for each in incident.parent_facts if each.fact in _ENDED), None)
    if incident.stage != "duplicate" or ended is None or any(each.fact in _DECIDED for each in incident.parent_facts):
        return
    if told := find_crimes(read_texts(incident)):
        yield Finding((*quote_mentions(told), Happened(f"原事项{ended.fact.label}", ended.at)))
