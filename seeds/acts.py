"""Acts (幕): how often a chapter is played in the demonstration, and how much time its decisive limit has left each time."""

import calendar
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from law.clock import Colour
from seeds.script import Cast, Move
from seeds.spans import days, hours, minutes
from seeds.stories import Outcome, Tale

Chapter = Callable[[Cast, datetime], Iterator[Move]]

# Crimes that a brigade handles instead of the station, by codes of charges.
ECONOMIC: Final = frozenset({"xf-176", "xf-224", "xf-271", "xf-276-1a"})
TRAFFIC: Final = frozenset({"xf-133", "xf-133-1a"})
GRAVE: Final = frozenset({"xf-238", "xf-263", "xf-266", "xf-267", "xf-287-2a", "xf-303-2", "xf-347"})

# Violations that may be mediated when they arise from a quarrel among citizens, by codes of violations.
_AMONG_NEIGHBOURS: Final = frozenset({"za-51-1", "za-59"})


@dataclass(frozen=True, slots=True)
class Length:
    """The length of a limit."""

    plus: timedelta = timedelta()
    months: int = 0

    def start(self, due: datetime) -> datetime:
        """The start of a limit that ends at `due`; in a shorter month, its last day."""
        year, month = divmod(due.year * 12 + due.month - 1 - self.months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return due.replace(year=year, month=month + 1, day=min(due.day, last)) - self.plus


@dataclass(frozen=True, slots=True)
class Act:
    """One chapter, played once for each time in `left`: what the decisive limit has left, by the colour that it then shows.

    Without a decisive limit, `length` is zero and `left` is negative: how long ago it happened. The colour is None where the limit moves
    off rest days, so that its colour depends on the day of the week. `unit_id` is the unit; empty: any.
    """

    shows: str
    chapter: Chapter
    outcome: Outcome
    left: Mapping[Colour | None, tuple[timedelta, ...]]
    length: Length = field(default_factory=Length)
    fits: Callable[[Tale], bool] = lambda _: True
    unit_id: str = ""


def build_ages(*spans: timedelta) -> dict[Colour | None, tuple[timedelta, ...]]:
    """Entries of `left` for a chapter without a decisive limit: how long ago it happened."""
    return {Colour.NONE: tuple(-span for span in spans)}


def build_calendar_ages(*left: timedelta) -> dict[Colour | None, tuple[timedelta, ...]]:
    """Entries of `left` for a limit that moves off rest days."""
    return {None: left}


def build_ladder_ages(**left: timedelta | tuple[timedelta, ...]) -> dict[Colour | None, tuple[timedelta, ...]]:
    """Entries of `left` by the colour that the limit then shows."""
    return {Colour[name.upper()]: spans if isinstance(spans, tuple) else (spans,) for name, spans in left.items()}


def is_economic(tale: Tale) -> bool:
    """Whether the economic-crime brigade handles the tale."""
    return tale.charge in ECONOMIC


def is_ordinary(tale: Tale) -> bool:
    """Whether another unit handles the tale."""
    return not is_economic(tale)


def is_fraud(tale: Tale) -> bool:
    """Whether somebody was deceived of money, which went to an account."""
    return tale.charge == "xf-266"


def of_a_station(tale: Tale) -> bool:
    """Whether a station handles the tale itself."""
    return tale.charge not in ECONOMIC | TRAFFIC | GRAVE


def of_violation(violation: str) -> Callable[[Tale], bool]:
    """A filter for tales of one violation."""
    return lambda tale: tale.violation == violation


def is_among_neighbours(tale: Tale) -> bool:
    """Whether the tale may be mediated."""
    return tale.violation in _AMONG_NEIGHBOURS


# Limits of hours are blue from half of their time, yellow from three quarters, orange in the last hour.
A_DAY: Final = build_ladder_ages(none=hours(17), blue=hours(9), yellow=hours(4), orange=minutes(40), overdue=-hours(6))
# Three calendar days end at the end of a day that is no rest day.
THREE_DAYS: Final = build_calendar_ages(days(3), days(1), days(0), -days(2))
