"""Matters that no person opens: a duty has numbered what is due, and starts the workflow that records its first step, once."""

from temporalio.exceptions import WorkflowAlreadyStartedError

from models.forms.form import Form
from models.matter import TASK_TIMEOUT, Kind, build_workflow_id
from models.messages import Opening, Submission
from models.proofs import add_proof
from runtime.foreign_workflows import end_foreign_workflow, find_foreign_workflow
from runtime.temporal import note_reachability
from watchdog.duty import Tools


async def draft_matter(tools: Tools, kind: Kind, number: str, unit: str, form: Form) -> None:
    """Start the workflow of the matter of that number in that unit with its first step, unless it was started before."""
    values = form.model_dump(mode="json", exclude_defaults=True)
    submission = Submission(key=f"{number}/draft", body_hash="", step=form.rule.step, form=values, actor=None)
    opening = Opening(number=number, unit=unit, submission=add_proof(submission, number, tools.speaker))
    id_ = build_workflow_id(kind, number)
    with note_reachability():
        try:
            await tools.client.start_workflow(kind.value, opening, id=id_, task_queue=tools.task_queue, task_timeout=TASK_TIMEOUT)
        except WorkflowAlreadyStartedError:  # begun in an earlier round, and not recorded yet; or else the next round begins it
            if found := await find_foreign_workflow(tools.client, tools.task_queue, id_):
                await end_foreign_workflow(tools.client, found)
