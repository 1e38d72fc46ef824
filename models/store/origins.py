"""What bears a number elsewhere is registered once (来文编号): which submission opened its matter."""

from datetime import datetime, timedelta

from models.store.connection import Connection, Query, fetch_one

# An opening that was not recorded within this gives way to the next.
_PATIENCE = timedelta(minutes=1)
CLAIM = Query[str]("""
INSERT INTO origin AS o (origin, key, claimed_at) VALUES (%(origin)s, %(key)s, %(now)s)
ON CONFLICT (origin) DO UPDATE SET
    claimed_at = CASE WHEN o.claimed_at < %(long_ago)s AND NOT EXISTS (SELECT FROM entry WHERE entry.key = o.key)
        THEN excluded.claimed_at ELSE o.claimed_at END,
    key = CASE WHEN o.claimed_at < %(long_ago)s AND NOT EXISTS (SELECT FROM entry WHERE entry.key = o.key)
        THEN excluded.key ELSE o.key END
RETURNING key
""")


async def claim_origin(connection: Connection, origin: str, key: str, now: datetime) -> str:
    """The key under which that is registered: this one, unless another came first."""
    return await fetch_one(connection, CLAIM, {"origin": origin, "key": key, "now": now, "long_ago": now - _PATIENCE})
