"""Time that passes when a test says so, and waiting for what matters tell each other."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from temporalio.testing import WorkflowEnvironment

from law.calendar import SHANGHAI
from tests.world import World

T = TypeVar("T")
# What one matter does to another takes milliseconds; on a busy machine, a second or two.
_PATIENCE_S = 15.0
_LOOK_AGAIN_S = 0.05


class Passing:
    """A county, and the time of the engine that its deadlines live by."""

    def __init__(self, county: World, server: WorkflowEnvironment) -> None:
        """That county, on that server."""
        self.county = county
        self.as_ = county.as_
        self._server = server

    async def now(self) -> datetime:
        """The engine's present minute, as officers write it down."""
        return (await self._server.get_current_time()).astimezone(SHANGHAI).replace(second=0, microsecond=0)

    async def until(self, instant: datetime) -> None:
        """Let time pass until then, everything that falls due on the way happening at its instant."""
        await self._server.sleep(instant - await self._server.get_current_time())


async def eventually(ask: Callable[[], Awaitable[T | None]]) -> T:
    """What `ask` answers as soon as it is neither empty nor None."""
    async with asyncio.timeout(_PATIENCE_S):
        while not (answer := await ask()):
            await asyncio.sleep(_LOOK_AGAIN_S)
    return answer
