"""Having inspections tried on history (`activities/upkeep/try_inspections.py`) as soon as somebody asks for it."""

from datetime import timedelta

from temporalio.common import WorkflowIDConflictPolicy

from models.store.connection import fetch_one
from models.store.inspection_trials import WAITING
from runtime.temporal import note_reachability
from watchdog.duty import BOTH_ENGINES, Duty
from workflows.upkeep import UpkeepRound, build_upkeep_id

WORK = "try-inspections"


def build_trials_id(task_queue: str) -> str:
    """The id of the workflow that tries inspections for the bureau whose workers serve that queue: there is one at a time."""
    return f"{build_upkeep_id(WORK, task_queue)}-asked"


class TryInspections(Duty[bool]):
    """Begin the workflow that tries, where a trial waits and it does not run; returns whether one did."""

    name = "try-inspections"
    every = timedelta(seconds=5)
    needs = BOTH_ENGINES

    async def do(self) -> bool:
        """Look once."""
        async with self.tools.pool.connection() as connection:
            waits = await fetch_one(connection, WAITING)
        if waits:
            with note_reachability():
                await self.tools.client.start_workflow(
                    UpkeepRound.run,
                    WORK,
                    id=build_trials_id(self.tools.task_queue),
                    task_queue=self.tools.task_queue,
                    id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                )
        return waits
