"""Record rounds of inspections and of upkeep: `python -m tests.replay.rounds`, when what a round does one after the other has changed.

Histories that were recorded before stay; new ones go beside them, named for the day.
"""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from temporalio import activity
from temporalio.client import Client, WorkflowFailureError
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.exceptions import ApplicationError
from temporalio.worker import Worker

from models.inspection_messages import Batch
from operations.replay import record_history
from runtime.embedded.ports import find_free_port
from runtime.embedded.process import Child
from runtime.embedded.temporal import prepare_temporal
from runtime.temporal import make_workflow_runner
from workflows.inspection_round import InspectionRound
from workflows.registry import ROUNDS
from workflows.upkeep import UpkeepRound

HISTORIES = Path(__file__).parent / "rounds"
# After these numbers the second and the third batch begin.
SECOND, THIRD = "JQ202600000200", "JQ202600000400"


@activity.defn(name="inspect")
async def inspect(after: str) -> Batch:
    """Three batches, of which the second cannot be inspected."""
    if after == SECOND:
        raise ApplicationError("unreadable", non_retryable=True)
    return Batch(after=None, inspected=7) if after else Batch(after=SECOND, inspected=200, opened=1)


@activity.defn(name="pass-over")
async def pass_over(after: str) -> Batch:
    """What is left out is the second."""
    return Batch(after=THIRD, passed_over=200)


_PORTIONS = [200, 7, 0]


@activity.defn(name="forget-readings")
async def forget_readings() -> int:
    """Two portions, and then nothing."""
    return _PORTIONS.pop(0)


def worker_of_rounds(client: Client, task_queue: str) -> Worker:
    """A worker whose rounds inspect two batches and pass over one, and whose upkeep has two portions."""
    return Worker(
        client,
        task_queue=task_queue,
        workflows=ROUNDS,
        activities=[inspect, pass_over, forget_readings],
        workflow_runner=make_workflow_runner(),
    )


async def _record(address: str) -> None:
    client = await Client.connect(address, data_converter=pydantic_data_converter)
    inspection, upkeep = (f"{name}-{datetime.now(UTC):%Y-%m-%d}" for name in ("inspection-round", "upkeep"))
    async with worker_of_rounds(client, "rounds"):
        with suppress(WorkflowFailureError):
            await client.execute_workflow(InspectionRound.run, id=inspection, task_queue="rounds")
        await client.execute_workflow(UpkeepRound.run, "forget-readings", id=upkeep, task_queue="rounds")
    for id_ in (inspection, upkeep):
        await record_history(client, id_, HISTORIES / f"{id_}.json")


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        server = prepare_temporal(find_free_port(), None)
        child = Child(server, Path(folder) / "temporal.log")
        try:
            child.await_ready()
            asyncio.run(_record(server.address))
        finally:
            child.stop(within=5)
