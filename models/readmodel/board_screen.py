"""The big screen (大屏) of a duty room: all its figures at one instant."""

from collections import Counter
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from law.calendar import SHANGHAI
from law.clock import ClockId, Colour
from models.access.scope import Scope
from models.matter import Kind
from models.readmodel.board_counts import BY_KIND, BoardFilter, DisplayNames, count_clocks, count_stays
from models.readmodel.board_shapes import CanaryAge, Colours, Intake, KindCount, Rings, UnitRank
from models.readmodel.boards import OVERRUN, rank_units
from models.readmodel.pagination import build_visible_clocks_sql, build_visible_sql, fetch_planned
from models.store.connection import Connection, Query


class _Hour(NamedTuple):
    """The number of incidents received in an hour of the day."""

    hour: int
    n: int


INTAKE = Query[_Hour]("""
SELECT extract(hour FROM m.opened_at AT TIME ZONE 'Asia/Shanghai')::int AS hour, count(*)::int AS n
FROM matter m WHERE m.kind = 'incident' AND m.opened_at >= %(since)s AND {visible} GROUP BY 1
""")


class _Rung(NamedTuple):
    """Alerts of a colour by who raised them: their number, how many were late, and the greatest delay in milliseconds."""

    colour: str
    rung_by: str
    n: int
    late: int
    latest: int


RINGS = Query[_Rung]("""
SELECT r.colour, r.rung_by, count(*)::int AS n, count(*) FILTER (WHERE r.late_ms > 2000)::int AS late, max(r.late_ms) AS latest
FROM ring r JOIN clock c ON c.id = r.clock_id WHERE r.rung_at > %(since)s AND c.limit_id <> 'canary' AND {visible} GROUP BY 1, 2
""")


class RungCanary(NamedTuple):
    """A canary's alert."""

    rung_by: str
    rung_at: datetime


# Fast, since one is due every five minutes and the newest is searched first.
LAST_CANARY = Query[RungCanary](
    f"SELECT rung_by, rung_at FROM ring WHERE starts_with(clock_id, '{ClockId.build_prefix('canary')}') ORDER BY rung_at DESC LIMIT 1"
)


class Figures(NamedTuple):
    """Everything on the big screen but the red cards."""

    at: datetime
    intake: Intake
    open: list[KindCount]
    clocks: Colours
    ranking: list[UnitRank]
    red_cards_total: int
    overruns_total: int
    late_total: int
    rings: Rings
    canary: CanaryAge | None


async def read_screen(connection: Connection, scope: Scope, names: DisplayNames, now: datetime, top: int) -> Figures:
    """The figures of the big screen, with the first `top` units of the ranking."""
    counted = await count_clocks(connection, scope, BoardFilter(), now)
    stayed = await count_stays(connection, scope, BoardFilter(), names, now, BY_KIND)
    colours, kinds = Counter[str](), Counter[str]()
    for row in counted.rows:
        colours[row.colour] += row.n
    for row in stayed.rows:
        kinds[row.kind] += row.n
    return Figures(
        at=counted.at,
        intake=await _load_intake(connection, scope, now),
        open=[KindCount(kind=kind, kind_zh=kind.zh, open=kinds[kind]) for kind in Kind if kinds[kind]],
        clocks=Colours(**colours),
        ranking=rank_units(counted.rows, stayed.rows, names)[:top],
        red_cards_total=sum(row.n for row in counted.rows if row.liberty and row.colour == Colour.OVERDUE),
        overruns_total=sum(row.n for row in counted.rows if row.liberty and row.colour == OVERRUN),
        late_total=sum(row.late for row in stayed.rows),
        rings=await _load_rings(connection, scope, now),
        canary=await find_last_canary(connection, now),
    )


async def _load_intake(connection: Connection, scope: Scope, now: datetime) -> Intake:
    today = now.astimezone(SHANGHAI).date()
    arguments: dict[str, Any] = {"since": datetime.combine(today, time(), SHANGHAI)}
    rows = await fetch_planned(connection, INTAKE.format(visible=build_visible_sql(scope, arguments)), arguments)
    by_hour = Counter(dict(rows))
    return Intake(day=today.isoformat(), total=by_hour.total(), hours=[by_hour[hour] for hour in range(24)])


async def _load_rings(connection: Connection, scope: Scope, now: datetime) -> Rings:
    arguments: dict[str, Any] = {"since": now - timedelta(hours=24)}
    rows = await fetch_planned(connection, RINGS.format(visible=build_visible_clocks_sql(scope, arguments)), arguments)
    colours = Counter[str]()
    for row in rows:
        colours[row.colour] += row.n
    return Rings(
        total=colours.total(),
        by_colour=Colours(**colours),
        by_watchdog=sum(row.n for row in rows if row.rung_by == "watchdog"),
        late=sum(row.late for row in rows),
        latest_ms=max((row.latest for row in rows), default=0),
    )


async def find_last_canary(connection: Connection, now: datetime) -> CanaryAge | None:
    """When the canary last raised an alert; None where it never did."""
    for row in await fetch_planned(connection, LAST_CANARY, {}):
        age = int((now - row.rung_at).total_seconds())
        return CanaryAge(rung_at=row.rung_at.astimezone(SHANGHAI), age_seconds=age, rung_by=row.rung_by)
    return None
