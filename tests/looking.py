"""Having matters inspected in which something was recorded, as the watchdog has it done."""

from tests.world import World
from watchdog.duties.inspect_entries import InspectEntries
from workflows.entry_inspection import EntryInspection, build_entries_id


async def looked(bureau: World) -> None:
    """Whatever waits is inspected by now, and the alerts are told."""
    if await bureau.watch().get_duty(InspectEntries).do():
        await bureau.client.get_workflow_handle_for(EntryInspection.run, build_entries_id(bureau.settings.task_queue)).result()
