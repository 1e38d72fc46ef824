"""What a change would move (将变动的期限): the clocks of a matter as they are recorded against those that its facts would arm now.

A deadline once computed is a fact of history, so nothing is moved here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from law.calendar import Calendar
from law.clock import Clock
from law.clocks import compute_clocks
from law.instants import read
from law.legal_fact import LegalFact
from law.time_limits import TimeLimit
from models.store.connection import Query
from models.store.mappers import RUNNING, FactFound, parse_fact


class WithFactsAndClocks(NamedTuple):
    """A matter with its facts in order and its clocks by their ids, in JSON; None where there is none."""

    number: str
    kind: str
    unit: str
    facts: list[dict[str, Any]] | None
    clocks: dict[str, dict[str, Any]] | None


# A matter with its facts and its clocks in one row.
WITH_FACTS_AND_CLOCKS = Query[WithFactsAndClocks]("""
SELECT m.number, m.kind, m.unit_id AS unit,
       (SELECT jsonb_agg(jsonb_build_object('fact', fact, 'at', at, 'about', about, 'seq', seq, 'said', said) ORDER BY seq, n)
        FROM fact WHERE fact.matter = m.number) AS facts,
       (SELECT jsonb_object_agg(id, jsonb_build_object('limit', limit_id, 'zh', zh, 'about', about, 'state', state, 'due_at', due_at,
                                                       'edition', edition, 'calendar', calendar))
        FROM clock WHERE clock.matter = m.number) AS clocks
FROM matter m
""")


class Change(StrEnum):
    """What would become of a clock: it ends at another instant, it no longer runs, it begins to; or it ends as it said, and no longer for the time being."""

    MOVED = "moved"
    GONE = "gone"
    NEW = "new"
    CONFIRMED = "confirmed"


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


def find_moves(row: WithFactsAndClocks, what_if: WhatIf, tally: Tally) -> Iterator[Move]:
    """What would change in one matter: its clocks as recorded against those that its facts arm under what is supposed."""
    recorded = row.clocks or {}
    reckoned = {clock.id: clock for clock in compute_clocks(map(_parse_fact, row.facts or ()), what_if.calendar, what_if.amended)}
    tally.matters += 1
    tally.clocks += sum(each["state"] in RUNNING for each in recorded.values())
    for id_, was in recorded.items():
        if was["state"] in RUNNING and what_if.limit in ("", was["limit"]):
            yield from _find_changes(row, id_, was, reckoned.get(id_))
    for id_, clock in reckoned.items():
        if id_ not in recorded and clock.state in RUNNING and what_if.limit in ("", clock.limit):
            yield _move(row, id_, _build_clock_names(clock), Change.NEW, None, clock.due_at)


def _find_changes(row: WithFactsAndClocks, id_: str, was: dict[str, Any], now: Clock | None) -> Iterator[Move]:
    due = read(was["due_at"]) if was["due_at"] else None
    if now is None or now.state not in RUNNING:
        yield _move(row, id_, was, Change.GONE, due, None)
    elif now.due_at != due:
        yield _move(row, id_, was, Change.MOVED, due, now.due_at)
    elif now.calendar == "final" != was["calendar"]:
        yield _move(row, id_, was, Change.CONFIRMED, due, due)


def _build_clock_names(clock: Clock) -> dict[str, Any]:
    return {"limit": clock.limit, "zh": clock.zh, "about": clock.about}


def _move(
    row: WithFactsAndClocks, id_: str, of: dict[str, Any], change: Change, was: datetime | None, now: datetime | None
) -> Move:
    return Move(row.number, row.kind, row.unit, id_, of["limit"], of["zh"], of["about"], change, was, now)


def _parse_fact(fields: dict[str, Any]) -> LegalFact:
    return parse_fact(FactFound(**{**fields, "at": read(fields["at"])}))
