"""Urging (催办): whoever leaves a turn untaken for longer than the bureau allows is reminded, and then the office above hears of it."""

from datetime import datetime, timedelta

from models.store.connection import fetch_one
from models.store.tasks import URGE
from watchdog.duty import Duty

# One statement's worth.
_BATCH = 500


class UrgeTurns(Duty[int]):
    """Remind whose turn it is, and tell the office above once it has gone up to it; returns how many heard."""

    name = "urge-turns"
    # The shortest patience is twenty seconds.
    every = timedelta(seconds=1)

    async def do(self, now: datetime | None = None) -> int:
        """Urge what is due, at that instant or now by the database's clock."""
        urged = 0
        async with self.tools.pool.connection() as connection:
            now = now or await self.tools.timekeeper.read_now(connection)
            while now:
                found = await fetch_one(connection, URGE, {"now": now, "most": _BATCH})
                urged += found.urged
                if found.urged < _BATCH:
                    break
        return urged
