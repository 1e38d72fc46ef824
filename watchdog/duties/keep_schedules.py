"""Keeping the Temporal Schedules (定时): what the bureau does at intervals and no legal deadline rests on; those are timers, and the watchdog's."""

from collections.abc import Iterator
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

from activities.upkeep import upkeeps
from runtime.temporal import reaching
from watchdog.duty import Duty, Engine
from workflows.inspection_round import InspectionRound, schedule_id
from workflows.upkeep import UpkeepRound, upkeep_id

_INSPECT_EVERY = timedelta(hours=1)


class KeepSchedules(Duty[None]):
    """Create the bureau's Schedules, or bring them to what they are here; one that somebody paused stays paused.

    Where Temporal refuses, the log has it, and the next round tries again.
    """

    name = "keep-schedules"
    every = timedelta(minutes=10)
    needs = frozenset({Engine.TEMPORAL})

    async def do(self) -> None:
        """Keep the Schedule of inspections, and that of each upkeep."""
        with reaching():
            for action, every in _wanted(self.tools.task_queue):
                await _keep(self.tools.client, action, every)


def _wanted(task_queue: str) -> Iterator[tuple[ScheduleActionStartWorkflow, timedelta]]:
    """What is begun, and how often; a Schedule has the id of the workflow that it begins."""
    yield ScheduleActionStartWorkflow(InspectionRound.run, id=schedule_id(task_queue), task_queue=task_queue), _INSPECT_EVERY
    for each in upkeeps().values():
        id_ = upkeep_id(each.name, task_queue)
        yield ScheduleActionStartWorkflow(UpkeepRound.run, each.name, id=id_, task_queue=task_queue), each.every


async def _keep(client: Client, action: ScheduleActionStartWorkflow, every: timedelta) -> None:
    wanted = Schedule(
        action=action,
        spec=ScheduleSpec(intervals=[ScheduleIntervalSpec(every=every)]),
        # A round that is still going on makes the next needless; after an outage one round sees all there is.
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=timedelta(minutes=1)),
    )

    def update(found: ScheduleUpdateInput) -> ScheduleUpdate:
        return ScheduleUpdate(replace(wanted, state=found.description.schedule.state))

    try:
        await client.create_schedule(action.id, wanted)
    except ScheduleAlreadyRunningError:
        await client.get_schedule_handle(action.id).update(update)
