"""Having matters inspected in which something was recorded (`activities/inspecting.py`), and alerts told what was found."""

from datetime import timedelta

from temporalio.common import WorkflowIDConflictPolicy

from models.store.connection import fetch_one
from models.store.findings import WAITING
from runtime.temporal import note_reachability
from watchdog.duty import BOTH_ENGINES, Duty
from workflows.entry_inspection import EntryInspection, build_entries_id


class InspectEntries(Duty[bool]):
    """Begin the workflow that inspects, where anything waits and it does not run; returns whether anything did.

    What a second brings is inspected as one: that costs the worker less than each step by itself, and an alert is there within two.
    """

    name = "inspect-entries"
    every = timedelta(seconds=1)
    needs = BOTH_ENGINES

    async def do(self) -> bool:
        """Look once."""
        async with self.tools.pool.connection() as connection:
            waits = await fetch_one(connection, WAITING)
        if waits:
            with note_reachability():
                await self.tools.client.start_workflow(
                    EntryInspection.run,
                    id=build_entries_id(self.tools.task_queue),
                    task_queue=self.tools.task_queue,
                    id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                )
        return waits
