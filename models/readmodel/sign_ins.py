"""Who came and went (登录记录), in the database: whose name it is that somebody came by, and what is on record of oneself."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from models.administration import UnitKind
from models.outside import is_machine
from models.readmodel.pagination import fetch_planned
from models.store.connection import Connection, Query, fetch_all
from models.trace_shapes import AccountEvent


class SignInPerson(NamedTuple):
    """Somebody who came, as far as they are known: whether they are in service, by which offices and in which units."""

    username: str
    active: bool
    offices: Sequence[str]
    units: Sequence[str]


KNOWN = Query[SignInPerson]("""
SELECT p.username, p.active, array_remove(array_agg(DISTINCT h.office), NULL) AS offices,
    CASE WHEN count(h.unit_id) > 0 THEN array_agg(DISTINCT h.unit_id) ELSE array_remove(ARRAY[p.home], NULL) END AS units
FROM person p LEFT JOIN holding h USING (username) WHERE p.username = ANY(%(usernames)s) GROUP BY p.username
""")
BUREAUS = Query[str]("SELECT id FROM unit WHERE kind = %(bureau)s ORDER BY id")


class OwnAccountEvent(NamedTuple):
    """That somebody came or went, and what of it is kept under which key."""

    at: datetime
    address: str
    sort: str
    secret: bytes | None
    key_id: str | None


OWN = Query[OwnAccountEvent]("""
SELECT at, address, sort, secret, key_id FROM reading_trace WHERE username = %(username)s AND sort = ANY(%(sorts)s)
ORDER BY at DESC, position DESC LIMIT %(limit)s
""")


class SignInPeople(NamedTuple):
    """Who came: those that are known by name, and the bureaus, whose supervisors look after all others."""

    known: Mapping[str, SignInPerson]
    bureaus: Sequence[str]

    def get_person(self, name: str) -> SignInPerson:
        """Whoever came by that name. Of a stranger not even the name is told: it may be somebody's password, typed in the wrong place."""
        comer = self.known.get(name, SignInPerson("", True, (), ()))
        return comer if comer.username and not is_machine(name) else comer._replace(units=self.bureaus)


async def load_sign_in_people(connection: Connection, names: Collection[str]) -> SignInPeople:
    """Who came by these names; some may be nobody's."""
    known = await fetch_all(connection, KNOWN, {"usernames": list(names)})
    bureaus = await fetch_all(connection, BUREAUS, {"bureau": UnitKind.BUREAU})
    return SignInPeople({each.username: each for each in known}, bureaus)


async def list_own_sign_ins(connection: Connection, username: str, limit: int) -> list[OwnAccountEvent]:
    """Somebody's own comings and goings, the newest first."""
    return await fetch_planned(connection, OWN, {"username": username, "sorts": list(AccountEvent), "limit": limit})
