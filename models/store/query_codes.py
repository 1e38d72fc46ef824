"""Query codes (查询码) of matters: that one was given, to be asked by later; the journal keeps its keyed hash, and nobody the code."""

from collections.abc import Sequence
from datetime import datetime

from models.store import api_writes
from models.store.connection import Connection, Query, fetch_all, fetch_first

GIVE_CODE = "give-query-code"
"""The step of the journal entry that is written when somebody is given a code; the newest of a matter holds."""
HELD = Query[str](
    f"""SELECT content::json ->> 'code_hash' AS code_hash FROM entry WHERE chain = %(number)s AND step = '{GIVE_CODE}' AND sort = 'access'
    ORDER BY position DESC LIMIT 1"""
)

VOID = Query[str](
    f"""SELECT content::json ->> 'code_hash' AS code_hash FROM entry WHERE chain = %(number)s AND step = '{GIVE_CODE}' AND sort = 'access'
    ORDER BY position DESC OFFSET 1"""
)


async def give(connection: Connection, number: str, code_hash: str, username: str, offices: Sequence[str], now: datetime) -> None:
    """Let the code of that hash be the one by which the matter is asked for; one that was given before is void."""
    content = {"actor": {"person": username, "offices": list(offices)}, "code_hash": code_hash}
    await api_writes.append(connection, number, "access", GIVE_CODE, username, content, now)


async def find_hash(connection: Connection, number: str) -> str | None:
    """The hash of the code that holds; None where none was given."""
    return await fetch_first(connection, HELD, {"number": number})


async def list_void(connection: Connection, number: str) -> list[str]:
    """The hashes of the codes that hold no more, since others were given after them."""
    return await fetch_all(connection, VOID, {"number": number})
