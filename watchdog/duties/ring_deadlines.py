"""Ringing deadlines (提醒): what the workflow's own timer has not rung."""

from datetime import timedelta

from activities.rings import BATCH, claim
from models.store.connection import fetch_one
from models.store.rings import IS_DUE
from watchdog.duty import Duty

# The workflow's timer comes first; what is still silent after this rings here, and both are within two seconds of the instant.
GRACE = timedelta(milliseconds=700)


class RingDeadlines(Duty[int]):
    """Ring every deadline that has been due for longer than the grace, by the database's clock; returns how many rings this guard won."""

    name = "ring-deadlines"
    every = timedelta(milliseconds=250)

    async def do(self) -> int:
        """Ring in batches, until a batch is not full."""
        rung = 0
        async with self.tools.pool.connection() as connection:
            while now := await self.tools.timekeeper.read_now(connection):
                if not await fetch_one(connection, IS_DUE, {"until": now - GRACE}):
                    break
                won = await claim(connection, now, now - GRACE, "watchdog")
                rung += won
                if won < BATCH:
                    break
        return rung
