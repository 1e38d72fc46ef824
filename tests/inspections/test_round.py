"""The Schedule inspects every open matter: a finding is one task for whoever manages the cases, until it holds no more."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import ScheduleHandle

from activities.inspecting import Inspecting
from inspections.inspection import Finding, Inspection, inspections
from models.inspection_messages import Batch
from models.matter import Kind
from operations.schedules import inspection_schedule, keep_schedules
from tests.api.matters import reported
from tests.world import World, found, until, world
from workflows.inspection_round import InspectionRound

FIGHT = {"kind": "打架", "narrative": "在烧烤店门口被打，有人流血"}
MEDIATED = {"classification": "mediation", "reason": "双方愿意调解"}


@pytest.fixture
async def bureau(database: str, temporal_address: str, tmp_path: Path) -> AsyncIterator[World]:
    async with world(found(database, temporal_address, tmp_path)) as one:
        yield one


@pytest.fixture
async def schedule(bureau: World) -> AsyncIterator[ScheduleHandle]:
    """The Schedule of this bureau, as each of two workers that start keeps it."""
    for _ in range(2):
        await keep_schedules(bureau.client, bureau.settings.task_queue)
    handle = bureau.client.get_schedule_handle(inspection_schedule(bureau.settings.task_queue))
    yield handle
    await handle.delete()


async def inspected(bureau: World, schedule: ScheduleHandle) -> Batch:
    """What a round found that the Schedule started now."""
    before = (await schedule.describe()).info.num_actions
    await schedule.trigger()

    async def started() -> Any:
        info = (await schedule.describe()).info
        return info.recent_actions[-1].action if info.num_actions > before else None

    action = await until(started, bool, within=20)
    handle = bureau.client.get_workflow_handle_for(InspectionRound.run, action.workflow_id, run_id=action.first_execution_run_id)
    return await handle.result()


async def findings(bureau: World) -> list[dict[str, Any]]:
    """What inspections have given to the county's case manager."""
    manager = await bureau.as_("qinwanqing")
    return [each for each in (await manager.read("/api/tasks"))["items"] if each["sort"] == "finding"]


async def mediated(bureau: World) -> tuple[str, Any]:
    number, officer = await reported(bureau, **FIGHT)
    await officer.take(number, "arrive-on-scene")
    await officer.take(number, "classify-incident", **MEDIATED)
    return number, officer


async def test_a_finding_is_one_task_until_it_holds_no_more(bureau: World, schedule: ScheduleHandle) -> None:
    number, officer = await mediated(bureau)
    first = await inspected(bureau, schedule)
    assert (first.after, first.opened, first.closed, first.failed) == (None, 1, 0, 0)
    (task,) = await findings(bureau)
    assert (task["matter"], task["unit"], task["office"]) == (number, "chengguan", "case-management-officer")
    assert "被打" in task["words"] and "烧烤店" not in task["words"]
    assert not task["mandatory"]

    again = await inspected(bureau, schedule)
    assert (again.opened, again.closed) == (0, 0)
    assert await findings(bureau) == [task]

    await officer.take(
        number, "reclassify-incident", classification="administrative", violation="za-51-1", injured=True, reason="构成殴打他人"
    )
    assert (await inspected(bureau, schedule)).closed == 1
    assert await findings(bureau) == []

    await officer.take(number, "reclassify-incident", **MEDIATED)
    assert (await inspected(bureau, schedule)).opened == 2  # and it was made lighter
    assert len(await findings(bureau)) == 2


async def test_a_schedule_that_somebody_paused_stays_paused(bureau: World, schedule: ScheduleHandle) -> None:
    await schedule.pause(note="升级期间")
    await keep_schedules(bureau.client, bureau.settings.task_queue)
    state = (await schedule.describe()).schedule.state
    assert (state.paused, state.note) == (True, "升级期间")


async def test_an_inspection_that_fails_keeps_its_tasks_and_holds_up_no_other(bureau: World) -> None:
    await mediated(bureau)
    pool = bureau.ctx.pool
    assert (await Inspecting(pool).inspect("")).opened == 1
    ((id_, rule),) = [(each.id, each) for each in inspections().values() if each.id == "incident-fight-as-mediation"]

    def broken(_: Any) -> Any:
        raise KeyError("ours")

    rules = {id_: Inspection(id_, rule.label, rule.kinds, rule.basis, rule.demand, broken), **_always("always")}
    done = await Inspecting(pool, rules).inspect("")
    assert (done.failed, done.opened, done.closed) == (1, 1, 0)
    # One that there is no more takes its tasks with it.
    assert (await Inspecting(pool).inspect("")).closed == 1


def _always(id_: str) -> dict[str, Inspection]:
    (rule, *_) = inspections().values()
    return {id_: Inspection(id_, "总是", frozenset({Kind.INCIDENT}), rule.basis, "请核实", lambda _: [Finding(())])}
