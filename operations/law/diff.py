"""`louke law diff`: which deadlines of open matters the law would move, as it is here now or with a new arrangement of holidays.

A deadline once computed is a fact of history, so nothing is moved here; matters are streamed through one server-side cursor, each
with its facts and clocks in one row, so that neither memory nor the number of questions grows with them.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

from psycopg import IsolationLevel

from law.calendar import SHANGHAI, Calendar
from law.clock import Clock
from law.clocks import clocks
from law.instants import read
from law.time_limits import TimeLimit, limits
from models.rows import RUNNING, calendar_of, fact_of
from operations.law.asking import PUBLISHED
from runtime.database import connect
from runtime.settings import Settings

# Matters fetched at a time: each with some dozens of facts, a few megabytes.
_BATCH = 500
# A year has 104 days of weekend, of which the State Council has never shifted more than a dozen.
_FEWEST, _MOST = 90, 150
MATTERS = """
SELECT m.number, m.kind, m.unit_id AS unit,
       (SELECT jsonb_agg(jsonb_build_object('fact', fact, 'at', at, 'about', about, 'seq', seq, 'said', said) ORDER BY seq, n)
        FROM fact WHERE fact.matter = m.number) AS facts,
       (SELECT jsonb_object_agg(id, jsonb_build_object('limit', limit_id, 'zh', zh, 'about', about, 'state', state, 'due_at', due_at,
                                                       'edition', edition))
        FROM clock WHERE clock.matter = m.number) AS clocks
FROM matter m WHERE NOT m.final ORDER BY m.number
"""


class Change(StrEnum):
    """What would become of a clock: it ends at another instant, it no longer runs, or it begins to."""

    MOVED = "moved"
    GONE = "gone"
    NEW = "new"


class Move(NamedTuple):
    """One clock that would change: its end as it is recorded, and as it would be reckoned now (None: no figure, or no clock)."""

    matter: str
    kind: str
    unit: str
    clock: str
    limit: str
    zh: str
    about: str
    change: Change
    recorded: datetime | None
    reckoned: datetime | None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What is supposed: the calendar, limits amended, and of which limit alone one wants to know (empty: of all)."""

    calendar: Calendar
    amended: Mapping[str, TimeLimit]
    limit: str = ""


@dataclass(slots=True)
class Tally:
    """How many open matters and running clocks were looked at, and the matters whose facts the law can no longer read."""

    matters: int = 0
    clocks: int = 0
    unreadable: list[str] = field(default_factory=list)


class SupposedError(ValueError):
    """Something is supposed that cannot be: a limit or an edition that does not exist, days that are no year's rest days."""


def diff(
    settings: Settings, limit: str, edition: date | None, year: int | None, rest_days: Path | None, tally: Tally
) -> Iterator[Move]:
    """Every clock of an open matter that would change; `tally` counts along. psycopg's OperationalError if the database is away."""
    amended = _amended(limit, edition)
    supposed = _supposed_year(year, rest_days)
    with connect(settings.database_url, "law-diff") as connection:
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        with connection.transaction(), connection.cursor("open_matters") as cursor:
            calendar = calendar_of([*connection.execute(PUBLISHED).fetchall(), *supposed])
            what_if = WhatIf(calendar, amended, limit)
            cursor.itersize = _BATCH
            cursor.execute(MATTERS)
            for row in cursor:
                try:
                    yield from list(moves(row, what_if, tally))
                except ValueError as fault:  # a kind of fact or a figure that the law no longer has
                    tally.unreadable.append(f"{row.number}：{fault}")


def moves(row: Any, what_if: WhatIf, tally: Tally) -> Iterator[Move]:
    """What would change in one matter: its clocks as recorded against those that its facts arm under what is supposed."""
    recorded: dict[str, dict[str, Any]] = row.clocks or {}
    reckoned = {clock.id: clock for clock in clocks(map(_fact, row.facts or ()), what_if.calendar, what_if.amended)}
    tally.matters += 1
    tally.clocks += sum(each["state"] in RUNNING for each in recorded.values())
    for id_, was in recorded.items():
        if was["state"] in RUNNING and what_if.limit in ("", was["limit"]):
            yield from _changed(row, id_, was, reckoned.get(id_))
    for id_, clock in reckoned.items():
        if id_ not in recorded and clock.state in RUNNING and what_if.limit in ("", clock.limit):
            yield _move(row, id_, _said(clock), Change.NEW, None, clock.due_at)


def _changed(row: Any, id_: str, was: dict[str, Any], now: Clock | None) -> Iterator[Move]:
    due = read(was["due_at"]) if was["due_at"] else None
    if now is None or now.state not in RUNNING:
        yield _move(row, id_, was, Change.GONE, due, None)
    elif now.due_at != due:
        yield _move(row, id_, was, Change.MOVED, due, now.due_at)


def _said(clock: Clock) -> dict[str, Any]:
    return {"limit": clock.limit, "zh": clock.zh, "about": clock.about}


def _move(row: Any, id_: str, of: dict[str, Any], change: Change, was: datetime | None, now: datetime | None) -> Move:
    return Move(row.number, row.kind, row.unit, id_, of["limit"], of["zh"], of["about"], change, was, now)


def _fact(said: dict[str, Any]) -> Any:
    return fact_of(SimpleNamespace(**{**said, "at": read(said["at"])}))


# What is supposed


def _amended(limit: str, edition: date | None) -> dict[str, TimeLimit]:
    """The limits with the edition of that day alone, as if it held for whatever is running."""
    if limit and limit not in limits():
        raise SupposedError(f"没有名为“{limit}”的期限")
    if edition is None:
        return {}
    found = {
        each.id: replace(each, editions=(known,))
        for each in limits().values()
        for known in each.editions
        if known.in_force == edition and limit in ("", each.id)
    }
    if not found:
        raise SupposedError(f"没有自{edition}起施行的版本")
    return found


def _supposed_year(year: int | None, file: Path | None) -> list[SimpleNamespace]:
    """A year's rest days from a file: a JSON list, the body of a publication, or a day a line."""
    if year is None and file is None:
        return []
    if year is None or file is None:
        raise SupposedError("--year与--rest-days须一并写明")
    days = frozenset(_days(file.read_text(encoding="utf-8")))
    if not _FEWEST <= len(days) <= _MOST or any(day.year != year for day in days):
        raise SupposedError(f"{file}须列出{year}年的全部休息日（包括周末，不包括调休上班日），共{_FEWEST}至{_MOST}日")
    return [SimpleNamespace(year=year, rest_days=days)]


def _days(text: str) -> Iterator[date]:
    try:
        said = json.loads(text)
    except ValueError:
        said = text.split()
    listed = said.get("rest_days") if isinstance(said, dict) else said
    if not isinstance(listed, list):
        raise SupposedError("休息日须为日期的列表")
    for day in listed:
        try:
            yield date.fromisoformat(day)
        except (TypeError, ValueError):
            raise SupposedError(f"“{day}”不是日期") from None


# How it is told


def line(move: Move) -> str:
    """One change as people read it."""
    what = {Change.MOVED: "将改为", Change.GONE: "将不再计算", Change.NEW: "将开始计算"}[move.change]
    was = _instant(move.recorded) if move.change is not Change.NEW else ""
    now = _instant(move.reckoned) if move.change is not Change.GONE else ""
    about = f"({move.about})" if move.about != move.matter else ""
    return " ".join(part for part in (move.matter, f"{move.zh}{about}", was, what, now) if part)


def as_json(move: Move) -> str:
    """One change for a program."""
    at = {"recorded": _iso(move.recorded), "reckoned": _iso(move.reckoned)}
    return json.dumps(move._asdict() | at, ensure_ascii=False)


def _instant(at: datetime | None) -> str:
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if at else "没有数额"


def _iso(at: datetime | None) -> str | None:
    return at.astimezone(SHANGHAI).isoformat() if at else None


def told(found: Iterator[Move], say: Callable[[str], object], write: Callable[[Move], str]) -> int:
    """Say each change as it is found; how many there were."""
    count = 0
    for move in found:
        say(write(move))
        count += 1
    return count
