"""Submissions: the idempotency key, the actor, and the Temporal update that carries a form to the matter's workflow."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any

import psycopg
from temporalio.client import WithStartWorkflowOperation, WorkflowUpdateFailedError
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from api.context import AppContext
from api.http_io import check_key
from api.problems import RETRY_AFTER_S
from api.veiling import is_same_body, mask_submission, veil_submission
from models.access.scope import Held, Person
from models.forms.overrun import AcknowledgeOverrun
from models.matter import TASK_TIMEOUT, Kind, build_workflow_id, parse_workflow_id
from models.messages import Actor, History, Opening, Receipt, Refusal, Submission
from models.problems import KeyReused, OrchestratorUnavailable, Problem, StepNotOpen, build_problem
from models.proofs import add_proof
from models.readmodel.matter_status import MatterStatus, find_existing
from models.store import api_writes
from runtime.foreign_workflows import end_foreign_workflow, find_foreign_workflow
from runtime.temporal import note_reachability
from workflows.registry import get_lifecycles

# Seconds within which a step is recorded or refused with a retry-after; the update may still be carried out, the key tells.
_PATIENCE_S = 6.0
RPC_TIMEOUT = timedelta(seconds=_PATIENCE_S)
# A step takes milliseconds; what has not answered within so many seconds is looked at.
_SOON_S = 1.5
# Seconds that a matter opened by another may take; what takes longer is opened all the same.
_OPENING_S = 2.0


def build_scoped_key(person: Person, key: str | None) -> str:
    """The key under which a submission is recorded, scoped to the person; a random one where the caller gave none."""
    return f"{person.username}:{check_key(key) or uuid.uuid4().hex}"


async def build_first_receipt(ctx: AppContext, first: dict[str, Any], hashed: str) -> Receipt:
    """The receipt of the first submission under a key; KeyReused where that was a different one.

    Whoever repeats a step got no answer to it; the workflow may have got none either, and catches up with its journal.
    """
    if not await is_same_body(ctx, first["body_hash"], hashed):
        raise KeyReused(field="Idempotency-Key")
    await _note_unanswered(ctx, first["chain"])
    return Receipt.model_validate(first["recorded"]["receipt"])


def make_actor(person: Person, offices: Sequence[Held]) -> Actor:
    """The person as they act on one matter: by the nearest seat, and every office that reaches it."""
    return Actor(
        person=person.username, unit=offices[0].unit.id if offices else "", offices=tuple(sorted({each.office for each in offices}))
    )


async def prove(ctx: AppContext, number: str, submission: Submission) -> Submission:
    """The submission as it leaves the API: with its secrets encrypted for that matter, and signed."""
    return add_proof(await veil_submission(ctx, number, submission), number, ctx.speaker)


class Squatted(Exception):
    """A foreign workflow held the id of a matter, and was terminated."""


async def submit_update(ctx: AppContext, matter: MatterStatus, submission: Submission) -> Receipt:
    """Take a step in an open matter; StepNotOpen where it has ended."""
    submission = await prove(ctx, matter.number, await mask_submission(ctx, matter.kind, matter.number, submission))
    id_ = build_workflow_id(matter.kind, matter.number)
    handle = ctx.client.get_workflow_handle(id_)
    update = partial(handle.execute_update, "submit", submission, result_type=Receipt, rpc_timeout=RPC_TIMEOUT)
    try:
        return await _execute(ctx, id_, update)
    except Squatted:
        pass
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
    stage = get_lifecycles()[Kind(matter.kind)].stages.get(matter.stage)
    still_open = [form.rule.step for form in stage.open_steps] if stage else []
    if matter.final and submission.step not in (*still_open, AcknowledgeOverrun.rule.step):
        raise StepNotOpen("该事项已经办结归档", stage=matter.stage, open_steps=still_open) from None
    opening = Opening(number=matter.number, unit=matter.unit, resumed=True)
    return await submit_opening(ctx, matter.kind, opening, submission)


async def submit_opening(ctx: AppContext, kind: str, opening: Opening, submission: Submission) -> Receipt:
    """Hand a proved submission in to a workflow that is started for it where none runs: a new one, or one that adopts the journal."""
    return await _start_with(ctx, kind, opening, "submit", submission)


async def submit_history(ctx: AppContext, kind: str, opening: Opening, steps: Sequence[Submission]) -> Receipt:
    """Hand in what happened in a matter before it was kept here, as a whole; the receipt is that of the last step."""
    history = History(steps=tuple([await prove(ctx, opening.number, each) for each in steps]))
    return await _start_with(ctx, kind, opening, "bring-over", history)


async def _start_with(ctx: AppContext, kind: str, opening: Opening, name: str, message: Submission | History) -> Receipt:
    id_ = build_workflow_id(kind, opening.number)
    update = partial(_update_with_start, ctx, kind, opening, name, message, id_)
    try:
        return await _execute(ctx, id_, update)
    except Squatted:
        pass
    try:
        return await _execute(ctx, id_, update)
    except Squatted:  # somebody takes it again and again: named to the doctor, and no fault of who handed in
        raise OrchestratorUnavailable(engine="temporal", retry_after=RETRY_AFTER_S) from None


def _update_with_start(
    ctx: AppContext, kind: str, opening: Opening, name: str, message: Submission | History, id_: str
) -> Awaitable[Receipt]:
    start = WithStartWorkflowOperation(
        kind,
        opening,
        id=id_,
        task_queue=ctx.settings.task_queue,
        # Whoever is quicker has started it; nobody ends what another of ours has just brought back.
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        task_timeout=TASK_TIMEOUT,
    )
    return ctx.client.execute_update_with_start_workflow(
        name, message, start_workflow_operation=start, result_type=Receipt, rpc_timeout=RPC_TIMEOUT
    )


async def _execute(ctx: AppContext, id_: str, update: Callable[[], Awaitable[Receipt]]) -> Receipt:
    """Run an update within the concurrency limit; raises its refusal as a problem, OrchestratorUnavailable without an answer in time.

    Squatted where no workflow of ours was there to answer.
    """
    number = parse_workflow_id(id_)
    try:
        async with ctx.concurrency.hold_slot(number):
            with note_reachability():
                async with asyncio.timeout(_PATIENCE_S):
                    receipt = await _answer(ctx, id_, update)
    except TimeoutError:
        await _note_unanswered(ctx, number)
        raise OrchestratorUnavailable(engine="temporal", retry_after=RETRY_AFTER_S) from None
    except WorkflowUpdateFailedError as error:
        refusal = _find_refusal(error)
        if refusal is None:  # what we refuse bears its refusal: something fell over on the way
            raise
        raise refusal from error
    if receipt.opened:
        await _wait_for_opened(ctx, receipt.opened)
    return receipt


async def _answer(ctx: AppContext, id_: str, update: Callable[[], Awaitable[Receipt]]) -> Receipt:
    """The receipt. Without one soon, or with something that is none, check whose workflow it is."""
    answer = asyncio.ensure_future(update())
    try:
        await asyncio.wait({answer}, timeout=_SOON_S)
        if not _is_receipt(answer) and await _end_squatter(ctx, id_):
            raise Squatted
        return await answer
    finally:
        answer.cancel()


def _is_receipt(answer: asyncio.Future[Receipt]) -> bool:
    return answer.done() and not answer.cancelled() and answer.exception() is None


async def _end_squatter(ctx: AppContext, id_: str) -> bool:
    """Terminate the workflow of that id if it is not ours; whether it was so."""
    try:
        found = await find_foreign_workflow(ctx.client, ctx.settings.task_queue, id_)
        if found:
            await end_foreign_workflow(ctx.client, found)
    except (RPCError, RuntimeError):  # whoever does not answer now did not answer the step either
        return False
    return found is not None


async def _note_unanswered(ctx: AppContext, number: str) -> None:
    # Where the database is away the workflow is roused by what it promised, or by the next step.
    with suppress(psycopg.Error):
        async with ctx.pool.connection() as connection:
            await api_writes.queue_journal_reading(connection, number)


async def _wait_for_opened(ctx: AppContext, numbers: Sequence[str]) -> None:
    """Wait a moment until the matters that a step opened can be read: whoever gets the receipt goes there next."""
    with ctx.event_bus.stream(None) as events, suppress(TimeoutError, psycopg.Error):
        async with asyncio.timeout(_OPENING_S):
            async with ctx.pool.connection() as connection:
                missing = set(numbers) - await find_existing(connection, numbers)
            while missing:
                missing.discard((await events.get()).get("number"))


def _find_refusal(error: WorkflowUpdateFailedError) -> Problem | None:
    cause = error.cause
    if isinstance(cause, ApplicationError) and cause.details:
        return build_problem(Refusal.model_validate(cause.details[0]))
    # The matter ended, or moved to a new run, while the update was on its way; a repeat finds it where it is.
    if isinstance(cause, ApplicationError) and cause.type == "AcceptedUpdateCompletedWorkflow":
        return OrchestratorUnavailable(engine="temporal", retry_after=1)
    return None
