"""The establishment (编制): units founded, renamed and moved, each change journaled in the bureau's chain in the same transaction.

Every rule is asked of the tables while the chain is held, so that no two administrators undo each other's.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, NamedTuple

from law.offices import Office
from models.access.scope import Person, Tree, Unit, below
from models.administration import HELD_IN, ChangedUnit, NewUnit, UnitKind
from models.journal import BUREAU, GENESIS
from models.problems import FormInvalid, KeyReused, NotFound, OfficeMayNotAct, StillNeeded
from models.readmodel.queries import units
from models.store.api_writes import BEGIN_CHAIN, append
from models.store.connection import Connection, fetch_all, fetch_first

MADE = "SELECT content::json ->> 'body_hash' AS body_hash FROM entry WHERE key = %(key)s"
HOLD = "SELECT FROM chain WHERE chain = %(chain)s FOR UPDATE"
FOUND = """
INSERT INTO unit (id, parent_id, path, zh, kind, serves) VALUES (%(unit)s, %(parent)s, %(path)s, %(zh)s, %(kind)s, %(serves)s)
"""
CHANGE = "UPDATE unit SET zh = %(zh)s, kind = %(kind)s, parent_id = %(parent)s WHERE id = %(unit)s"
# Whatever lies below moves along.
MOVE = "UPDATE unit SET path = %(new)s || substr(path, length(%(old)s) + 1) WHERE starts_with(path, %(old)s)"
OFFICES_THERE = (
    "SELECT office FROM holding WHERE unit_id = %(unit)s UNION SELECT office FROM appointment WHERE unit_id = %(unit)s ORDER BY 1"
)


class Change(NamedTuple):
    """A change under way: over a connection that holds the bureau's chain, the tree as it is, and what its author may change."""

    connection: Connection
    author: Person
    tree: Tree
    within: frozenset[str]
    now: datetime
    key: str
    body_hash: str
    # Whether this is a demonstration, in which whoever is invented acts.
    demo: bool

    async def is_repeat(self) -> bool:
        """Whether it was made before under its key; KeyReused where that was another one."""
        row = await fetch_first(self.connection, MADE, {"key": self.key})
        if row and row.body_hash != self.body_hash:
            raise KeyReused(field="Idempotency-Key")
        return bool(row)

    def unit(self, unit: str, field: str) -> Unit:
        """A unit that the author may change; FormInvalid where there is none, OfficeMayNotAct where it is another's."""
        if unit not in self.tree:
            raise refused(field, "unknown-unit", f"没有代号为“{unit}”的单位")
        if unit not in self.within:
            raise OfficeMayNotAct(f"{self.tree[unit].zh}不在您管理的范围内", required=[Office.ADMINISTRATOR])
        return self.tree[unit]

    async def journal(self, step: str, said: Mapping[str, Any], by: Office = Office.ADMINISTRATOR) -> None:
        """Say in the bureau's chain what was changed, by which office."""
        actor = {"person": self.author.username, "offices": [by]}
        whole = {"actor": actor, "key": self.key, "body_hash": self.body_hash, **said}
        await append(self.connection, BUREAU, "administration", step, self.author.username, whole, self.now)


@asynccontextmanager
async def changing(
    connection: Connection, author: Person, now: datetime, key: str, body_hash: str, *, demo: bool
) -> AsyncIterator[Change]:
    """One change, whole or not at all, once under its key; nobody else changes anything meanwhile."""
    async with connection.transaction():
        await connection.execute(BEGIN_CHAIN, {"chain": BUREAU, "genesis": GENESIS})
        await connection.execute(HOLD, {"chain": BUREAU})
        tree = await units(connection)
        yield Change(connection, author, tree, administered(author, tree), now, key, body_hash, demo)


def administered(person: Person, tree: Tree) -> frozenset[str]:
    """The units that this person administers."""
    seats = (each.unit.id for each in person.offices if each.office == Office.ADMINISTRATOR)
    return frozenset[str]().union(*(below(seat, tree) for seat in seats))


def refused(field: str, rule: str, detail: str) -> FormInvalid:
    """The refusal of one field."""
    return FormInvalid(errors=[{"field": field, "rule": rule, "detail": detail}])


async def found(change: Change, asked: NewUnit) -> None:
    """Found a unit below another."""
    parent = change.unit(asked.parent, "parent")
    if asked.unit in change.tree:
        raise refused("unit", "taken", f"代号“{asked.unit}”已被{change.tree[asked.unit].zh}使用")
    if asked.serves:
        change.unit(asked.serves, "serves")
    _unlike_its_siblings(change, asked.zh, asked.parent, "")
    row = asked.model_dump(mode="json") | {"path": f"{parent.path}{asked.unit}/"}
    await change.connection.execute(FOUND, row)
    await change.journal("found-unit", asked.model_dump(mode="json"))


async def alter(change: Change, unit: str, asked: ChangedUnit) -> None:
    """Rename a unit, say what it is, or put it below another."""
    if unit not in change.tree:
        raise NotFound(f"没有代号为“{unit}”的单位")
    here = change.unit(unit, "unit")
    parent, path = here.parent, here.path
    if asked.parent and asked.parent != here.parent:
        above = change.unit(asked.parent, "parent")
        if above.path.startswith(here.path):
            raise refused("parent", "under-itself", f"{here.zh}不能隶属于本单位或者其下属单位")
        if here.parent not in change.within:
            raise OfficeMayNotAct(f"{here.zh}是您管理范围的顶端，须由上级管理员调整隶属", required=[Office.ADMINISTRATOR])
        parent, path = above.id, f"{above.path}{here.id}/"
    kind = UnitKind(asked.kind or here.kind)
    await _still_held(change, here, kind)
    zh = asked.zh or here.zh
    _unlike_its_siblings(change, zh, parent, here.id)
    new = {"zh": zh, "kind": kind.value, "parent": parent}
    old = {"zh": here.zh, "kind": here.kind, "parent": here.parent}
    if new == old:
        return
    await change.connection.execute(CHANGE, {"unit": here.id, **new})
    if path != here.path:
        await change.connection.execute(MOVE, {"old": here.path, "new": path})
    await change.journal("change-unit", {"unit": here.id, "old": old, "new": new})


def may_be_held(office: Office, kind: str) -> bool:
    """Whether that office may be held in such a unit."""
    return UnitKind(kind) in HELD_IN[office]


def _unlike_its_siblings(change: Change, zh: str, parent: str | None, itself: str) -> None:
    if any(each.zh == zh and each.parent == parent and each.id != itself for each in change.tree.values()):
        raise refused("zh", "taken", f"同一上级单位之下已有名为“{zh}”的单位")


async def _still_held(change: Change, here: Unit, kind: UnitKind) -> None:
    """Refuse that a unit become one in which offices held there may not be."""
    rows = await fetch_all(change.connection, OFFICES_THERE, {"unit": here.id})
    if kind != here.kind and (lost := [Office(row.office).label for row in rows if not may_be_held(Office(row.office), kind)]):
        raise StillNeeded(f"{here.zh}有人任{'、'.join(lost)}，{kind.label}不设此职务；请先免去", field="kind")
