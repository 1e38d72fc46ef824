"""What the tests' own bureau promises to those who use it."""

import asyncio
from contextlib import suppress
from typing import Any, cast

import pytest

from tests import world
from tests.world import at_work


class Worker:
    """A worker that works until it is told to stop, or falls over by itself."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.fault, self.stop = fault, asyncio.Event()

    async def run(self) -> None:
        if self.fault:
            raise self.fault
        await self.stop.wait()

    async def shutdown(self) -> None:
        self.stop.set()


async def test_a_worker_that_falls_over_ends_the_test_that_waits_for_it_and_says_why() -> None:
    with pytest.raises(RuntimeError, match="fell over"):
        async with at_work(cast(Any, Worker(RuntimeError("fell over")))):
            await asyncio.Event().wait()


async def test_a_worker_stops_with_the_block_that_it_works_for() -> None:
    worker = Worker()
    async with at_work(cast(Any, worker)):
        assert not worker.stop.is_set()
    assert worker.stop.is_set()


async def test_whoever_does_not_heed_its_cancellation_is_named_and_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world, "_STOPPING_S", 0.05)
    enough = asyncio.Event()

    async def deaf() -> None:
        while not enough.is_set():
            with suppress(asyncio.CancelledError):
                await enough.wait()

    task = asyncio.create_task(deaf())
    await asyncio.sleep(0)
    with pytest.raises(AssertionError, match="deaf"):
        await world.end({task})
    enough.set()
    await task
