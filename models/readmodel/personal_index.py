"""An officer's own index as it is told (民警健康指数): reckoned from the facts whenever somebody looks, so that it never differs from them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from statistics import median, quantiles
from typing import NamedTuple

from law.calendar import SHANGHAI, Calendar
from models.assessment.personal import (
    EDITION,
    FEWEST,
    NOT_ALONE,
    Answered,
    Index,
    Item,
    Level,
    Point,
    ScoredItem,
    ScoredPoint,
    count_levels,
    reckon,
)
from models.readmodel.personal_points import Facts, read_facts, read_loads
from models.readmodel.personal_shapes import (
    DimensionView,
    ItemOfIndex,
    LevelCount,
    LoadView,
    PersonalIndex,
    PointView,
    UnitLevels,
)
from models.store.connection import Connection, Query, fetch_all
from models.store.point_objections import get_last_day

_MONTHS_AGO = (timedelta(days=30), timedelta(days=60), timedelta(days=90))


class Officer(NamedTuple):
    """Somebody who handles cases in a unit, and is active."""

    username: str
    zh: str
    unit: str


OFFICERS = Query[Officer]("""
SELECT DISTINCT h.username, p.zh, h.unit_id AS unit FROM holding h JOIN person p USING (username)
WHERE p.active AND h.office = 'case-officer' AND h.unit_id = ANY(%(units)s) ORDER BY h.unit_id, p.zh, h.username
""")


class _Called(NamedTuple):
    """How somebody is called."""

    username: str
    zh: str


CALLED = Query[_Called]("SELECT username, zh FROM person WHERE username = ANY(%(people)s)")


async def list_officers(connection: Connection, units: Sequence[str]) -> list[Officer]:
    """Who handles cases in these units, in the order of units and names."""
    return await fetch_all(connection, OFFICERS, {"units": sorted(units)})


async def reckon_one(connection: Connection, officer: Officer, now: datetime) -> Index:
    """The index of one officer now."""
    facts = await read_facts(connection, [officer.username], now)
    load = _load(officer.username, await read_loads(connection, [officer.unit]))
    return _compute_index(facts, officer.username, now, overloaded=load.overloaded)


async def read_index(connection: Connection, officer: Officer, calendar: Calendar, now: datetime) -> PersonalIndex:
    """The whole sheet of one officer: every item with every point, and how it stood in the months before."""
    facts = await read_facts(connection, [officer.username], now)
    load = _load(officer.username, await read_loads(connection, [officer.unit]))

    def at(instant: datetime) -> Index:
        return _compute_index(facts, officer.username, instant, overloaded=load.overloaded)

    index = at(now)
    verifiers = sorted({told.point.verified_by for item in index.items for told in item.points})
    called = {row.username: row.zh for row in await fetch_all(connection, CALLED, {"people": verifiers})}
    return PersonalIndex(
        username=officer.username,
        zh=officer.zh,
        at=now.astimezone(SHANGHAI),
        index=index.total,
        level=index.level,
        before=[at(now - ago).total for ago in _MONTHS_AGO],
        dimensions=[DimensionView(dimension=each, sum=value) for each, value in index.dimensions.items()],
        items=[_build_item(each, called, calendar) for each in index.items],
        load=load,
        note=NOT_ALONE,
    )


async def read_distribution(
    connection: Connection, units: Mapping[str, str], now: datetime, below: Callable[[str], frozenset[str]]
) -> list[UnitLevels]:
    """Of each of these units, by id and name, how the people in it and below are spread over the levels."""
    officers = await list_officers(connection, [*units])
    facts = await read_facts(connection, sorted({each.username for each in officers}), now)
    loads = {unit: await read_loads(connection, [unit]) for unit in {each.unit for each in officers}}
    told: list[UnitLevels] = []
    for unit, zh in units.items():
        within = below(unit)
        levels: dict[str, Level] = {
            each.username: _compute_index(
                facts, each.username, now, overloaded=_load(each.username, loads[each.unit]).overloaded
            ).level
            for each in officers
            if each.unit in within
        }
        spread = count_levels(levels.values())
        counts = None if spread is None else [LevelCount(level=level, count=count) for level, count in spread.items()]
        told.append(UnitLevels(unit=unit, unit_zh=zh, levels=counts))
    return told


def find_point(index: Index, point: str) -> ScoredPoint | None:
    """A point of the index by its id."""
    return next((told for item in index.items for told in item.points if told.point.id == point), None)


def _compute_index(facts: Facts, username: str, now: datetime, *, overloaded: bool) -> Index:
    points: list[Point] = facts.points[username]
    answered: dict[str, Answered] = facts.answered[username]
    return reckon(points, answered, now, overloaded=overloaded)


def _load(username: str, loads: Mapping[str, int]) -> LoadView:
    """Somebody's load beside that of their unit; of fewer than five nobody is told apart, and nobody overloaded."""
    own = loads.get(username, 0)
    if len(loads) < FEWEST:
        return LoadView(open=own, peers_median=None, overloaded=False)
    most = quantiles(loads.values(), n=10)[-1]
    return LoadView(open=own, peers_median=median(loads.values()), overloaded=own > most)


def _build_item(told: ScoredItem, called: Mapping[str, str], calendar: Calendar) -> ItemOfIndex:
    of = told.item
    return ItemOfIndex(
        no=of.no,
        item=of.id,
        zh=of.zh,
        dimension=of.dimension,
        rests_on=of.rests_on,
        sum=told.sum,
        least=of.least,
        most=of.most,
        attention=told.attention,
        waits=of.waits,
        points=[_build_point(each, of, called, calendar) for each in told.points],
    )


def _build_point(told: ScoredPoint, of: Item, called: Mapping[str, str], calendar: Calendar) -> PointView:
    point = told.point
    return PointView(
        id=point.id,
        item=point.item,
        rule=f"第{of.no}项 {of.zh}：{of.rests_on}",
        edition=EDITION,
        about=point.about,
        matter=point.matter,
        seq=point.seq,
        at=point.at.astimezone(SHANGHAI),
        verified_by=point.verified_by,
        verified_by_zh=called.get(point.verified_by, point.verified_by),
        value=point.value,
        worth=told.worth,
        standing=told.standing,
        counts_from=told.counts_from.astimezone(SHANGHAI),
        object_until=get_last_day(told, calendar),
        statement=told.answered.statement,
        objected=told.answered.objected_at is not None,
    )
