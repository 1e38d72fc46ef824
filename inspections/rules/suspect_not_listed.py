"""Detention or arrest was approved and could not be carried out for three days, and nobody listed the person as wanted."""

from collections.abc import Iterator

from inspections.evidence import Happened, Missing
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.facts import Fact
from law.instruments import CPL
from models.matter import Kind

_APPROVED = (Fact.DETENTION_APPROVED, Fact.ARREST_APPROVED)
_FOUND = (Fact.DETENTION_EXECUTED, Fact.ARREST_EXECUTED, Fact.WANTED_ORDER_ISSUED, Fact.PERSON_DIED)
_WITHIN = Parameter("not-listed-days", "在逃多少天未上网", 3, Measure.DAYS, 1, 30)


@inspection(
    "suspect-not-listed",
    label="在逃未上网",
    kinds=(Kind.SUSPECT,),
    basis=(CPL.article(155),),
    severity=Colour.ORANGE,
    demand="请上网追逃，并继续查找",
    uses=(_WITHIN,),
)
def look(suspect: Snapshot) -> Iterator[Finding]:
    """Holds while the person is neither held nor sought."""
    approved = max((each for each in suspect.facts if each.fact in _APPROVED), key=lambda each: each.order, default=None)
    gone = suspect.stage in ("absconded", "escaped")
    if approved is None and not gone:
        return
    since = approved.at if approved else suspect.stage_since
    if suspect.now - since < suspect.get_span(_WITHIN) or any(each.fact in _FOUND and each.at >= since for each in suspect.facts):
        return
    yield Finding((Happened(approved.fact.label if approved else "逃跑、下落不明", since), Missing("发布通缉令或者上网追逃的记录")))
