"""Pages of journals: a matter's, and the bureau's own."""

from datetime import datetime
from typing import Any, NamedTuple

from models.journal import BUREAU
from models.readmodel.pagination import Page, format_iso_sql, load_page
from models.store.connection import Connection, Query, fetch_all

JOURNAL = f"""
SELECT (SELECT row_to_json(j) FROM (SELECT e.position, e.seq, e.sort, e.step, e.username, p.zh AS name,
    {format_iso_sql("e.recorded_at")} AS recorded_at, encode(e.hash, 'hex') AS hash, encode(e.previous, 'hex') AS previous,
    e.content::json AS content) j)::text, e.position
FROM entry e LEFT JOIN person p USING (username)
WHERE e.chain = %(number)s AND e.position > %(after)s ORDER BY e.position LIMIT %(limit)s
"""


async def read_journal(connection: Connection, number: str, after: int, limit: int) -> Page:
    """A matter's journal after that position, the oldest first, each entry with its hash and the one before it."""
    return await load_page(connection, JOURNAL, {"number": number, "after": after}, limit)


class BureauEntry(NamedTuple):
    """An entry of the bureau's own journal."""

    position: int
    recorded_at: datetime
    sort: str
    step: str
    username: str | None
    zh: str | None
    content: dict[str, Any]


# What the house does by itself every minute is left out: rings given back, canaries summed up.
BUREAU_JOURNAL = Query[BureauEntry](f"""
SELECT e.position, e.recorded_at, e.sort, e.step, e.username, p.zh, e.content::json AS content
FROM entry e LEFT JOIN person p USING (username)
WHERE e.chain = '{BUREAU}' AND e.sort NOT IN ('rings', 'canaries') AND (%(before)s::int IS NULL OR e.position < %(before)s)
ORDER BY e.position DESC LIMIT %(limit)s
""")


async def read_bureau_journal(connection: Connection, before: int | None, limit: int) -> list[BureauEntry]:
    """The bureau's own journal before that position, the newest first."""
    return await fetch_all(connection, BUREAU_JOURNAL, {"before": before, "limit": limit})
