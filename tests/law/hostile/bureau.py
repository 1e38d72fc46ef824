"""A bureau in memory: the real lifecycles on the real trunk, the real `record`, and an engine that keeps time and carries the mail.

The trunk's own code decides, records, tells and rings; here are only what Temporal and PostgreSQL would be.
"""

from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast
from unittest.mock import patch

from temporalio import workflow as temporal
from temporalio.exceptions import ApplicationError

import activities.recording.features
import activities.recording.records
import workflows.lifecycle
from activities.recording.records import Records
from law.offices import Office
from models.forms.form import Form
from models.matter import Kind
from models.messages import Actor, MatterEvent, Opening, Proposal, Refusal, Submission
from models.problems import MatterNotFound, StepNotOpen
from models.store.connection import Connection
from tests.law.hostile.memory import Memory
from workflows.lifecycle import Lifecycle
from workflows.registry import get_lifecycles

# Read before the trunk's engine is replaced: it is by that engine that lifecycles become workflows.
LIVES = get_lifecycles()
UNIT = "station"
# Who holds which office: two of those who ask and decide, so that one can collude with the other.
PEOPLE = {
    f"{office}-{n}": Actor(person=f"{office}-{n}", unit=UNIT, offices=(office,), seats=(f"{office}@{UNIT}",))
    for office in Office
    for n in (1, 2)
}


@dataclass(slots=True)
class _Waiting:
    """A main loop that waits until something holds, or for an instant."""

    holds: Callable[[], bool]
    until: datetime | None


@dataclass(slots=True)
class _Loop:
    """A matter's main loop, and what it waits for; None once it has ended."""

    run: Coroutine[Any, Any, Any]
    waits: _Waiting | None


@dataclass(slots=True)
class Letter:
    """What one matter sends another: to begin it, or what it is to hear."""

    sender: str
    to: str
    deliver: Callable[[], None]


class Engine:
    """What the trunk asks of Temporal: the time, its activities, other workflows. Stands in for the module `temporalio.workflow`."""

    ParentClosePolicy = temporal.ParentClosePolicy

    def __init__(self, bureau: "Bureau") -> None:
        self._bureau = bureau

    def now(self) -> datetime:
        """The bureau's time."""
        return self._bureau.now

    def info(self) -> "Engine":
        """Of the present run; nothing suggests a new one."""
        return self

    def is_continue_as_new_suggested(self) -> bool:
        """Never: histories here are short."""
        return False

    def patched(self, name: str) -> bool:
        """Always: no history here is old."""
        return True

    def all_handlers_finished(self) -> bool:
        """Always: each is run to its end."""
        return True

    def wait_condition(self, holds: Callable[[], bool], *, timeout: Any = None) -> Awaitable[None]:
        """Wait for it."""
        return _until(self._bureau, _Waiting(holds, None if timeout is None else self.now() + timeout))

    async def execute_local_activity(self, name: str, *said: Any, args: Any = (), **_: Any) -> Any:
        """One of the activities that write."""
        memory = self._bureau.memory
        match name:
            case "record":
                answer = await self._bureau.records._record(cast("Connection", memory), said[0])
                self._bureau.written.append((said[0], answer))
                return answer
            case "ring":
                self._bureau.written.append((args[0], args[1]))
                return memory.ring(args[0], args[1])
            case "complain":
                number, unit, key, _why, step = args
                return memory.complain(number, unit, key, step)
            case _:
                raise NotImplementedError(name)

    async def start_child_workflow(self, kind: str, opening: Opening, **_: Any) -> None:
        """Begin another matter, soon."""
        self._bureau.post(Letter(self._bureau.speaking, opening.number, lambda: self._bureau.begin(Kind(kind), opening)))

    def get_external_workflow_handle(self, workflow_id: str) -> "_Handle":
        """The one that is told."""
        return _Handle(self._bureau, workflow_id.partition("/")[2])


@dataclass(slots=True)
class _Handle:
    bureau: "Bureau"
    number: str

    async def signal(self, name: str, told: MatterEvent) -> None:
        self.bureau.post(Letter(self.bureau.speaking, self.number, lambda: self.bureau.tell(self.number, told)))


class _until:  # noqa: N801 - an awaitable, used as a verb
    def __init__(self, bureau: "Bureau", waiting: _Waiting) -> None:
        self._bureau, self._waiting = bureau, waiting

    def __await__(self) -> Generator[_Waiting, None, None]:
        while not self._waiting.holds():
            if self._waiting.until is not None and self._waiting.until <= self._bureau.now:
                raise TimeoutError
            yield self._waiting


@dataclass
class Bureau:
    """Matters, their memory, the time, and the mail between them; keys and numbers count from `first` on."""

    now: datetime
    matters: dict[str, Lifecycle] = field(default_factory=dict)
    mail: deque[Letter] = field(default_factory=deque)
    speaking: str = ""
    first: int = 1
    # What was proposed, with the answer, and where was rung when: what the same bureau in PostgreSQL is asked again.
    written: list[tuple[Any, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.memory = Memory(self.first)
        self.records = Records(pool=None)  # type: ignore[arg-type] - nobody asks it for a connection here
        self._loops: dict[str, _Loop] = {}
        self._keys = self.first

    # People

    def open(self, kind: Kind, form: dict[str, Any], actor: Actor) -> str | Refusal:
        """Open a matter that stands for itself; its number."""
        self._keys += 1
        number = f"{kind.prefix}{self.now:%Y}{len(self.matters) + 90000000 + self.first:08}"
        opener = next(iter(LIVES[kind].stages["unopened"].open_steps)).rule.step
        self.begin(kind, Opening(number=number, unit=UNIT))
        return self.submit(number, opener, form, actor) or number

    def submit(self, number: str, step: str, form: dict[str, Any], actor: Actor) -> Refusal | None:
        """Hand in a form as the API does: validated, then taken; what was refused."""
        matter = self.matters.get(number)
        if matter is None:
            return MatterNotFound().to_refusal()
        self._keys += 1
        submission = Submission(key=f"{actor.person}:{self._keys}", body_hash="", step=step, form=form, actor=actor)
        if number not in self._loops and not self._resumes(matter, step):
            return StepNotOpen("该事项已经办结归档", stage=matter.state.stage).to_refusal()
        try:
            matter.validate(submission)
            self._run(number, cast("Coroutine[Any, Any, Any]", Lifecycle.submit(matter, submission)))
        except ApplicationError as refused:
            return refused.details[0]
        finally:
            self.settle()
        return None

    def pass_time(self, to: datetime) -> None:
        """Let time go by: letters arrive, and what is due rings at its instant."""
        self.deliver_all()
        while True:
            alarms = [loop.waits.until for loop in self._loops.values() if loop.waits and loop.waits.until]
            upcoming = min((at for at in alarms if at <= to), default=None)
            if upcoming is None:
                break
            self.now = max(self.now, upcoming)
            self.settle()
            self.deliver_all()
        self.now = max(self.now, to)
        self.settle()

    # The engine

    def begin(self, kind: Kind, opening: Opening) -> None:
        """Start a matter's main loop; that it is there already is an earlier attempt's doing."""
        if opening.number in self._loops:
            return
        matter = self.matters.get(opening.number)
        if matter is None or opening.resumed:
            matter = LIVES[kind](opening)
            self.matters[opening.number] = matter
        self._loops[opening.number] = _Loop(matter.main_loop(opening), None)
        self._step(opening.number)

    def tell(self, number: str, told: MatterEvent) -> None:
        """Signal a matter; one that has ended comes back and hears it."""
        if number not in self._loops:
            self.begin(self.matters[number].kind, Opening(number=number, unit="", event=told, resumed=True))
            return
        self._run(number, self.matters[number].receive_event(told))
        self.settle()

    def post(self, letter: Letter) -> None:
        """Put it into the mail."""
        self.mail.append(letter)

    def deliver_all(self) -> None:
        """Until nothing is on its way."""
        while self.mail:
            self.deliver(0)

    def deliver(self, place: int) -> None:
        """Deliver one letter: what one matter sends another comes in order, all else in any."""
        letter = self.mail[place]
        first = next(each for each in self.mail if (each.sender, each.to) == (letter.sender, letter.to))
        self.mail.remove(first)
        first.deliver()
        self.settle()

    def settle(self) -> None:
        """Let every main loop go on that can."""
        going = True
        while going:
            going = False
            for number, loop in list(self._loops.items()):
                waits = loop.waits
                if waits and (waits.holds() or (waits.until is not None and waits.until <= self.now)):
                    going = True
                    self._step(number)

    def _step(self, number: str) -> None:
        loop = self._loops[number]
        before, self.speaking = self.speaking, number
        try:
            loop.waits = loop.run.send(None)
        except StopIteration:
            self._loops.pop(number, None)
        finally:
            self.speaking = before

    def _run(self, number: str, coroutine: Coroutine[Any, Any, Any]) -> Any:
        before, self.speaking = self.speaking, number
        try:
            coroutine.send(None)
        except StopIteration as ended:
            return ended.value
        finally:
            self.speaking = before
        raise RuntimeError("a handler waits for something that nobody does")

    def _resumes(self, matter: Lifecycle, step: str) -> bool:
        """As the API does with what has ended: a step still open there brings it back."""
        if step not in {form.rule.step for form in matter.stages[matter.state.stage].open_steps}:
            return False
        self.begin(matter.kind, Opening(number=matter.number, unit=matter.state.unit, resumed=True))
        return True

    def close(self) -> None:
        """End every main loop."""
        for loop in self._loops.values():
            loop.run.close()
        self._loops.clear()

    def open_steps(self, number: str) -> tuple[type[Form], ...]:
        """What may be handed in there now."""
        matter = self.matters[number]
        return matter.stages[matter.state.stage].open_steps


async def _nobody(*_: Any) -> tuple[str, ...]:
    return ()


async def _unchanged(_: Any, proposal: Proposal, *__: Any) -> Proposal:
    return proposal


# What `record` asks the database besides, and which decides about nobody's liberty: papers to print, whom a receipt names, what an officer
# is told, days to be taken off an administrative detention, files that are reviewed, how a case is called and whom it knows from where it
# came, and who has left: everybody stays here.
_ASIDE = {"list_awaited": _nobody, "replace_successors": _unchanged}


@contextmanager
def without_hooks(*names: str) -> Iterator[None]:
    """Let `record` run without these hooks, or without any of these features."""
    hooks = activities.recording.features.get_hooks

    def others(*step: Any) -> tuple[activities.recording.features.Hook, ...]:
        return tuple(
            each for each in hooks(*step) if not {each.function.__name__, each.function.__module__.rpartition(".")[2]} & set(names)
        )

    with patch.object(activities.recording.features, "get_hooks", others):
        yield


@contextmanager
def left_aside() -> Iterator[None]:
    """Let `record` not ask these."""
    with (
        without_hooks(
            "documents",
            "custody_credit",
            "review_rounds",
            "case_reviews",
            "case_names",
            "carried_people",
            "series",
            "joint_tasks",
        ),
        patch.multiple(activities.recording.records, **_ASIDE),
    ):
        yield


@contextmanager
def in_memory(bureau: Bureau) -> Iterator[Bureau]:
    """Let the trunk run on this bureau's engine. Entries are not hashed, nothing is logged: that decides nothing either."""

    def as_it_is(content: Any) -> Any:
        return content

    def unhashed(previous: bytes, content: Any) -> bytes:
        return previous

    def silent(*_: Any) -> None:
        return None

    records = activities.recording.records
    with (
        patch.object(workflows.lifecycle, "workflow", Engine(bureau)),
        patch.multiple(records, format_canonical=as_it_is, link=unhashed, _say=silent),
        left_aside(),
    ):
        yield bureau
        bureau.close()
