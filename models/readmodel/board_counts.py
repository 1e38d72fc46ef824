"""Counting clocks and open matters for boards: from the tallies in a large bureau, else from the tables."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Generic, NamedTuple, TypeVar

from law.calendar import SHANGHAI
from models.access.kept_from import APART
from models.access.scope import Scope, Tree
from models.readmodel.board_tallies import CLOCKS, STAYS
from models.readmodel.pagination import build_visible_cards_sql, build_visible_clocks_sql, build_visible_sql, fetch_planned
from models.store.connection import Connection, Query

R = TypeVar("R")

# Up to so many rows, counting the tables takes some tens of milliseconds, and the figures are exact.
LARGE = 30_000
# Older tallies mean that the watchdog is down; then the tables are counted, which is slow but right.
_FRESH = timedelta(minutes=5)
USABLE = Query[datetime]("SELECT at FROM tallied WHERE many > %(large)s AND at > %(since)s")
TALLIED_CLOCKS = """
SELECT unit_id, kind, limit_id, zh, colour, liberty, n FROM clock_tally WHERE unit_id = ANY(%(within)s) AND {kind} UNION ALL ({apart})
"""
TALLIED_STAYS = """
SELECT unit_id, kind, stage, since_on, n, late, oldest FROM stay_tally WHERE unit_id = ANY(%(within)s) AND {kind} UNION ALL ({apart})
"""
_APART_CLOCKS = f"c.matter = ANY(ARRAY(SELECT m.number FROM matter m WHERE {APART}))"
_STAYS_SUMMED = "SELECT {by}, sum(n)::int AS n, sum(late)::int AS late, min(oldest) AS oldest FROM ({{counted}}) each WHERE kind || '/' || stage <> ALL(%(settled)s) GROUP BY {by}"


class ClockCount(NamedTuple):
    """The number of clocks of a unit by kind of matter, limit and colour; past overruns count under the colour `overrun`."""

    unit_id: str
    kind: str
    limit_id: str
    zh: str
    colour: str
    liberty: bool
    n: int


class UnitStays(NamedTuple):
    """Open matters of a unit: their number, their late entries, and since when the oldest has been at its stage."""

    unit_id: str
    n: int
    late: int
    oldest: datetime


class KindStays(NamedTuple):
    """Open matters of one kind in a unit."""

    kind: str
    unit_id: str
    n: int
    late: int
    oldest: datetime


class StageStays(NamedTuple):
    """Open matters of one kind that reached a stage on one day."""

    kind: str
    stage: str
    since_on: date
    n: int
    late: int
    oldest: datetime


BY_UNIT = Query[UnitStays](_STAYS_SUMMED.format(by="unit_id"))
BY_KIND = Query[KindStays](_STAYS_SUMMED.format(by="kind, unit_id"))
BY_STAGE = Query[StageStays](_STAYS_SUMMED.format(by="kind, stage, since_on"))


class BoardFilter(NamedTuple):
    """The filter of a board: a kind of matter, and the days on which clocks are due or matters were opened."""

    kind: str | None = None
    since: date | None = None
    until: date | None = None

    @property
    def period(self) -> bool:
        """Whether the filter has a period."""
        return bool(self.since or self.until)


class DisplayNames(NamedTuple):
    """Display names of units and stages, and which stages are settled."""

    tree: Tree
    stages: Mapping[tuple[str, str], str]
    # Stages at which nothing is left to do: such matters do not count as open (未结), though they are not archived.
    settled: frozenset[tuple[str, str]]

    def get_unit_name(self, unit: str) -> str:
        """The name of a unit; its id where it no longer exists."""
        return self.tree[unit].zh if unit in self.tree else unit

    def get_unit_path(self, unit: str) -> str:
        """The path of a unit in the tree, to sort by."""
        return self.tree[unit].path if unit in self.tree else unit

    def get_stage_name(self, kind: str, stage: str) -> str:
        """The name of a stage."""
        return self.stages.get((kind, stage), stage)


class Counted(NamedTuple, Generic[R]):
    """Rows, and the instant at which they were counted."""

    rows: list[R]
    at: datetime


async def count_clocks(connection: Connection, scope: Scope, asked: BoardFilter, now: datetime) -> Counted[ClockCount]:
    """The clocks that this scope sees, by unit, kind, limit and colour."""
    arguments: dict[str, Any] = {"within": list(scope.units), "kind": asked.kind}
    at = await _find_tally_time(connection, scope, asked, now)
    narrowed = [*build_period_sql(asked, "c.due_at", arguments), *((_APART_CLOCKS,) if at else ())]
    if asked.kind:
        narrowed.append("c.kind = %(kind)s")
    past = build_visible_cards_sql(scope, arguments)
    running = f"({build_visible_clocks_sql(scope, arguments)} OR c.colour = 'overdue' AND {past})"
    sql = CLOCKS.format(where=" AND ".join((running, *narrowed)), past=" AND ".join((past, *narrowed)))
    if at:
        sql = TALLIED_CLOCKS.format(kind=_of_kind(asked), apart=sql)
    return Counted(await fetch_planned(connection, Query[ClockCount](sql), arguments), (at or now).astimezone(SHANGHAI))


async def count_stays(
    connection: Connection, scope: Scope, asked: BoardFilter, names: DisplayNames, now: datetime, by: Query[R]
) -> Counted[R]:
    """Open matters, without those at settled stages, and their late entries, summed by the query `by`: unit, kind or stage."""
    arguments: dict[str, Any] = {"within": list(scope.units), "kind": asked.kind}
    arguments["settled"] = ["/".join(each) for each in names.settled]
    at = await _find_tally_time(connection, scope, asked, now)
    where = [
        build_visible_sql(scope, arguments),
        *build_period_sql(asked, "m.opened_at", arguments),
        *((APART,) if at else ()),
    ]
    if asked.kind:
        where.append("m.kind = %(kind)s")
    sql = STAYS.format(where=" AND ".join(where))
    if at:
        sql = TALLIED_STAYS.format(kind=_of_kind(asked), apart=sql)
    rows = await fetch_planned(connection, by.format(counted=sql), arguments)
    return Counted(rows, (at or now).astimezone(SHANGHAI))


def _of_kind(asked: BoardFilter) -> str:
    return "kind = %(kind)s" if asked.kind else "true"


async def _find_tally_time(connection: Connection, scope: Scope, asked: BoardFilter, now: datetime) -> datetime | None:
    """When the tallies that can answer this were counted; None where the tables must be counted. Tallies know no periods."""
    return None if asked.period else await find_tally_time(connection, scope, now)


async def find_tally_time(connection: Connection, scope: Scope, now: datetime) -> datetime | None:
    """When the tallies were counted; None where they are too small or too old to be used, or the scope does not cover whole units."""
    if not scope.whole:
        return None
    return next(iter(await fetch_planned(connection, USABLE, {"large": LARGE, "since": now - _FRESH})), None)


def build_period_sql(asked: BoardFilter, instant: str, arguments: dict[str, Any]) -> list[str]:
    """SQL conditions that an instant lies within the filter's period, its last day included."""
    where: list[str] = []
    if asked.since:
        arguments["from_day"] = datetime.combine(asked.since, time(), SHANGHAI)
        where.append(f"{instant} >= %(from_day)s")
    if asked.until:
        arguments["to_day"] = datetime.combine(asked.until + timedelta(days=1), time(), SHANGHAI)
        where.append(f"{instant} < %(to_day)s")
    return where
