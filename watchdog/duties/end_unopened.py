"""Ending workflows that never opened their matter because their starter went away."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

from temporalio.client import Client, WorkflowExecution
from temporalio.service import RPCError, RPCStatusCode

from models.matter import Kind, parse_workflow_id
from models.readmodel.matter_status import find_existing
from runtime.database import Pool
from runtime.database_time import read
from runtime.logging import log
from runtime.temporal import note_reachability
from watchdog.duty import BOTH_ENGINES, Duty

# An opening is repeated within minutes, or never.
ABANDONED = timedelta(minutes=10)
# Each workflow is looked at some times in its first hours, and then no more.
_BACK = timedelta(hours=6)
_ASKED_AT_ONCE = 200


class EndUnopened(Duty[int]):
    """Signal each workflow whose matter does not exist, upon which it ends; returns how many."""

    name = "end-unopened"
    every = timedelta(minutes=10)
    needs = BOTH_ENGINES

    async def do(self) -> int:
        """Check the workflows started within the last hours."""
        async with self.tools.pool.connection() as connection:
            now = (await read(connection)).now
        return await end_unopened(self.tools.pool, self.tools.client, self.tools.task_queue, now, _BACK)


async def end_unopened(pool: Pool, client: Client, task_queue: str, now: datetime, back: timedelta) -> int:
    """Signal workflows started within `back` and before `ABANDONED` whose matter does not exist: they check once more, and end.

    Returns how many there were.
    """
    since, until = now - back, now - ABANDONED
    running = f"TaskQueue = '{task_queue}' AND ExecutionStatus = 'Running'"
    began = f"{running} AND StartTime > '{since.isoformat()}' AND StartTime < '{until.isoformat()}'"
    roused = 0
    with note_reachability():
        async for batch in _list_batches(client, began):
            numbers = {parse_workflow_id(each.id): each for each in batch}
            async with pool.connection() as connection:
                known = await find_existing(connection, list(numbers))
            for number in numbers.keys() - known:
                roused += await _rouse(client, numbers[number])
    return roused


async def _list_batches(client: Client, which: str) -> AsyncIterator[list[WorkflowExecution]]:
    kinds = ", ".join(f"'{kind}'" for kind in Kind)
    batch = list[WorkflowExecution]()
    async for each in client.list_workflows(f"{which} AND WorkflowType IN ({kinds})"):
        batch.append(each)
        if len(batch) == _ASKED_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


async def _rouse(client: Client, unopened: WorkflowExecution) -> bool:
    log.warning("opening.abandoned", workflow_id=unopened.id)
    try:
        await client.get_workflow_handle(unopened.id, run_id=unopened.run_id).signal("rouse")
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:  # it has ended meanwhile
            raise
        return False
    return True
