"""An injury was appraised as a light or a grave one, and the case is still handled as a public-order case."""

from collections.abc import Iterator

from inspections.evidence import Missing, Stepped
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from inspections.text.lexicon import Group
from inspections.text.reading import read
from law.clock import Colour
from law.facts import Fact
from law.instruments import APL, INJ, PSAPL
from models.forms.criminal_case import IssueInjuryAppraisal
from models.matter import Kind

_CRIMINAL = ("轻伤", "重伤")


@inspection(
    "filing-punished-instead",
    label="轻伤以罚代刑",
    kinds=(Kind.PUBLIC_ORDER_CASE,),
    basis=(
        PSAPL.article(8),
        APL.article(27),
        INJ.article(28),
    ),
    severity=Colour.RED,
    demand="请转为刑事案件审查立案",
)
def look(case: Snapshot) -> Iterator[Finding]:
    """Holds until it is turned into a criminal case; a slight injury (轻微伤) is none."""
    if case.happened(Fact.PUBLIC_ORDER_CASE_TURNED_CRIMINAL):
        return
    for step in case.list_steps(IssueInjuryAppraisal):
        opinion = read(str(step.values.get("opinion", "")), "officer")
        found = {hit.word for hit in opinion.of(Group.INJ, Group.GRAVE)} & {*_CRIMINAL}
        if found:
            yield Finding((Stepped(step.seq, f"鉴定为{'、'.join(sorted(found))}"), Missing("转为刑事案件的记录")))
            return
