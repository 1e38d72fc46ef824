"""The watchdog (看门进程): a process beside Temporal that repeats its duties, each at its own pace, until stopped."""

import asyncio
from typing import Any, TypeVar

from law.discovery import discover_types
from runtime.event_loop import pause
from runtime.logging import log
from watchdog.duty import Duty, Tools

AnyDuty = TypeVar("AnyDuty", bound=Duty[Any])


class Watch:
    """Every duty of `watchdog/duties/`, with the tools of one bureau."""

    def __init__(self, tools: Tools) -> None:
        """Create all duties with these tools; ValueError where two have one name."""
        found: list[type[Duty[Any]]] = [*discover_types("watchdog.duties", Duty)]
        if len({each.name for each in found}) < len(found):
            raise ValueError("two duties of the watchdog bear one name")
        self._duties = {each: each(tools) for each in found}

    async def keep(self) -> None:
        """Repeat all duties until cancelled."""
        log.info("watchdog.started")
        async with asyncio.TaskGroup() as rounds:
            for duty in self._duties.values():
                rounds.create_task(_repeat(duty), name=duty.name)

    def get_duty(self, of: type[AnyDuty]) -> AnyDuty:
        """The one duty of that class."""
        duty = self._duties[of]
        assert isinstance(duty, of)
        return duty


async def _repeat(duty: Duty[Any]) -> None:
    while True:
        try:
            await duty.do()
        except Exception as error:  # noqa: BLE001 - one duty's fault must not stop the others, nor its own next round
            if not duty.is_excused(error):
                log.error("process.failed", operation=duty.name, error=error)
        await pause(duty.every.total_seconds())
