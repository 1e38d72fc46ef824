"""Keeping the Temporal Schedules (定时): what the bureau does at intervals and no legal deadline rests on; those are timers, and the watchdog's."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta
from typing import NamedTuple

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleCalendarSpec,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
    ScheduleUpdate,
    ScheduleUpdateInput,
)

from activities.upkeep import get_upkeeps
from law.calendar import SHANGHAI
from models.readmodel.report_types import report_types
from models.reports import Times, build_activity_name
from runtime.temporal import note_reachability
from watchdog.duty import Duty, Engine
from workflows.inspection_round import InspectionRound, build_daily_schedule_id, schedule_id
from workflows.upkeep import UpkeepRound, build_upkeep_id

_INSPECT_EVERY = timedelta(hours=1)
# Before the morning's meeting, which hears of it.
_INSPECT_DAILY = Times(time(5, 30))
_SOON = timedelta(minutes=1)
# The longest holiday takes nine days, and weekends stand before and behind it.
_MOST_OFF = 13


class _Wanted(NamedTuple):
    """A Schedule, which has the id of the workflow that it begins: when that is, and how long afterwards it is still worth while."""

    action: ScheduleActionStartWorkflow
    spec: ScheduleSpec
    catch_up: timedelta


class KeepSchedules(Duty[None]):
    """Create the bureau's Schedules, or bring them to what they are here; one that somebody paused stays paused.

    Where Temporal refuses, the log has it, and the next round tries again.
    """

    name = "keep-schedules"
    every = timedelta(minutes=10)
    needs = frozenset({Engine.TEMPORAL})

    async def do(self) -> None:
        """Keep the Schedule of inspections, and that of each upkeep and each type of report."""
        with note_reachability():
            for wanted in _list_wanted(self.tools.task_queue):
                await _keep(self.tools.client, wanted)


def _list_wanted(task_queue: str) -> Iterator[_Wanted]:
    """What is begun, and when."""
    inspect = ScheduleActionStartWorkflow(InspectionRound.run, id=schedule_id(task_queue), task_queue=task_queue)
    yield _Wanted(inspect, _build_interval_spec(_INSPECT_EVERY), _SOON)
    daily = build_daily_schedule_id(task_queue)
    everything = ScheduleActionStartWorkflow(InspectionRound.run, args=[None, True], id=daily, task_queue=task_queue)
    yield _Wanted(everything, _build_times_spec(_INSPECT_DAILY), _SOON)
    for each in get_upkeeps().values():
        yield _Wanted(_build_upkeep_action(each.name, task_queue), _build_interval_spec(each.every), _SOON)
    for report in report_types().values():
        # A report whose time passed while everything stood still is made late, until the next is due.
        yield _Wanted(
            _build_upkeep_action(build_activity_name(report.id), task_queue), _build_times_spec(report.times), report.times.every
        )


def _build_upkeep_action(name: str, task_queue: str) -> ScheduleActionStartWorkflow:
    return ScheduleActionStartWorkflow(UpkeepRound.run, name, id=build_upkeep_id(name, task_queue), task_queue=task_queue)


def _build_interval_spec(every: timedelta) -> ScheduleSpec:
    return ScheduleSpec(intervals=[ScheduleIntervalSpec(every=every)])


def _build_times_spec(times: Times) -> ScheduleSpec:
    # Temporal counts the days of the week from Sunday.
    days = [ScheduleRange(0, 6)] if times.weekday is None else [ScheduleRange((times.weekday + 1) % 7)]
    of_month = [_build_days_range(times)]
    months = [ScheduleRange(each) for each in times.months]
    at = ScheduleCalendarSpec(
        hour=[ScheduleRange(times.at.hour)],
        minute=[ScheduleRange(times.at.minute)],
        day_of_month=of_month,
        month=months,
        day_of_week=days,
    )
    return ScheduleSpec(calendars=[at], time_zone_name=SHANGHAI.tzname(None))


def _build_days_range(times: Times) -> ScheduleRange:
    """The days of the month on which it may be due. Temporal knows no working days: on one of no report, nothing is missing."""
    if times.working_day is not None:
        return ScheduleRange(times.working_day, times.working_day + _MOST_OFF)
    return ScheduleRange(1, 31) if times.day is None else ScheduleRange(times.day)


async def _keep(client: Client, one: _Wanted) -> None:
    wanted = Schedule(
        action=one.action,
        spec=one.spec,
        # A round that is still going on makes the next needless; after an outage one round sees all there is.
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=one.catch_up),
    )

    def update(found: ScheduleUpdateInput) -> ScheduleUpdate:
        return ScheduleUpdate(replace(wanted, state=found.description.schedule.state))

    try:
        await client.create_schedule(one.action.id, wanted)
    except ScheduleAlreadyRunningError:
        await client.get_schedule_handle(one.action.id).update(update)
