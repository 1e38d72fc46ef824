"""The roster (花名册): units and people as an administrator sees them."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from law.offices import Office
from models.access.scope import Tree
from models.administration import (
    HELD_IN,
    SERVING,
    AdministeredUnit,
    HoldingView,
    KindOfUnit,
    PersonList,
    PersonView,
    UnitKind,
    UnitList,
)
from models.readmodel.pagination import fetch_planned
from models.store.connection import Connection, Query, fetch_all


class _Seats(NamedTuple):
    """How many people hold an office in a unit."""

    unit_id: str
    n: int


SEATS = Query[_Seats](
    "SELECT unit_id, count(DISTINCT username)::int AS n FROM holding JOIN person p USING (username) WHERE p.active GROUP BY 1"
)


class _Person(NamedTuple):
    """Somebody on the roster, what they hold or is proposed for them, each office with its unit, and what is open and theirs."""

    username: str
    zh: str
    badge: str
    active: bool
    has_password: bool
    units: list[str]
    offices: list[str]
    awaited_units: list[str]
    awaited_offices: list[str]
    open_matters: int
    open_tasks: int


PEOPLE = Query[_Person]("""
SELECT p.username, p.zh, p.badge, p.active, p.password_hash IS NOT NULL AS has_password,
    array_remove(array_agg(h.unit_id ORDER BY h.unit_id, h.office), NULL) AS units,
    array_remove(array_agg(h.office ORDER BY h.unit_id, h.office), NULL) AS offices,
    ARRAY(SELECT a.unit_id FROM appointment a WHERE a.username = p.username AND p.active ORDER BY a.id) AS awaited_units,
    ARRAY(SELECT a.office FROM appointment a WHERE a.username = p.username AND p.active ORDER BY a.id) AS awaited_offices,
    (SELECT count(*)::int FROM matter m WHERE m.officer = p.username AND NOT m.final) AS open_matters,
    (SELECT count(*)::int FROM task t WHERE t.username = p.username AND t.username <> '' AND t.done_at IS NULL
        AND t.sort <> 'turn') AS open_tasks
FROM person p LEFT JOIN holding h USING (username) WHERE {where} GROUP BY p.username ORDER BY p.username LIMIT %(limit)s
""")
# Whoever holds an office in one of these units, or none at all and was there last; systems outside are no people.
_THERE = """
NOT p.machine AND (EXISTS (SELECT FROM holding t WHERE t.username = p.username AND t.unit_id = ANY(%(units)s))
    OR p.home = ANY(%(units)s) AND NOT EXISTS (SELECT FROM holding t WHERE t.username = p.username))
"""
_FILTERS = {
    "q": "(strpos(folded(p.zh), folded(%(q)s)) > 0 OR strpos(p.username, %(q)s) > 0 OR p.badge = %(q)s)",
    "active": "p.active = %(active)s",
    "office": "EXISTS (SELECT FROM holding t WHERE t.username = p.username AND t.office = %(office)s AND t.unit_id = ANY(%(units)s))",
    "username": "p.username = %(username)s",
}


async def list_units(connection: Connection, tree: Tree, within: frozenset[str]) -> UnitList:
    """The units that are administered, each after those above it."""
    seats = dict(await fetch_all(connection, SEATS))
    return UnitList(
        units=[
            AdministeredUnit(
                unit=each.id,
                parent=each.parent,
                zh=each.zh,
                kind=UnitKind(each.kind),
                kind_zh=UnitKind(each.kind).label,
                serves=each.serves,
                people=seats.get(each.id, 0),
            )
            for each in sorted(tree.values(), key=lambda each: each.path)
            if each.id in within
        ],
        kinds=[
            KindOfUnit(
                kind=kind, zh=kind.label, offices=[each for each in Office if kind in HELD_IN[each]], serving=kind in SERVING
            )
            for kind in UnitKind
        ],
    )


async def list_people(
    connection: Connection,
    tree: Tree,
    within: frozenset[str],
    units: Sequence[str],
    filters: dict[str, Any],
    after: str,
    limit: int,
) -> tuple[PersonList, str | None]:
    """Who holds an office in these units, by user name, and after whom the next page goes on; `filters` by q, active, office, username."""
    where = [_THERE, "p.username > %(after)s", *(_FILTERS[name] for name in filters)]
    arguments = {**filters, "units": list(units), "after": after, "limit": limit + 1}
    rows = await fetch_planned(connection, PEOPLE.format(where=" AND ".join(where)), arguments)
    told = [_build_person(row, tree, within) for row in rows[:limit]]
    return PersonList(items=told, next=None), rows[limit - 1].username if len(rows) > limit else None


def _build_person(row: _Person, tree: Tree, within: frozenset[str]) -> PersonView:
    return PersonView(
        username=row.username,
        zh=row.zh,
        badge=row.badge,
        active=row.active,
        has_password=row.has_password,
        holdings=_list_holdings(row.units, row.offices, tree, within),
        awaiting=_list_holdings(row.awaited_units, row.awaited_offices, tree, within),
        open_matters=row.open_matters,
        open_tasks=row.open_tasks,
    )


def _list_holdings(units: Sequence[str], offices: Sequence[str], tree: Tree, within: frozenset[str]) -> list[HoldingView]:
    return [
        HoldingView(
            unit=unit,
            unit_zh=tree[unit].zh if unit in tree else unit,
            office=Office(office),
            office_zh=Office(office).label,
            within=unit in within,
        )
        for unit, office in zip(units, offices, strict=True)
    ]
