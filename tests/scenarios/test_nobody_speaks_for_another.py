"""Whoever reaches Temporal past the API: what they hand in is refused at once, in anybody's name, and nobody waits behind it."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from temporalio import workflow
from temporalio.api.common.v1 import Payload
from temporalio.client import Client, WorkflowFailureError, WorkflowUpdateFailedError
from temporalio.common import RawValue, RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from law.calendar import SHANGHAI
from law.facts import Fact
from law.legal_fact import LegalFact
from models.matter import Kind, build_workflow_id
from models.messages import Actor, MatterEvent, Opening, Proof, Submission
from models.problems import NotProven
from models.proofs import FRESH, add_proof, build_statement
from operations.verify import verify
from runtime.encryption import KeyRing, load_key_ring
from runtime.process_signatures import API, WATCHDOG, Speaker, load_speaker, load_speakers
from runtime.temporal import Encryption, build_data_converter
from tests.scenarios.fraud import CALL, FRAUD, Team, call, opened, team
from tests.world import World, until

HEAD = Actor(person="zhouminghui", unit="qinglan", offices=("county-head",), seats=("county-head@qinglan",))
# Longer than any answer takes, and shorter than anybody would wait.
SOON = timedelta(seconds=5)


def approval(key: str = "zhouminghui:x", actor: Actor = HEAD) -> Submission:
    """The county head's approval of a filing."""
    return Submission(key=key, body_hash="00", step="approve", form={"request": "file-case"}, actor=actor)


class Door:
    """A case whose filing awaits the county head, and somebody else at Temporal's door."""

    def __init__(self, county: World, people: Team, case: str, stranger: Client) -> None:
        """These."""
        self.county, self.people, self.case, self.stranger = county, people, case, stranger

    @property
    def id(self) -> str:
        """The workflow of the case."""
        return build_workflow_id(Kind.CRIMINAL_CASE, self.case)

    async def hand_in(self, submission: Any, client: Client | None = None) -> ApplicationError:
        """Hand it in past the API; why it is refused."""
        handle = (client or self.stranger).get_workflow_handle(self.id)
        with pytest.raises(WorkflowUpdateFailedError) as refused:
            await handle.execute_update("submit", submission, rpc_timeout=SOON)
        assert isinstance(refused.value.cause, ApplicationError)
        return refused.value.cause

    async def is_untouched(self) -> None:
        """Nothing was approved, and the true approval goes through at once."""
        assert (await self.people.officer.card(self.case))["stage"] == "review"
        async with asyncio.timeout(SOON.total_seconds()):
            await self.people.chief.approve(self.case, "file-case")
        assert (await self.people.officer.card(self.case))["stage"] == "investigation"
        assert verify(self.county.settings).faults == []

    def under_our_ring(self) -> Client:
        """Whoever has the payloads' keys besides, and nobody's own."""
        return self.county.client


@pytest.fixture
async def door(county: World) -> Door:
    """The filing is asked for."""
    people = await team(county)
    at = datetime.now(SHANGHAI) - timedelta(hours=2)
    receipt = await people.officer.take(await call(people, at), "classify-incident", at=at + timedelta(minutes=20), **FRAUD)
    case = await opened(people.officer, receipt)
    await people.officer.take(case, "file-case", charge="xf-266", grounds="有犯罪事实")
    return Door(county, people, case, await Client.connect(county.settings.temporal_address))


async def test_an_update_in_clear_is_refused_and_the_true_approval_goes_through_at_once(door: Door) -> None:
    refused = await door.hand_in(approval().model_dump(mode="json"))
    assert refused.type == "payload-not-ours"
    await door.is_untouched()


async def test_many_updates_in_clear_leave_nothing_behind_in_history_nor_in_the_journal(door: Door) -> None:
    before = len(await door.people.officer.read(f"/api/matters/{door.case}/journal"))
    for n in range(12):  # more than may be in flight at once
        await door.hand_in(approval(f"zhouminghui:{n}").model_dump(mode="json"))
    assert len(await door.people.officer.read(f"/api/matters/{door.case}/journal")) == before
    await door.is_untouched()


async def test_an_update_under_another_key_ring_is_refused(door: Door) -> None:
    theirs = Client(**{**door.stranger.config(), "data_converter": build_data_converter(KeyRing([("theirs", b"1" * 32)]))})
    await door.hand_in(approval(), theirs)
    await door.is_untouched()


async def test_whoever_has_the_payload_keys_but_signs_nothing_is_refused_in_one_sentence_and_journaled_once(door: Door) -> None:
    for n in range(5):
        refused = await door.hand_in(approval(f"zhouminghui:{n}"), door.under_our_ring())
        assert (refused.type, refused.message) == ("not-proven", NotProven.title)
    tried = [each for each in await journal(door) if each["sort"] == "refusal"]
    assert [(each["step"], each["content"]["problem"], each["content"].get("actor")) for each in tried] == [
        ("approve", "not-proven", None)
    ]
    await door.is_untouched()


def signed_for(door: Door, **said: Any) -> dict[str, Submission]:
    """Submissions that bear a signature, but not the one they need."""
    settings = door.county.settings
    api, watchdog = load_speaker(settings, API), load_speaker(settings, WATCHDOG)
    good = add_proof(approval(), door.case, api)
    assert good.proof
    old = datetime.now(UTC) - FRESH - timedelta(seconds=1)
    stale = Proof(by=API, at=old, signature=api.sign(build_statement(door.case, approval(), API, old)))
    return {
        "another key": add_proof(approval(), door.case, Speaker(API, Ed25519PrivateKey.generate())),
        "another matter": add_proof(approval(), "XA209900000001", api),
        "another person": good.model_copy(update={"actor": HEAD.model_copy(update={"person": "liusiyuan"})}),
        "another office": good.model_copy(update={"actor": HEAD.model_copy(update={"offices": ("supervisor", "county-head")})}),
        "another form": good.model_copy(update={"form": {"request": "file-case", "opinion": "同意"}}),
        "another step": good.model_copy(update={"step": "return"}),
        "another submission": good.model_copy(update={"key": "zhouminghui:y"}),
        "another instant": good.model_copy(update={"proof": good.proof.model_copy(update={"at": datetime.now(UTC)})}),
        "another speaker": good.model_copy(update={"proof": good.proof.model_copy(update={"by": WATCHDOG})}),
        "none of ours": good.model_copy(update={"proof": good.proof.model_copy(update={"by": "somebody"})}),
        "not its business": add_proof(approval(), door.case, watchdog),
        "held back": approval().model_copy(update={"proof": stale}),
        "no signature": good.model_copy(update={"proof": good.proof.model_copy(update={"signature": "—"})}),
    }


async def test_a_signature_is_good_for_this_act_of_this_person_in_this_matter_now_and_for_nothing_else(door: Door) -> None:
    for what, submission in signed_for(door).items():
        refused = await door.hand_in(submission, door.under_our_ring())
        # Whom the rules refuse anyway is refused by them.
        ruled = {"another person": "duties-not-separated", "another step": "form-invalid"}
        assert refused.type == ruled.get(what, "not-proven"), what
    await door.is_untouched()


class Copied(Encryption):
    """Sends what it was given as it is."""

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """The payloads."""
        return list(payloads)


def copying(door: Door) -> Client:
    """A client that sends copies; that it reads the answers is for the test's sake."""
    converter = door.county.client.data_converter
    copied = replace(converter, payload_codec=Copied(load_key_ring(door.county.settings)))
    return Client(**{**door.stranger.config(), "data_converter": copied})


async def test_a_payload_copied_from_one_matter_approves_nothing_in_another(door: Door) -> None:
    # Whoever reads Temporal's store has each payload as it was sent, unreadable, and can send it again.
    await door.people.officer.take(door.case, "withdraw", request="file-case", reason="补充材料")
    await door.people.officer.take(door.case, "file-case", charge="xf-266", grounds="有犯罪事实")
    receipt = await door.people.officer.take(
        await call(door.people, datetime.now(SHANGHAI) - timedelta(hours=1)), "classify-incident", **FRAUD
    )
    other = await opened(door.people.officer, receipt)
    await door.people.officer.take(other, "file-case", charge="xf-266", grounds="有犯罪事实")
    await door.people.chief.approve(other, "file-case")
    history = door.stranger.get_workflow_handle(build_workflow_id(Kind.CRIMINAL_CASE, other)).fetch_history_events()
    sent = [event.workflow_execution_update_accepted_event_attributes async for event in history]
    payload = [each.accepted_request.input.args.payloads[0] for each in sent if each.accepted_request.input.name][-1]
    assert (await door.hand_in(RawValue(payload), copying(door))).type == "not-proven"
    await door.is_untouched()


async def test_what_a_stranger_tells_or_asks_of_a_matter_is_dropped_and_nobody_waits_for_it(door: Door) -> None:
    handle = door.stranger.get_workflow_handle(door.id)
    told = MatterEvent(
        key=f"{door.case}/1/0", source=door.case, step="approve", facts=(), form={"request": "file-case"}, actor=HEAD
    )
    await handle.signal("hear", told.model_dump(mode="json"))
    await handle.signal("rouse", "with something that it does not take")
    await handle.signal("hear", None)
    await handle.signal("nobody-hears-this", {"a": 1})
    assert (await door.hand_in(told.model_dump(mode="json"))).type == "payload-not-ours"
    await door.is_untouched()


async def test_what_nobody_promised_is_not_heard_even_under_our_ring(door: Door) -> None:
    handle = door.under_our_ring().get_workflow_handle(door.id)
    told = MatterEvent(
        key=f"{door.case}/1/0", source=door.case, step="approve", facts=(), form={"request": "file-case"}, actor=HEAD
    )
    fact = LegalFact(Fact.CASE_CANCELLED, datetime.now(UTC), door.case)
    await handle.signal("hear", told)
    await handle.signal("hear", told.model_copy(update={"key": "XA209900000001/1/0", "form": None, "facts": (fact,)}))

    async def left() -> list[Any]:
        return await door.county.ask("SELECT key FROM task WHERE sort = 'undelivered' AND done_at IS NULL ORDER BY key")

    assert [each.key for each in await until(left, lambda found: len(found) == 2)] == sorted(["XA209900000001/1/0", told.key])
    await door.is_untouched()


async def test_a_matter_that_a_stranger_starts_ends_at_once_and_its_number_is_free(door: Door) -> None:
    number = "JQ209900000001"
    opening = {"key": "linxiaoyu:x", "body_hash": "", "step": "open-incident", "form": {}, "actor": HEAD.model_dump(mode="json")}
    for start in ([{"number": number, "unit": "chengguan", "submission": opening}], []):
        handle = await door.stranger.start_workflow(
            "incident", args=start, id=build_workflow_id(Kind.INCIDENT, number), task_queue=door.county.settings.task_queue
        )
        with pytest.raises(WorkflowFailureError):
            async with asyncio.timeout(SOON.total_seconds()):
                await handle.result()
    unproven = Opening(number=number, unit="chengguan", submission=approval().model_copy(update={"step": "open-incident"}))
    handle = await door.under_our_ring().start_workflow(
        "incident", unproven, id=build_workflow_id(Kind.INCIDENT, number), task_queue=door.county.settings.task_queue
    )
    async with asyncio.timeout(SOON.total_seconds()):
        await handle.result()
    assert await door.county.ask("SELECT FROM matter WHERE number = %(n)s", n=number) == []


@workflow.defn(name="incident")
class Made:
    """What somebody else would have us take for an incident."""

    @workflow.run
    async def run(self, opening: Any) -> None:
        """Live on."""
        await workflow.wait_condition(lambda: False)

    @workflow.update
    async def submit(self, submission: Any) -> dict[str, str]:
        """Say that it was done."""
        return {"number": "JQ1", "kind": "incident"}


@workflow.defn(name="a-strangers")
class Strangers:
    """A workflow of somebody else, in the same namespace, that has our workers do something."""

    @workflow.run
    async def run(self, what: list[Any]) -> str:
        """Do it; whether it was done."""
        name, queue, *arguments = what
        try:
            once = RetryPolicy(maximum_attempts=1)
            await workflow.execute_activity(name, args=arguments, task_queue=queue, start_to_close_timeout=SOON, retry_policy=once)
        except ActivityError:
            return "refused"
        return "done"


async def test_our_workers_do_nothing_for_the_workflows_of_others(door: Door) -> None:
    queue = str(uuid4())
    runner = UnsandboxedWorkflowRunner()
    async with Worker(door.stranger, task_queue=queue, workflows=[Strangers], workflow_runner=runner):
        for each in (["record", {}], ["complain", door.case, "qinglan", "x", "y", ""], ["owed", door.case], ["send", "SD1"]):
            name, *arguments = each
            what = [name, door.county.settings.task_queue, *arguments]
            came = await door.stranger.execute_workflow(Strangers.run, what, id=str(uuid4()), task_queue=queue)
            assert came == "refused", name
    assert await door.county.ask("SELECT FROM task WHERE sort = 'undelivered'") == []
    await door.is_untouched()


async def test_a_matter_that_a_stranger_ends_goes_on_with_its_next_step(door: Door) -> None:
    # Nothing that a payload carries can prevent it: the journal has everything, and brings it back.
    await door.stranger.get_workflow_handle(door.id).terminate()
    await door.is_untouched()
    await door.stranger.get_workflow_handle(door.id).cancel()
    assert (await door.people.officer.card(door.case))["stage"] == "investigation"


async def test_an_answer_that_a_stranger_made_up_is_not_believed(door: Door) -> None:
    # A stranger's worker takes the place of ours, and says that it was done.
    settings = door.county.settings.model_copy(update={"task_queue": str(uuid4())})

    async with Worker(door.stranger, task_queue=settings.task_queue, workflows=[Made], workflow_runner=UnsandboxedWorkflowRunner()):
        door.county.ctx.settings = settings
        answer = await door.people.desk.post("/api/matters/incident", **CALL)
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/orchestrator-unavailable"), answer.text


async def test_the_entry_keeps_the_proof_of_who_handed_it_in(door: Door) -> None:
    await door.is_untouched()
    believed = load_speakers(door.county.settings)
    rows = await door.county.ask("SELECT chain, username, content FROM entry WHERE sort = 'step' ORDER BY recorded_at")
    proofs = 0
    for row in rows:
        said = json.loads(row.content)
        if proof := said.get("proof"):
            act = Submission.model_validate({name: said[name] for name in ("key", "body_hash", "step", "form", "actor")})
            at = datetime.fromisoformat(proof["at"])
            assert believed.verifies(proof["by"], build_statement(row.chain, act, proof["by"], at), proof["signature"])
            proofs += 1
        else:  # what a matter opens is promised by an entry that has one
            assert said["key"].count("/") == 2
    assert proofs >= 5


async def journal(door: Door) -> list[Any]:
    """The journal of the case."""
    rows = await door.county.ask("SELECT sort, step, content FROM entry WHERE chain = %(n)s ORDER BY position", n=door.case)
    return [{"sort": row.sort, "step": row.step, "content": json.loads(row.content)} for row in rows]
