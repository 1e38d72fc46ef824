"""Boards for supervisors: deadlines by unit, limit and colour; the ranking of units; how long matters stay at each stage."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from law.calendar import SHANGHAI
from models.access.scope import Scope
from models.matter import TAKEN_UP, Kind
from models.readmodel.board_counts import (
    BY_STAGE,
    BY_UNIT,
    BoardFilter,
    ClockCount,
    DisplayNames,
    KindStays,
    StageStays,
    UnitStays,
    count_clocks,
    count_stays,
)
from models.readmodel.board_shapes import (
    Colours,
    DeadlineBoard,
    LimitColours,
    OldestMatter,
    RankingBoard,
    StageBoard,
    StageStay,
    UnitDeadlines,
    UnitRank,
)
from models.readmodel.pagination import build_title_sql, build_visible_sql, fetch_planned
from models.store.connection import Connection, Query

# Past overruns are counted like a colour.
OVERRUN = "overrun"
_WORST_FIRST = ("overdue", OVERRUN, "red", "orange", "yellow")


class _Oldest(NamedTuple):
    """The matter that has been at a stage for the longest time."""

    kind: str
    stage: str
    number: str
    title: str
    stage_since: datetime


OLDEST = Query[_Oldest]("""
SELECT said.kind, said.stage, m.number, m.title, m.stage_since
FROM unnest(%(kinds)s::text[], %(stages)s::text[], %(since)s::timestamptz[]) AS said (kind, stage, since), LATERAL (
    SELECT m.number, {title} AS title, m.stage_since FROM matter m
    WHERE NOT m.final AND m.kind = said.kind AND m.stage = said.stage AND m.stage_since >= said.since AND {visible}
    ORDER BY m.stage_since LIMIT 1
) m
""")

OPENED = Query[int]("""
SELECT count(*)::int AS n FROM matter m WHERE m.opened_at >= %(since)s AND m.kind = ANY(%(kinds)s) AND {visible}
""")


async def count_opened(connection: Connection, scope: Scope, since: datetime) -> int:
    """The number of calls, cases and suspects since an instant."""
    arguments: dict[str, Any] = {"since": since, "kinds": list(TAKEN_UP)}
    (n,) = await fetch_planned(connection, OPENED.format(visible=build_visible_sql(scope, arguments)), arguments)
    return n


ENTERED_LATE = Query[int]("""
SELECT count(*)::int AS n FROM matter m WHERE m.late_at >= %(since)s AND m.kind NOT IN ('canary', 'delivery') AND {visible}
""")


async def count_entered_late(connection: Connection, scope: Scope, since: datetime) -> int:
    """The number of matters with a late entry (补录) since an instant."""
    arguments: dict[str, Any] = {"since": since}
    (n,) = await fetch_planned(connection, ENTERED_LATE.format(visible=build_visible_sql(scope, arguments)), arguments)
    return n


async def read_deadlines(
    connection: Connection, scope: Scope, asked: BoardFilter, names: DisplayNames, now: datetime
) -> DeadlineBoard:
    """Running clocks by unit, limit and colour, with the late entries in each unit's open matters."""
    counted = await count_clocks(connection, scope, asked, now)
    stayed = await count_stays(connection, scope, BoardFilter(asked.kind), names, now, BY_UNIT)
    late = {row.unit_id: row.late for row in stayed.rows}
    cells, called = defaultdict[str, dict[str, Counter[str]]](dict), dict[str, str]()
    for row in counted.rows:
        cells[row.unit_id].setdefault(row.limit_id, Counter())[row.colour] += row.n
        called[row.limit_id] = row.zh
    units = [
        UnitDeadlines(
            unit=unit,
            zh=names.get_unit_name(unit),
            cells=[
                LimitColours(limit=limit, limit_zh=called[limit], **by)
                for limit, by in sorted(of.items(), key=lambda cell: (_rank_by_severity(cell[1]), cell[0]))
            ],
            totals=Colours(**sum(of.values(), Counter())),
            late=late.get(unit, 0),
        )
        for unit, of in sorted(cells.items(), key=lambda unit: names.get_unit_path(unit[0]))
    ]
    totals = Colours(**sum((by for of in cells.values() for by in of.values()), Counter()))
    return DeadlineBoard(at=counted.at, units=units, totals=totals)


async def read_ranking(
    connection: Connection, scope: Scope, asked: BoardFilter, names: DisplayNames, now: datetime
) -> RankingBoard:
    """Units by overdue clocks, then by red, orange and yellow ones."""
    counted = await count_clocks(connection, scope, asked, now)
    stayed = await count_stays(connection, scope, BoardFilter(asked.kind), names, now, BY_UNIT)
    return RankingBoard(at=counted.at, units=rank_units(counted.rows, stayed.rows, names))


async def read_stages(connection: Connection, scope: Scope, asked: BoardFilter, names: DisplayNames, now: datetime) -> StageBoard:
    """How long open matters have been at each stage."""
    counted = await count_stays(connection, scope, asked, names, now, BY_STAGE)
    by_stage = defaultdict[tuple[str, str], list[StageStays]](list)
    for row in counted.rows:
        by_stage[row.kind, row.stage].append(row)
    oldest = await _find_oldest(connection, scope, {key: min(row.oldest for row in rows) for key, rows in by_stage.items()}, now)
    today = now.astimezone(SHANGHAI).date()
    # In the order of the lifecycle; stages that no longer exist come last.
    place = {key: n for n, key in enumerate(names.stages)}
    return StageBoard(
        at=counted.at,
        stages=[
            StageStay(
                kind=kind,
                kind_zh=Kind(kind).zh,
                stage=stage,
                stage_zh=names.get_stage_name(kind, stage),
                open=sum(row.n for row in rows),
                late=sum(row.late for row in rows),
                median_days=_compute_quantile(rows, today, 0.5),
                p90_days=_compute_quantile(rows, today, 0.9),
                oldest=oldest.get((kind, stage)),
            )
            for (kind, stage), rows in sorted(
                by_stage.items(), key=lambda each: (list(Kind).index(Kind(each[0][0])), place.get(each[0], len(place)))
            )
        ],
    )


async def _find_oldest(
    connection: Connection, scope: Scope, since: Mapping[tuple[str, str], datetime], now: datetime
) -> dict[tuple[str, str], OldestMatter]:
    """The oldest matter at each stage; `since` are lower bounds that speed the search up."""
    kinds, stages_ = [kind for kind, _ in since], [stage for _, stage in since]
    arguments: dict[str, Any] = {"kinds": kinds, "stages": stages_, "since": list(since.values())}
    sql = OLDEST.format(visible=build_visible_sql(scope, arguments), title=build_title_sql(scope, arguments))
    rows = await fetch_planned(connection, sql, arguments)
    return {
        (row.kind, row.stage): OldestMatter(
            number=row.number,
            title=row.title,
            since=row.stage_since.astimezone(SHANGHAI),
            days=round((now - row.stage_since) / timedelta(days=1), 1),
        )
        for row in rows
    }


def rank_units(clocks: Iterable[ClockCount], stays: Iterable[UnitStays | KindStays], names: DisplayNames) -> list[UnitRank]:
    """Units in the order of the ranking; equal units share a rank."""
    by_unit, open_, late = defaultdict[str, Counter[str]](Counter), Counter[str](), Counter[str]()
    for row in clocks:
        by_unit[row.unit_id][row.colour] += row.n
    for row in stays:
        open_[row.unit_id] += row.n
        late[row.unit_id] += row.late
    order = sorted(by_unit.keys() | open_.keys(), key=lambda unit: (_rank_by_severity(by_unit[unit]), names.get_unit_path(unit)))
    ranks, before = [], None
    for n, unit in enumerate(order, start=1):
        stands = _rank_by_severity(by_unit[unit])
        rank = ranks[-1].rank if stands == before else n
        per_hundred = round(100 * by_unit[unit]["overdue"] / open_[unit], 1) if open_[unit] else None
        ranks.append(
            UnitRank(
                rank=rank,
                unit=unit,
                zh=names.get_unit_name(unit),
                open=open_[unit],
                overdue_per_hundred=per_hundred,
                late=late[unit],
                **by_unit[unit],
            )
        )
        before = stands
    return ranks


def _rank_by_severity(by: Counter[str]) -> tuple[int, ...]:
    return tuple(-by[colour] for colour in _WORST_FIRST)


def _compute_quantile(rows: Sequence[StageStays], today: date, share: float) -> int:
    """The number of days that this share of the matters has been at the stage at most."""
    wanted, seen, days = share * sum(row.n for row in rows), 0, 0
    for row in sorted(rows, key=lambda row: row.since_on, reverse=True):
        seen, days = seen + row.n, (today - row.since_on).days
        if seen >= wanted:
            break
    return max(0, days)
