"""Reporting (制作报告): each type of report is made for every unit that handles cases, and for the bureau, once for each time it is due.

A Temporal Schedule begins it at its time; what was missed is made once the bureau runs again, and says that it is late.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from temporalio import activity

from models.access.scope import Tree, Unit
from models.administration import HANDLING, UnitKind
from models.readmodel.board_counts import DisplayNames
from models.readmodel.offices import read_units
from models.readmodel.report_types import ReportType, build_past_sections, read_report, report_types
from models.reports import Due, build_activity_name
from models.store.calendar_years import load_calendar
from models.store.connection import Connection, Query, fetch_all, fetch_first
from models.store.reports import keep
from runtime.database import Pool
from runtime.database_time import read
from runtime.logging import log

LAST = Query[datetime]("SELECT max(due_at) FROM report WHERE type = %(type)s")
MADE = Query[str]("SELECT unit_id FROM report WHERE type = %(type)s AND period = %(period)s")
# A bureau's own report sums up those of its units.
_REPORTED = HANDLING | {UnitKind.BUREAU}


@dataclass(frozen=True, slots=True)
class Reporting:
    """Makes reports over one pool; `stages` are the names of stages by kind and stage, `settled` those at which nothing is left to do."""

    pool: Pool
    stages: Mapping[tuple[str, str], str]
    settled: frozenset[tuple[str, str]]

    def list_activities(self) -> Sequence[Callable[[], Awaitable[int]]]:
        """The activity of each type of report; it says how many reports it made, 0: none was missing."""
        return [self._make_activity(each) for each in report_types().values()]

    def _make_activity(self, report: ReportType) -> Callable[[], Awaitable[int]]:
        @activity.defn(name=build_activity_name(report.id))
        async def make() -> int:
            try:
                return await self.make(report)
            except Exception as error:
                log.error("process.failed", operation=build_activity_name(report.id), error=error)
                raise

        return make

    async def make(self, report: ReportType) -> int:
        """Make that report for every unit that lacks it since it was last due, and what an outage left unmade before; how many."""
        async with self.pool.connection() as connection:
            now = (await read(connection)).now
            tree = await read_units(connection)
            last = await fetch_first(connection, LAST, {"type": report.id}) or now
            due, *missed = report.times.list_dues(last, now, await load_calendar(connection))
            made = 0
            for each in reversed(missed):
                made += await self._make_all(connection, replace(report, read=build_past_sections), each, tree)
            return made + await self._make_all(connection, report, due, tree)

    async def _make_all(self, connection: Connection, report: ReportType, due: Due, tree: Tree) -> int:
        made = set(await fetch_all(connection, MADE, {"type": report.id, "period": due.period}))
        missing = [unit for unit in tree.values() if unit.kind in _REPORTED and unit.id not in made]
        return sum([await self._make_one(connection, report, due, unit, tree) for unit in missing])

    async def _make_one(self, connection: Connection, report: ReportType, due: Due, unit: Unit, tree: Tree) -> bool:
        content = await read_report(connection, report, due, unit, DisplayNames(tree, self.stages, self.settled))
        return await keep(connection, content, due, of_bureau=unit.kind is UnitKind.BUREAU, circulates=report.circulates)
