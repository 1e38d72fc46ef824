"""The worker is killed every second: what was acknowledged stays, and what was intended is done once."""

import asyncio

import pytest

from runtime.settings import Settings
from tests.amounts import amount
from tests.faults.killing import killed_every
from tests.faults.rush import begin, nothing_lost_nothing_doubled
from tests.world import world

# Whoever meets a killed worker waits for the engine to notice; so that somebody is always on their way, there are many.
MATTERS, ROUNDS = amount((16, 8), (40, 25))
AT_LEAST_KILLED = amount(2, 20)


@pytest.mark.long
async def test_rounds_under_killed_workers_lose_nothing_and_double_nothing(restless: Settings) -> None:
    async with killed_every(1, restless) as workers, world(restless, working=False) as bureau:
        rushes = await begin(bureau, MATTERS)
        await asyncio.gather(*(rush.rounds(ROUNDS) for rush in rushes))
        for rush in rushes:
            await nothing_lost_nothing_doubled(bureau, rush)
        assert workers.killed > AT_LEAST_KILLED
