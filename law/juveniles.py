"""Minors (未成年人): whether somebody was one on a given day."""

from calendar import monthrange
from datetime import date, timedelta

ADULT_AT = 18
# Where the date of birth stands in a citizen number (GB 11643-1999).
_BIRTH = slice(6, 14)


def get_adult_day(born_on: date) -> date:
    """The first day on which somebody born then is eighteen: the day after the birthday."""
    year = born_on.year + ADULT_AT
    return date(year, born_on.month, min(born_on.day, monthrange(year, born_on.month)[1])) + timedelta(1)


def is_minor(born_on: date, on: date) -> bool:
    """Whether somebody born then is under eighteen on that day; a year of age is full on the day after the birthday."""
    return on < get_adult_day(born_on)


def parse_birth_date(citizen_number: str) -> date:
    """The date of birth that a citizen number bears; ValueError where it bears none."""
    digits = citizen_number[_BIRTH]
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
