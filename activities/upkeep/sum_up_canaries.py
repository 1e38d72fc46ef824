"""Summing up canaries (自检): after a week, a day of them is replaced by one entry of the bureau's chain.

A canary proves that alerts work now; a week later only the sum matters. The entry names the head of each chain that it replaces, so that
the seals, which attest those heads, can still be compared with it.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from activities.timekeeper import get_timekeeper
from activities.upkeep import upkeep
from law.calendar import SHANGHAI
from models.journal import BUREAU
from models.matter import Kind, build_number_prefix
from models.readmodel.board_tallies import SUM_UP_CANARIES
from models.store.api_writes import append
from models.store.connection import Query, fetch_all, fetch_one
from runtime.database import Pool
from runtime.logging import log

# Whoever asks whether the watch worked asks about last week.
TERM = timedelta(days=7)

# The oldest day past the term of which a canary is left; its number tells the moment in which it was armed, by UTC.
OLDEST = Query[str | None]("SELECT substr(min(number), 3, 8) AS day FROM matter WHERE kind = 'canary'")


class _Head(NamedTuple):
    """The newest entry of a canary's chain; `over`: it will not change any more."""

    chain: str
    position: int
    hash: bytes
    over: bool


# None of it may be about to change, and all of it must be sealed: the seals are what the sum is held against.
HEADS = Query[_Head]("""
SELECT c.chain, c.position, c.hash, c.position = c.sealed AND coalesce(m.final, true)
       AND NOT EXISTS (SELECT FROM rung WHERE rung.matter = c.chain) AS over
FROM chain c LEFT JOIN matter m ON m.number = c.chain WHERE c.chain LIKE %(chains)s ORDER BY c.chain FOR UPDATE OF c
""")


class _Rung(NamedTuple):
    """How many thresholds rang, how many of them by the watchdog, and the latest in milliseconds."""

    rung: int
    by_watchdog: int
    latest_ms: int


RUNG = Query[_Rung]("""
SELECT count(*)::int AS rung, count(*) FILTER (WHERE rung_by = 'watchdog')::int AS by_watchdog, coalesce(max(late_ms), 0)::bigint AS latest_ms
FROM ring WHERE matter LIKE %(chains)s
""")
# The database lets go of what the sum names, and of nothing else.
FORGET = "SELECT forget_canaries(%(numbers)s)"


@upkeep("sum-up-canaries", every=timedelta(hours=1))
async def sum_up_canaries(pool: Pool) -> int:
    """Sum up the oldest day of canaries if it is past its term; how many there were. Nothing while nobody knows what day it is."""
    async with pool.connection() as connection:
        now = await get_timekeeper("worker").read_now(connection)
    return await sum_up(pool, now) if now else 0


async def sum_up(pool: Pool, now: datetime) -> int:
    """Sum up the oldest day of canaries past the term; returns how many there were."""
    async with pool.connection() as connection, connection.transaction():
        day = await fetch_one(connection, OLDEST)
        if day is None or day >= f"{now - TERM:%Y%m%d}":
            return 0
        chains = {"chains": f"{build_number_prefix(Kind.CANARY, day)}%"}
        heads = await fetch_all(connection, HEADS, chains)
        if not all(head.over for head in heads):
            log.error("canary.silent", count=sum(not head.over for head in heads))
            return 0
        rung = await fetch_one(connection, RUNG, chains)
        content = {
            "key": f"canaries/{day}",
            "day": day,
            "armed": len(heads),
            **rung._asdict(),
            "heads": {head.chain: [head.position, head.hash.hex()] for head in heads},
        }
        await append(connection, BUREAU, "canaries", SUM_UP_CANARIES, None, content, now.astimezone(SHANGHAI))
        await connection.execute(FORGET, {"numbers": [head.chain for head in heads]})
    log.info("canary.summed-up", count=len(heads))
    return len(heads)
