"""Counting (期间计算): from a start and a length to the last lawful instant, by the code that the rule names.

The order is always the same: base, then extensions, then time that does not count, and last the move off a rest day —
which never happens for a person who is held (CPL 105).
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from law.calendar import DAY, SHANGHAI, Calendar, end_of
from law.lengths import IMMEDIATE, Length


class Counting(StrEnum):
    """How a rule's length is counted; the value is the code of the authority.

    The codes with a slash are decided by the facts: the first while the person is in custody on the last day, else the second.
    """

    HOURS = "H"
    CUSTODY_DAYS = "DC"
    # Days of a duty or a measure that no holiday moves, though nobody is in custody: exact too, and not by any rule on detention.
    PLAIN_DAYS = "D no roll"
    DAYS = "DN"
    WORKING_DAYS = "W"
    CUSTODY_MONTHS = "MC"
    MONTHS = "MN"
    # Months of a measure on a person out of custody: the law fixes a maximum, so a holiday does not lengthen it (CPL 79).
    PERSON_MONTHS = "MC no roll"
    # Months of a measure on a thing that lapses by itself: the raw day stands.
    FIXED_MONTHS = "MN no roll"
    BACKWARD = "B"
    BACKWARD_WORKING_DAYS = "B,W"
    DAYS_BY_CUSTODY = "DC/DN"
    MONTHS_BY_CUSTODY = "MC/MN"

    def resolve(self, *, held: bool) -> "Counting":
        """The plain code once it is known whether the person is in custody."""
        return _RESOLVED.get((self, held), self)

    @property
    def zh(self) -> str:
        """How it is counted, as people read it beside a figure."""
        return _ZH[self]

    @property
    def backward(self) -> bool:
        """Whether the length is counted back, from a day that is still to come."""
        return self in (Counting.BACKWARD, Counting.BACKWARD_WORKING_DAYS)

    @property
    def rolls(self) -> bool:
        """Whether a last day that is a rest day moves to the first working day after it."""
        return self in _ROLLING


# A custody code with the person not in custody is the ordinary period of the same length, and rolls like one (CPL 105).
_RESOLVED = {
    (Counting.DAYS_BY_CUSTODY, True): Counting.CUSTODY_DAYS,
    (Counting.DAYS_BY_CUSTODY, False): Counting.DAYS,
    (Counting.CUSTODY_DAYS, False): Counting.DAYS,
    (Counting.MONTHS_BY_CUSTODY, True): Counting.CUSTODY_MONTHS,
    (Counting.MONTHS_BY_CUSTODY, False): Counting.MONTHS,
    (Counting.CUSTODY_MONTHS, False): Counting.MONTHS,
}
_ZH = {
    Counting.HOURS: "精确到分，不作扣除",
    Counting.CUSTODY_DAYS: "每满二十四小时为一日，不顺延",
    Counting.PLAIN_DAYS: "连续计算，不顺延",
    Counting.DAYS: "自然日，末日逢节假日顺延",
    Counting.WORKING_DAYS: "只计工作日",
    Counting.CUSTODY_MONTHS: "至对应日，不顺延",
    Counting.MONTHS: "至对应日，逢节假日顺延",
    Counting.PERSON_MONTHS: "至对应日，不顺延",
    Counting.FIXED_MONTHS: "至对应日，不顺延",
    Counting.BACKWARD: "自届满日倒推，逢节假日提前",
    Counting.BACKWARD_WORKING_DAYS: "自届满日倒推工作日",
    Counting.DAYS_BY_CUSTODY: "在押的每满二十四小时为一日，不在押的按自然日并顺延",
    Counting.MONTHS_BY_CUSTODY: "至对应日，在押的不顺延，不在押的顺延",
}
_ROLLING = frozenset({Counting.DAYS, Counting.MONTHS})
_MONTHLY = frozenset({Counting.CUSTODY_MONTHS, Counting.PERSON_MONTHS, Counting.MONTHS, Counting.FIXED_MONTHS})
# Counting a person's months, the corresponding day stands even at a month's end, and the earlier of two readings is taken.
_EARLIER_READING = frozenset({Counting.CUSTODY_MONTHS, Counting.PERSON_MONTHS})

Period = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last lawful instant, and how it came about.

    `last` is the last day before any move off a rest day; `alarm` is the instant that warnings are reckoned back from, earlier
    than `due` where two readings of a month's end differ; `final` is False when an unpublished year decided; `excluded`
    the time that was left out.
    """

    due: datetime
    date_only: bool
    last: date
    alarm: datetime
    final: bool = True
    excluded: timedelta = timedelta()


def add_months(day: date, n: int, *, keep_month_end: bool = False) -> date:
    """The corresponding day `n` months on, or the month's last day if it has none; month end to month end if asked (SPC21 202)."""
    month = day.year * 12 + day.month - 1 + n
    year, month = divmod(month, 12)
    length = monthrange(year, month + 1)[1]
    at_end = keep_month_end and day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, length if at_end else min(day.day, length))


def merge_periods(periods: tuple[Period, ...], not_before: datetime) -> list[Period]:
    """The periods in order, overlaps joined, and nothing before the clock started."""
    out: list[Period] = []
    for begin, end in sorted(periods):
        begin = max(begin, not_before)
        if end <= begin:
            continue
        if out and begin <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((begin, end))
    return out


@lru_cache(maxsize=4096)  # The same log is reckoned at each of its steps; a deadline of 4,096 different ones is about 1 MB.
def count(
    start: datetime,
    steps: tuple[Length, ...],
    counting: Counting,
    calendar: Calendar,
    excluded: tuple[Period, ...] = (),
    first_day: bool = False,
) -> Deadline:
    """The deadline of a length and its extensions (`steps`), counted from `start` by a plain code.

    `first_day` says that of the months of somebody who is held the day of the start is itself the first day; otherwise the next one is.
    """
    start = start.astimezone(SHANGHAI)
    if counting.backward:
        return _count_back(start, steps, counting, calendar)
    if counting is Counting.HOURS:
        due, left_out = _move_past_exclusions(start + sum((s.clock for s in steps), timedelta()), start, excluded)
        return Deadline(due, date_only=False, last=due.date(), alarm=due, excluded=left_out)
    if counting in (Counting.CUSTODY_DAYS, Counting.PLAIN_DAYS):
        return _count_full_days(start, steps, excluded)
    return _count_to_day(start, steps, counting, calendar, excluded, first_day)


def _move_past_exclusions(due: datetime, start: datetime, excluded: tuple[Period, ...]) -> tuple[datetime, timedelta]:
    left_out = timedelta()
    for begin, end in merge_periods(excluded, start):
        if begin > due + left_out:
            break
        left_out += end - begin
    return due + left_out, left_out


def _count_full_days(start: datetime, steps: tuple[Length, ...], excluded: tuple[Period, ...]) -> Deadline:
    """Each full 24 hours from execution is one day; evaluation leaves out whole calendar days (DET06 4)."""
    due = start + DAY * sum(s.days for s in steps)
    left_out = timedelta()
    for begin, end in merge_periods(excluded, start):
        if begin > due + left_out:
            break
        left_out += _count_days_between(begin, end)
    due += left_out
    return Deadline(due, date_only=False, last=due.date(), alarm=due, excluded=left_out)


def _count_days_between(begin: datetime, end: datetime) -> timedelta:
    """The day it stops does not count as running; the day it runs on does."""
    return end.astimezone(SHANGHAI).date() - begin.astimezone(SHANGHAI).date()


def _count_to_day(
    start: datetime,
    steps: tuple[Length, ...],
    counting: Counting,
    calendar: Calendar,
    excluded: tuple[Period, ...],
    first_day: bool,
) -> Deadline:
    first = start.date()
    if counting in _MONTHLY:
        last, early = _get_last_of_months(first, steps, counting, first_day)
    elif counting is Counting.WORKING_DAYS:
        last = early = calendar.add_working_days(first, sum(s.working_days for s in steps))
    else:
        last = early = first + DAY * sum(s.days for s in steps)
    moves = counting.rolls or counting is Counting.WORKING_DAYS
    left_out = timedelta()
    for begin, end in merge_periods(excluded, start):
        reached = last + left_out
        if begin.astimezone(SHANGHAI).date() > (calendar.get_working_day_from(reached) if moves else reached):
            break
        left_out += _count_days_between(begin, end)
    last, early = last + left_out, early + left_out
    day = calendar.get_working_day_from(last) if moves else last
    final = not moves or _all_final(calendar, first if counting is Counting.WORKING_DAYS else last, day)
    due = end_of(day)
    return Deadline(due, True, last, min(due, end_of(early)) if early < last else due, final, left_out)


def _all_final(calendar: Calendar, first: date, last: date) -> bool:
    return all(calendar.is_final(year) for year in range(min(first, last).year, max(first, last).year + 1))


def _get_last_of_months(first: date, steps: tuple[Length, ...], counting: Counting, first_day: bool) -> tuple[date, date]:
    """The last day, and the earlier one to warn by.

    For a person: the earlier of the corresponding day reckoned from the start and the one chained step by step; or the day before
    it, where the start is the first day. A month without that day ends with its last one either way.
    Otherwise a month's end answers to a month's end, reckoned from the start, and people are warned by the earlier reading.
    """
    chained, from_start, months, days = first, first, 0, 0
    for step in steps:
        months, days = months + step.months, days + step.days
        from_start = add_months(first, months) + DAY * days
        chained = min(add_months(chained, step.months) + DAY * step.days, from_start)
    if counting in _EARLIER_READING:
        ends = [day - DAY if first_day and months and day.day == first.day else day for day in (chained, from_start)]
        return min(ends), min(ends)
    return add_months(first, months, keep_month_end=True) + DAY * days, from_start


def _count_back(expiry: datetime, steps: tuple[Length, ...], counting: Counting, calendar: Calendar) -> Deadline:
    """So many days before another limit's expiry; a rest day moves it earlier, never later."""
    length = sum(steps, IMMEDIATE)
    if counting is Counting.BACKWARD_WORKING_DAYS:
        last = calendar.add_working_days(expiry.date(), -length.working_days)
        first_asked = expiry.date()
    else:
        last = first_asked = expiry.date() - DAY * length.days
    day = calendar.get_working_day_until(last)
    return Deadline(end_of(day), True, last, end_of(day), _all_final(calendar, first_asked, day))
