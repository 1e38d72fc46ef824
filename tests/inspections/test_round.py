"""The Schedule inspects every open matter: a finding is one task for whoever manages the cases, until it holds no more."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from httpx import codes
from temporalio.client import ScheduleHandle, WorkflowFailureError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from activities.inspecting import Inspecting
from api.health_checks.finding import Level
from api.health_checks.schedules import scheduled, works
from inspections.inspection import Finding, Inspection, inspections
from law.clock import Colour
from models.inspection_messages import Batch
from models.matter import Kind
from runtime.seals import Sealer, heads_file, signing_key
from tests.api.matters import reported
from tests.replay.rounds import worker_of_rounds
from tests.world import World, found, until, world
from watchdog.duties.keep_schedules import KeepSchedules
from watchdog.duty import Tools
from workflows.inspection_round import InspectionRound, schedule_id

FIGHT = {"kind": "打架", "narrative": "在烧烤店门口被打，有人流血"}
MEDIATED = {"classification": "mediation", "reason": "双方愿意调解"}


class Refusing:
    """A Temporal that refuses the first Schedule that it is asked to create."""

    asked = 0

    async def create_schedule(self, *_: Any) -> None:
        self.asked += 1
        if self.asked == 1:
            raise RPCError("not yet", RPCStatusCode.PERMISSION_DENIED, b"")


def keeping(bureau: World, task_queue: str = "") -> KeepSchedules:
    """The duty of the watchdog that keeps the Schedules of that queue, or the bureau's own."""
    sealer = Sealer(heads_file(bureau.settings.data_dir), signing_key(bureau.settings.data_dir))
    return KeepSchedules(
        Tools(bureau.ctx.pool, bureau.client, sealer, task_queue or bureau.settings.task_queue, bureau.settings.data_dir)
    )


@pytest.fixture
async def bureau(peopled: str, temporal_address: str, tmp_path: Path) -> AsyncIterator[World]:
    async with world(found(peopled, temporal_address, tmp_path)) as one:
        yield one


@pytest.fixture
async def schedule(bureau: World) -> AsyncIterator[ScheduleHandle]:
    """The Schedule of this bureau, as the watchdog keeps it time after time."""
    for _ in range(2):
        await keeping(bureau).do()
    handle = bureau.client.get_schedule_handle(schedule_id(bureau.settings.task_queue))
    yield handle
    await handle.delete()


async def health(bureau: World, queue: str = "") -> tuple[Level, str]:
    """What the page of health says of the inspections."""
    first, *_ = await scheduled(bureau.client, queue or bureau.settings.task_queue, datetime.now(UTC))
    return first.level, first.words


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


async def test_a_finding_that_was_dismissed_stays_so_until_its_evidence_changes(bureau: World) -> None:
    number, officer = await mediated(bureau)
    supervisor = await bureau.as_("leijianfeng")
    refused = await supervisor.try_(number, "dismiss-finding", reason="没有可以不予采纳的")
    assert "没有待处理的巡查发现" in refused.text
    await Inspecting(bureau.ctx.pool).inspect("")
    (task,) = await findings(bureau)
    refused = await officer.try_(number, "dismiss-finding", reason="自己的案件")
    assert refused.status_code == codes.FORBIDDEN
    refused = await supervisor.try_(number, "dismiss-finding", finding="别的发现", reason="记错了名称")
    assert task["words"].partition("：")[0] in refused.text
    await supervisor.take(number, "dismiss-finding", reason="双方为亲属，伤情轻微，已当面核实")
    assert await findings(bureau) == []
    newest = (await supervisor.read(f"/api/matters/{number}/journal", limit=100))["items"]
    assert "dismiss-finding" in [entry["step"] for entry in newest]

    assert (await Inspecting(bureau.ctx.pool).inspect("")).opened == 0
    await officer.take(number, "reclassify-incident", **MEDIATED | {"reason": "再次核对"})
    again = await Inspecting(bureau.ctx.pool).inspect("")
    assert again.opened == len(await findings(bureau)) >= 1


async def test_a_schedule_that_somebody_paused_stays_paused(bureau: World, schedule: ScheduleHandle) -> None:
    await schedule.pause(note="升级期间")
    await keeping(bureau).do()
    state = (await schedule.describe()).schedule.state
    assert (state.paused, state.note) == (True, "升级期间")
    level, words = await health(bureau)
    assert (level, "升级期间" in words) == (Level.LOOK, True)


async def test_a_batch_that_cannot_be_inspected_holds_up_no_other_and_is_shown_until_a_round_sees_all(bureau: World) -> None:
    queue = f"{bureau.settings.task_queue}-rounds"
    assert await health(bureau, queue) == (Level.LOOK, "没有设定定时，未结事项没有查完")
    await keeping(bureau, queue).do()
    handle = bureau.client.get_schedule_handle(schedule_id(queue))
    try:
        async with worker_of_rounds(bureau.client, queue):
            with pytest.raises(WorkflowFailureError) as failed:
                await inspected(bureau, handle)
        cause = failed.value.cause
        assert isinstance(cause, ApplicationError)
        assert cause.message == "200 matters could not be inspected"
        (total,) = cause.details
        assert (total["inspected"], total["opened"], total["passed_over"]) == (207, 1, 200)
        level, words = await health(bureau, queue)
        assert (level, "没有办成；未结事项没有查完" in words) == (Level.LOOK, True)
    finally:
        await handle.delete()


async def test_whoever_passes_a_batch_over_goes_on_after_it(bureau: World) -> None:
    await mediated(bureau)
    assert await Inspecting(bureau.ctx.pool).pass_over("") == Batch(after=None, passed_over=1)


async def test_a_schedule_that_temporal_refused_is_tried_again() -> None:
    refusing = Refusing()
    duty = KeepSchedules(Tools(None, refusing, None, "queue", Path(), None))  # type: ignore[arg-type]  # no engine is asked
    with pytest.raises(RPCError):
        await duty.do()
    await duty.do()
    assert refusing.asked == 1 + len(works("queue"))
    assert KeepSchedules.every <= timedelta(minutes=10)


async def test_an_inspection_that_fails_keeps_its_tasks_and_holds_up_no_other(bureau: World) -> None:
    await mediated(bureau)
    pool = bureau.ctx.pool
    assert (await Inspecting(pool).inspect("")).opened == 1
    ((id_, rule),) = [(each.id, each) for each in inspections().values() if each.id == "incident-fight-as-mediation"]

    def broken(_: Any) -> Any:
        raise KeyError("ours")

    rules = {id_: replace(rule, look=broken), **_always("always")}
    done = await Inspecting(pool, rules).inspect("")
    assert (done.failed, done.opened, done.closed) == (1, 1, 0)
    # One that there is no more takes its tasks with it.
    assert (await Inspecting(pool).inspect("")).closed == 1


def _always(id_: str) -> dict[str, Inspection]:
    (rule, *_) = inspections().values()
    return {id_: Inspection(id_, "总是", frozenset({Kind.INCIDENT}), rule.basis, Colour.YELLOW, "请核实", lambda _: [Finding(())])}
