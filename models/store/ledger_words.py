"""What a unit's ledgers mean by their headings and words (台账对应关系): said once, kept for the unit, and journaled in the bureau's chain."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from psycopg.types.json import Jsonb

from models.bulk_intake import Words
from models.journal import BUREAU
from models.store.api_writes import append
from models.store.connection import Connection, Query, fetch_first


class Kept(NamedTuple):
    """What a unit has said of its headings, and of its words by field."""

    headings: dict[str, str]
    words: dict[str, dict[str, str]]


KNOWN = Query[Kept]("SELECT headings, words FROM ledger_words WHERE unit_id = %(unit)s")
KEEP = """
INSERT INTO ledger_words (unit_id, headings, words) VALUES (%(unit)s, %(headings)s, %(words)s)
ON CONFLICT (unit_id) DO UPDATE SET headings = excluded.headings, words = excluded.words
"""


async def words_of(connection: Connection, unit: str) -> Words:
    """What the unit has said."""
    row = await fetch_first(connection, KNOWN, {"unit": unit})
    return Words(row.headings, row.words) if row else Words()


async def keep_words(connection: Connection, unit: str, said: Words, username: str, now: datetime) -> Words:
    """Add to what the unit has said, and journal it; what was said before of the same heading or word gives way."""
    async with connection.transaction():
        whole = joined(await words_of(connection, unit), said)
        values: Mapping[str, Any] = {
            "headings": dict(said.headings),
            "values": {name: dict(each) for name, each in said.values.items()},
        }
        await append(
            connection,
            BUREAU,
            "administration",
            "say-ledger-words",
            username,
            {"actor": {"person": username}, "unit": unit, **values},
            now,
        )
        arguments = {
            "unit": unit,
            "headings": Jsonb(dict(whole.headings)),
            "words": Jsonb({name: dict(each) for name, each in whole.values.items()}),
        }
        await connection.execute(KEEP, arguments)
    return whole


def joined(before: Words, said: Words) -> Words:
    """What was said before, and what is said now over it."""
    fields = before.values.keys() | said.values.keys()
    return Words(
        {**before.headings, **said.headings},
        {name: {**before.values.get(name, {}), **said.values.get(name, {})} for name in fields},
    )
