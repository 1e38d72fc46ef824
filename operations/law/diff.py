"""`louke law diff`: which deadlines of open matters the law would move, as it is here now or with a new arrangement of holidays.

A deadline once computed is a fact of history, so nothing is moved here; matters are streamed through one server-side cursor, each
with its facts and clocks in one row, so that neither memory nor the number of questions grows with them.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from psycopg import IsolationLevel

from law.calendar import SHANGHAI
from law.time_limits import TimeLimit, get_limits
from models.clock_changes import WITH_FACTS_AND_CLOCKS, Change, Move, Tally, WhatIf, find_moves
from models.store.connection import read_all, stream
from models.store.mappers import Year, build_calendar
from models.store.statements import PUBLISHED
from runtime.database import connect
from runtime.settings import Settings

# Matters fetched at a time: each with some dozens of facts, a few megabytes.
_BATCH = 500
# What is only supposed may be less than a whole arrangement; still, a year has 104 days of weekend.
_FEWEST, _MOST = 90, 150
MATTERS = WITH_FACTS_AND_CLOCKS + " WHERE NOT m.final ORDER BY m.number"


class SupposedError(ValueError):
    """A supposition that is impossible: a limit or an edition that does not exist, or days that are no year's rest days."""


def diff(
    settings: Settings, limit: str, edition: date | None, year: int | None, rest_days: Path | None, tally: Tally
) -> Iterator[Move]:
    """Every clock of an open matter that would change; `tally` is counted along. psycopg's OperationalError if the database is away."""
    amended = _amend_limits(limit, edition)
    supposed = _read_supposed_year(year, rest_days)
    with connect(settings.database_url, "law-diff") as connection:
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        with connection.transaction():
            what_if = WhatIf(build_calendar([*read_all(connection, PUBLISHED), *supposed]), amended, limit)
            for row in stream(connection, "open_matters", MATTERS, at_once=_BATCH):
                try:
                    yield from list(find_moves(row, what_if, tally))
                except ValueError as fault:  # a kind of fact or a figure that the law no longer has
                    tally.unreadable.append(f"{row.number}：{fault}")


# What is supposed


def _amend_limits(limit: str, edition: date | None) -> dict[str, TimeLimit]:
    """The limits with the edition of that day alone, as if it applied to running clocks."""
    if limit and limit not in get_limits():
        raise SupposedError(f"没有名为“{limit}”的期限")
    if edition is None:
        return {}
    found = {
        each.id: replace(each, editions=(known,))
        for each in get_limits().values()
        for known in each.editions
        if known.in_force == edition and limit in ("", each.id)
    }
    if not found:
        raise SupposedError(f"没有自{edition}起施行的版本")
    return found


def _read_supposed_year(year: int | None, file: Path | None) -> list[Year]:
    """A year's rest days from a file: a JSON list, the body of a publication, or one day a line."""
    if year is None and file is None:
        return []
    if year is None or file is None:
        raise SupposedError("--year与--rest-days须一并写明")
    days = frozenset(_parse_days(file.read_text(encoding="utf-8")))
    if not _FEWEST <= len(days) <= _MOST or any(day.year != year for day in days):
        raise SupposedError(f"{file}须列出{year}年的全部休息日（包括周末，不包括调休上班日），共{_FEWEST}至{_MOST}日")
    return [Year(year, days)]


def _parse_days(text: str) -> Iterator[date]:
    try:
        parsed = json.loads(text)
    except ValueError:
        parsed = text.split()
    listed = parsed.get("rest_days") if isinstance(parsed, dict) else parsed
    if not isinstance(listed, list):
        raise SupposedError("休息日须为日期的列表")
    for day in listed:
        try:
            yield date.fromisoformat(day)
        except (TypeError, ValueError):
            raise SupposedError(f"“{day}”不是日期") from None


# How it is told


_WORDS = {
    Change.MOVED: "将改为",
    Change.GONE: "将不再计算",
    Change.NEW: "将开始计算",
    Change.CONFIRMED: "不变，放假安排已经公布，不再是暂算",
}


def describe_change(move: Move) -> str:
    """One change in words."""
    what = _WORDS[move.change]
    was = _format_instant(move.recorded) if move.change is not Change.NEW else ""
    now = _format_instant(move.reckoned) if move.change in (Change.MOVED, Change.NEW) else ""
    about = f"({move.about})" if move.about != move.matter else ""
    return " ".join(part for part in (move.matter, f"{move.zh}{about}", was, what, now) if part)


def change_as_json(move: Move) -> str:
    """One change as JSON."""
    at = {"recorded": _format_iso(move.recorded), "reckoned": _format_iso(move.reckoned)}
    return json.dumps(move._asdict() | at, ensure_ascii=False)


def _format_instant(at: datetime | None) -> str:
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if at else "没有数额"


def _format_iso(at: datetime | None) -> str | None:
    return at.astimezone(SHANGHAI).isoformat() if at else None


def print_changes(found: Iterator[Move], say: Callable[[str], object], write: Callable[[Move], str]) -> int:
    """Print each change as it is found; returns how many there were."""
    count = 0
    for move in found:
        say(write(move))
        count += 1
    return count
