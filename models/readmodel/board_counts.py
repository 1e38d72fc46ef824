"""Counting for boards: from the tallies where the bureau is large, from the tables themselves where it is not."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from law.calendar import SHANGHAI
from models.access.scope import Scope, Tree
from models.readmodel.board_tallies import CLOCKS, STAYS
from models.readmodel.pagination import rows_of, visible, visible_cards, visible_clocks
from models.store.connection import Connection

# Below so many rows they are counted afresh in some tens of milliseconds, and every figure is of this very moment.
LARGE = 30_000
# A watchdog that has counted nothing for so long is away: better a slow board than a false one.
_FRESH = timedelta(minutes=5)
USABLE = "SELECT at FROM tallied WHERE many > %(large)s AND at > %(since)s"
TALLIED_CLOCKS = """
SELECT unit_id, kind, limit_id, zh, colour, liberty, n FROM clock_tally WHERE unit_id = ANY(%(within)s) AND {kind} UNION ALL ({sealed})
"""
TALLIED_STAYS = """
SELECT unit_id, kind, stage, since_on, n, late, oldest FROM stay_tally WHERE unit_id = ANY(%(within)s) AND {kind} UNION ALL ({sealed})
"""
_SEALED_CLOCKS = "c.matter = ANY(ARRAY(SELECT number FROM matter WHERE sealed))"
STAYS_SUMMED = "SELECT {by}, sum(n)::int AS n, sum(late)::int AS late, min(oldest) AS oldest FROM ({counted}) each GROUP BY {by}"


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
    """How people call units and stages."""

    tree: Tree
    stages: Mapping[tuple[str, str], str]

    def unit(self, unit: str) -> str:
        """The unit's name, or its id where it is no more."""
        return self.tree[unit].zh if unit in self.tree else unit

    def stage(self, kind: str, stage: str) -> str:
        """The stage's name."""
        return self.stages.get((kind, stage), stage)


class Counted(NamedTuple):
    """Rows of a tally, and when they were counted."""

    rows: list[Any]
    at: datetime


async def clocks(connection: Connection, scope: Scope, asked: Asked, now: datetime) -> Counted:
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
    return Counted(await rows_of(connection, sql, arguments), (at or now).astimezone(SHANGHAI))


async def stays(connection: Connection, scope: Scope, asked: Asked, now: datetime, by: str) -> Counted:
    """Open matters, and what was entered late in them, summed by those columns."""
    arguments: dict[str, Any] = {"within": list(scope.units), "kind": asked.kind}
    at = await _usable(connection, scope, asked, now)
    where = [visible(scope, arguments), *within(asked, "m.opened_at", arguments), *(("m.sealed",) if at else ())]
    if asked.kind:
        where.append("m.kind = %(kind)s")
    sql = STAYS.format(where=" AND ".join(where))
    if at:
        sql = TALLIED_STAYS.format(kind=_of_kind(asked), sealed=sql)
    rows = await rows_of(connection, STAYS_SUMMED.format(by=by, counted=sql), arguments)
    return Counted(rows, (at or now).astimezone(SHANGHAI))


def _of_kind(asked: Asked) -> str:
    return "kind = %(kind)s" if asked.kind else "true"


async def _usable(connection: Connection, scope: Scope, asked: Asked, now: datetime) -> datetime | None:
    """When the tallies were counted by which this may be answered; None where it is to be counted from the tables."""
    if asked.period or not scope.whole:
        return None
    rows = await rows_of(connection, USABLE, {"large": LARGE, "since": now - _FRESH})
    return rows[0].at if rows else None


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
