"""The keys of veiled fields (密级字段): one of each matter, and one of the bureau by which repeats are known again."""

from datetime import datetime
from typing import NamedTuple

from models.journal import BUREAU
from models.store.connection import Connection, Query, execute, fetch_first, fetch_one


class WrappedKey(NamedTuple):
    """A key as it is stored: of which holder, under which key of the ring; None: it was destroyed."""

    holder: str
    key_id: str
    wrapped: bytes | None


KEEP = """
INSERT INTO veil_key (holder, key_id, wrapped, made_at) VALUES (%(holder)s, %(key_id)s, %(wrapped)s, %(now)s) ON CONFLICT (holder) DO NOTHING
"""
FIND = Query[WrappedKey]("SELECT holder, key_id, wrapped FROM veil_key WHERE holder = %(holder)s")
UNDER_OTHERS = Query[WrappedKey](
    "SELECT holder, key_id, wrapped FROM veil_key WHERE key_id <> %(first)s AND wrapped IS NOT NULL ORDER BY holder"
)
REWRAP = "UPDATE veil_key SET wrapped = %(new)s, key_id = %(first)s WHERE holder = %(holder)s AND wrapped = %(old)s"
# With the matter's own goes that of the message by which it was opened.
DESTROY = """
UPDATE veil_key SET wrapped = NULL, destroyed_at = %(now)s
WHERE wrapped IS NOT NULL AND holder IN (%(number)s::text, (SELECT key FROM entry WHERE chain = %(number)s::text AND position = 1))
"""
OF_THE_BUREAU = BUREAU


async def keep_key(connection: Connection, made: WrappedKey, now: datetime) -> WrappedKey:
    """The key of that holder: the one that was made first."""
    await execute(connection, KEEP, made._asdict() | {"now": now})
    return await fetch_one(connection, FIND, {"holder": made.holder})


async def find_key(connection: Connection, holder: str) -> WrappedKey | None:
    """The key of that holder; None: nothing of theirs is veiled."""
    return await fetch_first(connection, FIND, {"holder": holder})


async def destroy_keys(connection: Connection, number: str, now: datetime) -> None:
    """Destroy the keys of that matter: what they veil is read by nobody any more, in whatever copy it stands."""
    await execute(connection, DESTROY, {"number": number, "now": now})
