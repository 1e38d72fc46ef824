"""Who holds which office: units, people with the offices they hold, and the roster."""

from collections.abc import Sequence
from typing import NamedTuple

from models.access.scope import Person, Tree, Unit, get_held_office
from models.store.connection import Connection, Query, fetch_all, fetch_first, fetch_one

UNITS = Query[Unit]("SELECT id, parent_id AS parent, path, zh, kind, serves FROM unit ORDER BY path")


class _Person(NamedTuple):
    """Somebody, and what they hold, each office with its unit."""

    zh: str
    badge: str
    offices: list[str]
    units: list[str]


PERSON = Query[_Person]("""
SELECT p.zh, p.badge, array_remove(array_agg(h.office), NULL) AS offices, array_remove(array_agg(h.unit_id), NULL) AS units
FROM person p LEFT JOIN holding h USING (username) WHERE p.username = %(username)s AND p.active GROUP BY p.username
""")


class Holder(NamedTuple):
    """Somebody active who holds an office in a unit."""

    username: str
    office: str
    unit: str


HOLDERS = Query[Holder]("""
SELECT username, office, unit_id AS unit FROM holding JOIN person p USING (username)
WHERE p.active AND unit_id = ANY(%(units)s) AND (office = ANY(%(offices)s) OR username = ANY(%(persons)s))
""")
ROSTER = Query[str]("""
SELECT coalesce(json_agg(json_build_object('username', username, 'zh', p.zh, 'badge', badge, 'unit', unit_id, 'office', office)
                         ORDER BY unit_id, badge, office), '[]')::text
FROM holding JOIN person p USING (username) WHERE p.active
""")


async def read_units(connection: Connection) -> Tree:
    """Every unit by its id, each after those above it."""
    return {unit.id: unit for unit in await fetch_all(connection, UNITS)}


async def find_person(connection: Connection, username: str, tree: Tree) -> Person | None:
    """The active person of that name with the offices they hold; None if there is none."""
    row = await fetch_first(connection, PERSON, {"username": username})
    if row is None:
        return None
    offices = [
        get_held_office(office, tree[unit], tree) for office, unit in zip(row.offices, row.units, strict=True) if unit in tree
    ]
    return Person(username, row.zh, row.badge, tuple(sorted(offices, key=lambda each: (-len(each.unit.path), each.office))))


async def find_holders(
    connection: Connection, units: Sequence[str], offices: Sequence[str], persons: Sequence[str]
) -> list[Holder]:
    """Who holds one of these offices, or is one of these people and holds any, in one of these units."""
    arguments = {"units": list(units), "offices": list(offices), "persons": list(persons)}
    return await fetch_all(connection, HOLDERS, arguments)


async def read_roster(connection: Connection) -> str:
    """Who holds which office in which unit, as a JSON list."""
    return await fetch_one(connection, ROSTER)
