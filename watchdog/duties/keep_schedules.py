"""Keeping the Temporal Schedules (定时): what the bureau does at intervals and no legal deadline rests on; those are timers, and the watchdog's."""

from dataclasses import replace
from datetime import timedelta

from temporalio.client import (
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

from runtime.temporal import reaching
from watchdog.duty import Duty, Engine
from workflows.inspection_round import InspectionRound, schedule_id

_INSPECT_EVERY = timedelta(hours=1)


class KeepSchedules(Duty[None]):
    """Create the bureau's Schedules, or bring them to what they are here; one that somebody paused stays paused.

    Where Temporal refuses, the log has it, and the next round tries again.
    """

    name = "keep-schedules"
    every = timedelta(minutes=10)
    needs = frozenset({Engine.TEMPORAL})

    async def do(self) -> None:
        """Keep the Schedule of inspections."""
        client, task_queue = self.tools.client, self.tools.task_queue
        id_ = schedule_id(task_queue)
        wanted = Schedule(
            action=ScheduleActionStartWorkflow(InspectionRound.run, id=id_, task_queue=task_queue),
            spec=ScheduleSpec(intervals=[ScheduleIntervalSpec(every=_INSPECT_EVERY)]),
            # A round that is still going on makes the next needless; after an outage one round sees all there is.
            policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=timedelta(minutes=1)),
        )

        def update(found: ScheduleUpdateInput) -> ScheduleUpdate:
            return ScheduleUpdate(replace(wanted, state=found.description.schedule.state))

        with reaching():
            try:
                await client.create_schedule(id_, wanted)
            except ScheduleAlreadyRunningError:
                await client.get_schedule_handle(id_).update(update)
