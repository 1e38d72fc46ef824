"""The trunk: what every matter does with a form. The only file under replay discipline; lifecycles may be edited freely.

A submission is validated, the stage decides, `record` makes it history in one transaction, and what `record` returned is applied.
On replay the stage is asked again, but the recorded answer is used: history's answer wins.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, ClassVar, TypeVar, cast

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError, FailureError, WorkflowAlreadyStartedError

from models.forms.form import Effects, Form
from models.matter import TASK_TIMEOUT, UNOPENED, Kind, build_workflow_id
from models.messages import (
    History,
    MatterEvent,
    Opening,
    OutboxEntry,
    PendingCommand,
    Proposal,
    ProposedHistory,
    Receipt,
    Recorded,
    RecordResult,
    Reparenting,
    Submission,
    list_outbox,
)
from models.problems import OrchestratorUnavailable, Superseded, WordExpected
from workflows.decision import (
    advance_state,
    build_event,
    check_submission,
    decide,
    dump_form,
    keep_state,
    propose,
    to_application_error,
)
from workflows.stages import Stage, read_stages

L = TypeVar("L", bound="type[Lifecycle]")

# Someone waits for the answer: try for as long as they would, then say that it did not happen.
_PROMPTLY: dict[str, Any] = {
    "start_to_close_timeout": timedelta(seconds=5),
    # Counted in attempts, since the time a local activity may take begins anew with each heartbeat of its workflow task.
    "retry_policy": RetryPolicy(initial_interval=timedelta(milliseconds=200), maximum_attempts=2),
}
# Nobody waits: try until it is done, however long an engine is away.
_UNTIL_DONE: dict[str, Any] = {
    "start_to_close_timeout": timedelta(seconds=10),
    "retry_policy": RetryPolicy(initial_interval=timedelta(milliseconds=200), maximum_interval=timedelta(seconds=30)),
}
# What another matter has to tell comes within milliseconds; for a word that is on its way a step waits so long, and so many times
# in vain. Each that came lets it wait anew, since several may be on their way at once (the tasks of a search), as long as the API waits.
_EVENT_WAIT = timedelta(seconds=1)
_EVENT_WAITS, _EVENTS_WITHIN = 3, timedelta(seconds=4)
# Repeats come within minutes; older ones are known to the journal, which the API asks first.
_RECENT = 64


def matter(kind: Kind) -> Any:
    """Make a class the lifecycle of `kind`: its stages are read, and it becomes a Temporal workflow of that name."""

    def make(cls: L) -> L:
        async def run(self, opening: Opening | None = None) -> None:  # noqa: ANN001 - Temporal wants the signature of `__init__`
            if opening is None:  # whoever starts it with nothing is none of ours, and it ends there
                raise ApplicationError("nothing is opened", type="nothing-opened", non_retryable=True)
            await self.main_loop(opening)

        run.__module__, run.__qualname__ = cls.__module__, f"{cls.__name__}.run"
        cls.run = workflow.run(run)
        cls.kind, cls.stages = kind, read_stages(cls, kind)
        return workflow.defn(name=kind.value)(cls)

    return make


class Lifecycle:
    """One matter from opening to end. A subclass is its stages; everything else is here."""

    kind: Kind
    stages: Mapping[str, Stage]
    run: ClassVar[Any]

    @workflow.init
    def __init__(self, opening: Opening | None = None) -> None:
        """Take up the state that the run before left, or begin."""
        opening = opening or Opening(number="", unit="")
        self.number = opening.number
        self.parent, self.parent_kind = opening.parent, opening.parent_kind
        self.state = opening.state if opening.state.unit else opening.state.model_copy(update={"unit": opening.unit})
        self.commands: list[PendingCommand] = []
        self._lock = asyncio.Lock()
        self._timer_at: datetime | None = None
        self._is_to_reconcile = False
        self._is_to_renew = False

    # What a stage may note while it decides

    def open(self, kind: Kind, form: Form, reparenting: Reparenting | None = None) -> None:
        """Open another matter with `form` once this step is recorded, and tell it what comes under it."""
        self.commands.append(
            PendingCommand(verb="open", kind=kind, step=form.rule.step, form=dump_form(form), reparenting=reparenting)
        )

    def notify(self, kind: str, number: str, reparenting: Reparenting | None = None) -> None:
        """Tell another matter the facts of this step once recorded, and where it belongs from then on."""
        self.commands.append(PendingCommand(verb="tell", kind=kind, number=number, reparenting=reparenting))

    def notify_parent(self) -> None:
        """Tell the matter above the facts of this step once recorded, if there is one."""
        if self.parent:
            self.notify(self.parent_kind, self.parent)

    def notify_children(self, *numbers: str, reparenting: Reparenting | None = None) -> None:
        """Tell those of its children the facts of this step once recorded, and where they belong from then on."""
        for number in numbers:
            self.notify(self.state.kinds[number], number, reparenting)

    def notify_of(self, step: Form) -> None:
        """Called for every step, at whatever stage it is taken: notify the matters that always hear of such a step. By default, none."""

    def list_children(self, *kinds: Kind) -> tuple[str, ...]:
        """The numbers of those of its children that are of these kinds."""
        return tuple(number for number in self.state.children if self.state.kinds[number] in kinds)

    # The one update

    @workflow.update
    async def submit(self, submission: Submission) -> Receipt:
        """Take one step; the receipt is what became history."""
        async with self._lock:
            return await self._execute(submission, _PROMPTLY)

    @submit.validator
    def validate(self, submission: Submission) -> None:
        """Refuse before history what cannot be: wrong step, office, duty, sequence or form."""
        if submission.journal > self.state.seq:
            return  # a worker died between the journal and us: what may be is decided once we have caught up
        refusal = check_submission(self, submission, workflow.now())
        if refusal:
            raise to_application_error(refusal)

    @workflow.update(name="bring-over")
    async def bring_over(self, history: History) -> Receipt:
        """Take all steps that happened before the matter was kept here, or none; the receipt is that of the last."""
        async with self._lock:
            return await self._bring_over(history.steps)

    @bring_over.validator
    def validate_history(self, history: History) -> None:
        """Refuse before history what cannot even begin here."""
        first = next(iter(history.steps), None)
        if first is None or first.brought is None:
            raise to_application_error(Superseded().to_refusal())
        self.validate(first)

    @workflow.signal(name="hear")
    async def receive_event(self, told: MatterEvent) -> None:
        """Signal `hear`: put an event from another matter in the inbox; the main loop records it."""
        self.state = self.state.model_copy(update={"inbox": (*self.state.inbox, told)})

    @workflow.signal(name="rouse")
    async def reconcile(self) -> None:
        """Signal `rouse`: read the journal, and carry out the commands that are still pending in its outbox."""
        self._is_to_reconcile = True

    @workflow.signal
    async def renew(self) -> None:
        """Continue as new, so that nothing of the history lies under a key that is to be destroyed."""
        self._is_to_renew = True

    # The main loop

    async def main_loop(self, opening: Opening) -> None:
        """Process alarms, inbox and outbox until the matter has ended; continue as new when history has grown or is to be renewed."""
        if opening.resumed:
            await self._sync_from_journal()
            if self.state.stage == UNOPENED:
                return  # it never came into being, and has nothing to hear
        # Of a matter opened before this patch the history has what it was told as an entry of its own.
        knowing = bool(opening.submission and opening.event) and workflow.patched("born-knowing")
        if opening.submission and self.state.stage == UNOPENED:
            await self.execute_unattended(
                opening.submission.model_copy(update={"parent_event": opening.event if knowing else None})
            )
        if opening.event and not opening.state.seq and not knowing:
            await self.receive_event(opening.event)
        while not self._is_over():
            if self._has_grown() and not self._has_pending():
                await workflow.wait_condition(workflow.all_handlers_finished)
                if not self._has_pending():
                    workflow.continue_as_new(
                        Opening(
                            number=self.number,
                            unit=self.state.unit,
                            parent=self.parent,
                            parent_kind=self.parent_kind,
                            state=self.state,
                        )
                    )
            await self._sleep()
            if self._is_to_reconcile:
                await self._read_outbox()
            async with self._lock:
                await self._drain_inbox()
                await self._ring()
                await self._drain()
        await workflow.wait_condition(workflow.all_handlers_finished)

    def _is_over(self) -> bool:
        owing = self.state.next_alarm or self.state.requests or self._has_pending()
        return self.state.final and not owing and workflow.all_handlers_finished()

    def _has_pending(self) -> bool:
        return bool(self.state.outbox or self.state.inbox or self._is_to_reconcile)

    async def _sleep(self) -> None:
        # A timer that fires for an alarm since withdrawn costs one idle turn; re-arming at each step would cost two events.
        self._timer_at = self.state.next_alarm
        rest = None if self._timer_at is None else max(self._timer_at - workflow.now(), timedelta(0))
        try:
            await workflow.wait_condition(self._wake, timeout=rest)
        except TimeoutError:
            self._timer_at = None

    def _wake(self) -> bool:
        upcoming = self.state.next_alarm
        earlier = upcoming is not None and (self._timer_at is None or upcoming < self._timer_at)
        grown = self._has_grown() and workflow.all_handlers_finished()
        return self._has_pending() or earlier or grown or self._is_over()

    def _has_grown(self) -> bool:
        return self._is_to_renew or workflow.info().is_continue_as_new_suggested()

    # How a submission becomes history

    async def _execute(self, submission: Submission, options: dict[str, Any], *, trusted: bool = False) -> Receipt:
        def record() -> Awaitable[RecordResult]:
            decision = decide(self, submission, workflow.now(), trusted=trusted)
            return self._record(propose(self, submission, decision, workflow.now(), asked=not trusted), options)

        return await self._record_entry(record, submission.key)

    async def _bring_over(self, steps: tuple[Submission, ...]) -> Receipt:
        return await self._record_entry(lambda: self._record(self._foresee(steps), _PROMPTLY), steps[-1].key)

    def _foresee(self, steps: tuple[Submission, ...]) -> ProposedHistory:
        """What is proposed of steps that follow each other: each is decided on where those before it would leave the matter."""
        stands, proposals = self.state, list[Proposal]()
        for each in steps:
            decision = decide(self, each, workflow.now(), trusted=False)
            proposals.append(propose(self, each, decision, workflow.now(), asked=True))
            if decision.refusal:
                break
            self.state = advance_state(self.state, decision)
        self.state = stands
        return ProposedHistory(steps=tuple(proposals))

    async def _record_entry(self, record: Callable[[], Awaitable[RecordResult]], key: str) -> Receipt:
        came, in_vain, began = 0, 0, workflow.now()
        while True:
            answer = await record()
            if answer.refusal and answer.refusal.slug == WordExpected.slug and _is_to_await(came, in_vain, began):
                if await self._await_event():
                    came += 1
                else:
                    in_vain += 1
                continue
            if answer.refusal:
                # Opening refused: close this workflow without recording anything.
                self.state = self.state.model_copy(update={"final": self.state.stage == UNOPENED or self.state.final})
                raise to_application_error(answer.refusal)
            for recorded in answer.recorded:
                if recorded.key == key:
                    return recorded.receipt
            # The journal was ahead of us: what it holds is applied by now, and the stage is asked again.

    async def _await_event(self) -> bool:
        with suppress(TimeoutError):
            await workflow.wait_condition(lambda: bool(self.state.inbox), timeout=_EVENT_WAIT)
        has_come = bool(self.state.inbox)
        await self._drain_inbox()
        return has_come

    async def _record(self, proposal: Proposal | ProposedHistory, options: dict[str, Any]) -> RecordResult:
        activity = "record" if isinstance(proposal, Proposal) else "record-history"
        try:
            answer = await workflow.execute_local_activity(activity, proposal, result_type=RecordResult, **options)
        except ActivityError as error:
            problem = OrchestratorUnavailable(engine="postgres", retry_after=5)
            raise to_application_error(problem.to_refusal()) from error
        if not answer.refusal:
            for recorded in answer.recorded:
                self._apply(recorded, answer.owed)
            self.state = self.state.model_copy(update={"next_alarm": answer.next_alarm})
        return answer

    def _apply(self, recorded: Recorded, owed: tuple[str, ...] | None) -> None:
        if recorded.seq <= self.state.seq:
            return
        if recorded.parent:
            self.parent, self.parent_kind = recorded.parent, recorded.parent_kind
        outbox = tuple((key, each) for key, each in list_outbox(self.number, recorded) if owed is None or key in owed)
        self.state = self.state.model_copy(
            update={
                "seq": recorded.seq,
                "stage": recorded.stage,
                "final": recorded.final,
                "unit": recorded.unit,
                "officer": recorded.officer,
                "requests": recorded.requests,
                "outbox": self.state.outbox + outbox,
                "children": self.state.children + recorded.receipt.opened + recorded.adopted,
                "kinds": self.state.kinds | recorded.kinds,
                "recent_keys": (*self.state.recent_keys, recorded.key)[-_RECENT:],
            }
        )

    async def _sync_from_journal(self) -> None:
        # An empty proposal makes `record` return every entry not yet applied; pending commands are then carried out under their own keys.
        nothing = Submission(key="", body_hash="", step="", form={}, actor=None)
        refused = replace(keep_state(self.state), refusal=Superseded().to_refusal())
        async with self._lock:
            await self._record(propose(self, nothing, refused, workflow.now()), _UNTIL_DONE)

    async def _read_outbox(self) -> None:
        self._is_to_reconcile = False
        await self._sync_from_journal()
        hint = cast("type", tuple[OutboxEntry, ...])
        owed = await workflow.execute_local_activity("owed", self.number, result_type=hint, **_UNTIL_DONE)
        ours = {key for key, _ in self.state.outbox}
        missed = tuple((each.key, each.command) for each in owed if each.key not in ours)
        # What has not come into being by the time somebody looks will not: a repeat of its opening begins it anew.
        final = self.state.final or self.state.stage == UNOPENED
        self.state = self.state.model_copy(update={"outbox": self.state.outbox + missed, "final": final})

    async def execute_unattended(self, submission: Submission) -> None:
        """Execute a submission nobody waits for; open a task for a person if it is refused."""
        async with self._lock:
            await self._execute_or_open_task(submission)

    async def _execute_or_open_task(self, submission: Submission) -> None:
        try:
            await self._execute(submission, _UNTIL_DONE, trusted=True)
        except ApplicationError as error:
            await self.open_failure_task(submission.key, str(error))

    async def open_failure_task(self, key: str, why: str, step: str = "") -> None:
        """Open a task for a person, once under that key, on a failure that is not retried; it closes when `step` is taken."""
        await workflow.execute_local_activity("complain", args=[self.number, self.state.unit, key, why, step], **_UNTIL_DONE)

    # What the main loop does

    async def _drain_inbox(self) -> None:
        while self.state.inbox:
            if await self._record_event(self.state.inbox[0]):
                # Whatever has come meanwhile stands behind it.
                self.state = self.state.model_copy(update={"inbox": self.state.inbox[1:]})

    async def _record_event(self, told: MatterEvent) -> bool:
        submission = Submission(
            key=told.key, body_hash="", step=told.step, form=told.form or {}, actor=told.actor, origin=told.origin
        )
        if told.form is not None:
            await self._execute_or_open_task(submission)
            return True
        heard = replace(
            keep_state(self.state), facts=told.facts, effects=Effects(corrects=told.corrects), reparenting=told.reparenting
        )
        answer = await self._record(propose(self, submission, heard, workflow.now(), told=True), _UNTIL_DONE)
        if answer.refusal:
            await self.open_failure_task(told.key, answer.refusal.slug)
        return bool(answer.refusal) or any(recorded.key == told.key for recorded in answer.recorded)

    async def _ring(self) -> None:
        upcoming = self.state.next_alarm
        if upcoming is not None and upcoming <= workflow.now():
            hint = cast("type", datetime | None)  # the converter takes any hint, though the SDK says that it wants a class
            upcoming = await workflow.execute_local_activity(
                "ring", args=[self.number, workflow.now()], result_type=hint, **_UNTIL_DONE
            )
            self.state = self.state.model_copy(update={"next_alarm": upcoming})

    async def _drain(self) -> None:
        while self.state.outbox:
            (key, command), *rest = self.state.outbox
            try:
                await (self._open_matter(key, command) if command.verb == "open" else self._send_event(key, command))
            except FailureError as error:
                await self.open_failure_task(key, type(error).__name__)
            self.state = self.state.model_copy(update={"outbox": tuple(rest)})

    async def _open_matter(self, key: str, command: PendingCommand) -> None:
        submission = Submission(
            key=key,
            body_hash="",
            step=command.step,
            form=command.form,
            actor=command.actor,
            origin=command.origin,
            brought=command.brought,
        )
        told = build_event(f"{key}/told", self.number, command) if command.facts else None
        opening = Opening(
            number=command.number,
            unit=self.state.unit,
            parent=self.number,
            parent_kind=self.kind,
            submission=submission,
            event=told,
        )
        with suppress(WorkflowAlreadyStartedError):  # an earlier attempt of ours did it
            await _start(command, opening)

    async def _send_event(self, key: str, command: PendingCommand) -> None:
        told = build_event(key, self.number, command)
        try:
            await workflow.get_external_workflow_handle(build_workflow_id(command.kind, command.number)).signal("hear", told)
        except ApplicationError:
            # Target workflow closed or lost: restart it from the journal, deliver the event, let it close again.
            await _start(command, Opening(number=command.number, unit="", event=told, resumed=True))


async def _start(command: PendingCommand, opening: Opening) -> None:
    await workflow.start_child_workflow(
        command.kind,
        opening,
        id=build_workflow_id(command.kind, command.number),
        parent_close_policy=workflow.ParentClosePolicy.ABANDON,
        task_timeout=TASK_TIMEOUT,
    )


def _is_to_await(came: int, in_vain: int, began: datetime) -> bool:
    """Whether a step that waits since then waits for one more word, after that many that came and that many waits in vain."""
    if came + in_vain < _EVENT_WAITS:
        return True
    # Before this patch what came counted as if it had not.
    return in_vain < _EVENT_WAITS and workflow.now() < began + _EVENTS_WITHIN and workflow.patched("each-event-awaited")
