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
# Statutory holidays with a fixed date in the sun's calendar (全国年节及纪念日放假办法, 2025): New Year, Labour Day, National Day.
# The lunar ones, and the bridging days around all of them, are known only once the State Council has published them.
_FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})


@dataclass(frozen=True)
class Calendar:
    """The rest days of the years whose arrangement is published; every other year is weekends and fixed holidays.

    `off_days` lists all rest days of each final year, weekends among them and shifted working weekends (调休) not.
    """

    off_days: frozenset[date] = frozenset()
    final_years: frozenset[int] = frozenset()

    @staticmethod
    def of_years(years: Mapping[int, Iterable[date]]) -> "Calendar":
        """The calendar in which each year of `years` has exactly the rest days listed for it."""
        return _one_of(frozenset(day for days in years.values() for day in days), frozenset(years))

    def is_final(self, year: int) -> bool:
        """Whether the year's arrangement is published, so that its days will not change."""
        return year in self.final_years

    def is_off_day(self, day: date) -> bool:
        """Whether `day` is a rest day: by the published arrangement, else by weekend and fixed holiday."""
        if day.year in self.final_years:
            return day in self.off_days
        return day.weekday() >= 5 or (day.month, day.day) in _FIXED_HOLIDAYS

    def on_or_after(self, day: date) -> date:
        """`day` if it is a working day, else the first working day after it."""
        while self.is_off_day(day):
            day += DAY
        return day

    def on_or_before(self, day: date) -> date:
        """`day` if it is a working day, else the last working day before it."""
        while self.is_off_day(day):
            day -= DAY
        return day

    def working_days_after(self, day: date, n: int) -> date:
        """The n-th working day after `day`; a negative `n` counts back."""
        step = DAY if n >= 0 else -DAY
        for _ in range(abs(n)):
            day += step
            while self.is_off_day(day):
                day += step
        return day


# Clocks are remembered by their calendar, and two calendars are compared quickest when they are one object.
@lru_cache(maxsize=8)
def _one_of(off_days: frozenset[date], final_years: frozenset[int]) -> Calendar:
    return Calendar(off_days, final_years)


def day_of(instant: datetime) -> date:
    """The Shanghai calendar day on which `instant` falls."""
    return instant.astimezone(SHANGHAI).date()


def end_of(day: date) -> datetime:
    """24:00 of `day`, written as its last second."""
    return datetime.combine(day, _LAST_INSTANT)


def start_of(day: date) -> datetime:
    """00:00 of `day`."""
    return datetime.combine(day, time(0, tzinfo=SHANGHAI))
