"""A criminal case was filed a week ago, and nothing has been done."""

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

_IDLE = Parameter("first-step-days", "立案后多少天未启动侦查", 7, Measure.DAYS, 2, 60)
_LONG = Parameter("first-step-days-orange", "未启动侦查升为橙色的天数", 15, Measure.DAYS, 3, 120)


@inspection(
    "case-no-first-step",
    label="立案后未启动侦查",
    kinds=(Kind.CRIMINAL_CASE,),
    basis=(MPSC.article(191),),
    severity=Colour.YELLOW,
    demand="请制定侦查计划并开展首次侦查活动",
    remedy=("record-investigation",),
    uses=(_IDLE, _LONG),
)
def look(case: Snapshot) -> Iterator[Finding]:
    """Holds until the first act."""
    filed = max((each.at for each in case.facts if each.fact is Fact.CASE_FILED), default=None)
    if case.stage != "investigation" or filed is None or find_last_effort(case, Fact.CASE_FILED) != filed:
        return
    idle = case.now - filed
    if idle >= case.get_span(_IDLE):
        yield Finding((Since("立案", filed),), severity=Colour.ORANGE if idle >= case.get_span(_LONG) else Colour.YELLOW)
