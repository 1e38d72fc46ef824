"""Rousing workflows that have not done what their steps promised (`activities/outbox.py`)."""

from datetime import timedelta

from activities import outbox
from watchdog.duty import BOTH_ENGINES, Duty


class RouseMatters(Duty[int]):
    """Signal, or restart, each workflow with an outbox entry older than five seconds; returns how many matters."""

    name = "rouse-matters"
    every = timedelta(seconds=1)
    needs = BOTH_ENGINES

    async def do(self) -> int:
        """Rouse one batch."""
        return await outbox.rouse(self.tools.pool, self.tools.client, self.tools.task_queue)
