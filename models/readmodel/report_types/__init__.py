"""The types of reports (报告), one file each: when it is made, and what its sections list. Whoever declares one in a module here has it made.

`@report("morning-handover", "早交班", Times(time(7, 50)))` over the function that reads its sections is all of it.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from law.discovery import discover
from models.readmodel import report_sections as sections
from models.readmodel.report_sections import Asked
from models.reports import ReportSection, Times

Read = Callable[[Asked], Awaitable[list[ReportSection]]]


@dataclass(frozen=True, slots=True)
class ReportType:
    """A type of report: its id, what people call it, when it is due, and how its sections are read."""

    id: str
    zh: str
    times: Times
    read: Read


def report(id: str, zh: str, times: Times) -> Callable[[Read], ReportType]:  # noqa: A002 - what it is called everywhere
    """Declare the decorated function as what reads that type of report."""
    return lambda read: ReportType(id, zh, times, read)


async def build_past_sections(asked: Asked) -> list[ReportSection]:
    """What can still be said of a period whose report was not made in its time: what happened in it, and not how it stood at its end."""
    return [
        sections.build_made_up_section(asked),
        await sections.build_figures_section(asked),
        await sections.build_calls_section(asked),
        await sections.build_opened_section(asked),
    ]


@cache
def report_types() -> Mapping[str, ReportType]:
    """Every type of report by its id; ValueError where two share one."""
    found: dict[str, ReportType] = {}
    for each in discover(__name__, ReportType):
        if found.setdefault(each.id, each) is not each:
            raise ValueError(f"two types of reports are called {each.id}")
    return MappingProxyType(found)
