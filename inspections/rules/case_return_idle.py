"""A case came back for supplementary investigation, and nothing was supplemented for a fortnight."""

from collections.abc import Iterator

from inspections.effort import find_last_effort
from inspections.evidence import Since
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.facts import Fact
from law.instruments import MPSC
from models.matter import Kind

_IDLE = Parameter("return-idle-days", "退查后多少天未补充", 15, Measure.DAYS, 3, 25)


@inspection(
    "case-return-idle",
    label="退查未补",
    kinds=(Kind.CRIMINAL_CASE,),
    basis=(MPSC.article(295),),
    severity=Colour.ORANGE,
    demand="请按补充侦查提纲开展工作，期限为一个月",
    remedy=("record-investigation",),
    uses=(_IDLE,),
)
def look(case: Snapshot) -> Iterator[Finding]:
    """Holds while it is there for that and nobody works on it."""
    since = find_last_effort(case, Fact.CASE_RETURNED)
    if case.stage == "supplementary_investigation" and since is not None and case.now - since >= case.get_span(_IDLE):
        yield Finding((Since("最近一次补充侦查活动", since),))
