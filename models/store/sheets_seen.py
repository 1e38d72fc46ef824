"""Which requests on somebody's liberty were opened by whom, and as of which step of the matter: nobody approves one of which they saw less."""

from datetime import datetime

from models.store.connection import Connection, Query, execute, fetch_one

SEE = """
INSERT INTO sheet_seen (matter, request_seq, username, seq, seen_at) VALUES (%(matter)s, %(request)s, %(username)s, %(seq)s, %(now)s)
ON CONFLICT (matter, request_seq, username) DO UPDATE SET seq = excluded.seq, seen_at = excluded.seen_at WHERE sheet_seen.seq < excluded.seq
"""
# What they did themselves meanwhile, such as deciding on another request of the matter, is no news to them.
IS_SEEN = Query[bool]("""
SELECT EXISTS (
    SELECT FROM sheet_seen s WHERE s.matter = %(matter)s AND s.request_seq = %(request)s AND s.username = %(username)s AND NOT EXISTS (
        SELECT FROM entry e WHERE e.chain = s.matter AND e.position >= s.seq AND e.seq > s.seq AND e.sort = 'step'
            AND e.username IS DISTINCT FROM s.username
    )
)
""")


async def see(connection: Connection, matter: str, request: int, username: str, seq: int, now: datetime) -> None:
    """Note that this person has opened the request that was made at that sequence, as the matter stood at `seq`."""
    told = {"matter": matter, "request": request, "username": username, "seq": seq, "now": now}
    await execute(connection, SEE, told)


async def is_seen(connection: Connection, matter: str, request: int, username: str) -> bool:
    """Whether this person has opened the request since anybody else did anything in the matter."""
    return await fetch_one(connection, IS_SEEN, {"matter": matter, "request": request, "username": username})
