"""Foreign workflows (占用流程的程序): started by somebody else under the id of one of our matters, so that no update reaches the matter.

Ours is what runs in our task queue, as a workflow of the kind that its id names, from a first payload that one of ours encrypted and that
bears the matter's number, and that any worker may carry on: ours have no version, so that what is pinned to one waits for nobody.
However busy or stuck it is, it is never ended. Anything else under such an id is; the journal brings the matter back.
"""

import json
from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from temporalio.api.common.v1 import Payload
from temporalio.api.common.v1 import WorkflowExecution as Execution
from temporalio.api.history.v1 import WorkflowExecutionStartedEventAttributes as Start
from temporalio.api.workflowservice.v1 import DescribeWorkflowExecutionRequest, GetWorkflowExecutionHistoryRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from runtime.logging import log
from runtime.temporal import is_encrypted, is_refused

_PINNED = "TemporalWorkflowVersioningBehavior = 'Pinned'"
# Who asks waits for a step besides.
_PATIENCE = timedelta(seconds=1)
# As many as a person is told of.
_MOST = 1000


class ForeignWorkflow(NamedTuple):
    """A workflow that is not ours: the id that it has taken, and its first run id, which all runs of its chain share."""

    id: str
    first_run: str


async def find_foreign_workflow(client: Client, task_queue: str, id_: str) -> ForeignWorkflow | None:
    """The foreign workflow that has this id, or had it last; None where it is ours or there is none. RPCError."""
    request = GetWorkflowExecutionHistoryRequest(
        namespace=client.namespace, execution=Execution(workflow_id=id_), maximum_page_size=1
    )
    try:
        answer = await client.workflow_service.get_workflow_execution_history(request, timeout=_PATIENCE)
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
        return None
    start = answer.history.events[0].workflow_execution_started_event_attributes
    ours = await _is_ours(client, task_queue, id_, start) and not await _is_pinned(client, id_)
    return None if ours else ForeignWorkflow(id_, start.first_execution_run_id)


async def end_foreign_workflow(client: Client, found: ForeignWorkflow) -> bool:
    """Terminate it, but not what has been started under the id since; returns whether it was still there."""
    try:
        await client.get_workflow_handle(found.id, first_execution_run_id=found.first_run).terminate(
            "not started by whose id it has"
        )
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:  # somebody was quicker
            raise
        return False
    log.error("workflow.squatted", workflow_id=found.id, run_id=found.first_run)
    return True


async def list_foreign_workflows(client: Client, task_queue: str, kinds: Iterable[str]) -> list[str]:
    """The ids of these kinds of workflow that others hold, as far as it shows without looking into each; RPCError."""
    theirs = " OR ".join(
        f"(WorkflowId STARTS_WITH '{kind}/' AND ({_PINNED} OR TaskQueue != '{task_queue}' OR WorkflowType != '{kind}'))"
        for kind in kinds
    )
    return [each.id async for each in client.list_workflows(f"ExecutionStatus = 'Running' AND ({theirs})", limit=_MOST)]


async def _is_ours(client: Client, task_queue: str, id_: str, start: Start) -> bool:
    kind, _, number = id_.partition("/")
    at_sight = (start.task_queue.name, start.workflow_type.name) == (task_queue, kind)
    return at_sight and await _bears(client, number, start.input.payloads)


async def _is_pinned(client: Client, id_: str) -> bool:
    """Whether only workers of one version may carry it on, as it was started or was told since."""
    request = DescribeWorkflowExecutionRequest(namespace=client.namespace, execution=Execution(workflow_id=id_))
    answer = await client.workflow_service.describe_workflow_execution(request, timeout=_PATIENCE)
    return answer.workflow_execution_info.versioning_info.HasField("versioning_override")


async def _bears(client: Client, number: str, payloads: Iterable[Payload]) -> bool:
    """Whether the first payload is encrypted, opens, and is of that number."""
    first = next(iter(payloads), None)
    codec = client.data_converter.payload_codec
    if first is None or codec is None or not is_encrypted(first):
        return False
    (opened,) = await codec.decode([first])
    return not is_refused(opened) and _parse_number(opened.data) == number


def _parse_number(plain: bytes) -> object:
    try:
        payload = json.loads(plain)
    except ValueError:
        return None
    return payload.get("number") if isinstance(payload, dict) else None
