"""Who is who: what more than one feature asks of people, and of the matters in which somebody is."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from models.messages import Actor, Proposal
from models.party_ids import BEFELL
from models.readmodel.matter_status import find_matter
from models.readmodel.offices import find_person, read_units
from models.store import statements as sql
from models.store.connection import Connection, Query, fetch_first

# What each person of a matter was held by, with who they are there.
HELD = f"""SELECT f.matter, f.about, f.fact, f.at, f.seq, f.said, to_jsonb(p) AS who, p.matter IN (SELECT number FROM family) AS family
FROM party p JOIN fact f ON f.fact = ANY(%(facts)s) AND {BEFELL}
"""
IN_ORDER = "ORDER BY f.matter, f.about, f.at, f.seq, f.n"


class Held(NamedTuple):
    """A fact by which somebody was held, with who they are in JSON; `family`: in what came of the same event."""

    matter: str
    about: str
    fact: str
    at: datetime
    seq: int
    said: dict[str, Any]
    who: dict[str, Any]
    family: bool


# In what else came of the same event; and, by number, in any other matter.
BESIDE = Query[Held](f"""{sql.FAMILY}, same AS (
    SELECT p.matter, p.id FROM party p JOIN family ON p.matter = family.number{{by_number}}
)
{HELD} WHERE (p.matter, p.id) IN (SELECT matter, id FROM same) AND p.matter <> %(number)s {IN_ORDER}
""")
BY_NUMBER = {
    "citizen_id": "p.citizen_id <> '' AND p.citizen_id = %(citizen_id)s",
    "travel_document": "p.said ? 'travel_document' AND p.said ->> 'travel_document' = %(travel_document)s",
}


class Suspect(NamedTuple):
    """A suspect by their own matter, and the case in which they are."""

    number: str
    parent: str | None
    final: bool
    id: str
    role: str
    roles: list[str]
    name: str
    citizen_id: str
    said: dict[str, str]


# The suspects of the matters around this one, by the case in which they are.
SUSPECTS_AROUND = Query[Suspect](f"""{sql.FAMILY}
SELECT m.number, m.parent, m.final, p.id, p.role, p.roles, p.name, p.citizen_id, p.said
FROM family JOIN matter m USING (number) JOIN party p ON p.matter = m.number AND p.id = 'suspect'
WHERE m.kind = 'suspect' ORDER BY m.number
""")


class _Answers(NamedTuple):
    """What the form said of who is who, None where it said nothing."""

    namesake: str | None
    elsewhere: str | None


# What whoever asked for a step said of who is who, as it is approved.
ANSWERED = Query[_Answers]("""
SELECT e.content::json #>> '{form,namesake}' AS namesake, e.content::json #>> '{form,elsewhere}' AS elsewhere
FROM entry e WHERE e.chain = %(number)s AND e.seq = %(seq)s AND e.sort = 'step'
""")


class Described(Protocol):
    """A row that describes a person."""

    @property
    def name(self) -> str: ...
    @property
    def citizen_id(self) -> str: ...
    @property
    def said(self) -> Mapping[str, str]: ...


class Numbered(Described, Protocol):
    """A row that describes a person of a matter, with what they are in it."""

    @property
    def id(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def roles(self) -> Sequence[str]: ...


def build_description(row: Described) -> dict[str, str]:
    """Somebody as forms speak of people, without what they are in a matter."""
    return {"name": row.name, "citizen_id": row.citizen_id, **row.said}


def build_party(row: Numbered) -> dict[str, str]:
    """Somebody of a matter as forms speak of people."""
    return {"id": row.id, "role": row.role, "roles": " ".join(row.roles), **build_description(row)}


def build_holders_query(numbers: Iterable[str]) -> Query[Held]:
    """The query that finds somebody of whom these numbers are known."""
    further = (f"\n    UNION SELECT p.matter, p.id FROM party p WHERE {BY_NUMBER[each]}" for each in numbers)
    return BESIDE.format(by_number="".join(further))


async def format_matter_for_reader(connection: Connection, actor: Actor | None, number: str) -> str:
    """A matter in brackets for whoever may read it; empty for others."""
    person = await find_person(connection, actor.person, await read_units(connection)) if actor else None
    matter, _ = await find_matter(connection, number) if person else (None, None)
    return f"（{number}）" if person and matter and person.may_read(matter) else ""


class Answered(NamedTuple):
    """What was said of who is who: that it is another of the same name, and how a step is joined with custody in another case."""

    namesake: bool
    elsewhere: str


async def load_answered(connection: Connection, proposal: Proposal) -> Answered:
    """What the form said, be it the one by which what is approved now was asked for."""
    answered = Answered(bool(proposal.form.get("namesake")), proposal.form.get("elsewhere") or "")
    if proposal.ended is None:
        return answered
    row = await fetch_first(connection, ANSWERED, {"number": proposal.number, "seq": proposal.ended.seq})
    return Answered(row.namesake == "true", row.elsewhere or "") if row else answered
