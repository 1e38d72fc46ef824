"""Counting for boards: from the tallies where the bureau is large, from the tables themselves where it is not."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Generic, NamedTuple, TypeVar

from law.calendar import SHANGHAI
from models.access.scope import Scope, Tree
from models.readmodel.board_tallies import CLOCKS, STAYS
from models.readmodel.pagination import fetch_planned, visible, visible_cards, visible_clocks
from models.store.connection import Connection, Query

R = TypeVar("R")

# Below so many rows they are counted afresh in some tens of milliseconds, and every figure is of this very moment.
LARGE = 30_000
# A watchdog that has counted nothing for so long is away: better a slow board than a false one.
_FRESH = timedelta(minutes=5)
USABLE = Query[datetime]("SELECT at FROM tallied WHERE many > %(large)s AND at > %(since)s")
TALLIED_CLOCKS = """
SELECT unit_id, kind, limit_id, zh, colour, liberty, n FROM clock_tally WHERE unit_id = ANY(%(within)s) AND {kind} UNION ALL ({sealed})
"""
TALLIED_STAYS = """
SELECT unit_id, kind, stage, since_on, n, late, oldest FROM stay_tally WHERE unit_id = ANY(%(within)s) AND {kind} UNION ALL ({sealed})
"""
_SEALED_CLOCKS = "c.matter = ANY(ARRAY(SELECT number FROM matter WHERE sealed))"
_STAYS_SUMMED = "SELECT {by}, sum(n)::int AS n, sum(late)::int AS late, min(oldest) AS oldest FROM ({{counted}}) each WHERE kind || '/' || stage <> ALL(%(settled)s) GROUP BY {by}"


class ClockCount(NamedTuple):
    """Running clocks of a unit, by kind of matter, limit and colour; what was overrun is a colour of its own."""

    unit_id: str
    kind: str
    limit_id: str
    zh: str
    colour: str
    liberty: bool
    n: int


class UnitStays(NamedTuple):
    """Open matters of a unit: how many, how much in them was entered late, and since when the oldest stands where it does."""

    unit_id: str
    n: int
    late: int
    oldest: datetime


class KindStays(NamedTuple):
    """Those of one kind in a unit."""

    kind: str
    unit_id: str
    n: int
    late: int
    oldest: datetime


class StageStays(NamedTuple):
    """Those of one kind that came to a stage on one day."""

    kind: str
    stage: str
    since_on: date
    n: int
    late: int
    oldest: datetime


BY_UNIT = Query[UnitStays](_STAYS_SUMMED.format(by="unit_id"))
BY_KIND = Query[KindStays](_STAYS_SUMMED.format(by="kind, unit_id"))
BY_STAGE = Query[StageStays](_STAYS_SUMMED.format(by="kind, stage, since_on"))


class Asked(NamedTuple):
    """What a board is narrowed to: a kind of matter, and days within which clocks are due, or matters were opened."""

    kind: str | None = None
    since: date | None = None
    until: date | None = None

    @property
    def period(self) -> bool:
        """Whether a period is named."""
        return bool(self.since or self.until)


class Names(NamedTuple):
    """How people call units and stages, and which stages are settled."""

    tree: Tree
    stages: Mapping[tuple[str, str], str]
    # Where a matter is done with, though it is not archived: no officer counts it among what is open (未结).
    settled: frozenset[tuple[str, str]]

    def unit(self, unit: str) -> str:
        """The unit's name, or its id where it is no more."""
        return self.tree[unit].zh if unit in self.tree else unit

    def place(self, unit: str) -> str:
        """Where the unit stands in the tree."""
        return self.tree[unit].path if unit in self.tree else unit

    def stage(self, kind: str, stage: str) -> str:
        """The stage's name."""
        return self.stages.get((kind, stage), stage)


class Counted(NamedTuple, Generic[R]):
    """Rows of a tally, and when they were counted."""

    rows: list[R]
    at: datetime


async def clocks(connection: Connection, scope: Scope, asked: Asked, now: datetime) -> Counted[ClockCount]:
    """Running clocks by unit, kind, limit and colour."""
    arguments: dict[str, Any] = {"within": list(scope.units), "kind": asked.kind}
    at = await _usable(connection, scope, asked, now)
    narrowed = [*within(asked, "c.due_at", arguments), *((_SEALED_CLOCKS,) if at else ())]
    if asked.kind:
        narrowed.append("c.kind = %(kind)s")
    past = visible_cards(scope, arguments)
    running = f"({visible_clocks(scope, arguments)} OR c.colour = 'overdue' AND {past})"
    sql = CLOCKS.format(where=" AND ".join((running, *narrowed)), past=" AND ".join((past, *narrowed)))
    if at:
        sql = TALLIED_CLOCKS.format(kind=_of_kind(asked), sealed=sql)
    return Counted(await fetch_planned(connection, Query[ClockCount](sql), arguments), (at or now).astimezone(SHANGHAI))


async def stays(connection: Connection, scope: Scope, asked: Asked, names: Names, now: datetime, by: Query[R]) -> Counted[R]:
    """Open matters without those that are settled, and what was entered late in them, summed by unit, kind or stage."""
    arguments: dict[str, Any] = {"within": list(scope.units), "kind": asked.kind}
    arguments["settled"] = ["/".join(each) for each in names.settled]
    at = await _usable(connection, scope, asked, now)
    where = [visible(scope, arguments), *within(asked, "m.opened_at", arguments), *(("m.sealed",) if at else ())]
    if asked.kind:
        where.append("m.kind = %(kind)s")
    sql = STAYS.format(where=" AND ".join(where))
    if at:
        sql = TALLIED_STAYS.format(kind=_of_kind(asked), sealed=sql)
    rows = await fetch_planned(connection, by.format(counted=sql), arguments)
    return Counted(rows, (at or now).astimezone(SHANGHAI))


def _of_kind(asked: Asked) -> str:
    return "kind = %(kind)s" if asked.kind else "true"


async def _usable(connection: Connection, scope: Scope, asked: Asked, now: datetime) -> datetime | None:
    """When the tallies were counted by which this may be answered; None where it is to be counted from the tables."""
    return None if asked.period else await tallied_at(connection, scope, now)


async def tallied_at(connection: Connection, scope: Scope, now: datetime) -> datetime | None:
    """When the tallies were counted, where the bureau is large enough to be read from them and this scope shows units whole; else None."""
    if not scope.whole:
        return None
    return next(iter(await fetch_planned(connection, USABLE, {"large": LARGE, "since": now - _FRESH})), None)


def within(asked: Asked, instant: str, arguments: dict[str, Any]) -> list[str]:
    """The conditions that an instant lies within the days that are asked for, of which the last counts whole."""
    where: list[str] = []
    if asked.since:
        arguments["from_day"] = datetime.combine(asked.since, time(), SHANGHAI)
        where.append(f"{instant} >= %(from_day)s")
    if asked.until:
        arguments["to_day"] = datetime.combine(asked.until + timedelta(days=1), time(), SHANGHAI)
        where.append(f"{instant} < %(to_day)s")
    return where
