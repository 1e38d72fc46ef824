"""A criminal case was filed two years ago and has come to no end; or the last measure ended a year ago."""

from collections.abc import Iterator
from datetime import timedelta

from inspections.effort import somebody_is_held
from inspections.evidence import Happened
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.facts import Fact
from law.instruments import MPSC
from models.matter import Kind

_STAGES = ("investigation", "investigation_closed", "supplementary_investigation")
_TWO_YEARS, _YEAR = timedelta(days=730), timedelta(days=365)
_ENDED = (Fact.PERSON_RELEASED, Fact.BAIL_LIFTED, Fact.SURVEILLANCE_LIFTED)
_FROZEN = (Fact.FUNDS_FROZEN, Fact.SECURITIES_FROZEN, Fact.EQUITY_FROZEN)


@inspection(
    "case-hanging",
    label="挂案",
    kinds=(Kind.CRIMINAL_CASE,),
    basis=(
        MPSC.article(187),
        MPSC.article(191),
    ),
    severity=Colour.ORANGE,
    demand="请依法结案，或者制定有期限的办案计划",
)
def look(case: Snapshot) -> Iterator[Finding]:
    """Holds while it is investigated; it is red while money is frozen."""
    filed = next((each for each in case.facts if each.fact is Fact.CASE_FILED), None)
    if case.stage not in _STAGES or filed is None:
        return
    free = max((each.at for each in case.children_facts if each.fact in _ENDED), default=None)
    if case.now - filed.at >= _TWO_YEARS or (free and not somebody_is_held(case) and case.now - free >= _YEAR):
        severity = Colour.RED if case.happened(*_FROZEN) and not case.happened(Fact.EXHIBIT_UNFROZEN) else Colour.ORANGE
        ended = (Happened("最后一项强制措施结束", free),) if free else ()
        yield Finding((Happened(filed.fact.label, filed.at), *ended), severity=severity)
