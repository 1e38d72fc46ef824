"""Lengths of time as the law writes them: hours, days, working days, months; never mixed but for "one month and 15 days".

Seconds and minutes are what a bureau promises of itself; no law knows them.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

_TERM = re.compile(r"(\d{1,4}) (second|minute|hour|day|working day|month|year)s?")
_MINUTES_OF = {"minute": 1, "hour": 60}
_MONTHS_OF = {"month": 1, "year": 12}


@dataclass(frozen=True, slots=True)
class Length:
    """A length in the law's own units; a month is not a number of days, and a working day is not a day."""

    months: int = 0
    days: int = 0
    working_days: int = 0
    minutes: int = 0
    seconds: int = 0

    def __add__(self, other: "Length") -> "Length":
        return Length(
            self.months + other.months,
            self.days + other.days,
            self.working_days + other.working_days,
            self.minutes + other.minutes,
            self.seconds + other.seconds,
        )

    def __bool__(self) -> bool:
        return self != IMMEDIATE

    def within(self, other: "Length") -> bool:
        """Whether this is certainly no longer than `other`; days are held against months at 28 to the month."""
        if other.months and not self.months:
            return self.days <= 28 * other.months + other.days and not self.working_days and not self.clock
        return (
            self.months <= other.months
            and self.days <= other.days
            and self.working_days <= other.working_days
            and self.clock <= other.clock
        )

    @property
    def clock(self) -> timedelta:
        """What of it a clock counts: its hours, minutes and seconds."""
        return timedelta(minutes=self.minutes, seconds=self.seconds)

    def _list_terms(self) -> list[tuple[int, str, str]]:
        hours, minutes = divmod(self.minutes, 60)
        clock = (self.minutes, "minute", "分钟") if minutes else (hours, "hour", "小时")
        amounts = [(self.months, "month", "个月"), (self.days, "day", "日"), (self.working_days, "working day", "个工作日"), clock]
        amounts.append((self.seconds, "second", "秒"))
        return [term for term in amounts if term[0]]

    def __str__(self) -> str:
        return " ".join(f"{n} {unit}" for n, unit, _ in self._list_terms()) or "0 hour"

    @property
    def zh(self) -> str:
        """The length as people read it: 1个月15日."""
        return "".join(f"{n}{zh}" for n, _, zh in self._list_terms()) or "立即"


IMMEDIATE = Length()


def seconds(n: int) -> Length:
    """`n` seconds."""
    return Length(seconds=n)


def split_seconds(n: int) -> Length:
    """`n` seconds as people say them: in hours, minutes and seconds."""
    whole, rest = divmod(n, 60)
    return Length(minutes=whole, seconds=rest)


def minutes(n: int) -> Length:
    """`n` minutes."""
    return Length(minutes=n)


def hours(n: int) -> Length:
    """`n` hours."""
    return Length(minutes=60 * n)


def days(n: int) -> Length:
    """`n` natural days."""
    return Length(days=n)


def working_days(n: int) -> Length:
    """`n` working days."""
    return Length(working_days=n)


def months(n: int, and_days: int = 0) -> Length:
    """`n` months, and so many days after them."""
    return Length(months=n, days=and_days)


def years(n: int) -> Length:
    """`n` years, each of 12 months."""
    return Length(months=12 * n)


def parse_length(text: str) -> Length:
    """The length that `text` writes (`"3 day"`, `"1 month 15 day"`); ValueError when it writes none."""
    total, rest = IMMEDIATE, text.strip()
    while match := _TERM.match(rest):
        n, unit = int(match[1]), match[2]
        total += Length(
            months=n * _MONTHS_OF.get(unit, 0),
            days=n if unit == "day" else 0,
            working_days=n if unit == "working day" else 0,
            minutes=n * _MINUTES_OF.get(unit, 0),
            seconds=n if unit == "second" else 0,
        )
        rest = rest[match.end() :].lstrip()
    if rest or not text.strip():
        raise ValueError(f"“{text}”不是期限，应写作“3 day”“12 hour”“1 month 15 day”")
    return total


@dataclass(frozen=True, slots=True)
class Step:
    """What one extension does: an addition to the length so far, or a new total from the same start."""

    length: Length
    is_total: bool

    def __str__(self) -> str:
        return f"{'to ' if self.is_total else '+'}{self.length}"

    @property
    def zh(self) -> str:
        """The step as people read it: 延长4日, 延长至30日."""
        return f"延长{'至' if self.is_total else ''}{self.length.zh}"


def parse_step(text: str) -> Step:
    """The extension that `text` writes (`"+4 day"`, `"to 30 day"`); ValueError when it writes none."""
    text = text.strip()
    if text.startswith("+"):
        return Step(parse_length(text[1:]), is_total=False)
    if text.startswith("to "):
        return Step(parse_length(text[3:]), is_total=True)
    raise ValueError(f"“{text}”不是延长，应写作“+4 day”或“to 30 day”")
