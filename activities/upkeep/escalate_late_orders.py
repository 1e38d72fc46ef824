"""Escalating rectification orders (整改指令) that stay overdue to the legal department, after a day."""

from datetime import datetime, timedelta

from activities.timekeeper import get_timekeeper
from activities.upkeep import upkeep
from models.store.connection import fetch_one
from models.store.late_orders import ESCALATE_LATE
from runtime.database import Pool


@upkeep("escalate-late-orders", every=timedelta(minutes=10))
async def escalate_late_orders(pool: Pool) -> int:
    """Give the legal department a task for each order that is a day late, once; how many were given."""
    return await escalate(pool)


async def escalate(pool: Pool, now: datetime | None = None) -> int:
    """The same, at that instant or now by the database's clock."""
    async with pool.connection() as connection:
        now = now or await get_timekeeper("worker").read_now(connection)
        return await fetch_one(connection, ESCALATE_LATE, {"now": now}) if now else 0
