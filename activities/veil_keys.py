"""Keys of veiled fields, wrapped anew when the key of the ring is changed for another."""

from collections import Counter

from models.store.connection import execute, fetch_all
from models.store.veil_keys import REWRAP, UNDER_OTHERS
from runtime.database import Pool
from runtime.encryption import KeyRing, Unreadable
from runtime.field_encryption import rewrap_key


async def rewrap_keys(pool: Pool, ring: KeyRing) -> tuple[int, Counter[str]]:
    """Wrap keys of veiled fields under the first key: how many, and how many could not be, by the key that is missing."""
    rewrapped, unopened = 0, Counter[str]()
    async with pool.connection() as connection:
        for row in await fetch_all(connection, UNDER_OTHERS, {"first": ring.key_id}):
            assert row.wrapped is not None  # what was destroyed is not listed
            try:
                new = rewrap_key(ring, row.holder, row.key_id, row.wrapped)
            except Unreadable:
                unopened[row.key_id] += 1
                continue
            # What is destroyed meanwhile stays so.
            given = {"new": new, "first": ring.key_id, "holder": row.holder, "old": row.wrapped}
            rewrapped += (await execute(connection, REWRAP, given)).rowcount
    return rewrapped, unopened
