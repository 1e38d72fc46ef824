"""Temporal Schedules (定时): what the bureau does at intervals and no legal deadline rests on; those are timers, and the watchdog's."""

from dataclasses import replace
from datetime import timedelta

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleSpec,
    ScheduleUpdate,
    ScheduleUpdateInput,
)
from temporalio.service import RPCError

from runtime.logging import log
from runtime.temporal import reaching
from workflows.inspection_round import InspectionRound

_INSPECT_EVERY = timedelta(hours=1)


def inspection_schedule(task_queue: str) -> str:
    """The id of the Schedule that inspects the bureau whose workers serve that queue."""
    return f"inspection-round-{task_queue}"


async def keep_schedules(client: Client, task_queue: str) -> None:
    """Create the bureau's Schedules, or bring them to what they are here; one that somebody paused stays paused.

    Where Temporal refuses, the log has it, and the worker serves without them until the next worker starts.
    """
    id_ = inspection_schedule(task_queue)
    wanted = Schedule(
        action=ScheduleActionStartWorkflow(InspectionRound.run, id=id_, task_queue=task_queue),
        spec=ScheduleSpec(intervals=[ScheduleIntervalSpec(every=_INSPECT_EVERY)]),
        # A round that is still going on makes the next needless; after an outage one round sees all there is.
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=timedelta(minutes=1)),
    )

    def update(found: ScheduleUpdateInput) -> ScheduleUpdate:
        return ScheduleUpdate(replace(wanted, state=found.description.schedule.state))

    try:
        with reaching():
            try:
                await client.create_schedule(id_, wanted)
            except ScheduleAlreadyRunningError:
                await client.get_schedule_handle(id_).update(update)
    except RPCError as error:
        log.error("process.failed", operation="schedules", error=error)
