"""The caller was told that it is no matter for the police, though what they told is one, or though nothing shows what they were told."""

from collections.abc import Iterator

from inspections.evidence import Missing
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from inspections.text.telling import find_crimes
from inspections.texts import quote_mentions, read_texts
from law.clock import Colour
from law.instruments import MPSA, RPT
from models.matter import Kind


@inspection(
    "incident-brushed-off",
    label="告知非公安职责存疑",
    kinds=(Kind.INCIDENT,),
    basis=(
        MPSA.article(61),
        RPT.article(8),
    ),
    severity=Colour.ORANGE,
    demand="请核实是否属于公安机关职责，必要时重新定性",
)
def look(incident: Snapshot) -> Iterator[Finding]:
    """Holds while it stands at that end."""
    if incident.stage != "told_not_ours":
        return
    told, missing = find_crimes(read_texts(incident)), [Missing("告知记录")] * (not incident.count_papers("告知记录"))
    if told or missing:
        yield Finding((*quote_mentions(told), *missing))
