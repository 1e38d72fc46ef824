"""A year's rest days (公布放假安排): one person proposes them, another confirms; whoever has clocks that would move is told."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from law.calendar import SHANGHAI, Calendar, start_of
from models.clock_changes import WITH_FACTS_AND_CLOCKS, Change, Move, Tally, WhatIf, find_moves
from models.journal import BUREAU
from models.store.api_writes import append, publish
from models.store.connection import Connection, Query, fetch_all, fetch_first
from models.store.mappers import RUNNING, Year, build_calendar
from models.store.statements import PUBLISHED

PROPOSE = """
INSERT INTO calendar_proposal (year, rest_days, notice, proposed_by, proposed_at)
VALUES (%(year)s, %(rest_days)s, %(notice)s, %(username)s, %(now)s)
ON CONFLICT (year) DO UPDATE SET rest_days = excluded.rest_days, notice = excluded.notice, proposed_by = excluded.proposed_by,
    proposed_at = excluded.proposed_at
"""


class Proposal(NamedTuple):
    """The proposed rest days of a year, by whom and when."""

    year: int
    rest_days: list[date]
    notice: str
    proposed_by: str
    proposed_by_zh: str
    proposed_at: datetime


PROPOSED = Query[Proposal]("""
SELECT c.year, c.rest_days, c.notice, c.proposed_by, coalesce(p.zh, c.proposed_by) AS proposed_by_zh, c.proposed_at
FROM calendar_proposal c LEFT JOIN person p ON p.username = c.proposed_by WHERE c.year = %(year)s
""")
FORGET = "DELETE FROM calendar_proposal WHERE year = %(year)s"
# A calendar moves what was reckoned by years not published yet, and what ends in the year or not long before or after it.
CONCERNED = (
    WITH_FACTS_AND_CLOCKS
    + """ WHERE NOT m.final AND EXISTS (
    SELECT FROM clock WHERE clock.matter = m.number AND clock.state = ANY(%(running)s)
        AND (clock.calendar = 'provisional' OR clock.due_at BETWEEN %(first)s - interval '1 month' AND %(last)s + interval '1 month'))
ORDER BY m.number
"""
)
# To the officer in charge, and where another office answers for the limit to that office too.
TELL = """
INSERT INTO notice (matter, clock_id, colour, unit_id, office, username, words, sent_at, type)
SELECT clock.matter, clock.id, 'none', clock.unit_id, hears.office, hears.username, moved.words, %(now)s, 'clock'
FROM unnest(%(clocks)s::text[], %(words)s::text[]) AS moved (id, words) JOIN clock ON clock.id = moved.id,
    LATERAL (SELECT 'case-officer' AS office, clock.officer AS username
             UNION SELECT clock.answerable, '' WHERE clock.answerable NOT IN ('case-officer', 'party')) hears
"""


async def load_calendar(connection: Connection) -> Calendar:
    """The calendar everyone counts by: the library's years, overlaid by those that an administrator has published."""
    return build_calendar(await fetch_all(connection, PUBLISHED))


async def propose(connection: Connection, year: int, rest_days: Sequence[date], notice: str, username: str) -> None:
    """Store a proposal of a year's rest days in place of an earlier one, and journal it."""
    now, days = datetime.now(UTC), sorted(rest_days)
    async with connection.transaction():
        arguments = {"year": year, "rest_days": days, "notice": notice, "username": username, "now": now}
        await connection.execute(PROPOSE, arguments)
        content = {"actor": {"person": username}, "year": year, "rest_days": days, "notice": notice}
        await append(connection, BUREAU, "calendar", "propose-calendar", username, content, now)


async def find_proposal(connection: Connection, year: int) -> Proposal | None:
    """The proposal for the year; None where there is none."""
    return await fetch_first(connection, PROPOSED, {"year": year})


async def list_moved_clocks(connection: Connection, year: int, rest_days: Sequence[date]) -> list[Move]:
    """The running clocks that would end on another day by these rest days."""
    calendar = build_calendar([*await fetch_all(connection, PUBLISHED), Year(year, rest_days)])
    arguments = {"running": list(RUNNING), "first": start_of(date(year, 1, 1)), "last": start_of(date(year + 1, 1, 1))}
    found: list[Move] = []
    what_if, tally = WhatIf(calendar, {}), Tally()
    for row in await fetch_all(connection, CONCERNED, arguments):
        try:
            found += [move for move in find_moves(row, what_if, tally) if move.change is Change.MOVED]
        except ValueError:
            continue  # its facts can no longer be read, as `louke law diff` says
    return found


async def confirm(connection: Connection, year: int, told: Proposal, username: str) -> list[Move]:
    """Publish what was proposed, and tell those responsible for clocks that would move; no clock is moved by it."""
    now = datetime.now(UTC)
    async with connection.transaction():
        found = await list_moved_clocks(connection, year, told.rest_days)
        await publish(connection, year, told.rest_days, told.notice, username, now, proposed_by=told.proposed_by)
        await connection.execute(FORGET, {"year": year})
        words = [_describe_move(year, move) for move in found]
        await connection.execute(TELL, {"clocks": [move.clock for move in found], "words": words, "now": now})
    return found


def _describe_move(year: int, move: Move) -> str:
    was, now = (at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if at else "没有数额" for at in (move.recorded, move.reckoned))
    return f"{year}年放假安排已经公布：{move.zh}原记为{was}届满，按新的安排为{now}；所记期限尚未变动，核对后请办理重新计算期限"
