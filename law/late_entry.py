"""Late entry (补录): what happened in its time and was written down long after. It is lawful, and it is seen."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from law.facts import Fact
from law.time_limits import get_limits


@dataclass(frozen=True, slots=True)
class Figures:
    """How long after it happened a step may be entered without being marked: usually, and where somebody's liberty is at stake.

    No statute names these; they are the bureau's own.
    """

    usual: timedelta = timedelta(hours=24)
    liberty: timedelta = timedelta(hours=1)


def is_late(at: datetime, recorded_at: datetime, *, liberty: bool, figures: Figures) -> bool:
    """Whether what happened at `at` was entered late; `liberty` says whether somebody's liberty is at stake in it."""
    return recorded_at - at > (figures.liberty if liberty else figures.usual)


def concerns_liberty(*facts: Fact) -> bool:
    """Whether one of these kinds of fact arms, extends or meets a limit on somebody's liberty."""
    return not _of_liberty().isdisjoint(facts)


@cache
def _of_liberty() -> frozenset[Fact]:
    found = set[Fact]()
    for limit in get_limits().values():
        if limit.liberty:
            further = (limit.extended_by, limit.restarts_on)
            found.update((*limit.starts_on, *limit.met_by, *(each for each in further if each)))
    return frozenset(found)
