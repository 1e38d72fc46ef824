"""Rectification orders and supervisions that are open over a matter, and how many orders an officer got in a day."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from models.store.connection import Connection, Query, fetch_all, fetch_first, fetch_one


class _Given(NamedTuple):
    """How many orders somebody got."""

    officer: str
    many: int


OPEN_OVER = Query[str]("""
SELECT m.number FROM matter m JOIN entry e ON e.chain = m.number AND e.step = 'open-rectification-order'
WHERE m.parent = %(subject)s AND m.kind = 'rectification-order' AND NOT m.final AND e.content::json #>> '{form,category}' = %(category)s
ORDER BY m.number LIMIT 1
""")
WATCHED_BY = Query[str]("""
SELECT number FROM matter WHERE parent = %(subject)s AND kind = 'supervision' AND NOT final ORDER BY number LIMIT 1
""")
COUNT_LED = Query[int]("""
SELECT count(*)::int FROM matter m JOIN entry e ON e.chain = m.number AND e.sort = 'step' AND e.step = 'open-supervision'
WHERE m.kind = 'supervision' AND NOT m.final AND m.number <> %(but)s AND e.content::json #>> '{form,lead}' = %(lead)s
""")
GIVEN_TODAY = Query[_Given]("""
SELECT officer, count(*)::int AS many FROM matter
WHERE kind = 'rectification-order' AND officer = ANY(%(officers)s) AND opened_at >= %(since)s GROUP BY officer
""")


async def open_over(connection: Connection, subject: str, category: str) -> str:
    """The number of the first order of that category that is open over a matter; empty: none."""
    return await fetch_first(connection, OPEN_OVER, {"subject": subject, "category": category}) or ""


async def count_led(connection: Connection, lead: str, but: str) -> int:
    """How many open supervisions that office leads, but for one."""
    return await fetch_one(connection, COUNT_LED, {"lead": lead, "but": but})


async def find_supervision(connection: Connection, subject: str) -> str:
    """The number of the first supervision that is open over a matter; empty: none."""
    return await fetch_first(connection, WATCHED_BY, {"subject": subject}) or ""


async def count_of_today(connection: Connection, officers: Sequence[str], since: datetime) -> dict[str, int]:
    """How many orders each of these officers got since then."""
    rows = await fetch_all(connection, GIVEN_TODAY, {"officers": list(officers), "since": since})
    return {row.officer: row.many for row in rows}
