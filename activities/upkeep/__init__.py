"""Upkeep (定期工作): what is done at intervals and no deadline rests on, one file each. Whoever declares an Upkeep in a module here has scheduled it.

A Temporal Schedule begins the workflow `upkeep` for each, which repeats its activity until nothing is left to do. What guards deadlines, and
what somebody waits for, is no upkeep but a duty of the watchdog, which needs no Temporal.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from types import MappingProxyType

from temporalio import activity

from law.discovery import discover
from runtime.database import Pool
from runtime.logging import log

Work = Callable[[Pool], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Upkeep:
    """One such work: its name, which its activity bears, how often its Schedule begins it, and the work; how much was done, 0: nothing is left.

    It may be begun twice, or broken off: whatever it does is one transaction, and done once.
    """

    name: str
    every: timedelta
    do: Work


def upkeep(name: str, *, every: timedelta) -> Callable[[Work], Upkeep]:
    """Declare the decorated function as an upkeep of that name."""
    return lambda do: Upkeep(name, every, do)


@cache
def get_upkeeps() -> Mapping[str, Upkeep]:
    """Every upkeep by its name; ValueError where two share one."""
    found: dict[str, Upkeep] = {}
    for each in discover(__name__, Upkeep):
        if found.setdefault(each.name, each) is not each:
            raise ValueError(f"two upkeeps are called {each.name}")
    return MappingProxyType(found)


def make_activities(pool: Pool) -> Sequence[Callable[[], Awaitable[int]]]:
    """The activity of each upkeep, over that pool; the log has each of its faults under its name."""

    def activity_of(one: Upkeep) -> Callable[[], Awaitable[int]]:
        @activity.defn(name=one.name)
        async def do() -> int:
            try:
                return await one.do(pool)
            except Exception as error:
                log.error("process.failed", operation=one.name, error=error)
                raise

        return do

    return [activity_of(each) for each in get_upkeeps().values()]
