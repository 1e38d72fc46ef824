"""Somebody is on bail, and nobody works on it, or little time is left."""

from collections.abc import Iterator

from inspections.evidence import Happened, Since
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.effort import EFFORT
from law.facts import Fact
from law.instruments import BAIL, CPL
from models.matter import Kind

_STILL = Parameter("bail-still-days", "取保后停滞天数", 60, Measure.DAYS, 10, 180)
_LEFT = Parameter("bail-last-days", "取保届满前多少天提示", 60, Measure.DAYS, 7, 180)
_LITTLE = Parameter("bail-last-days-red", "取保届满前多少天升为红色", 15, Measure.DAYS, 1, 60)
_SENT = (Fact.CASE_SENT_TO_PROCURATORATE, Fact.CASE_SENT_AGAIN, Fact.CASE_CANCELLED)


@inspection(
    "case-bail-and-forget",
    label="一保了之",
    kinds=(Kind.SUSPECT,),
    basis=(
        CPL.article(79),
        BAIL.article(3),
    ),
    severity=Colour.YELLOW,
    demand="请继续侦查，及时移送、撤案或者解除取保候审",
    uses=(_STILL, _LEFT, _LITTLE),
)
def look(suspect: Snapshot) -> Iterator[Finding]:
    """Holds while the case has not gone on; it is red in the last fortnight."""
    facts = (*suspect.facts, *suspect.parent_facts)
    if suspect.stage != "on_bail" or any(each.fact in _SENT for each in facts):
        return
    since = max((each.at for each in facts if each.fact in EFFORT), default=suspect.stage_since)
    ends = min((each.due_at for each in suspect.clocks if each.limit == "bail-max" and each.due_at), default=None)
    left = None if ends is None else ends - suspect.now
    if suspect.now - since >= suspect.get_span(_STILL) or (left is not None and left <= suspect.get_span(_LEFT)):
        near = (Happened("取保候审期限届满", ends),) if ends and left is not None and left <= suspect.get_span(_LEFT) else ()
        yield Finding(
            (Since("最近一次办案活动", since), *near),
            severity=Colour.RED if left and left <= suspect.get_span(_LITTLE) else Colour.YELLOW,
        )
