"""The queue in front of each matter: Temporal lets ten updates be in flight on one workflow, and the eleventh would hang."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from models.problems import OrchestratorUnavailable
from runtime.metrics import QUEUE_DEPTH

# Two fewer than Temporal's ten, for submissions that come by other processes.
_IN_FLIGHT = 8
# At some twenty milliseconds each, this many are through within the patience below.
_WAITING = 50
_PATIENCE_S = 5.0
# By then the queue has moved on.
_RETRY_AFTER_S = 2


class Lane:
    """The queue of one matter."""

    def __init__(self) -> None:
        """Nobody is in it."""
        self.places = asyncio.Semaphore(_IN_FLIGHT)
        self.present = 0


class Queues:
    """The queues of all matters that anybody submits to now."""

    def __init__(self) -> None:
        """No matter has a queue."""
        self._lanes: dict[str, Lane] = {}

    @asynccontextmanager
    async def place(self, number: str) -> AsyncIterator[None]:
        """A place among those in flight; OrchestratorUnavailable where too many wait already, or for too long."""
        lane = self._lanes.setdefault(number, Lane())
        if lane.present >= _IN_FLIGHT + _WAITING:
            raise _busy()
        lane.present += 1
        try:
            await _wait(lane)
            try:
                yield
            finally:
                lane.places.release()
        finally:
            lane.present -= 1
            if not lane.present:
                self._lanes.pop(number, None)


async def _wait(lane: Lane) -> None:
    if not lane.places.locked():
        await lane.places.acquire()
        return
    QUEUE_DEPTH.inc()
    try:
        async with asyncio.timeout(_PATIENCE_S):
            await lane.places.acquire()
    except TimeoutError:
        raise _busy() from None
    finally:
        QUEUE_DEPTH.dec()


def _busy() -> OrchestratorUnavailable:
    return OrchestratorUnavailable("同时办理该事项的人过多，请稍后以同一幂等键重试", retry_after=_RETRY_AFTER_S)
