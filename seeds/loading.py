"""Loading the invented bureau into the tables of people: units with their place in the tree, persons, and the offices they hold."""

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from pwdlib import PasswordHash

from law.calendar import SHANGHAI
from models.journal import GENESIS, ROSTER, format_canonical, link
from models.store.connection import BlockingConnection, Query, read_all, read_one
from models.store.founding import APPEND_ROSTER, BEGIN_CHAIN, LOAD_HOLDING, LOAD_PERSON, LOAD_UNIT, MOVE_HEAD, SERVE
from models.store.statements import ChainHead
from models.unit_paths import build_path
from runtime.passwords import Passwords
from seeds.bureau import DEMO_PASSWORD, HOLDINGS, PEOPLE, SERVES, UNITS
from seeds.machines import list_machines

# The content of the journal entry, as `verification` reads it. A mere change of name does not repeat offices.
_PEOPLE = Query[str]("SELECT username FROM person")


class _Called(NamedTuple):
    username: str
    zh: str
    badge: str


_CALLED = Query[_Called]("SELECT username, zh, badge FROM person")


class _Seat(NamedTuple):
    username: str
    unit_id: str
    office: str


_ROSTER = Query[_Seat]("SELECT username, unit_id, office FROM holding")


class _Unit(NamedTuple):
    id: str
    parent_id: str | None
    zh: str
    kind: str
    serves: str | None


_UNITS = Query[_Unit]("SELECT id, parent_id, zh, kind, serves FROM unit")

HEAD = Query[ChainHead]("SELECT position, hash FROM chain WHERE chain = %s FOR UPDATE")


def load_bureau(connection: BlockingConnection, passwords: Passwords) -> None:
    """Write units, people and offices, and journal who holds what. Repeating it changes nothing and keeps existing passwords."""
    paths: dict[str, str] = {}
    for unit in UNITS:
        paths[unit.id] = build_path(paths.get(unit.parent_id, ""), unit.id)
    usernames = {person.id: person.username for person in PEOPLE}
    with connection.transaction(), connection.cursor() as cursor:
        before = _load_bureau(connection)
        cursor.executemany(LOAD_UNIT, [(each.id, each.parent_id or None, paths[each.id], each.zh, each.kind) for each in UNITS])
        cursor.executemany(SERVE, [(served, unit) for unit, served in SERVES.items()])
        theirs = {each.username: passwords.bind_hash(each.username, _hash_password()) for each in PEOPLE}
        cursor.executemany(LOAD_PERSON, [(each.username, each.zh, each.badge, theirs[each.username], True) for each in PEOPLE])
        cursor.executemany(LOAD_HOLDING, [(usernames[each.person_id], each.unit_id, each.office) for each in HOLDINGS])
        cursor.executemany(LOAD_PERSON, [(each.username, each.zh, "", None, False) for each in list_machines()])
        cursor.executemany(
            LOAD_HOLDING, [(each.username, unit, office) for each in list_machines() for unit, office in each.holdings]
        )
        loaded = {name: sorted(rows - before[name], key=str) for name, rows in _load_bureau(connection).items()}
        if any(loaded.values()):
            _journal_loading(
                connection, {**loaded, "people": [name for (name,) in loaded["people"]], "whole": not any(before.values())}
            )


def _load_bureau(connection: BlockingConnection) -> dict[str, set[tuple[str | None, ...]]]:
    """The rows of people, their names, the held offices and the units, by table."""
    return {
        "people": {(name,) for name in read_all(connection, _PEOPLE)},
        "called": set(map(tuple, read_all(connection, _CALLED))),
        "roster": set(map(tuple, read_all(connection, _ROSTER))),
        "units": set(map(tuple, read_all(connection, _UNITS))),
    }


def _journal_loading(connection: BlockingConnection, loaded: dict[str, Any]) -> None:
    """Journal the loaded rows in a chain of its own, so that verification detects rows that somebody else wrote."""
    now = datetime.now(SHANGHAI)
    connection.execute(BEGIN_CHAIN, [ROSTER, GENESIS])
    position, previous = read_one(connection, HEAD, [ROSTER])
    entry = {"chain": ROSTER, "position": position + 1, "seq": 0, "sort": "administration", "step": "load-roster", "recorded": now}
    content = format_canonical({**entry, **loaded})
    hash_ = link(previous, content)
    connection.execute(APPEND_ROSTER, [ROSTER, position + 1, now, content, previous, hash_])
    connection.execute(MOVE_HEAD, [position + 1, hash_, ROSTER])


@cache
def _hash_password() -> str:
    # One hash serves all: argon2 is slow on purpose, and the password is the same. It is bound to each of them.
    return PasswordHash.recommended().hash(DEMO_PASSWORD)
