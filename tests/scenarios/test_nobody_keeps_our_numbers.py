"""Whoever starts something of theirs under the id of a matter of ours keeps it no longer than until the matter's next step."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from temporalio import workflow
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.deployment.v1 import WorkerDeploymentVersion as Version
from temporalio.api.workflow.v1 import VersioningOverride
from temporalio.api.workflowservice.v1 import GetWorkflowExecutionHistoryRequest, StartWorkflowExecutionRequest
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHandle
from temporalio.common import VersioningBehavior, WorkerDeploymentVersion
from temporalio.service import RPCError
from temporalio.worker import Worker, WorkerDeploymentConfig

from api.health_checks.report import run_checks
from law.calendar import SHANGHAI
from models.matter import Kind, build_workflow_id
from models.messages import Opening
from operations.resume import Resumed, resume
from operations.verify import verify
from runtime.foreign_workflows import ForeignWorkflow, end_foreign_workflow, list_foreign_workflows
from tests.scenarios.fraud import CALL, FRAUD, Team, call, detain, filed_case, named_suspect, opened, team
from tests.world import World, until
from watchdog.duties.rouse_matters import RouseMatters

NOBODY_HERE = "nobody-here"
RUNNING = WorkflowExecutionStatus.RUNNING
DUE = "UPDATE outbox SET rouse_at = now()"


class Held:
    """A person in detention, and somebody else at Temporal's door."""

    def __init__(self, county: World, people: Team, suspect: str, stranger: Client, aged: list[str]) -> None:
        """These; matters that were `aged` are a minute older than their journal says, until they are verified."""
        self.county, self.people, self.suspect, self.stranger, self.aged = county, people, suspect, stranger, aged

    @property
    def id(self) -> str:
        """The workflow of the suspect."""
        return build_workflow_id(Kind.SUSPECT, self.suspect)

    async def is_released(self) -> None:
        """The person is released by the ordinary steps, each of which goes through at once and is recorded once."""
        async with asyncio.timeout(10):
            await self.people.officer.take(self.suspect, "release", grounds="证据不足")
            await self.people.chief.approve(self.suspect, "release")
        rows = await self.county.ask(
            "SELECT step FROM entry WHERE chain = %(n)s AND sort = 'step' ORDER BY position", n=self.suspect
        )
        assert [row.step for row in rows][-2:] == ["release", "approve"]
        assert [row.step for row in rows].count("release") == 1
        await self.is_clean()

    async def is_clean(self) -> None:
        """Nothing is wrong with the journal, and what was aged is as old as it says."""
        told = "UPDATE matter SET opened_at = opened_at + interval '1 minute' WHERE number = ANY(%(aged)s)"
        await self.county.ask(told, aged=self.aged)
        assert verify(self.county.settings).faults == []

    async def examined(self) -> str:
        """What the doctor says of matters and their workflows."""
        (said,) = [each.words async for each in run_checks(self.county.settings) if each.check == "事项与流程"]
        return said


@pytest.fixture
async def held(county: World) -> Held:
    """The person was detained yesterday."""
    people, now = await team(county), datetime.now(SHANGHAI)
    suspect = await named_suspect(people, await filed_case(people, now - timedelta(hours=30)))
    await detain(people, suspect, now - timedelta(hours=20))
    # The doctor asks of no matter that has only just come into being.
    aged = await county.ask("UPDATE matter SET opened_at = opened_at - interval '1 minute' RETURNING number")
    stranger = await Client.connect(county.settings.temporal_address)
    return Held(county, people, suspect, stranger, [row.number for row in aged])


async def in_another_queue(held: Held) -> WorkflowHandle[Any, Any]:
    """Where no worker will ever take it."""
    return await held.stranger.start_workflow("suspect", {"x": 1}, id=held.id, task_queue=NOBODY_HERE)


async def of_another_type(held: Held) -> WorkflowHandle[Any, Any]:
    """Of a kind that our workers do not know, so that each of its turns fails."""
    return await held.stranger.start_workflow("a-strangers", id=held.id, task_queue=held.county.settings.task_queue)


async def of_another_matter(held: Held) -> WorkflowHandle[Any, Any]:
    """With what one of ours has encrypted, for another matter."""
    (row,) = await held.county.ask("SELECT number FROM matter WHERE kind = 'criminal-case'")
    opening, queue = Opening(number=row.number, unit="", resumed=True), held.county.settings.task_queue
    return await held.county.client.start_workflow("suspect", opening, id=held.id, task_queue=queue)


@workflow.defn(name="nothing", sandboxed=False)
class Nothing:
    """What a worker of theirs offers to run."""

    @workflow.run
    async def run(self) -> None:
        """Nothing."""


async def pinned_to_their_version(held: Held) -> WorkflowHandle[Any, Any]:
    """With what ours was started with, copied from its history, for workers of a version that was there for a moment."""
    service, version = held.stranger.workflow_service, WorkerDeploymentVersion("nobodys", "1")
    asked = GetWorkflowExecutionHistoryRequest(namespace=held.stranger.namespace, execution=WorkflowExecution(workflow_id=held.id))
    start = (await service.get_workflow_execution_history(asked)).history.events[0].workflow_execution_started_event_attributes
    config = WorkerDeploymentConfig(
        version=version, use_worker_versioning=True, default_versioning_behavior=VersioningBehavior.PINNED
    )
    copy = StartWorkflowExecutionRequest(
        namespace=held.stranger.namespace,
        workflow_id=held.id,
        workflow_type=start.workflow_type,
        task_queue=start.task_queue,
        input=start.input,
        request_id=uuid4().hex,
        versioning_override=VersioningOverride(
            pinned=VersioningOverride.PinnedOverride(
                behavior=VersioningOverride.PINNED_OVERRIDE_BEHAVIOR_PINNED,
                version=Version(deployment_name=version.deployment_name, build_id=version.build_id),
            )
        ),
    )

    async def started() -> str:
        try:
            return (await service.start_workflow_execution(copy)).run_id
        except RPCError:  # the server has not heard of that version yet
            return ""

    queue = held.county.settings.task_queue
    async with Worker(held.stranger, task_queue=queue, workflows=[Nothing], deployment_config=config):
        run = await until(started, bool, within=30)
    return held.stranger.get_workflow_handle(held.id, run_id=run, first_execution_run_id=run)


Squat = Callable[[Held], Awaitable[WorkflowHandle[Any, Any]]]
SQUATS = (in_another_queue, of_another_type, of_another_matter, pinned_to_their_version)


@pytest.mark.parametrize("squat", SQUATS)
async def test_the_next_step_of_a_squatted_matter_ends_what_is_not_ours_and_goes_through(held: Held, squat: Squat) -> None:
    await held.stranger.get_workflow_handle(held.id).terminate()
    squatting = await squat(held)
    await held.is_released()
    assert (await held.stranger.get_workflow_handle(held.id, run_id=squatting.first_execution_run_id).describe()).status is (
        WorkflowExecutionStatus.TERMINATED
    )


@pytest.mark.parametrize("squat", SQUATS)
async def test_the_doctor_names_a_squatted_matter_and_resuming_brings_it_back(held: Held, squat: Squat) -> None:
    await held.stranger.get_workflow_handle(held.id).terminate()
    await squat(held)

    assert f"1件事项的流程被占用：{held.suspect}" in await until(held.examined, lambda said: "被占用" in said)
    said: list[str] = []
    came = await resume(held.county.settings, held.county.client, said.append)
    assert (came.squatted, came.begun) == (1, 1), said
    assert "1件的流程被占用" in said[-1]
    (row,) = await held.county.ask("SELECT content FROM entry WHERE step = 'resume-matters'")
    assert json.loads(row.content)["squatted"] == 1
    assert "被占用" not in await held.examined()
    await held.is_released()


async def test_the_vital_signs_say_how_many_matters_are_squatted_until_they_are_ours_again(held: Held) -> None:
    vitals = held.county.ctx.health

    async def troubles() -> str:
        vitals.forget()
        with pytest.MonkeyPatch.context() as as_in_life:
            as_in_life.setattr("api.health.list_foreign_workflows", list_foreign_workflows)
            await vitals.look_for_squatters()
        return "".join((await held.people.officer.read("/api/health"))["troubles"])

    assert "被占用" not in await troubles()
    await held.stranger.get_workflow_handle(held.id).terminate()
    await in_another_queue(held)
    assert "1件事项的流程被占用" in await until(troubles, lambda said: "被占用" in said)
    await held.is_released()
    await until(troubles, lambda said: "被占用" not in said)


async def test_what_is_ours_is_not_ended_however_long_it_does_not_answer(held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    handle = held.stranger.get_workflow_handle(held.id)
    before = (await handle.describe()).run_id
    await resume(held.county.settings, held.county.client)  # what was still being opened elsewhere runs from here on
    monkeypatch.setattr("api.submission._SOON_S", 0.0)  # every step is late
    await held.is_released()
    came = await resume(held.county.settings, held.county.client)
    assert (came.squatted, came.begun) == (0, 0)
    assert (await handle.describe()).run_id == before


async def test_whoever_brings_a_matter_back_at_once_with_another_ends_nothing_of_ours(held: Held) -> None:
    await held.stranger.get_workflow_handle(held.id).terminate()
    await in_another_queue(held)
    release = held.people.officer.take(held.suspect, "release", grounds="证据不足")
    resumed = [resume(held.county.settings, held.county.client) for _ in range(3)]
    *came, _ = await asyncio.gather(*resumed, release)
    assert sum(each.squatted for each in came if isinstance(each, Resumed)) <= 1
    runs = [each async for each in held.stranger.list_workflows(f"WorkflowId = '{held.id}' AND TaskQueue != '{NOBODY_HERE}'")]
    assert len(runs) <= 2  # the one that was ended, and the one that took its place
    await held.people.chief.approve(held.suspect, "release")
    await held.is_clean()


async def occupied(county: World, stranger: Client, kind: Kind, *start: Any) -> None:
    """Somebody else has taken the next numbers of that kind."""
    (row,) = await county.ask("SELECT last_value AS last FROM matter_number")
    for n in range(1, 7):
        number = f"{kind.prefix}{datetime.now(SHANGHAI).year}{row.last + n:08}"
        await stranger.start_workflow(kind.value, args=start, id=build_workflow_id(kind, number), task_queue=NOBODY_HERE)


async def test_a_case_whose_number_was_taken_before_it_was_given_is_opened_all_the_same(county: World) -> None:
    people, stranger = await team(county), await Client.connect(county.settings.temporal_address)
    incident = await call(people, datetime.now(SHANGHAI) - timedelta(hours=2))
    await occupied(county, stranger, Kind.CRIMINAL_CASE, {"x": 1})
    receipt = await people.officer.take(incident, "classify-incident", **FRAUD)

    async def there() -> int:
        await county.ask(DUE)
        await county.watch().get_duty(RouseMatters).do()
        return (await people.officer.get(f"/api/matters/{receipt['opened'][0]}")).status_code

    await until(there, lambda status: status == 200)
    case = await opened(people.officer, receipt)
    await people.officer.take(case, "file-case", charge="xf-266", grounds="有犯罪事实")
    await people.chief.approve(case, "file-case")
    assert [row.n for row in await county.ask("SELECT count(*) AS n FROM matter WHERE kind = 'criminal-case'")] == [1]
    assert await county.ask("SELECT FROM outbox WHERE verb = 'open'") == []
    assert verify(county.settings).faults == []


async def test_whoever_opens_a_matter_whose_number_was_taken_has_it_opened(county: World) -> None:
    people, stranger = await team(county), await Client.connect(county.settings.temporal_address)
    await occupied(county, stranger, Kind.INCIDENT)
    async with asyncio.timeout(10):
        receipt = await people.desk.open("incident", at=datetime.now(UTC), **CALL)
    assert (await people.desk.card(receipt["number"]))["number"] == receipt["number"]
    assert [row.n for row in await county.ask("SELECT count(*) AS n FROM matter WHERE kind = 'incident'")] == [1]
    assert verify(county.settings).faults == []


async def test_a_matter_that_is_told_something_while_it_is_squatted_hears_it(held: Held) -> None:
    (row,) = await held.county.ask("SELECT parent FROM matter WHERE number = %(n)s", n=held.suspect)
    case = build_workflow_id(Kind.CRIMINAL_CASE, row.parent)
    await held.stranger.get_workflow_handle(case).terminate()
    await held.stranger.start_workflow("criminal-case", id=case, task_queue=NOBODY_HERE)
    await held.is_released()  # which its case is told

    async def owing() -> list[Any]:
        await held.county.ask(DUE)
        await held.county.watch().get_duty(RouseMatters).do()
        return await held.county.ask("SELECT id FROM outbox WHERE target = %(n)s", n=row.parent)

    await until(owing, lambda left: not left)
    assert verify(held.county.settings).faults == []


async def test_a_run_that_somebody_else_holds_is_ended_by_its_first_run_alone(held: Held) -> None:
    # An id of nobody's business stays theirs.
    other = await held.stranger.start_workflow("suspect", id=str(uuid4()), task_queue=NOBODY_HERE)
    await resume(held.county.settings, held.county.client)
    assert (await other.describe()).status is RUNNING
    await other.terminate()


async def test_whoever_takes_a_number_again_and_again_is_a_trouble_and_no_fault_of_ours(
    held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    await held.stranger.get_workflow_handle(held.id).terminate()
    await in_another_queue(held)
    monkeypatch.setattr("api.submission.end_foreign_workflow", again := AgainAndAgain(held))
    answer = await held.people.officer.try_(held.suspect, "release", grounds="证据不足")
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/orchestrator-unavailable")
    assert again.times >= 2


class AgainAndAgain:
    """Ends what squats, and squats anew before anybody else comes."""

    def __init__(self, held: Held) -> None:
        self.held, self.times = held, 0

    async def __call__(self, client: Client, found: ForeignWorkflow) -> bool:
        self.times += 1
        ended = await end_foreign_workflow(client, found)
        await in_another_queue(self.held)
        return ended
