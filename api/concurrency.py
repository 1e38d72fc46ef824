"""Concurrency limits in front of the workflows: one for each matter, and one for all.

Temporal allows ten updates in flight on a workflow, and would let the eleventh hang. Where more steps are in progress than the machine can
finish within their timeouts, all are abandoned half done and come again. So only some are in progress at once, and the others wait here,
which costs nothing.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from models.problems import OrchestratorUnavailable
from runtime.metrics import QUEUE_DEPTH

# Two fewer than Temporal's ten, for submissions that come by other processes.
_IN_FLIGHT = 8
# At some twenty milliseconds each, this many are through within the patience below.
_WAITING = 50
# Whoever has waited so long is sent away, and stands at the end when they come back: a little longer is better than that.
_PATIENCE_S = 8.0
# By then the queue has moved on.
_RETRY_AFTER_S = 2


class MatterSlots:
    """The semaphore of one matter, and how many wait for it."""

    def __init__(self) -> None:
        """Nobody waits."""
        self.places = asyncio.Semaphore(_IN_FLIGHT)
        self.present = 0


class Concurrency:
    """The semaphores of all matters with submissions under way, and the one for all of them."""

    def __init__(self, at_once: int) -> None:
        """Allow so many steps in progress at once, in all matters together."""
        self._lanes: dict[str, MatterSlots] = {}
        self._house = asyncio.Semaphore(at_once)

    @asynccontextmanager
    async def hold_slot(self, number: str) -> AsyncIterator[None]:
        """Hold a slot; OrchestratorUnavailable where too many wait for this matter already, or the wait is too long."""
        lane = self._lanes.setdefault(number, MatterSlots())
        if lane.present >= _IN_FLIGHT + _WAITING:
            raise _build_busy()
        lane.present += 1
        try:
            async with AsyncExitStack() as held:
                await self._wait(lane, held)
                yield
        finally:
            lane.present -= 1
            if not lane.present:
                self._lanes.pop(number, None)

    async def _wait(self, lane: MatterSlots, held: AsyncExitStack) -> None:
        waits = lane.places.locked() or self._house.locked()
        QUEUE_DEPTH.inc(waits)
        try:
            async with asyncio.timeout(_PATIENCE_S):
                # Whoever waits for their matter keeps nobody else from a place of the house.
                await held.enter_async_context(lane.places)
                await held.enter_async_context(self._house)
        except TimeoutError:
            raise _build_busy() from None
        finally:
            QUEUE_DEPTH.dec(waits)


def _build_busy() -> OrchestratorUnavailable:
    return OrchestratorUnavailable("同时办理的人过多，请稍后以同一幂等键重试", retry_after=_RETRY_AFTER_S)
