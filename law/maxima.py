"""Maxima (最长期限): how much of a measure's maximum one organ has used against one person in one case, over all its periods.

A calendar day touched by the measure is a day used, but for the very first, which is not counted (CPL 105). So a measure that is
lifted and decided again goes on with what is left, and no alternation of measures makes the maximum longer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from law.calendar import DAY, day_of
from law.counting import count
from law.facts import TAKEN_BACK, Fact
from law.history import History
from law.legal_fact import LegalFact
from law.lengths import Length

if TYPE_CHECKING:
    from law.calendar import Calendar
    from law.time_limits import Edition, TimeLimit


@dataclass(frozen=True, slots=True)
class Spent:
    """What had been used when a further period began: `days` used, `left` of the maximum, and the `last` lawful day of the new period.

    `length` is what the new period may last, counted like any other from the day on which it began; less than nothing where nothing
    is left.
    """

    days: int
    left: int
    length: Length
    last: date


# The first and the last day of a stretch under the measure.
_Stretch = tuple[date, date]


def spent(limit: TimeLimit, start: LegalFact, history: History, calendar: Calendar) -> Spent | None:
    """What this limit's organ had used of its maximum against the same person before `start`; None where nothing, or nothing adds up."""
    if not limit.accumulates:
        return None
    earlier = [
        fact
        for fact in history.concerning(start.about, uses(limit))
        # What was used up with other police counts: whoever came back under the measure was under it all the time.
        if fact.order < start.order
        and fact.fact not in TAKEN_BACK
        and (fact.fact is not Fact.PERSON_HANDED_OVER or history.left_for_good(fact))
    ]
    stretches, first = _stretches(limit, earlier, start)
    if first is None:
        return None
    edition = limit.edition_on(day_of(first.at))
    base = edition.bases[0]
    assert base.length is not None  # no maximum is without a figure
    whole = (count(first.at, (base.length,), base.counting, calendar).last - day_of(first.at)).days
    touched = sum((last - begun).days + 1 for begun, last in stretches)
    begins = day_of(start.at)
    again = bool(stretches) and begins <= stretches[-1][1]  # the day of the change was used already
    left = whole - (touched - 1)
    lasts = max(left - (0 if again else 1), -1)
    return Spent(touched - 1, max(left, 0), Length(days=lasts), begins + DAY * lasts)


def uses(limit: TimeLimit) -> frozenset[Fact]:
    """The facts that begin, interrupt and end a use of the measure."""
    rules = [rule for edition in limit.editions for rule in edition.not_counted]
    return frozenset(
        (
            *limit.starts_on,
            *limit.met_by,
            *limit.ended_by,
            *TAKEN_BACK,
            *(fact for rule in rules for fact in (rule.begins, rule.ends)),
        )
    )


def _stretches(limit: TimeLimit, facts: Iterable[LegalFact], now: LegalFact) -> tuple[list[_Stretch], LegalFact | None]:
    """The stretches under the measure until `now`, no day in two of them, and the fact that began the first."""
    rules = _not_counted(limit.edition_on(day_of(now.at)))
    found: list[_Stretch] = []
    first: LegalFact | None = None
    since: date | None = None
    under = False
    for fact in (*facts, now):
        if since and (fact.fact in limit.starts_on or fact.fact in _ends(limit) or fact.fact in rules or fact is now):
            _add(found, since, day_of(fact.at))
            since = None
        if fact.fact in limit.starts_on and not fact.told_by and fact is not now:
            first, under = first or fact, True
        elif fact.fact in _ends(limit):
            under = False
        resumed = under and fact.fact not in rules
        since = day_of(fact.at) if resumed else None
    return found, first


def _ends(limit: TimeLimit) -> frozenset[Fact]:
    return frozenset((*limit.met_by, *limit.ended_by))


def _not_counted(edition: Edition) -> frozenset[Fact]:
    return frozenset(rule.begins for rule in edition.not_counted)


def _add(found: list[_Stretch], begun: date, last: date) -> None:
    if found and begun <= found[-1][1]:
        begun = found[-1][1] + DAY
    if begun <= last:
        found.append((begun, last))
