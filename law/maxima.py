"""Maxima (最长期限): how much of a measure's maximum one organ has used against one person in one case, over all its periods.

A calendar day touched by the measure is a day used, but for the very first, which is not counted (CPL 105). So a measure that is
lifted and decided again goes on with what is left, and no alternation of measures makes the maximum longer. Of somebody of whom one case
has two matters (cases were merged, or a number was set right), what was used in the other is used here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from law.calendar import DAY, Calendar, get_day
from law.counting import count
from law.extensions import Refusal, extend_lengths, judge
from law.facts import TAKEN_BACK, Fact
from law.history import History
from law.legal_fact import LegalFact
from law.lengths import Length, parse_length
from law.time_limits import Edition, Extension, TimeLimit


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
    # The extensions that were granted before: they made the maximum longer, and are not granted again.
    granted: tuple[Extension, ...] = ()


# The first and the last day of a stretch under the measure.
_Stretch = tuple[date, date]


def compute_spent(limit: TimeLimit, start: LegalFact, history: History, calendar: Calendar) -> Spent | None:
    """What this limit's organ had used of its maximum against the same person before `start`; None where nothing, or nothing adds up."""
    if not limit.accumulates or start.fact is limit.restarts_on:
        return None
    earlier = [
        fact
        for fact in history.list_concerning(start.about, list_use_facts(limit))
        # What was used up with other police counts: whoever came back under the measure was under it all the time.
        if fact.order < start.order
        and fact.fact not in TAKEN_BACK
        and (fact.fact is not Fact.PERSON_HANDED_OVER or history.left_for_good(fact))
    ]
    counts_from, earlier = _find_counting_start(limit, earlier)
    stretches, first = _list_stretches(limit, earlier, start)
    beside = _count_used_beside(limit, start, history)
    if first is None and not beside:
        return None
    began_here, first = first is not None, first or start
    edition = limit.get_edition(get_day(first.at))
    base = edition.bases[0]
    steps, granted = _add_extensions(limit, edition, earlier, calendar)
    whole = (count(first.at, steps, base.counting, calendar).last - get_day(first.at)).days
    # Counted from the day of a discovery, that day is the first.
    whole -= 1 if counts_from and counts_from.fact in edition.first_day else 0
    touched = _count_touched_days(stretches)
    begins = get_day(start.at)
    used = beside + (touched - 1 if began_here else 0)
    again = bool(stretches) and begins <= stretches[-1][1]  # the day of the change was used already
    left = whole - used
    lasts = max(left - (0 if again else 1), -1)
    return Spent(used, max(left, 0), Length(days=lasts), begins + DAY * lasts, granted)


def _count_used_beside(limit: TimeLimit, start: LegalFact, history: History) -> int:
    """The days that had been used of it in other matters of the same person in this case, as they were last told."""
    told = [fact for fact in history.list_concerning(start.about, (Fact.MAXIMUM_USED_BESIDE,)) if fact.limit == limit.id]
    last = next((fact for fact in reversed(told) if fact.order <= start.order), None)
    return parse_length(last.term).days if last else 0


def _find_counting_start(limit: TimeLimit, earlier: list[LegalFact]) -> tuple[LegalFact | None, list[LegalFact]]:
    """From what it counts where it was started anew, or only then began to count; and what followed, as if the measure began there."""
    place = next((n for n in reversed(range(len(earlier))) if _counts_anew(limit, earlier, n)), None)
    if place is None:
        return None, earlier
    anew = earlier[place]
    if limit.restarts_from and anew.fact is limit.restarts_on:
        anew = next((fact for fact in reversed(earlier[:place]) if fact.fact is limit.restarts_from), anew)
    begins = replace(anew, fact=limit.starts_on[0])
    return anew, [begins, *(fact for fact in earlier if fact.order > anew.order and fact.fact is not limit.restarts_on)]


def _counts_anew(limit: TimeLimit, earlier: list[LegalFact], place: int) -> bool:
    if earlier[place].fact is limit.restarts_on:
        return True
    if limit.waits is None or earlier[place].fact is not limit.waits[1]:
        return False
    put_off = next((fact for fact in reversed(earlier[:place]) if fact.fact in limit.waits), None)
    return put_off is not None and put_off.fact is limit.waits[0] and _is_under(limit, earlier[:place])


def _add_extensions(
    limit: TimeLimit, edition: Edition, earlier: list[LegalFact], calendar: Calendar
) -> tuple[tuple[Length, ...], tuple[Extension, ...]]:
    """The maximum with the extensions that were granted of it while it ran and before it was used up, and these."""
    base = edition.bases[0]
    assert base.length is not None  # no maximum is without a figure
    steps, used = (base.length,), tuple["Extension", ...]()
    for place, fact in enumerate(earlier):
        if fact.fact is not limit.extended_by or fact.limit not in ("", limit.id):
            continue
        stretches, first = _list_stretches(limit, earlier[:place], fact)
        if first is None or not _is_under(limit, earlier[:place]):
            continue
        if _count_touched_days(stretches) - 1 > (count(first.at, steps, base.counting, calendar).last - get_day(first.at)).days:
            continue
        verdict = judge(edition, steps, used, fact.extension, fact.approver)
        if not isinstance(verdict, Refusal):
            steps, used = extend_lengths(steps, verdict), (*used, verdict.extension)
    return steps, used


def _is_under(limit: TimeLimit, facts: list[LegalFact]) -> bool:
    """Whether somebody is under the measure after these facts."""
    ends = _list_end_facts(limit)
    last = next((fact for fact in reversed(facts) if fact.fact in limit.starts_on or fact.fact in ends), None)
    return last is not None and last.fact in limit.starts_on


def _count_touched_days(stretches: list[_Stretch]) -> int:
    """The days that stretches touch."""
    return sum((last - begun).days + 1 for begun, last in stretches)


def list_use_facts(limit: TimeLimit) -> frozenset[Fact]:
    """The facts that begin, interrupt and end a use of the measure."""
    rules = [rule for edition in limit.editions for rule in edition.not_counted]
    return frozenset(
        (
            *limit.starts_on,
            *limit.met_by,
            *limit.ended_by,
            *TAKEN_BACK,
            Fact.MAXIMUM_USED_BESIDE,
            *(limit.waits or ()),
            *(fact for fact in (limit.extended_by, limit.restarts_on, limit.restarts_from) if fact),
            *(fact for rule in rules for fact in (rule.begins, rule.ends)),
        )
    )


def _list_stretches(limit: TimeLimit, facts: Iterable[LegalFact], now: LegalFact) -> tuple[list[_Stretch], LegalFact | None]:
    """The stretches under the measure until `now`, no day in two of them, and the fact that began the first."""
    rules = _list_uncounted_facts(limit, limit.get_edition(get_day(now.at)))
    says_nothing = (limit.extended_by, limit.restarts_on, limit.restarts_from, Fact.MAXIMUM_USED_BESIDE)
    found: list[_Stretch] = []
    first: LegalFact | None = None
    since: date | None = None
    under = False
    for fact in (*(fact for fact in facts if fact.fact not in says_nothing), now):
        if since and (fact.fact in limit.starts_on or fact.fact in _list_end_facts(limit) or fact.fact in rules or fact is now):
            _add(found, since, get_day(fact.at))
            since = None
        if fact.fact in limit.starts_on and not fact.told_by and fact is not now:
            first, under = first or fact, True
        elif fact.fact in _list_end_facts(limit):
            under = False
        resumed = under and fact.fact not in rules
        since = (since or get_day(fact.at)) if resumed else None
    return found, first


def _list_end_facts(limit: TimeLimit) -> frozenset[Fact]:
    return frozenset((*limit.met_by, *limit.ended_by))


def _list_uncounted_facts(limit: TimeLimit, edition: Edition) -> frozenset[Fact]:
    return frozenset((*(rule.begins for rule in edition.not_counted), *(limit.waits or ())[:1]))


def _add(found: list[_Stretch], begun: date, last: date) -> None:
    if found and begun <= found[-1][1]:
        begun = found[-1][1] + DAY
    if begun <= last:
        found.append((begun, last))
