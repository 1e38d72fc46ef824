"""Canaries are kept for a week and then summed up, and the journal is as true as before; what came to nothing does not live for ever."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from temporalio.client import WorkflowExecutionStatus

from activities.upkeep.sum_up_canaries import sum_up
from models.matter import Kind, build_workflow_id
from models.messages import Opening
from tests.api.matters import THEFT
from tests.world import World, found, until, world
from verification.verification import verify
from watchdog.duties import end_unopened as unopened
from watchdog.duties.arm_canary import ArmCanary
from watchdog.duties.end_unopened import end_unopened
from watchdog.duties.ring_deadlines import RingDeadlines
from watchdog.duties.seal_journal import SealJournal

RING = "UPDATE rung SET at = at - interval '2 minutes', armed_at = armed_at - interval '2 minutes'"
LEFT = """
SELECT chain FROM entry WHERE starts_with(chain, 'ZJ') UNION SELECT number FROM matter WHERE kind = 'canary'
UNION SELECT chain FROM chain WHERE starts_with(chain, 'ZJ') UNION SELECT matter FROM ring WHERE starts_with(matter, 'ZJ')
"""


@pytest.fixture
async def bureau(peopled: str, temporal_address: str, tmp_path: Path) -> AsyncIterator[World]:
    async with world(found(peopled, temporal_address, tmp_path)) as one:
        yield one


async def sung(bureau: World) -> str:
    """A canary that was armed, rang, ended and is sealed; its number."""
    watch = bureau.watch()
    number = await watch.get_duty(ArmCanary).do()
    await bureau.ask(RING)
    assert await watch.get_duty(RingDeadlines).do() == 1
    await watch.get_duty(SealJournal).do()
    return number


def in_eight_days() -> datetime:
    return datetime.now(UTC) + timedelta(days=8)


def faults(bureau: World) -> list[str]:
    return [fault.words for fault in verify(bureau.settings).faults]


async def test_a_canary_past_its_term_is_summed_up_and_the_journal_holds(bureau: World) -> None:
    number = await sung(bureau)
    await (await bureau.as_("linxiaoyu")).open("incident", **THEFT)
    await bureau.watch().get_duty(SealJournal).do()
    assert await sum_up(bureau.ctx.pool, datetime.now(UTC) + timedelta(days=6)) == 0
    assert await bureau.ask(LEFT)
    assert await sum_up(bureau.ctx.pool, in_eight_days()) == 1
    assert await bureau.ask(LEFT) == []
    (row,) = await bureau.ask("SELECT content::json AS said FROM entry WHERE step = 'sum-up-canaries'")
    assert (row.said["armed"], row.said["rung"], list(row.said["heads"])) == (1, 1, [number])
    assert await asyncio.to_thread(faults, bureau) == []
    await bureau.watch().get_duty(SealJournal).do()
    assert await asyncio.to_thread(faults, bureau) == []


async def test_a_sum_that_names_another_head_than_was_sealed_is_found_out(bureau: World) -> None:
    await sung(bureau)
    await bureau.ask("UPDATE chain SET hash = sha256('another') WHERE starts_with(chain, 'ZJ')")
    assert await sum_up(bureau.ctx.pool, in_eight_days()) == 1
    assert await asyncio.to_thread(faults, bureau)


async def test_what_no_sum_names_cannot_be_taken_from_the_journal(bureau: World) -> None:
    number = await sung(bureau)
    other = (await (await bureau.as_("linxiaoyu")).open("incident", **THEFT))["number"]
    for statement in (
        "DELETE FROM entry WHERE chain = %(number)s",
        "DELETE FROM ring WHERE matter = %(number)s",
        "DELETE FROM entry WHERE chain = %(other)s",
        "UPDATE entry SET step = 'x' WHERE chain = %(number)s",
        "TRUNCATE ring",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            await bureau.ask(statement, number=number, other=other)


async def test_a_day_that_is_not_over_or_not_sealed_waits(bureau: World) -> None:
    number = await bureau.watch().get_duty(ArmCanary).do()
    assert await sum_up(bureau.ctx.pool, in_eight_days()) == 0
    assert [row.number for row in await bureau.ask("SELECT number FROM matter WHERE kind = 'canary'")] == [number]


async def test_an_opening_that_came_to_nothing_ends_by_itself_and_its_repeat_begins_anew(
    bureau: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unopened, "ABANDONED", timedelta())
    number = f"{Kind.CANARY.prefix}{datetime.now(UTC):%Y%m%d%H%M%S%f}"
    id_ = build_workflow_id(Kind.CANARY, number)
    queue = bureau.settings.task_queue
    handle = await bureau.client.start_workflow(Kind.CANARY.value, Opening(number=number, unit="watch"), id=id_, task_queue=queue)
    living = (await (await bureau.as_("linxiaoyu")).open("incident", **THEFT))["number"]

    async def ended() -> bool:
        await end_unopened(bureau.ctx.pool, bureau.client, queue, datetime.now(UTC), timedelta(minutes=1))
        return (await handle.describe()).status is WorkflowExecutionStatus.COMPLETED

    assert await until(ended, bool, within=15)
    described = await bureau.client.get_workflow_handle(build_workflow_id(Kind.INCIDENT, living)).describe()
    assert described.status is WorkflowExecutionStatus.RUNNING


async def test_an_opening_of_another_bureau_beside_this_one_is_left_alone(bureau: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unopened, "ABANDONED", timedelta())
    number = f"{Kind.CANARY.prefix}{datetime.now(UTC):%Y%m%d%H%M%S%f}"
    elsewhere = f"{bureau.settings.task_queue}-of-another"
    opening = Opening(number=number, unit="watch")
    handle = await bureau.client.start_workflow(Kind.CANARY.value, opening, id=f"{elsewhere}/{number}", task_queue=elsewhere)

    async def roused(queue: str) -> int:
        return await end_unopened(bureau.ctx.pool, bureau.client, queue, datetime.now(UTC), timedelta(minutes=1))

    assert await until(lambda: roused(elsewhere), bool, within=15) == 1
    assert await roused(bureau.settings.task_queue) == 0
    await handle.terminate()
