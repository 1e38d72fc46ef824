"""Binding (once): older password hashes and second factors are bound to their person at the first start of a release that requires it.

Table `unbound`, which only the migration writes, has the accounts from before; the bureau's chain records that they were bound. So the role
that runs the bureau can have nothing bound that it puts into an account later.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from models.journal import BUREAU
from models.store.api_writes import append
from models.store.connection import Connection, Query, fetch_all, fetch_one

STEP = "bind-accounts"
LOCK = "SELECT pg_advisory_xact_lock(hashtext('louke accounts'))"
OWED = Query[bool]("SELECT EXISTS (SELECT FROM unbound) AND NOT EXISTS (SELECT FROM entry WHERE key = %(step)s) AS owed")


class _Hash(NamedTuple):
    """The password of somebody, as it is stored."""

    username: str
    password_hash: str


HASHES = Query[_Hash]("""
SELECT username, password_hash FROM person p JOIN unbound USING (username)
WHERE password_hash LIKE '%$argon2id$%' AND password_hash NOT LIKE '%:%:%' ORDER BY username FOR UPDATE OF p
""")


class _Factor(NamedTuple):
    """The secret of somebody's device, as it is stored under that key."""

    username: str
    key_id: str
    secret: bytes


FACTORS = Query[_Factor](
    "SELECT username, key_id, secret FROM second_factor f JOIN unbound USING (username) ORDER BY username FOR UPDATE OF f"
)
BIND_HASHES = """
UPDATE person p SET password_hash = its.stored FROM unnest(%(usernames)s::text[], %(stored)s::text[]) AS its (username, stored)
WHERE p.username = its.username
"""
BIND_FACTORS = """
UPDATE second_factor f SET secret = its.stored, key_id = %(key_id)s
FROM unnest(%(usernames)s::text[], %(stored)s::bytea[]) AS its (username, stored) WHERE f.username = its.username
"""

Tag = Callable[[str, str], str]
"""A hash as it is stored for somebody."""
Seal = Callable[[str, str, bytes], bytes | None]
"""The secret of somebody's device, as it stood under that key, as it is stored for them under the first; None where it cannot be read."""


class Bound(NamedTuple):
    """How many passwords and second factors were bound."""

    passwords: int
    second_factors: int


async def bind(connection: Connection, tag: Tag, seal: Seal, key_id: str, now: datetime) -> Bound | None:
    """Bind them, and journal it; None where there are none, or it was done."""
    async with connection.transaction():
        # Every process that serves asks at its start.
        await connection.execute(LOCK)
        if not await fetch_one(connection, OWED, {"step": STEP}):
            return None
        hashes = await fetch_all(connection, HASHES)
        stored = {each.username: tag(each.username, each.password_hash) for each in hashes}
        await connection.execute(BIND_HASHES, {"usernames": list(stored), "stored": list(stored.values())})
        factors = await fetch_all(connection, FACTORS)
        sealed = {each.username: seal(each.username, each.key_id, each.secret) for each in factors}
        readable = {username: secret for username, secret in sealed.items() if secret is not None}
        given = {"usernames": list(readable), "stored": list(readable.values()), "key_id": key_id}
        await connection.execute(BIND_FACTORS, given)
        bound = Bound(len(stored), len(readable))
        await append(connection, BUREAU, "administration", STEP, None, {"key": STEP, **bound._asdict()}, now)
    return bound
