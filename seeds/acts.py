"""Acts (幕): how often a chapter is played in the demonstration, and how much of its decisive limit is left each time."""

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

# Which brigade takes a crime instead of the station; codes of the table of charges.
ECONOMIC: Final = frozenset({"xf-176", "xf-224", "xf-271", "xf-276-1a"})
TRAFFIC: Final = frozenset({"xf-133", "xf-133-1a"})
GRAVE: Final = frozenset({"xf-238", "xf-263", "xf-266", "xf-267", "xf-287-2a", "xf-303-2", "xf-347"})

# What the law lets be mediated when it grows out of a quarrel among citizens; codes of the table of violations.
_AMONG_NEIGHBOURS: Final = frozenset({"za-51-1", "za-59"})


@dataclass(frozen=True, slots=True)
class Length:
    """How long a limit is."""

    plus: timedelta = timedelta()
    months: int = 0

    def start(self, due: datetime) -> datetime:
        """When it must have begun to end at `due`; a day that the earlier month lacks becomes that month's last."""
        year, month = divmod(due.year * 12 + due.month - 1 - self.months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return due.replace(year=year, month=month + 1, day=min(due.day, last)) - self.plus


@dataclass(frozen=True, slots=True)
class Act:
    """One chapter, played once for each entry of `left`: how much of the decisive limit is left, by the colour it then shows.

    Where no limit decides, `length` is nothing and what is left is negative: how long ago it happened. The colour is None where
    a limit moves off rest days, so that what it shows depends on the day of the week. `unit_id` is where it happens; empty: anywhere.
    """

    shows: str
    chapter: Chapter
    outcome: Outcome
    left: Mapping[Colour | None, tuple[timedelta, ...]]
    length: Length = field(default_factory=Length)
    fits: Callable[[Tale], bool] = lambda _: True
    unit_id: str = ""


def ago(*spans: timedelta) -> dict[Colour | None, tuple[timedelta, ...]]:
    """So long ago each: no limit decides."""
    return {Colour.NONE: tuple(-span for span in spans)}


def by_the_calendar(*left: timedelta) -> dict[Colour | None, tuple[timedelta, ...]]:
    """So much is left each time of a limit that moves off rest days."""
    return {None: left}


def ladder(**left: timedelta | tuple[timedelta, ...]) -> dict[Colour | None, tuple[timedelta, ...]]:
    """What is left of the limit, by the colour that it then shows."""
    return {Colour[name.upper()]: spans if isinstance(spans, tuple) else (spans,) for name, spans in left.items()}


def economic(tale: Tale) -> bool:
    """Whether the brigade for economic crime takes it."""
    return tale.charge in ECONOMIC


def ordinary(tale: Tale) -> bool:
    """Whether it does not."""
    return not economic(tale)


def of_a_station(tale: Tale) -> bool:
    """Whether a station keeps it."""
    return tale.charge not in ECONOMIC | TRAFFIC | GRAVE


def of_violation(violation: str) -> Callable[[Tale], bool]:
    """Tales of this violation alone."""
    return lambda tale: tale.violation == violation


def among_neighbours(tale: Tale) -> bool:
    """Whether the law lets it be mediated."""
    return tale.violation in _AMONG_NEIGHBOURS


# Limits of hours: blue from the half, yellow from three quarters, orange in the last hour.
A_DAY: Final = ladder(none=hours(17), blue=hours(9), yellow=hours(4), orange=minutes(40), overdue=-hours(6))
# Three natural days end with a day, and not with a rest day.
THREE_DAYS: Final = by_the_calendar(days(3), days(1), days(0), -days(2))
