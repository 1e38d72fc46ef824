"""A criminal case was filed, and nobody has worked on it for weeks."""

from collections.abc import Iterator
from datetime import timedelta

from inspections.effort import last_effort, somebody_is_held
from inspections.evidence import Since
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.facts import Fact
from law.instruments import MPSC
from models.matter import Kind

_STAGES = ("investigation", "supplementary_investigation")
_STILL, _STILL_HELD = timedelta(days=20), timedelta(days=10)
"""The bureau's own figures, no law's; the shorter one where somebody is held."""
_GRAVER = ((timedelta(days=60), Colour.RED), (timedelta(days=30), Colour.ORANGE))


@inspection(
    "case-standing-still",
    label="案件停滞",
    kinds=(Kind.CRIMINAL_CASE,),
    basis=(MPSC.article(191),),
    severity=Colour.YELLOW,
    demand="请安排侦查工作并记录；长期没有进展的提请联合督办",
)
def look(case: Snapshot) -> Iterator[Finding]:
    """Holds while it is investigated and the last act lies so far back, whether or not there was one since it was filed."""
    since = last_effort(case, Fact.CASE_FILED)
    if case.stage not in _STAGES or since is None:
        return
    still = case.now - max(since, case.stage_since)
    if still >= (_STILL_HELD if somebody_is_held(case) else _STILL):
        severity = next((colour for least, colour in _GRAVER if still >= least), Colour.YELLOW)
        yield Finding((Since("最近一次办案活动", max(since, case.stage_since)),), severity=severity)
