"""Administrative changes (系统管理): made once under a key, and journaled in the bureau's chain in the same transaction.

Rules are checked while the chain is locked, so that two administrators cannot undo each other's changes.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, NamedTuple

from law.offices import Office
from models.access.scope import Person, Tree, Unit, list_units_below
from models.journal import BUREAU, GENESIS
from models.problems import FormInvalid, KeyReused, OfficeMayNotAct
from models.readmodel.offices import read_units
from models.store.api_writes import BEGIN_CHAIN, append
from models.store.connection import Connection, Query, fetch_first


class _Made(NamedTuple):
    """The entry recorded under a key; `body_hash` None: it is no administrative change."""

    body_hash: str | None


MADE = Query[_Made]("SELECT content::json ->> 'body_hash' AS body_hash FROM entry WHERE key = %(key)s")
HOLD = "SELECT FROM chain WHERE chain = %(chain)s FOR UPDATE"


class Change(NamedTuple):
    """A change in progress: a connection that holds the lock of the bureau's chain, the tree of units, and what its author administers."""

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
        """Whether it was made before under its key; KeyReused where that was a different one."""
        row = await fetch_first(self.connection, MADE, {"key": self.key})
        if row and row.body_hash != self.body_hash:
            raise KeyReused(field="Idempotency-Key")
        return bool(row)

    def get_unit(self, unit: str, field: str) -> Unit:
        """A unit that the author administers; FormInvalid where there is none, OfficeMayNotAct where somebody else does."""
        if unit not in self.tree:
            raise build_form_invalid(field, "unknown-unit", f"没有代号为“{unit}”的单位")
        if unit not in self.within:
            raise OfficeMayNotAct(f"{self.tree[unit].zh}不在您管理的范围内", required=[Office.ADMINISTRATOR])
        return self.tree[unit]

    async def journal_change(self, step: str, content: Mapping[str, Any], by: Office = Office.ADMINISTRATOR) -> None:
        """Journal the change, and the office by which it was made."""
        actor = {"person": self.author.username, "offices": [by]}
        whole = {"actor": actor, "key": self.key, "body_hash": self.body_hash, **content}
        await append(self.connection, BUREAU, "administration", step, self.author.username, whole, self.now)


@asynccontextmanager
async def open_change(
    connection: Connection, author: Person, now: datetime, key: str, body_hash: str, *, demo: bool
) -> AsyncIterator[Change]:
    """A transaction for one change, made once under its key while the bureau's chain is locked."""
    async with connection.transaction():
        await connection.execute(BEGIN_CHAIN, {"chain": BUREAU, "genesis": GENESIS})
        await connection.execute(HOLD, {"chain": BUREAU})
        tree = await read_units(connection)
        yield Change(connection, author, tree, list_administered_units(author, tree), now, key, body_hash, demo)


def list_administered_units(person: Person, tree: Tree) -> frozenset[str]:
    """The units that this person administers."""
    seats = (each.unit.id for each in person.offices if each.office == Office.ADMINISTRATOR)
    return frozenset[str]().union(*(list_units_below(seat, tree) for seat in seats))


def build_form_invalid(field: str, rule: str, detail: str) -> FormInvalid:
    """FormInvalid for one field."""
    return FormInvalid(errors=[{"field": field, "rule": rule, "detail": detail}])
