"""Somebody was hurt, and it was punished or mediated without an appraisal of the injury."""

from collections.abc import Iterator

from inspections.evidence import Happened, Missing
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.facts import Fact
from law.instruments import MPSA
from models.matter import Kind

_APPRAISED = (Fact.INJURY_APPRAISAL_COMMISSIONED, Fact.INJURY_APPRAISAL_ISSUED, Fact.APPRAISAL_RETURNED)
_ENDED = (Fact.PENALTY_DECIDED, Fact.MEDIATION_AGREED)


@inspection(
    "filing-injury-unappraised",
    label="伤害未鉴定径行处罚、调解",
    kinds=(Kind.PUBLIC_ORDER_CASE,),
    basis=(
        MPSA.article(90),
        MPSA.article(91),
    ),
    severity=Colour.ORANGE,
    demand="请委托伤情鉴定，被侵害人拒绝的制作笔录",
)
def look(case: Snapshot) -> Iterator[Finding]:
    """Holds once it was decided or agreed so."""
    ended = next((each for each in case.facts if each.fact in _ENDED), None)
    if ended and case.happened(Fact.INJURY_CASE_ACCEPTED) and not case.happened(*_APPRAISED) and not case.count_papers("拒绝鉴定"):
        yield Finding((Happened(ended.fact.label, ended.at), Missing("伤情鉴定或者拒绝鉴定的记录")))
