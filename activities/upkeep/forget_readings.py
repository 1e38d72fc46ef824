"""Forgetting traces of reading (查阅记录) that are past their retention, a day at a time."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from activities.timekeeper import get_timekeeper
from activities.upkeep import upkeep
from law.calendar import SHANGHAI
from models.journal import BUREAU
from models.store.api_writes import append
from models.store.connection import Query, fetch_first
from models.trace_shapes import FORGET_READINGS
from runtime.database import Pool
from runtime.logging import log
from runtime.settings import get_settings


class _Day(NamedTuple):
    """A day of traces: the newest of it, and how far it is sealed."""

    day: date
    position: int
    hash: bytes
    sealed: int


OLDEST = Query[_Day]("SELECT day, position, hash, sealed FROM reading_day WHERE day < %(before)s ORDER BY day LIMIT 1 FOR UPDATE")
# A busy day's traces take longer to delete than any statement of a request may.
PATIENTLY = "SET LOCAL statement_timeout = '10min'"
FORGET = "SELECT forget_readings(%(day)s)"


@upkeep("forget-readings", every=timedelta(hours=1))
async def forget_readings(pool: Pool) -> int:
    """Delete the oldest day of traces if it is past its retention; how many traces there were. Nothing while nobody knows what day it is."""
    async with pool.connection() as connection:
        now = await get_timekeeper("worker").read_now(connection)
    return await forget(pool, now, get_settings().reading_days) if now else 0


async def forget(pool: Pool, now: datetime, days: int) -> int:
    """Forget the oldest day of traces if it is past so many days, which an entry of the bureau's chain accounts for; how many traces."""
    before = (now.astimezone(SHANGHAI) - timedelta(days=days)).date()
    async with pool.connection() as connection, connection.transaction():
        row = await fetch_first(connection, OLDEST, {"before": before})
        if row is None or row.sealed < row.position:  # the seals are what its account is held against
            return 0
        content = {"key": f"readings/{row.day}", "day": row.day, "traces": row.position, "hash": row.hash.hex()}
        await append(connection, BUREAU, "readings", FORGET_READINGS, None, content, now.astimezone(SHANGHAI))
        await connection.execute(PATIENTLY)
        await connection.execute(FORGET, {"day": row.day})
    log.info("trace.forgotten", count=row.position)
    return row.position
