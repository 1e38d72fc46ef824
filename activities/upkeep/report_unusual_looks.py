"""Telling who supervises of unusual looks (查阅异常), within minutes."""

from datetime import datetime, timedelta

from activities.timekeeper import get_timekeeper
from activities.upkeep import upkeep
from models.store.connection import fetch_one
from models.store.unusual_looks import SORTS, TELL
from runtime.database import Pool


@upkeep("report-unusual-looks", every=timedelta(minutes=5))
async def report_unusual_looks(pool: Pool) -> int:
    """Tell who supervises of everybody who lately read more than anybody needs, once a day; how many that were. Nothing while nobody knows what time it is."""
    async with pool.connection() as connection:
        now = await get_timekeeper("worker").read_now(connection)
    return await report(pool, now) if now else 0


async def report(pool: Pool, now: datetime) -> int:
    """The same, at that instant."""
    async with pool.connection() as connection:
        return await fetch_one(connection, TELL, {"now": now, "sorts": SORTS})
