"""An incident that is opened as the API opens one."""

from temporalio.client import Client, WithStartWorkflowOperation
from temporalio.common import WorkflowIDConflictPolicy

from models.matter import Kind, build_workflow_id
from models.messages import Actor, Opening, Receipt, Submission
from models.proofs import add_proof
from runtime.process_signatures import API, load_speaker
from runtime.settings import Settings

CALL = {"kind": "邻里纠纷", "place": "幸福小区", "narrative": "楼上漏水，双方争吵"}
DESK = Actor(person="wang.fang", unit="station", offices=("reporting-desk",))


async def open_incident(client: Client, settings: Settings, number: str) -> Receipt:
    """Start its workflow with the call that opens it."""
    submission = Submission(key=f"open/{number}", body_hash="call", step="open-incident", form=CALL, actor=DESK)
    start = WithStartWorkflowOperation(
        Kind.INCIDENT.value,
        Opening(number=number, unit="station"),
        id=build_workflow_id(Kind.INCIDENT, number),
        task_queue=settings.task_queue,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
    )
    proven = add_proof(submission, number, load_speaker(settings, API))
    return await client.execute_update_with_start_workflow("submit", proven, start_workflow_operation=start, result_type=Receipt)
