"""The types of reports (报告), one file each: when it is made, and what its sections list. Whoever declares one in a module here has it made.

`@report("morning-handover", "早交班", Times(time(7, 50)))` over the function that reads its sections is all of it.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from types import MappingProxyType

from law.discovery import discover
from law.offices import Office
from models.access.scope import Person, Scope, Unit, list_units_below
from models.readmodel import report_sections as sections
from models.readmodel.board_counts import DisplayNames
from models.readmodel.report_sections import Asked
from models.reports import Correction, Due, ReportContent, ReportSection, Times
from models.store.connection import Connection, Query, fetch_one

Read = Callable[[Asked], Awaitable[list[ReportSection]]]
NOW = Query[datetime]("SELECT clock_timestamp()")


@dataclass(frozen=True, slots=True)
class ReportType:
    """A type of report: its id, what people call it, when it is due, and how its sections are read."""

    id: str
    zh: str
    times: Times
    read: Read
    # Whether it circulates (通报), with a number and without citizens' names.
    circulates: bool = False
    # The offices by which it is read; none: by whoever reads the unit whole.
    readers: tuple[Office, ...] = ()

    def is_read_by(self, person: Person, unit: str) -> bool:
        """Whether this person, who reads that unit whole, reads this type of report on it."""
        return not self.readers or any(each.office in self.readers and unit in each.own for each in person.offices)


def report(
    id: str,  # noqa: A002 - what it is called everywhere
    zh: str,
    times: Times,
    *,
    circulates: bool = False,
    readers: tuple[Office, ...] = (),
) -> Callable[[Read], ReportType]:
    """Declare the decorated function as what reads that type of report."""
    return lambda read: ReportType(id, zh, times, read, circulates, readers)


async def build_past_sections(asked: Asked) -> list[ReportSection]:
    """What can still be said of a period whose report was not made in its time: what happened in it, and not how it stood at its end."""
    return [sections.build_made_up_section(asked), *await _build_happened_sections(asked)]


async def _build_happened_sections(asked: Asked) -> list[ReportSection]:
    return [
        await sections.build_figures_section(asked),
        await sections.build_calls_section(asked),
        await sections.build_opened_section(asked),
    ]


async def read_again(
    connection: Connection, report: ReportType, due: Due, unit: Unit, names: DisplayNames, *, latest: bool
) -> ReportContent:
    """What a report says now of a period that was reported: as a whole where it is the latest of its type, else what happened in it."""
    again = report if latest else replace(report, read=_build_happened_sections)
    return await read_report(connection, again, due, unit, names)


def correct(told: ReportContent, of: Correction, *, latest: bool) -> ReportContent:
    """A corrected edition: what was read again, and first why, and what differs."""
    return told.model_copy(update={"sections": [sections.build_correction_section(told, of, latest=latest), *told.sections]})


# What several statements read must be of one instant.
_AS_OF_ONE_INSTANT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


async def read_report(connection: Connection, report: ReportType, due: Due, unit: Unit, names: DisplayNames) -> ReportContent:
    """What a report says of a unit and those below it, all of one instant."""
    async with connection.transaction():
        await connection.execute(_AS_OF_ONE_INSTANT)
        as_of = await fetch_one(connection, NOW)
        scope = Scope(tuple(sorted(list_units_below(unit.id, names.tree))), (), "", ())
        told = await report.read(Asked(connection, unit.id, scope, names, due.since, due.at, as_of))
    return ReportContent(
        type=report.id, zh=report.zh, unit=unit.id, unit_zh=unit.zh, since=due.since, until=due.at, as_of=as_of, sections=told
    )


@cache
def report_types() -> Mapping[str, ReportType]:
    """Every type of report by its id; ValueError where two share one."""
    found: dict[str, ReportType] = {}
    for each in discover(__name__, ReportType):
        if found.setdefault(each.id, each) is not each:
            raise ValueError(f"two types of reports are called {each.id}")
    return MappingProxyType(found)
