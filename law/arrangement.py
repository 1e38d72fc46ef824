"""Whether the rest days said of a year can be its arrangement (放假安排): what no notice of the State Council has ever been without."""

from collections.abc import Collection
from datetime import date

from law.calendar import DAY, LUNAR_YEARS, list_statutory_holidays

# From 2014 on it was 115 to 117 days a year; a notice that says much less or more has been copied wrongly.
FEWEST, MOST = 108, 125
# Of the 104 or 105 days of weekend four to eight were shifted.
_MOST_SHIFTED = 14
# No holiday has been longer than nine days with the weekends that it joins; a day more is let pass.
_LONGEST_RUN = 10
_NAMED = 5
_WEEKDAYS = 5  # Monday to Friday


def describe_implausible(year: int, rest_days: Collection[date], published: Collection[date] = ()) -> str:
    """Why these cannot be all rest days of the year, in words for whoever entered them; empty where they may be.

    `published` are those of its arrangement, where that is known already: what they say of holidays by the moon holds.
    """
    days = set(rest_days)
    if foreign := sorted(day for day in days if day.year != year):
        return f"休息日须都在{year}年之内，其中有{_format_some(foreign)}"
    if wanting := sorted(list_statutory_holidays(year) - days):
        return f"法定节假日须都是休息日，缺{_format_some(wanting)}"
    if not FEWEST <= len(days) <= MOST:
        return f"一年的休息日应当有{FEWEST}至{MOST}天，所列为{len(days)}天"
    first, last = date(year, 1, 1), date(year, 12, 31)
    weekend = [day for n in range((last - first).days + 1) if (day := first + DAY * n).weekday() >= _WEEKDAYS]
    if len(worked := [day for day in weekend if day not in days]) > _MOST_SHIFTED:
        return f"周末上班的日子过多（{len(worked)}天），历年不超过{_MOST_SHIFTED}天"
    holidays = list_statutory_holidays(year) | {day for day in published if day.weekday() < _WEEKDAYS} | {date(year + 1, 1, 1)}
    return _list_out_of_place(days, holidays) if published or year in LUNAR_YEARS else ""


def describe_closed(rest_days: Collection[date], published: Collection[date], today: date) -> str:
    """Why a published year is not to be said otherwise: days of it that are past, by which limits have been counted and have ended."""
    past = sorted(day for day in set(rest_days) ^ set(published) if day < today)
    return f"已经过去的日子不能改动：{_format_some(past)}" if past else ""


def _list_out_of_place(days: set[date], holidays: frozenset[date]) -> str:
    """Rest days in the week that join on to no holiday, or make one longer than any has been."""
    for run in _split_runs(sorted(days)):
        extra = [day for day in run if day.weekday() < _WEEKDAYS and day not in holidays]
        joins = not holidays.isdisjoint({*run, run[-1] + DAY})
        if extra and not joins:
            return f"工作日调为休息日的，须与法定节假日相连，{_format_some(extra)}不与任何节假日相连"
        if extra and len(run) > _LONGEST_RUN:
            return f"连续休息不超过{_LONGEST_RUN}天，{run[0]}至{run[-1]}为{len(run)}天"
    return ""


def _split_runs(days: list[date]) -> list[list[date]]:
    """The days in stretches without a working day between."""
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == DAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _format_some(days: list[date]) -> str:
    return "、".join(map(str, days[:_NAMED])) + ("等" if len(days) > _NAMED else "")
