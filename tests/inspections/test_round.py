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

from activities.inspecting import THESE_MATTERS, Inspecting, load_snapshots
from api.health_checks.finding import Level
from api.health_checks.schedules import check_schedules, list_works
from inspections.inspection import Finding, Inspection, get_inspections
from law.clock import Colour
from models.inspection_messages import Batch
from models.matter import Kind
from models.store.connection import fetch_all
from runtime.seals import Sealer, get_heads_file, load_signing_key
from tests.api.matters import reported
from tests.replay.rounds import worker_of_rounds
from tests.world import World, found, until, world
from watchdog.duties.keep_schedules import KeepSchedules
from watchdog.duty import Tools
from workflows.inspection_round import InspectionRound, schedule_id

FIGHT = {"kind": "打架", "narrative": "在烧烤店门口被打，有人流血"}
MEDIATED = {"classification": "mediation", "reason": "双方愿意调解"}
TASK_OF_BEFORE = """
INSERT INTO task (matter, key, sort, words, unit_id, office, step, inspection, mandatory, opened_at, done_at, dismissed)
SELECT %(matter)s::text, %(key)s::text, 'finding', %(words)s::text, unit_id, 'case-management-officer', '', split_part(%(key)s::text, '/', 2), false, now(),
    CASE WHEN %(dismissed)s THEN now() END, CASE WHEN %(dismissed)s THEN %(words)s::text ELSE '' END FROM matter WHERE number = %(matter)s::text
"""


class Refusing:
    """A Temporal that refuses the first Schedule that it is asked to create."""

    asked = 0

    async def create_schedule(self, *_: Any) -> None:
        self.asked += 1
        if self.asked == 1:
            raise RPCError("not yet", RPCStatusCode.PERMISSION_DENIED, b"")


def keeping(bureau: World, task_queue: str = "") -> KeepSchedules:
    """The duty of the watchdog that keeps the Schedules of that queue, or the bureau's own."""
    sealer = Sealer(get_heads_file(bureau.settings.data_dir), load_signing_key(bureau.settings.data_dir))
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
    first, *_ = await check_schedules(bureau.client, queue or bureau.settings.task_queue, datetime.now(UTC))
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


async def findings(bureau: World, number: str) -> list[dict[str, Any]]:
    """What is found in a matter now, as its page shows it."""
    manager = await bureau.as_("qinwanqing")
    return await manager.read(f"/api/matters/{number}/findings")


async def words(bureau: World, number: str) -> str:
    """What the task of before said."""
    rule = get_inspections()["incident-fight-as-mediation"]
    async with bureau.ctx.pool.connection() as connection:
        matters = await fetch_all(connection, THESE_MATTERS, {"numbers": [number], "kinds": [Kind.INCIDENT]})
        (snapshot,) = await load_snapshots(connection, matters, datetime.now(UTC))
    (finding,) = rule.look(snapshot)
    return rule.describe_finding(finding)


async def mediated(bureau: World) -> tuple[str, Any]:
    number, officer = await reported(bureau, **FIGHT)
    await officer.take(number, "arrive-on-scene")
    await officer.take(number, "classify-incident", **MEDIATED)
    return number, officer


async def test_a_round_finds_what_no_step_told_of_and_finds_nothing_twice(bureau: World, schedule: ScheduleHandle) -> None:
    number, officer = await mediated(bureau)
    first = await inspected(bureau, schedule)
    assert (first.after, first.opened, first.failed) == (None, 1, 0)
    (found,) = await findings(bureau, number)
    assert (found["rule"], found["severity"]) == ("incident-fight-as-mediation", "red")
    assert "被打" in str(found["evidence"]) and "烧烤店" not in str(found["evidence"])

    assert (await inspected(bureau, schedule)).opened == 0
    assert [each["first_seen"] for each in await findings(bureau, number)] == [found["first_seen"]]

    await officer.take(
        number, "reclassify-incident", classification="administrative", violation="za-51-1", injured=True, reason="构成殴打他人"
    )
    await inspected(bureau, schedule)
    assert await findings(bureau, number) == []


async def test_what_has_lately_ended_is_inspected_in_the_morning(bureau: World) -> None:
    number, _ = await mediated(bureau)
    pool, rules = bureau.ctx.pool, _always("always")
    await bureau.ask("UPDATE matter SET final = true WHERE number = %(number)s", number=number)
    assert (await Inspecting(pool, rules).inspect("")).inspected == 0
    assert (await Inspecting(pool, rules).inspect_all("")).inspected == 1


async def test_tasks_over_findings_of_before_give_way_to_alerts_and_what_was_dismissed_stays_so(bureau: World) -> None:
    (number, _), (other, _) = await mediated(bureau), await mediated(bureau)
    rule = get_inspections()["incident-fight-as-mediation"]
    for each, dismissed in ((number, False), (other, True)):
        await bureau.ask(
            TASK_OF_BEFORE, matter=each, key=f"finding/{rule.id}/{each}/", words=await words(bureau, each), dismissed=dismissed
        )
    assert (await Inspecting(bureau.ctx.pool).inspect("")).opened == 1
    assert await bureau.ask("SELECT FROM task WHERE sort = 'finding' AND done_at IS NULL") == []
    assert [each["dismissed"] for each in await findings(bureau, other)] == [True]


async def test_what_is_blue_is_listed_and_may_be_dismissed_until_its_evidence_changes(bureau: World) -> None:
    number, officer = await reported(bureau)
    supervisor = await bureau.as_("leijianfeng")
    assert "没有待处理的巡查发现" in (await supervisor.try_(number, "dismiss-finding", reason="没有可以不予采纳的")).text
    blue = {id_: replace(rule, severity=Colour.BLUE) for id_, rule in _always("always").items()}
    assert (await Inspecting(bureau.ctx.pool, blue).inspect("")).opened == 0
    refused = await supervisor.try_(number, "dismiss-finding", finding="别的发现", reason="记错了名称")
    assert "没有名为“别的发现”的巡查发现" in refused.text
    assert (await officer.try_(number, "dismiss-finding", reason="自己的案件")).status_code == codes.FORBIDDEN
    await supervisor.take(number, "dismiss-finding", reason="已当面核实")
    await Inspecting(bureau.ctx.pool, blue).inspect("")
    assert [each["dismissed"] for each in await findings(bureau, number)] == [True]


async def test_what_is_an_alert_is_dismissed_there(bureau: World) -> None:
    number, _ = await mediated(bureau)
    await Inspecting(bureau.ctx.pool).inspect("")
    supervisor = await bureau.as_("leijianfeng")
    refused = await supervisor.try_(number, "dismiss-finding", reason="双方为亲属")
    assert refused.status_code == codes.UNPROCESSABLE_ENTITY and "已经转为风险提示FX" in refused.text


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
    assert refusing.asked == 1 + len(list_works("queue"))
    assert KeepSchedules.every <= timedelta(minutes=10)


async def test_an_inspection_that_fails_keeps_its_findings_and_holds_up_no_other(bureau: World) -> None:
    number, _ = await mediated(bureau)
    pool = bureau.ctx.pool
    assert (await Inspecting(pool).inspect("")).opened == 1
    ((id_, rule),) = [(each.id, each) for each in get_inspections().values() if each.id == "incident-fight-as-mediation"]

    def broken(_: Any) -> Any:
        raise KeyError("ours")

    rules = {id_: replace(rule, look=broken), **_always("always")}
    done = await Inspecting(pool, rules).inspect("")
    assert (done.failed, done.opened) == (1, 1)
    assert {each["rule"] for each in await findings(bureau, number)} == {id_, "always"}
    # Of one that there is no more nothing is found.
    await Inspecting(pool).inspect("")
    assert {each["rule"] for each in await findings(bureau, number)} == {id_}


def _always(id_: str) -> dict[str, Inspection]:
    (rule, *_) = get_inspections().values()
    return {id_: Inspection(id_, "总是", frozenset({Kind.INCIDENT}), rule.basis, Colour.YELLOW, "请核实", lambda _: [Finding(())])}
