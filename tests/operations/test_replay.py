"""What a change of code would break is said beforehand, matter by matter."""

import json
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest
from temporalio import workflow
from temporalio.client import Client

from models.messages import Opening
from operations.replay import Outcome, fetch_running, read_recorded, record_history, rehearse, replay
from runtime.database import Pool
from runtime.encryption import KeyRing
from runtime.settings import Settings
from runtime.temporal import build_data_converter
from tests.operations.incidents import CALL, open_incident
from tests.replay.rounds import HISTORIES as RECORDED_ROUNDS
from tests.world import at_work
from worker import make_worker
from workflows.registry import get_lifecycles

# What is recorded is in the clear, so any ring will do.
ANY_RING = build_data_converter(KeyRing([("any", bytes(32))]), reads_clear=True)
OURS = list(get_lifecycles().values())


@workflow.defn(name="incident")
class Forgetful:
    """An incident of another make, which awaits a timer that no recorded history has."""

    @workflow.run
    async def run(self, opening: Opening) -> None:
        """Do what no history of ours does."""
        await workflow.sleep(1)


@pytest.fixture
async def kept(chosen: Settings, client: Client, pool: Pool, number: str, tmp_path: Path) -> Path:
    """A folder with the history of one incident, recorded from a running worker."""
    async with at_work(make_worker(chosen, client, pool)):
        await open_incident(client, chosen, number)
        await record_history(client, f"incident/{number}", tmp_path / "histories" / "incident" / "received.json")
    return tmp_path / "histories"


async def outcomes(folder: Path, workflows: list[Any]) -> list[Outcome]:
    return [outcome async for outcome in replay(read_recorded(folder), workflows, ANY_RING)]


async def test_a_recorded_matter_goes_on_with_the_code_that_recorded_it(kept: Path) -> None:
    assert await outcomes(kept, OURS) == [Outcome("incident/received", "")]


async def test_a_recorded_matter_that_the_code_would_break_is_named_with_the_reason(kept: Path) -> None:
    (outcome,) = await outcomes(kept, [Forgetful])
    assert outcome.workflow_id == "incident/received"
    assert "Nondeterminism" in outcome.fault


async def test_what_is_recorded_can_be_read_by_a_person_without_a_key(kept: Path, number: str) -> None:
    text = (kept / "incident" / "received.json").read_text()
    history = json.loads(text)
    assert "aes-256-gcm-siv" not in text
    assert len(history["events"]) > 3
    (converted,) = [each async for each in read_recorded(kept)]
    started = converted.events[0].workflow_execution_started_event_attributes
    (opening,) = await ANY_RING.decode(started.input.payloads, [Opening])
    assert opening.number == number
    accepted = [
        event.workflow_execution_update_accepted_event_attributes
        for event in converted.events
        if event.HasField("workflow_execution_update_accepted_event_attributes")
    ]
    assert json.loads(accepted[0].accepted_request.input.args.payloads[0].data)["form"] == CALL


async def test_the_history_at_the_server_stays_encrypted(chosen: Settings, client: Client, pool: Pool, number: str) -> None:
    async with at_work(make_worker(chosen, client, pool)):
        await open_incident(client, chosen, number)
        history = await client.get_workflow_handle(f"incident/{number}").fetch_history()
    assert CALL["narrative"] not in history.to_json()
    assert (
        b"aes-256-gcm-siv" in history.events[0].workflow_execution_started_event_attributes.input.payloads[0].metadata["encoding"]
    )


async def test_running_matters_are_replayed_under_their_own_key(chosen: Settings, client: Client, pool: Pool, number: str) -> None:
    said: list[str] = []
    async with at_work(make_worker(chosen, client, pool)):
        await open_incident(client, chosen, number)
        assert await rehearse(chosen, Path(), 5, said.append) == 0
    assert said == [f"✓ incident/{number}", "共重放1件，0件不能继续。"]


async def test_the_sample_takes_every_stage_before_a_second_of_any(
    chosen: Settings, client: Client, pool: Pool, number: str
) -> None:
    async with at_work(make_worker(chosen, client, pool)):
        for n in range(6):
            await open_incident(client, chosen, f"{number}{n}")
    with psycopg.connect(chosen.database_url) as connection:
        connection.execute("UPDATE matter SET stage = 'elsewhere' WHERE number = %s", (f"{number}3",))
    for _ in range(5):
        sample = [history.workflow_id async for history in fetch_running(client, chosen.database_url, 2)]
        assert f"incident/{number}3" in sample
        assert len(sample) == 2


async def test_a_folder_without_histories_proves_nothing_and_says_so(chosen: Settings, tmp_path: Path) -> None:
    said: list[str] = []
    assert await rehearse(chosen, tmp_path / "none", 0, said.append) == 2
    assert said == ["没有可以重放的历史。"]


async def test_a_history_that_breaks_is_counted(chosen: Settings, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[rehearse.__module__], "get_lifecycles", lambda: {"incident": Forgetful})
    said: list[str] = []
    assert await rehearse(chosen, kept, 0, said.append) == 1
    assert said[-1] == "共重放1件，1件不能继续。"


async def test_rounds_that_were_recorded_are_replayed_beside_matters(chosen: Settings) -> None:
    said: list[str] = []
    assert await rehearse(chosen, RECORDED_ROUNDS, 0, said.append) == 0
    assert all(line.startswith("✓ ") for line in said[:-1])
