"""The calendar of the law tests: what the State Council has published, as the library `chinesecalendar` tells it."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from law.calendar import Calendar

# The years the library knows; 2027 was not yet published, and so is provisional here.
PUBLISHED = range(2004, 2027)


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    """Rest days of every published year."""
    return Calendar.of_years({year: [day for day in _days(year) if chinese_calendar.is_holiday(day)] for year in PUBLISHED})


def _days(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(n) for n in range((date(year + 1, 1, 1) - first).days)]
