"""Reads for ledgers of open cases: case officers, proposed ledgers, and which of their cases were entered."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from law.holdings import HOLDING_FACTS
from law.legal_fact import LegalFact
from models.forms.criminal_case import NameSuspect
from models.journal import BUREAU
from models.ledgers.open_cases import Officer
from models.party_ids import BEFELL
from models.store.connection import Connection, Query, fetch_all, fetch_first
from models.store.mappers import parse_fact

OFFICERS = Query[Officer]("""
SELECT p.username, p.zh, p.badge, h.unit_id AS unit FROM holding h JOIN person p USING (username)
WHERE p.active AND h.office = 'case-officer' ORDER BY p.username
""")


class Kept(NamedTuple):
    """A proposed ledger, who proposed and who released it, and how many of its cases were entered."""

    digest: str
    file: str
    unit_zh: str
    cases: int
    people: int
    proposed_by: str
    proposed_by_zh: str
    proposed_at: datetime
    released_by_zh: str | None
    released_at: datetime | None
    entered: int


_KEPT = """
SELECT l.digest, l.file, u.zh AS unit_zh, l.cases, l.people, l.proposed_by, p.zh AS proposed_by_zh, l.proposed_at,
    r.zh AS released_by_zh, l.released_at, (SELECT count(*) FROM entry e WHERE e.key = ANY(l.keys)) AS entered
FROM case_ledger l JOIN unit u ON u.id = l.unit_id JOIN person p ON p.username = l.proposed_by
LEFT JOIN person r ON r.username = l.released_by
"""
# A bureau migrates a handful; the limit only bounds the answer.
LEDGERS = Query[Kept](f"{_KEPT} ORDER BY l.proposed_at DESC LIMIT 100")
LEDGER = Query[Kept](f"{_KEPT} WHERE l.digest = %(digest)s")
CASE = Query[dict[str, Any]]("""
SELECT each FROM case_ledger, jsonb_array_elements(content) each WHERE digest = %(digest)s AND (each ->> 'row')::int = %(row)s AND coalesce(each ->> 'kind', 'criminal-case') = %(kind)s
""")
CONTENT = Query[list[dict[str, Any]]]("SELECT content FROM case_ledger WHERE digest = %(digest)s")


class BroughtOver(NamedTuple):
    """The number of the case that was entered under a key."""

    key: str
    number: str


BROUGHT_OVER = Query[BroughtOver]("SELECT key, chain AS number FROM entry WHERE key = ANY(%(keys)s)")


class NamedHere(NamedTuple):
    """The number of a suspect's matter, by the key of the step that named them."""

    key: str
    number: str


NAMED_HERE = Query[NamedHere](f"""
SELECT key, content::json #>> '{{recorded,receipt,opened,0}}' AS number FROM entry
WHERE chain = %(case)s AND sort = 'step' AND step = '{NameSuspect.rule.step}'
""")


class HeldHere(NamedTuple):
    """A fact by which somebody of that number was held, or let go, in one of the matters here."""

    citizen_id: str
    matter: str
    about: str
    fact: str
    at: datetime
    seq: int
    said: dict[str, Any]


HELD_HERE = Query[HeldHere](f"""
SELECT p.citizen_id, f.matter, f.about, f.fact, f.at, f.seq, f.said FROM party p JOIN fact f ON f.fact = ANY(%(facts)s) AND {BEFELL}
WHERE p.citizen_id = ANY(%(numbers)s) ORDER BY f.matter, f.about, f.at, f.seq, f.n
""")
# The first entry of the bureau's own journal is that of its founding; a demonstration is never founded.
BEGAN = Query[datetime](f"SELECT recorded_at FROM entry WHERE chain = '{BUREAU}' AND position = 1")


async def find_founding(connection: Connection) -> datetime | None:
    """When the bureau began with us; None for a demonstration."""
    return await fetch_first(connection, BEGAN, {})


async def list_custody_logs(connection: Connection, numbers: Iterable[str]) -> dict[str, list[list[LegalFact]]]:
    """By what those of these citizens' numbers were held and let go, matter by matter."""
    asked = {"facts": [str(each) for each in HOLDING_FACTS], "numbers": sorted(numbers)}
    rows = await fetch_all(connection, HELD_HERE, asked) if asked["numbers"] else []
    found = defaultdict[str, list[list[LegalFact]]](list)
    for (number, _, _), each in groupby(rows, key=lambda row: (row.citizen_id, row.matter, row.about)):
        found[number].append([parse_fact(row) for row in each])
    return found


async def list_officers(connection: Connection) -> list[Officer]:
    """All case officers, once for each unit in which they hold the office."""
    return await fetch_all(connection, OFFICERS)


async def list_ledgers(connection: Connection) -> list[Kept]:
    """The last hundred proposed ledgers, newest first."""
    return await fetch_all(connection, LEDGERS)


async def find_ledger(connection: Connection, digest: str) -> tuple[Kept, list[dict[str, Any]]] | None:
    """A proposed ledger and its cases; None where none has that digest."""
    kept = await fetch_first(connection, LEDGER, {"digest": digest})
    content = await fetch_first(connection, CONTENT, {"digest": digest})
    return None if kept is None or content is None else (kept, content)


async def find_case(connection: Connection, digest: str, row: int, kind: str) -> dict[str, Any] | None:
    """The case of that kind in a row of a proposed ledger; None where there is none."""
    return await fetch_first(connection, CASE, {"digest": digest, "row": row, "kind": kind})


async def find_entered_cases(connection: Connection, keys: Sequence[str]) -> dict[str, str]:
    """The numbers of the cases that were entered under these keys."""
    return {row.key: row.number for row in await fetch_all(connection, BROUGHT_OVER, {"keys": list(keys)})}


async def find_named_suspects(connection: Connection, case: str) -> dict[str, str]:
    """The numbers of a case's suspects, by the keys of the steps that named them."""
    return {row.key: row.number for row in await fetch_all(connection, NAMED_HERE, {"case": case})}
