"""Meanings of the headings and words in a unit's ledgers (台账对应关系): defined once for the unit, and journaled in the bureau's chain."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from psycopg.types.json import Jsonb

from models.bulk_intake import LedgerWords
from models.journal import BUREAU
from models.store.api_writes import append
from models.store.connection import Connection, Query, fetch_first


class _Row(NamedTuple):
    """A row of the table: the fields of headings, and by field the values of words."""

    headings: dict[str, str]
    words: dict[str, dict[str, str]]


KNOWN = Query[_Row]("SELECT headings, words FROM ledger_words WHERE unit_id = %(unit)s")
CASE_HEADINGS = Query[dict[str, dict[str, str]]]("SELECT case_headings FROM ledger_words WHERE unit_id = %(unit)s")
_KEEP_CASE_HEADINGS = """
INSERT INTO ledger_words (unit_id, headings, words, case_headings) VALUES (%(unit)s, '{}', '{}', %(headings)s)
ON CONFLICT (unit_id) DO UPDATE SET case_headings = excluded.case_headings
"""
KEEP = """
INSERT INTO ledger_words (unit_id, headings, words) VALUES (%(unit)s, %(headings)s, %(words)s)
ON CONFLICT (unit_id) DO UPDATE SET headings = excluded.headings, words = excluded.words
"""


async def read_words(connection: Connection, unit: str) -> LedgerWords:
    """The definitions of a unit."""
    row = await fetch_first(connection, KNOWN, {"unit": unit})
    return LedgerWords(row.headings, row.words) if row else LedgerWords()


async def keep_words(connection: Connection, unit: str, said: LedgerWords, username: str, now: datetime) -> LedgerWords:
    """Add definitions to those of a unit, replacing older ones of the same heading or word, and journal them. Returns all of them."""
    async with connection.transaction():
        whole = merge_words(await read_words(connection, unit), said)
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


async def read_case_headings(connection: Connection, unit: str) -> dict[str, dict[str, str]]:
    """The fields of the headings of a unit's ledgers of open cases, by sheet."""
    return await fetch_first(connection, CASE_HEADINGS, {"unit": unit}) or {}


async def keep_case_headings(
    connection: Connection, unit: str, said: Mapping[str, Mapping[str, str]], username: str, now: datetime
) -> dict[str, dict[str, str]]:
    """Add definitions to those of a unit, replacing older ones of the same heading, and journal them. Returns all of them."""
    async with connection.transaction():
        before = await read_case_headings(connection, unit)
        whole = {
            sheet: {**before.get(sheet, {}), **said.get(sheet, {})}
            for sheet in (*before, *(each for each in said if each not in before))
        }
        content = {
            "actor": {"person": username},
            "unit": unit,
            "case_headings": {sheet: dict(each) for sheet, each in said.items()},
        }
        await append(connection, BUREAU, "administration", "say-ledger-words", username, content, now)
        await connection.execute(_KEEP_CASE_HEADINGS, {"unit": unit, "headings": Jsonb(whole)})
    return whole


def merge_words(before: LedgerWords, said: LedgerWords) -> LedgerWords:
    """Both sets of definitions; of the same heading or word the later one holds."""
    fields = before.values.keys() | said.values.keys()
    return LedgerWords(
        {**before.headings, **said.headings},
        {name: {**before.values.get(name, {}), **said.values.get(name, {})} for name in fields},
    )
