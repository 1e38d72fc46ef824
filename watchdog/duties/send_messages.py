"""Sending messages (外发): each channel by itself, so that one that is slow or away holds up no other."""

import asyncio
from datetime import datetime, timedelta

from activities.channels import ways
from activities.sendings import Sender, say_configured
from models.channels import Channel
from runtime.logging import log
from runtime.settings import settings
from watchdog.duty import Duty, Tools


class SendMessages(Duty[int]):
    """Send what is due by every channel that is configured; returns how many messages were taken up."""

    name = "send-messages"
    every = timedelta(seconds=1)

    def __init__(self, tools: Tools) -> None:
        """By the channels of the settings."""
        super().__init__(tools)
        found = ways(tools.channels, settings().crl)
        self._senders = {each: Sender(tools.pool, each, way, tools.public_address) for each, way in found.items()}
        self._under_way: dict[Channel, asyncio.Task[int]] = {}
        self._said = False

    async def do(self, now: datetime | None = None) -> int:
        """Begin a round of each channel whose last one is over, at that instant or now by the database's clock; wait for those that are quick."""
        now = now or await self.tools.now()
        if now is None:
            return 0
        if not self._said:
            async with self.tools.pool.connection() as connection:
                await say_configured(connection, list(self._senders))
            self._said = True
        for channel, sender in self._senders.items():
            if channel not in self._under_way:
                self._under_way[channel] = asyncio.create_task(sender.send(now), name=f"{self.name}/{channel}")
        if not self._under_way:
            return 0
        over, _ = await asyncio.wait(self._under_way.values(), timeout=self.every.total_seconds())
        return sum(self._ended(channel) for channel, task in [*self._under_way.items()] if task in over)

    def _ended(self, channel: Channel) -> int:
        task = self._under_way.pop(channel)
        if task.cancelled():
            return 0
        if error := task.exception():
            if not self.is_excused(error):
                log.error("process.failed", operation=self.name, error=error)
            return 0
        return task.result()
