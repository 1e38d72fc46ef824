"""Ringing promises (服务承诺): each worker rings those of all matters together, a moment after they are due.

What an incident promises is reckoned in seconds and minutes, and rings three times for every clock: a timer of each workflow costs a turn
of that workflow, and a transaction, for each of these. The law's limits keep their timers; the watchdog rings whatever is silent, as ever.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from activities.rings import BATCH, claim
from activities.timekeeper import Timekeeper, get_timekeeper
from models.store.connection import fetch_one
from models.store.rings import UNTIMED_DUE
from runtime.database import Pool, unavailable
from runtime.event_loop import pause
from runtime.logging import log

# Before the watchdog's grace has passed.
EVERY = timedelta(milliseconds=250)


async def ring_promises(pool: Pool, timekeeper: Timekeeper) -> int:
    """Ring what is due of promises, by the database's clock; how many rungs this caller won."""
    rung = 0
    async with pool.connection() as connection:
        while await fetch_one(connection, UNTIMED_DUE):
            now = await timekeeper.read_now(connection)
            if now is None:  # the watchdog rings, unless its own clock is astray too
                break
            won = await claim(connection, now, now, "worker", untimed=True)
            rung += won
            if won < BATCH:
                break
    return rung


@asynccontextmanager
async def keep_promises_ringing(pool: Pool) -> AsyncIterator[None]:
    """Ring promises until the block ends."""
    ringing = asyncio.create_task(_keep_ringing(pool))
    try:
        yield
    finally:
        ringing.cancel()
        await asyncio.wait({ringing})


async def _keep_ringing(pool: Pool) -> None:
    while True:
        try:
            await ring_promises(pool, get_timekeeper("worker"))
        except Exception as error:  # noqa: BLE001 - a fault must not keep the next round from ringing
            if not unavailable(error):
                log.error("process.failed", operation="ring promises", error=error)
        await pause(EVERY.total_seconds())
