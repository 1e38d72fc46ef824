"""Whether the rest days said of a year can be its arrangement (放假安排): what no notice of the State Council has ever been without."""

from collections.abc import Collection
from datetime import date

from law.calendar import DAY, statutory_holidays

# From 2014 on it was 115 to 117 days a year; a notice that says much less or more has been copied wrongly.
FEWEST, MOST = 108, 125
# Of the 104 or 105 days of weekend four to eight were shifted.
_MOST_SHIFTED = 14
_NAMED = 5


def implausible(year: int, rest_days: Collection[date]) -> str:
    """Why these cannot be all rest days of the year, in words for whoever entered them; empty where they may be."""
    days = set(rest_days)
    if foreign := sorted(day for day in days if day.year != year):
        return f"休息日须都在{year}年之内，其中有{_some(foreign)}"
    if wanting := sorted(statutory_holidays(year) - days):
        return f"法定节假日须都是休息日，缺{_some(wanting)}"
    if not FEWEST <= len(days) <= MOST:
        return f"一年的休息日应当有{FEWEST}至{MOST}天，所列为{len(days)}天"
    first, last = date(year, 1, 1), date(year, 12, 31)
    weekend = [day for n in range((last - first).days + 1) if (day := first + DAY * n).weekday() >= 5]
    if len(worked := [day for day in weekend if day not in days]) > _MOST_SHIFTED:
        return f"周末上班的日子过多（{len(worked)}天），历年不超过{_MOST_SHIFTED}天"
    return ""


def _some(days: list[date]) -> str:
    return "、".join(map(str, days[:_NAMED])) + ("等" if len(days) > _NAMED else "")
