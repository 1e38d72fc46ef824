"""Who is in service (在任) for a matter: read from the tables alike by checks before a request and by its recording."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple, Self

from law.offices import Office
from models.access.kept_from import is_kept_sql
from models.access.request_hands import list_awaited_offices, list_people_named
from models.access.scope import Reachable, may_open_file
from models.messages import Named, Participant, Request
from models.seat import Seat
from models.store.connection import Connection, Query, fetch_all, fetch_first


class _Found(NamedTuple):
    """A person with their seats, each `office@unit`: those of the unit and above, and those of organs outside."""

    username: str
    zh: str
    active: bool
    successor: str
    own: list[str]
    served: list[str]
    units: list[str]
    kept: bool


# Of these people, of those who took over from them there, and of whoever holds one of these offices where it reaches the matter: every
# office that does so. What reaches a matter of the unit is an office there or above; an organ's, where it serves one of those and is told.
PARTICIPANTS = Query[_Found](f"""
WITH line AS (
    SELECT above.id, above.zh FROM unit here JOIN unit above ON starts_with(here.path, above.path) WHERE here.id = %(unit)s
), took_over AS (
    SELECT username, successor FROM succession WHERE unit_id = %(unit)s AND username = ANY(%(persons)s)
), holds AS (
    SELECT h.username, h.office || '@' || h.unit_id AS seat, h.office, h.unit_id IN (SELECT id FROM line) AS within
    FROM holding h JOIN person p USING (username) JOIN unit u ON u.id = h.unit_id
    WHERE p.active AND (h.unit_id IN (SELECT id FROM line) OR u.serves IN (SELECT id FROM line) AND h.office = ANY(%(shared_with)s))
)
SELECT p.username, p.zh, p.active, coalesce(took_over.successor, '') AS successor,
    ARRAY(SELECT seat FROM holds WHERE holds.username = p.username AND within ORDER BY 1) AS own,
    ARRAY(SELECT seat FROM holds WHERE holds.username = p.username AND NOT within ORDER BY 1) AS served,
    ARRAY(SELECT DISTINCT u.zh FROM holding h JOIN unit u ON u.id = h.unit_id WHERE h.username = p.username ORDER BY 1) AS units,
    {is_kept_sql("p.username", "%(kept_from)s::text[]")} AS kept
FROM person p LEFT JOIN took_over USING (username)
WHERE p.username = ANY(%(persons)s) OR p.username IN (SELECT successor FROM took_over)
    OR p.username IN (SELECT username FROM holds WHERE office = ANY(%(offices)s))
ORDER BY p.username
""")


KEPT_PEOPLE = Query[str](
    f"SELECT p.username FROM person p WHERE p.username = ANY(%(people)s) AND {is_kept_sql('p.username', '%(kept_from)s::text[]')}"
)


async def list_kept_people(connection: Connection, kept_from: Sequence[str], people: Collection[str]) -> frozenset[str]:
    """Those of these people for whom a matter with these words does not exist."""
    if not kept_from:
        return frozenset()
    return frozenset(await fetch_all(connection, KEPT_PEOPLE, {"kept_from": list(kept_from), "people": sorted(people)}))


class Reaching(NamedTuple):
    """Where a matter is, and what decides who may know of it."""

    kind: str
    unit: str
    officer: str = ""
    shared_with: Sequence[str] = ()
    sealed: bool = False
    handlers: Sequence[str] = ()
    final: bool = False
    kept_from: Sequence[str] = ()

    @classmethod
    def of(cls, matter: Reachable) -> Self:
        """From a matter that was read otherwise."""
        return cls(
            matter.kind,
            matter.unit,
            matter.officer,
            matter.shared_with,
            matter.sealed,
            matter.handlers,
            matter.final,
            matter.kept_from,
        )


READ = Query[Reaching](
    "SELECT kind, unit_id AS unit, officer, shared_with, sealed, handlers, final, kept_from FROM matter WHERE number = %(number)s"
)


class _Name(NamedTuple):
    """How a person or a unit is called."""

    sort: str
    id: str
    zh: str


NAMES = Query[_Name]("""
SELECT 'person' AS sort, username AS id, zh FROM person WHERE username = ANY(%(people)s)
UNION ALL SELECT 'unit', id, zh FROM unit WHERE id = ANY(%(units)s)
""")


def build_in_service_sql(person: str, unit: str) -> str:
    """The SQL condition that a person holds an office in that unit or above, and is in service."""
    return f"""EXISTS (SELECT FROM holding h JOIN person p USING (username) JOIN unit u ON u.id = h.unit_id
        JOIN unit here ON starts_with(here.path, u.path) WHERE h.username = {person} AND p.active AND here.id = {unit})"""


def build_answerable_sql(person: str, unit: str) -> str:
    """The SQL expression for who is now responsible for what was that person's in a unit: themselves, a successor, or nobody (NULL)."""
    successor = f"""(SELECT s.successor FROM succession s
        WHERE s.username = {person} AND s.unit_id = {unit} AND {build_in_service_sql("s.successor", unit)})"""
    return f"CASE WHEN {build_in_service_sql(person, unit)} THEN {person} ELSE {successor} END"


class FoundParticipant(NamedTuple):
    """A participant of a matter: their name, seats, whether they are in service, and their part in it.

    `closed`: they would reach it, but its file is sealed and not open to them.
    """

    zh: str
    units: list[str]
    active: bool
    participant: Participant
    closed: bool


async def find_participants(
    connection: Connection, matter: Reachable, persons: Collection[str], offices: Collection[str] = ()
) -> dict[str, FoundParticipant]:
    """The participants by user name: these people, whoever took over from them there, and holders of these offices for the matter."""
    asked = {"unit": matter.unit, "shared_with": list(matter.shared_with), "persons": sorted(persons), "offices": sorted(offices)}
    asked["kept_from"] = list(matter.kept_from)
    found: dict[str, FoundParticipant] = {}
    for row in await fetch_all(connection, PARTICIPANTS, asked):
        own = (each for each in row.own if may_open_file(matter, row.username, Seat.parse(each).office))
        seats = () if row.kept else (*own, *row.served)
        participant = Participant(person=row.username, seats=seats, successor=row.successor)
        closed = bool(row.own) and not seats and not row.kept
        found[row.username] = FoundParticipant(row.zh, row.units, row.active, participant, closed=closed)
    return found


async def find_participants_of(connection: Connection, matter: Reachable, requests: Iterable[Request]) -> tuple[Participant, ...]:
    """The participants of these requests, which await approval in that matter; none without requests."""
    requests = tuple(requests)
    if not requests:
        return ()
    persons = frozenset[str]().union(*map(list_people_named, requests))
    offices = frozenset[str]().union(*map(list_awaited_offices, requests))
    return tuple(each.participant for each in (await find_participants(connection, matter, persons, offices)).values())


async def load_reaching(connection: Connection, number: str) -> Reaching | None:
    """Where that matter is as recorded; None before it is open."""
    return await fetch_first(connection, READ, {"number": number})


def check_named(people: Iterable[Named], found: Mapping[str, FoundParticipant], unit: str) -> list[dict[str, str]]:
    """The errors for people who cannot do what they are named for in a matter of that unit, each by field, rule and a sentence."""
    return [each for each in (_describe_departure(named, found.get(named.person), unit) for named in people) if each]


def _describe_departure(named: Named, who: FoundParticipant | None, unit: str) -> dict[str, str]:
    if who is None:
        return {"field": named.field, "rule": "unknown-officer", "detail": f"没有用户名为“{named.person}”的人员"}
    if not who.active:
        return {"field": named.field, "rule": "unknown-officer", "detail": f"{who.zh}已不在任，请另行指定{named.zh}"}
    if any(who.participant.holds(office) for office in named.offices or ("",)):
        return {}
    needed = "、".join(Office(each).label for each in named.offices) or "职务"
    short = "不任上述职务" if who.participant.seats else f"不能知悉{unit}的事项"
    detail = f"{named.zh}须在{unit}或者其上级单位任{needed}：{who.zh}（{'、'.join(who.units) or '未任职'}）{short}"
    if who.closed:
        detail = f"案卷已封存，{who.zh}（{'、'.join(who.units)}）不在办案组，不能作为{named.zh}；请先办理加入办案组"
    return {"field": named.field, "rule": "out-of-reach", "detail": detail}


async def read_names(connection: Connection, people: Collection[str], units: Collection[str]) -> dict[tuple[str, str], str]:
    """The names of these people and units, by what they are and their ids."""
    rows = await fetch_all(connection, NAMES, {"people": sorted(people), "units": sorted(units)})
    return {(entity, name): zh for entity, name, zh in rows}
