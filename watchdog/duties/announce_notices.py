"""Announcing: what people were told within the bureau becomes messages to those who have no page open, and goes up where nobody looked."""

from datetime import datetime, timedelta

from activities.sendings import BATCH, announce, escalate
from watchdog.duty import Duty


class AnnounceNotices(Duty[int]):
    """Ask the rules about what was said since, and let go up what nobody has looked at; returns how much there was."""

    name = "announce-notices"
    # A dispatch is to be signed for within half a minute.
    every = timedelta(seconds=1)

    async def do(self, now: datetime | None = None) -> int:
        """Announce what there is, at that instant or now by the database's clock."""
        done = 0
        async with self.tools.pool.connection() as connection:
            now = now or await self.tools.timekeeper.read_now(connection)
            while now:
                many = await announce(connection) + await escalate(connection, now)
                done += many
                if many < BATCH:
                    break
        return done
