"""Mapping facts and clocks of the law to rows, and rows back to facts and calendars."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple, Protocol

import chinese_calendar

from law.calendar import SHANGHAI, Calendar
from law.clock import PROMISES, Clock, ClockState, Colour, Consequence, Overrun
from law.facts import Fact
from law.legal_fact import LegalFact, Superseded, UnitTime
from law.offices import Office

# What a fact may say besides what happened, when and to whom.
_SAID = ("told_by", "limit", "extension", "grounds", "approver", "reason", "term", "base", "in_custody", "organ", "charge", "item")
RUNNING = (ClockState.RUNNING, ClockState.SUSPENDED, ClockState.NOT_STARTED)
LADDER = tuple(Colour)


class StoredFact(Protocol):
    """A fact as a row holds it, whatever else the row has."""

    @property
    def fact(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def about(self) -> str: ...
    @property
    def seq(self) -> int: ...
    @property
    def said(self) -> Mapping[str, Any]: ...


class FactFound(NamedTuple):
    """A row of table `fact`."""

    fact: str
    at: datetime
    about: str
    seq: int
    said: Mapping[str, Any]


class Year(NamedTuple):
    """A year's rest days as published."""

    year: int
    rest_days: Collection[date]


def build_fact_row(matter: str, n: int, fact: LegalFact) -> dict[str, Any]:
    """The row of table `fact` for this fact."""
    details = {name: value for name in _SAID if (value := getattr(fact, name)) not in ("", None)}
    return {
        "matter": matter,
        "seq": fact.seq,
        "n": n,
        "fact": fact.fact,
        "at": fact.at.isoformat(),
        "about": fact.about,
        "said": details
        | _build_entered(fact)
        | ({"corrected": [_build_superseded(each) for each in fact.corrected]} if fact.corrected else {})
        | ({"unit_times": [asdict(each) for each in fact.unit_times]} if fact.unit_times else {}),
    }


def _build_entered(fact: LegalFact | Superseded) -> dict[str, str]:
    return {"entered_at": fact.entered_at.astimezone(SHANGHAI).isoformat()} if fact.entered_at else {}


def _build_superseded(superseded: Superseded) -> dict[str, str]:
    return {
        name: at.astimezone(SHANGHAI).isoformat() for name, at in (("at", superseded.at), ("until", superseded.until))
    } | _build_entered(superseded)


def parse_fact(row: StoredFact) -> LegalFact:
    """The fact that a row of table `fact` holds."""
    details = dict(row.said)
    if "approver" in details:
        details["approver"] = Office(details["approver"])
    if "entered_at" in details:
        details["entered_at"] = datetime.fromisoformat(details["entered_at"])
    if "corrected" in details:
        instants = ({name: datetime.fromisoformat(at) for name, at in each.items()} for each in details["corrected"])
        details["corrected"] = tuple(Superseded(**each) for each in instants)
    if "unit_times" in details:
        details["unit_times"] = tuple(UnitTime(**each) for each in details["unit_times"])
    return LegalFact(Fact(row.fact), row.at, row.about, row.seq, **details)


def get_colour(clock: Clock, now: datetime) -> Colour:
    """The colour of a running clock at `now`: that of the last threshold passed."""
    if clock.state not in RUNNING or has_lapsed(clock, now):
        return Colour.NONE
    return max((rung.colour for rung in clock.rungs if rung.at <= now), key=LADDER.index, default=Colour.NONE)


def get_shown_colour(clock: Clock, now: datetime) -> Colour:
    """The colour by which people see it: a promise that was not kept is no red card."""
    colour = get_colour(clock, now)
    return Colour.UNKEPT if colour is Colour.OVERDUE and clock.at_expiry in PROMISES else colour


def has_lapsed(clock: Clock, now: datetime) -> bool:
    """Whether a right has lapsed with its limit, so that nobody is late."""
    return clock.at_expiry is Consequence.RIGHT_LAPSES and bool(clock.rungs) and clock.rungs[-1].at <= now


def end_fallen_clock(clock: Clock, now: datetime) -> Clock:
    """A clock whose starting fact fell away; its row is kept, with the overrun that it had by then."""
    ended = clock.ended_at or now
    if clock.overrun or get_colour(clock, now) is not Colour.OVERDUE:
        return replace(clock, state=ClockState.LAPSED, ended_at=ended, rungs=())
    return replace(clock, state=ClockState.OVERRUN, ended_at=ended, overrun=Overrun(clock.rungs[-1].at, ended), rungs=())


def build_clock_row(matter: tuple[str, str], unit: str, officer: str, clock: Clock, now: datetime) -> dict[str, Any]:
    """The row of table `clock` for this clock of that matter."""
    kind, number = matter
    return {
        "id": clock.id,
        "matter": number,
        "kind": kind,
        "unit_id": unit,
        "officer": officer,
        "limit_id": clock.limit,
        "zh": clock.zh,
        "edition": clock.edition,
        "basis": clock.basis,
        "about": clock.about,
        "started_at": _format_iso(clock.started_at),
        "due_at": _format_iso(clock.due_at),
        "date_only": clock.date_only,
        "liberty": clock.liberty,
        "state": clock.state,
        "colour": get_shown_colour(clock, now),
        "ended_at": _format_iso(clock.ended_at),
        "overrun_due_at": _format_iso(clock.overrun and clock.overrun.due_at),
        "overrun_until": _format_iso(clock.overrun and clock.overrun.until),
        "overrun_entered_at": _format_iso(clock.overrun and clock.overrun.entered_at),
        "calendar": clock.calendar,
        "answerable": clock.answerable,
        "at_expiry": clock.at_expiry,
        "reasons": list(clock.reasons),
        # Shown to people, never reckoned with: what rings are the rows of table `rung`.
        "rungs": [
            {"colour": rung.colour, "at": rung.at.astimezone(SHANGHAI).isoformat(timespec="seconds")} for rung in clock.rungs
        ],
    }


def _format_iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None


@cache
def get_library_years() -> Mapping[int, frozenset[date]]:
    """The rest days of each year for which the calendar library has the State Council's arrangement."""
    years = sorted({day.year for day in chinese_calendar.constants.holidays})
    return {year: frozenset(day for day in _list_rest_days(year) if chinese_calendar.is_holiday(day)) for year in years}


def _list_rest_days(year: int) -> Iterable[date]:
    first = date(year, 1, 1)
    return (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))


def build_calendar(published: Iterable[Year]) -> Calendar:
    """The library's years, overlaid by those that were published."""
    return Calendar.of_years({**get_library_years(), **{row.year: row.rest_days for row in published}})
