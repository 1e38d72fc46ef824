"""Old histories against the code that is here now: each replays, whatever has become of its stages since."""

import base64
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer

from models.forms.criminal_case import NameSuspect
from models.matter import Kind
from models.messages import Proposal, Recorded, RecordResult, State
from models.problems import LawForbids
from runtime.temporal import make_workflow_runner
from tests.replay.rounds import HISTORIES as RECORDED_ROUNDS
from workflows.lifecycle import Lifecycle
from workflows.registry import ROUNDS, get_lifecycles
from workflows.stages import Stage

HISTORIES = Path(__file__).parent / "histories"
FILES = sorted(HISTORIES.rglob("*.json"))
# What the repository is willing to carry: some three hundred thousand for each kind of matter.
ROOM_BYTES = 4_600_000

Edit = Callable[[Lifecycle, Any], str]


@cache
def recorded(file: Path) -> tuple[Recorded, ...]:
    """What became history in that run, as the answers of `record` tell."""
    return tuple(each for answer in _answers(json.loads(file.read_text())) for each in answer.recorded)


def _answers(history: Mapping[str, Any]) -> Iterator[RecordResult]:
    for event in history["events"]:
        for payload in event.get("markerRecordedEventAttributes", {}).get("details", {}).get("result", {}).get("payloads", ()):
            # An activity that answers nothing leaves a payload without data.
            said = json.loads(base64.b64decode(payload["data"])) if "data" in payload else None
            if isinstance(said, dict) and "recorded" in said:
                yield RecordResult.model_validate(said)


def kind_of_history(file: Path) -> Kind:
    """The kind of matter whose history it is."""
    (first, *_) = json.loads(file.read_text())["events"]
    return Kind(first["workflowExecutionStartedEventAttributes"]["workflowType"]["name"])


async def replayed(monkeypatch: pytest.MonkeyPatch, before: Callable[[Path], object] = str) -> dict[Path, State | Exception]:
    """Replay every history, one after the other: the state each comes to, or the fault where the code would do otherwise than it was.

    `before` is called with each history that begins.
    """
    states: list[State] = []
    apply = Lifecycle._apply

    def applied(self: Lifecycle, recorded: Recorded, owed: tuple[str, ...] | None) -> None:
        apply(self, recorded, owed)
        states.append(self.state)

    async def histories() -> AsyncIterator[WorkflowHistory]:
        for file in FILES:
            states.clear()
            before(file)
            yield WorkflowHistory.from_json(file.stem, file.read_text())

    monkeypatch.setattr(Lifecycle, "_apply", applied)
    replayer = Replayer(
        workflows=list(get_lifecycles().values()), data_converter=pydantic_data_converter, workflow_runner=make_workflow_runner()
    )
    # What a worker costs is paid once for all of them.
    async with replayer.workflow_replay_iterator(histories()) as results:
        outcomes = [each.replay_failure or states[-1] async for each in results]
    return dict(zip(FILES, outcomes, strict=True))


def told(come_to: State | Recorded | Exception) -> tuple[object, ...]:
    """What a replay must agree on with what was recorded."""
    return (come_to,) if isinstance(come_to, Exception) else (come_to.seq, come_to.stage, come_to.final, come_to.requests)


def edit_every_stage(monkeypatch: pytest.MonkeyPatch, edit: Callable[[Stage], Edit]) -> None:
    """Let every stage of every life decide otherwise than its file says."""
    for life in get_lifecycles().values():
        edited = {name: replace(stage, decide=edit(stage)) for name, stage in life.stages.items()}
        monkeypatch.setattr(life, "stages", edited)


def leads_elsewhere(stage: Stage) -> Edit:
    """It never leads where it did."""
    return lambda _matter, _form: stage.name


def notes_another_intention(stage: Stage) -> Edit:
    """It opens one more matter than it did."""

    def decide(matter: Lifecycle, form: Any) -> str:
        matter.open(Kind.SUSPECT, NameSuspect(name="另一人").build_suspect())
        return stage.decide(matter, form)

    return decide


def refuses(_: Stage) -> Edit:
    """It refuses what it once accepted."""

    def decide(_matter: Lifecycle, _form: Any) -> str:
        raise LawForbids("现在不允许")

    return decide


def breaks(_: Stage) -> Edit:
    """It cannot cope with an old form at all."""

    def decide(_matter: Lifecycle, form: Any) -> str:
        return str(form.a_field_that_is_no_longer_there)

    return decide


def test_every_stage_of_every_life_is_visited_by_some_history() -> None:
    visited = defaultdict[Kind, set[str]](lambda: {"unopened"})
    for file in FILES:
        visited[kind_of_history(file)] |= {each.stage for each in recorded(file)}
    assert visited == {kind: set(life.stages) for kind, life in get_lifecycles().items()}


def test_the_histories_are_small_enough_to_be_kept() -> None:
    assert 0 < sum(file.stat().st_size for file in FILES) < ROOM_BYTES


@pytest.mark.parametrize("file", sorted(RECORDED_ROUNDS.glob("*.json")), ids=lambda file: file.stem)
async def test_an_old_round_replays(file: Path) -> None:
    replayer = Replayer(workflows=ROUNDS, data_converter=pydantic_data_converter, workflow_runner=make_workflow_runner())
    result = await replayer.replay_workflow(WorkflowHistory.from_json(file.stem, file.read_text()), raise_on_replay_failure=False)
    assert result.replay_failure is None


def test_a_round_was_recorded_that_passed_over_a_batch() -> None:
    said = "".join(file.read_text() for file in RECORDED_ROUNDS.glob("*.json"))
    assert '"name": "inspect"' in said and '"name": "pass-over"' in said


async def test_an_old_history_replays(monkeypatch: pytest.MonkeyPatch) -> None:
    come_to = await replayed(monkeypatch)
    assert {file.stem: told(each) for file, each in come_to.items()} == {file.stem: told(recorded(file)[-1]) for file in FILES}


@pytest.mark.parametrize("edit", [leads_elsewhere, notes_another_intention, refuses, breaks])
async def test_a_running_matter_keeps_its_recorded_course_when_its_stages_are_edited(
    edit: Callable[[Stage], Edit], monkeypatch: pytest.MonkeyPatch
) -> None:
    edit_every_stage(monkeypatch, edit)
    come_to = await replayed(monkeypatch)
    assert {file.stem: told(each)[:3] for file, each in come_to.items()} == {
        file.stem: told(recorded(file)[-1])[:3] for file in FILES
    }


async def test_a_trunk_that_records_nothing_does_not_replay(monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[Recorded] = []

    async def by_heart(self: Lifecycle, proposal: Proposal, patience: dict[str, Any]) -> RecordResult:
        answer = RecordResult(recorded=(answers.pop(0),))
        self._apply(answer.recorded[0], None)
        return answer

    def learn(file: Path) -> None:
        answers[:] = recorded(file)

    monkeypatch.setattr(Lifecycle, "_record", by_heart)
    come_to = await replayed(monkeypatch, learn)
    assert [file.stem for file, each in come_to.items() if "[TMPRL1100]" not in str(each)] == []
