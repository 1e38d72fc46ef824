"""Sign-in attempts counted by all processes: of one user, one address, one device, within a minute and within an hour."""

from collections.abc import Mapping
from typing import NamedTuple

from models.store.connection import Connection, Query, fetch_one

MINUTE_S, HOUR_S = 60.0, 3600.0
# Whoever comes to the same door at once waits for the other.
HOLD = "SELECT pg_advisory_xact_lock(hashtextextended(door, 7)) FROM unnest(%(doors)s::text[]) AS door"
# At a door that is closed, the attempt that must grow old before it opens.
CLOSED = Query[float | None]("""
SELECT max(extract(epoch FROM at - clock_timestamp()) + seconds)::float8 AS wait FROM (
    SELECT g.at, said.seconds, said.most, row_number() OVER (PARTITION BY said.door, said.seconds ORDER BY g.at DESC) AS n
    FROM unnest(%(each)s::text[], %(seconds)s::float8[], %(most)s::int[]) AS said (door, seconds, most)
    JOIN guess g ON g.door = said.door AND g.at > clock_timestamp() - make_interval(secs => said.seconds)
) recent WHERE n = most
""")
ENTER = """
WITH gone AS (DELETE FROM guess WHERE at < clock_timestamp() - make_interval(secs => %(longest)s))
INSERT INTO guess (door, at) SELECT door, clock_timestamp() FROM unnest(%(doors)s::text[]) AS door
"""
FORGIVE = "DELETE FROM guess WHERE door = ANY(%(doors)s)"
TAKE_BACK = """
DELETE FROM guess WHERE ctid = ANY(ARRAY(
    SELECT DISTINCT ON (door) ctid FROM guess WHERE door = ANY(%(doors)s) ORDER BY door, at DESC))
"""


class Most(NamedTuple):
    """How many attempts a counter admits."""

    in_a_minute: int
    in_an_hour: int


async def enter(connection: Connection, doors: Mapping[str, Most]) -> float:
    """Count an attempt: 0 admits it, else the seconds to wait."""
    limits = [(door, *limit) for door in sorted(doors) for limit in zip((MINUTE_S, HOUR_S), doors[door], strict=True)]
    each, seconds, most = (list(column) for column in zip(*limits, strict=True))
    given = {"doors": sorted(doors), "each": each, "seconds": seconds, "most": most, "longest": HOUR_S}
    async with connection.transaction():
        await connection.execute(HOLD, given)
        wait = await fetch_one(connection, CLOSED, given)
        if wait is not None and wait > 0:
            return wait
        await connection.execute(ENTER, given)
    return 0.0


async def forgive(connection: Connection, wholly: list[str], once: list[str]) -> None:
    """Reset some counters, and take the newest attempt off others."""
    async with connection.transaction():
        await connection.execute(FORGIVE, {"doors": wholly})
        await connection.execute(TAKE_BACK, {"doors": once})
