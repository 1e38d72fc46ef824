"""Second factors, encrypted anew when the key of the ring is changed for another."""

from collections import Counter
from typing import NamedTuple

from models.store.connection import Query, fetch_all
from models.store.second_factors import REWRITE
from runtime.database import Pool
from runtime.encryption import KeyRing, Unreadable
from runtime.second_factor import open_secret, seal_secret


class _Factor(NamedTuple):
    """The secret of somebody's device, and the key that it stands under."""

    username: str
    secret: bytes
    key_id: str


OLD_FACTORS = Query[_Factor]("SELECT username, secret, key_id FROM second_factor WHERE key_id <> %(first)s ORDER BY username")


async def rewrite_factors(pool: Pool, ring: KeyRing) -> tuple[int, Counter[str]]:
    """Encrypt second factors under the first key: how many, and how many could not be, by the key that is missing."""
    rewritten, unopened = 0, Counter[str]()
    async with pool.connection() as connection:
        for row in await fetch_all(connection, OLD_FACTORS, {"first": ring.key_id}):
            try:
                new = seal_secret(ring, row.username, open_secret(ring, row.username, row.key_id, row.secret))
            except Unreadable:
                unopened[row.key_id] += 1
                continue
            given = {"new": new, "first": ring.key_id, "username": row.username, "old": row.secret}
            rewritten += (await connection.execute(REWRITE, given)).rowcount
    return rewritten, unopened
