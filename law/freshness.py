"""Until when the law was looked at (法律核对至): nothing enacted or published later is in the statutes of the house."""

from datetime import date

CHECKED_UNTIL = date(2026, 6, 3)
"""The last day whose law, regulations and interpretations were in view when the statutes were last gone through; see `docs/law/unverified.md`."""


def get_quarter_start(day: date) -> date:
    """The first day of the quarter in which `day` falls."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def is_stale(today: date) -> bool:
    """Whether a whole quarter has passed since, so that somebody must look again."""
    return (today - CHECKED_UNTIL).days > 92


def describe_validity() -> str:
    """What every answer of the calculator says of it."""
    day = CHECKED_UNTIL
    return f"所依据的法律、法规、规章和解释核对至{day.year}年{day.month}月{day.day}日，其后公布的没有收入"
