"""Old histories against the code that is here now: each replays, whatever has become of its stages since."""

import base64
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer

from models.forms.criminal_case import NameSuspect
from models.matter import Kind
from models.messages import Answer, Proposal, Recorded, State
from models.problems import LawForbids
from runtime.temporal import workflow_runner
from tests.replay.rounds import HISTORIES as ROUNDS
from workflows.inspection_round import InspectionRound
from workflows.lifecycle import Lifecycle
from workflows.registry import lifecycles
from workflows.stages import Stage

HISTORIES = Path(__file__).parent / "histories"
FILES = sorted(HISTORIES.rglob("*.json"))
# What the repository is willing to carry.
ROOM_BYTES = 3_000_000

every_history = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
Edit = Callable[[Lifecycle, Any], str]


def recorded(file: Path) -> list[Recorded]:
    """What became history in that run, as the answers of `record` tell."""
    return [each for answer in _answers(json.loads(file.read_text())) for each in answer.recorded]


def _answers(history: Mapping[str, Any]) -> Iterator[Answer]:
    for event in history["events"]:
        for payload in event.get("markerRecordedEventAttributes", {}).get("details", {}).get("result", {}).get("payloads", ()):
            # An activity that answers nothing leaves a payload without data.
            said = json.loads(base64.b64decode(payload["data"])) if "data" in payload else None
            if isinstance(said, dict) and "recorded" in said:
                yield Answer.model_validate(said)


def kind_of_history(file: Path) -> Kind:
    """The kind of matter whose history it is."""
    (first, *_) = json.loads(file.read_text())["events"]
    return Kind(first["workflowExecutionStartedEventAttributes"]["workflowType"]["name"])


async def replayed(file: Path, monkeypatch: pytest.MonkeyPatch) -> State:
    """Replay a history; the state it comes to. Raises where the code would do otherwise than it was."""
    states: list[State] = []
    apply = Lifecycle._apply

    def applied(self: Lifecycle, recorded: Recorded, owed: tuple[str, ...] | None) -> None:
        apply(self, recorded, owed)
        states.append(self.state)

    monkeypatch.setattr(Lifecycle, "_apply", applied)
    replayer = Replayer(
        workflows=list(lifecycles().values()), data_converter=pydantic_data_converter, workflow_runner=workflow_runner()
    )
    await replayer.replay_workflow(WorkflowHistory.from_json(file.stem, file.read_text()))
    return states[-1]


def edit_every_stage(monkeypatch: pytest.MonkeyPatch, edit: Callable[[Stage], Edit]) -> None:
    """Let every stage of every life decide otherwise than its file says."""
    for life in lifecycles().values():
        edited = {name: replace(stage, decide=edit(stage)) for name, stage in life.stages.items()}
        monkeypatch.setattr(life, "stages", edited)


def leads_elsewhere(stage: Stage) -> Edit:
    """It never leads where it did."""
    return lambda _matter, _form: stage.name


def notes_another_intention(stage: Stage) -> Edit:
    """It opens one more matter than it did."""

    def decide(matter: Lifecycle, form: Any) -> str:
        matter.open(Kind.SUSPECT, NameSuspect(name="另一人").suspect())
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
    assert visited == {kind: set(life.stages) for kind, life in lifecycles().items()}


def test_the_histories_are_small_enough_to_be_kept() -> None:
    assert 0 < sum(file.stat().st_size for file in FILES) < ROOM_BYTES


@pytest.mark.parametrize("file", sorted(ROUNDS.glob("*.json")), ids=lambda file: file.stem)
async def test_an_old_round_of_inspections_replays(file: Path) -> None:
    replayer = Replayer(workflows=[InspectionRound], data_converter=pydantic_data_converter, workflow_runner=workflow_runner())
    result = await replayer.replay_workflow(WorkflowHistory.from_json(file.stem, file.read_text()), raise_on_replay_failure=False)
    assert result.replay_failure is None


def test_a_round_was_recorded_that_passed_over_a_batch() -> None:
    said = "".join(file.read_text() for file in ROUNDS.glob("*.json"))
    assert '"name": "inspect"' in said and '"name": "pass-over"' in said


@every_history
async def test_an_old_history_replays(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    last = recorded(file)[-1]
    state = await replayed(file, monkeypatch)
    assert (state.seq, state.stage, state.requests) == (last.seq, last.stage, last.requests)


@every_history
@pytest.mark.parametrize("edit", [leads_elsewhere, notes_another_intention, refuses, breaks])
async def test_a_running_matter_keeps_its_recorded_course_when_its_stages_are_edited(
    file: Path, edit: Callable[[Stage], Edit], monkeypatch: pytest.MonkeyPatch
) -> None:
    last = recorded(file)[-1]
    edit_every_stage(monkeypatch, edit)
    state = await replayed(file, monkeypatch)
    assert (state.seq, state.stage, state.final) == (last.seq, last.stage, last.final)


@every_history
async def test_a_trunk_that_records_nothing_does_not_replay(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(recorded(file))

    async def by_heart(self: Lifecycle, proposal: Proposal, patience: dict[str, Any]) -> Answer:
        answer = Answer(recorded=(next(answers),))
        self._apply(answer.recorded[0], None)
        return answer

    monkeypatch.setattr(Lifecycle, "_record", by_heart)
    with pytest.raises(Exception, match=r"\[TMPRL1100\]"):
        await replayed(file, monkeypatch)
