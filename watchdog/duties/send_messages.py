"""Sending outbound notifications (外发): each channel separately, so that a slow or unavailable one delays no other."""

import asyncio
from datetime import datetime, timedelta

from activities.channels import open_transports
from activities.sendings import Sender, record_configured
from models.channels import Channel
from runtime.logging import log
from runtime.settings import get_settings
from watchdog.duty import Duty, Tools


class SendMessages(Duty[int]):
    """Send the due messages of every configured channel; returns how many were claimed."""

    name = "send-messages"
    every = timedelta(seconds=1)

    def __init__(self, tools: Tools) -> None:
        """Open the transports of the settings."""
        super().__init__(tools)
        found = open_transports(tools.channels, get_settings().crl)
        self._senders = {each: Sender(tools.pool, each, transport, tools.public_address) for each, transport in found.items()}
        self._running: dict[Channel, asyncio.Task[int]] = {}
        self._recorded = False

    async def do(self, now: datetime | None = None) -> int:
        """Start a round on each channel that is idle, and wait one interval for the results. `now` defaults to the database's clock."""
        now = now or await self.tools.read_now()
        if now is None:
            return 0
        if not self._recorded:
            async with self.tools.pool.connection() as connection:
                await record_configured(connection, list(self._senders))
            self._recorded = True
        for channel, sender in self._senders.items():
            if channel not in self._running:
                self._running[channel] = asyncio.create_task(sender.send(now), name=f"{self.name}/{channel}")
        if not self._running:
            return 0
        over, _ = await asyncio.wait(self._running.values(), timeout=self.every.total_seconds())
        return sum(self._send_through(channel) for channel, task in [*self._running.items()] if task in over)

    def _send_through(self, channel: Channel) -> int:
        task = self._running.pop(channel)
        if task.cancelled():
            return 0
        if error := task.exception():
            if not self.is_excused(error):
                log.error("process.failed", operation=self.name, error=error)
            return 0
        return task.result()
