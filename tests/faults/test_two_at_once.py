"""Two officers submit at the same instant, again and again, over stage boundaries and continue-as-new."""

import asyncio

import pytest

from runtime.settings import Settings
from tests.amounts import amount
from tests.faults.rush import begin, nothing_lost_nothing_doubled
from tests.world import World, world

# Matters go their rounds side by side, each long enough to continue as new several times.
MATTERS, ROUNDS = amount((6, 32), (10, 100))


async def runs_of(bureau: World, number: str) -> int:
    """How many runs the matter's workflow has had."""
    query = f'WorkflowId = "incident/{number}"'
    return len([each async for each in bureau.client.list_workflows(query)])


@pytest.mark.long
async def test_rounds_of_two_at_once_lose_nothing_and_double_nothing(restless: Settings) -> None:
    async with world(restless) as bureau:
        rushes = await begin(bureau, MATTERS)
        await asyncio.gather(*(rush.rounds(ROUNDS) for rush in rushes))
        for rush in rushes:
            await nothing_lost_nothing_doubled(bureau, rush)
            assert rush.refusals == {"step-not-open": ROUNDS // 2, "superseded": ROUNDS // 4}
            assert await runs_of(bureau, rush.number) > 3
