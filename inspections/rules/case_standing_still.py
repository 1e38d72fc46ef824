"""A criminal case was filed, and nobody has worked on it for weeks."""

from collections.abc import Iterator

from inspections.effort import find_last_effort, somebody_is_held
from inspections.evidence import Since
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.facts import Fact
from law.instruments import MPSC
from models.matter import Kind

_STAGES = ("investigation", "supplementary_investigation")
_STILL = Parameter("still-days", "案件停滞天数", 20, Measure.DAYS, 5, 120)
_STILL_HELD = Parameter("still-days-held", "有人在押时的停滞天数", 10, Measure.DAYS, 2, 60)
_GRAVE = Parameter("still-days-orange", "停滞升为橙色的天数", 30, Measure.DAYS, 5, 180)
_GRAVEST = Parameter("still-days-red", "停滞升为红色的天数", 60, Measure.DAYS, 5, 365)
_BY_AGE = ((_GRAVEST, Colour.RED), (_GRAVE, Colour.ORANGE))


@inspection(
    "case-standing-still",
    label="案件停滞",
    kinds=(Kind.CRIMINAL_CASE,),
    basis=(MPSC.article(191),),
    severity=Colour.YELLOW,
    demand="请安排侦查工作并记录；长期没有进展的提请联合督办",
    remedy=("record-investigation",),
    uses=(_STILL, _STILL_HELD, _GRAVE, _GRAVEST),
)
def look(case: Snapshot) -> Iterator[Finding]:
    """Holds while it is investigated and the last act lies so far back, whether or not there was one since it was filed."""
    since = find_last_effort(case, Fact.CASE_FILED)
    if case.stage not in _STAGES or since is None:
        return
    still = case.now - max(since, case.stage_since)
    if still >= case.get_span(_STILL_HELD if somebody_is_held(case) else _STILL):
        severity = next((colour for least, colour in _BY_AGE if still >= case.get_span(least)), Colour.YELLOW)
        yield Finding((Since("最近一次办案活动", max(since, case.stage_since)),), severity=severity)
