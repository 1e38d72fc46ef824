"""Administrative changes (系统管理): made by whoever administers, once under a key, and journaled in the bureau's chain in the same transaction.

Every rule is asked of the tables while the chain is held, so that no two administrators undo each other's.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, NamedTuple

from law.offices import Office
from models.access.scope import Person, Tree, Unit, below
from models.journal import BUREAU, GENESIS
from models.problems import FormInvalid, KeyReused, OfficeMayNotAct
from models.readmodel.queries import units
from models.store.api_writes import BEGIN_CHAIN, append
from models.store.connection import Connection, Query, fetch_first


class _Made(NamedTuple):
    """An entry that was made under a key; `body_hash` None: it is no administrative change."""

    body_hash: str | None


MADE = Query[_Made]("SELECT content::json ->> 'body_hash' AS body_hash FROM entry WHERE key = %(key)s")
HOLD = "SELECT FROM chain WHERE chain = %(chain)s FOR UPDATE"


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

    async def journal(self, step: str, content: Mapping[str, Any], by: Office = Office.ADMINISTRATOR) -> None:
        """Say in the bureau's chain what was changed, by which office."""
        actor = {"person": self.author.username, "offices": [by]}
        whole = {"actor": actor, "key": self.key, "body_hash": self.body_hash, **content}
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
