"""The calendar of rest days (放假安排): a value handed in; a year not yet published is reckoned and said to be provisional."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache

# People and law live in UTC+8; China has kept no summer time in the years that matter here (since 1992).
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
DAY = timedelta(days=1)
# The last instant of a day as the law's 24:00 is written.
_LAST_INSTANT = time(23, 59, 59, tzinfo=SHANGHAI)
# Statutory holidays with a fixed date in the sun's calendar (全国年节及纪念日放假办法 of 10 November 2024, article 2): New Year, Labour
# Day, National Day. The bridging days around all holidays are known only once the State Council has published them.
_FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
# The others that article 2 fixes follow the moon, or the sun's 15 degrees: the first day of the lunar year, 清明, 端午 (5th of the
# 5th moon) and 中秋 (15th of the 8th). New Year's Eve and the first three days of the lunar year are holidays.
_LUNAR = {
    2027: ((2, 6), (4, 5), (6, 9), (9, 15)),
    2028: ((1, 26), (4, 4), (5, 28), (10, 3)),
    2029: ((2, 13), (4, 4), (6, 16), (9, 22)),
    2030: ((2, 3), (4, 5), (6, 5), (9, 12)),
    2031: ((1, 23), (4, 5), (6, 24), (10, 1)),
    2032: ((2, 11), (4, 4), (6, 12), (9, 19)),
    2033: ((1, 31), (4, 4), (6, 1), (9, 8)),
    2034: ((2, 19), (4, 5), (6, 20), (9, 27)),
    2035: ((2, 8), (4, 5), (6, 10), (9, 16)),
}
LUNAR_YEARS = range(min(_LUNAR), max(_LUNAR) + 1)
"""The years whose lunar holidays are known before their arrangement is published."""
# How long the State Council has let the long holidays last; a week and a day is the longest so far.
_LONGEST = {(1, 1): 3, (5, 1): 5, (10, 1): 8}
_LONGEST_NEW_YEAR = 9
_LONGEST_OF_THE_OTHERS = 3


@dataclass(frozen=True)
class Calendar:
    """The rest days of the years whose arrangement is published; every other year is weekends and the holidays that the law fixes.

    `off_days` lists all rest days of each final year, weekends among them and shifted working weekends (调休) not. `longest` takes
    the holidays of every other year to last as long as they ever may.
    """

    off_days: frozenset[date] = frozenset()
    final_years: frozenset[int] = frozenset()
    longest: bool = False

    @staticmethod
    def of_years(years: Mapping[int, Iterable[date]]) -> "Calendar":
        """The calendar in which each year of `years` has exactly the rest days listed for it."""
        return _intern_calendar(frozenset(day for days in years.values() for day in days), frozenset(years))

    def is_final(self, year: int) -> bool:
        """Whether the year's arrangement is published, so that its days will not change."""
        return year in self.final_years

    def is_off_day(self, day: date) -> bool:
        """Whether `day` is a rest day: by the published arrangement, else by weekend and fixed holiday."""
        if day.year in self.final_years:
            return day in self.off_days
        return day.weekday() >= 5 or day in (
            _list_longest_holidays(day.year) if self.longest else list_statutory_holidays(day.year)
        )

    def assume_latest(self) -> "Calendar":
        """The calendar by which nothing ends earlier than it may once every year is published: somebody's right is not closed before."""
        return _intern_calendar(self.off_days, self.final_years, True)

    def get_working_day_from(self, day: date) -> date:
        """`day` if it is a working day, else the first working day after it."""
        while self.is_off_day(day):
            day += DAY
        return day

    def get_working_day_until(self, day: date) -> date:
        """`day` if it is a working day, else the last working day before it."""
        while self.is_off_day(day):
            day -= DAY
        return day

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after `day`; a negative `n` counts back."""
        step = DAY if n >= 0 else -DAY
        for _ in range(abs(n)):
            day += step
            while self.is_off_day(day):
                day += step
        return day


# Clocks are remembered by their calendar, and two calendars are compared quickest when they are one object.
@lru_cache(maxsize=8)
def _intern_calendar(off_days: frozenset[date], final_years: frozenset[int], longest: bool = False) -> Calendar:
    return Calendar(off_days, final_years, longest)


@lru_cache(maxsize=256)
def list_statutory_holidays(year: int) -> frozenset[date]:
    """The holidays that the law itself fixes for everybody; without the lunar ones in a year whose moons are not in the table."""
    days = {date(year, month, day) for month, day in _FIXED_HOLIDAYS}
    if year in _LUNAR:
        new_year, *others = (date(year, month, day) for month, day in _LUNAR[year])
        days |= {new_year + DAY * n for n in range(-1, 3)} | set(others)
    return frozenset(days)


@lru_cache(maxsize=256)
def _list_longest_holidays(year: int) -> frozenset[date]:
    days = set(list_statutory_holidays(year))
    spans = [(date(year, month, day), length) for (month, day), length in _LONGEST.items()]
    if year in _LUNAR:
        new_year, *others = (date(year, month, day) for month, day in _LUNAR[year])
        spans += [(new_year - DAY, _LONGEST_NEW_YEAR), *((each, _LONGEST_OF_THE_OTHERS) for each in others)]
    return frozenset(days | {first + DAY * n for first, length in spans for n in range(length)})


def get_day(instant: datetime) -> date:
    """The Shanghai calendar day on which `instant` falls."""
    return instant.astimezone(SHANGHAI).date()


def end_of(day: date) -> datetime:
    """24:00 of `day`, written as its last second."""
    return datetime.combine(day, _LAST_INSTANT)


def start_of(day: date) -> datetime:
    """00:00 of `day`."""
    return datetime.combine(day, time(0, tzinfo=SHANGHAI))
