"""Answers that come with a receipt: each becomes a step of the matter that asked, taken once under the number of its delivery."""

import json
from datetime import timedelta
from typing import Any

from temporalio import activity
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from models.forms.delivery import OpenDelivery
from models.forms.form import Form
from models.journal import hash_body
from models.matter import build_workflow_id
from models.messages import Actor, Receipt, Refusal, Submission
from models.outside import System, build_machine_name
from models.problems import OrchestratorUnavailable
from models.proofs import Speaker, add_proof

# Shorter than the activity may take, so that we still say what happened.
_PATIENCE = timedelta(seconds=6)


async def take_answer(
    system: System, opened: OpenDelivery, kind: str, delivery: str, receipt: str, speaker: Speaker
) -> dict[str, str]:
    """What the delivery keeps of an answer within its receipt: the step that it became in the matter, of that kind, which asked; or why none.

    Nothing where there is no answer.
    """
    form = next((each.answer for each in system.questions if each.fact == opened.fact), None)
    answer = _answer_in(receipt)
    if form is None or answer is None:
        return {}
    known = {name: value for name, value in answer.items() if name in form.model_fields}
    why = await _take_step(system, (kind, opened.matter), delivery, form, known, speaker)
    return {"unrecorded": why} if why else {"answered": form.rule.step}


def _answer_in(receipt: str) -> dict[str, Any] | None:
    try:
        parsed = json.loads(receipt)
    except ValueError:
        return None
    answer = parsed.get("answer") if isinstance(parsed, dict) else None
    return answer if isinstance(answer, dict) else None


async def _take_step(
    system: System, matter: tuple[str, str], delivery: str, form: type[Form], values: dict[str, Any], speaker: Speaker
) -> str:
    """Take the step; empty, or why the matter refuses it. ApplicationError where nobody could judge, so that it is tried again."""
    (kind, number), step = matter, form.rule.step
    actor = Actor(person=build_machine_name(system.id), unit="", offices=(str(system.office),))
    submission = Submission(
        key=f"{build_machine_name(system.id)}:{delivery}",
        body_hash=hash_body(f"{number}/{step}", values),
        step=step,
        form=values,
        actor=actor,
    )
    handle = activity.client().get_workflow_handle(build_workflow_id(kind, number))
    try:
        await handle.execute_update("submit", add_proof(submission, number, speaker), result_type=Receipt, rpc_timeout=_PATIENCE)
    except WorkflowUpdateFailedError as error:
        return _describe_refusal(error)
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise ApplicationError("答复暂时不能记入事项", type="unrecorded") from None
        return "该事项已经办结归档"
    return ""


def _describe_refusal(error: WorkflowUpdateFailedError) -> str:
    cause = error.cause
    if isinstance(cause, ApplicationError) and cause.details:
        refusal = Refusal.model_validate(cause.details[0])
        if refusal.slug != OrchestratorUnavailable.slug:
            return refusal.detail
    raise ApplicationError("答复暂时不能记入事项", type="unrecorded") from None
