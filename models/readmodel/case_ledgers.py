"""What is read for ledgers of open cases: who handles cases, which ledgers were put forward, and what of them was brought over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from models.forms.criminal_case import NameSuspect
from models.ledgers.open_cases import Officer
from models.store.connection import Connection, Query, fetch_all, fetch_first

OFFICERS = Query[Officer]("""
SELECT p.username, p.zh, p.badge, h.unit_id AS unit FROM holding h JOIN person p USING (username)
WHERE p.active AND h.office = 'case-officer' ORDER BY p.username
""")


class Kept(NamedTuple):
    """A ledger that was put forward, by whom, by whom it was released, if it was, and how many of its cases were entered."""

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
# Nobody brings over more of them than fit on a page.
LEDGERS = Query[Kept](f"{_KEPT} ORDER BY l.proposed_at DESC LIMIT 100")
LEDGER = Query[Kept](f"{_KEPT} WHERE l.digest = %(digest)s")
CASE = Query[dict[str, Any]]("""
SELECT each FROM case_ledger, jsonb_array_elements(content) each WHERE digest = %(digest)s AND (each ->> 'row')::int = %(row)s
""")
CONTENT = Query[list[dict[str, Any]]]("SELECT content FROM case_ledger WHERE digest = %(digest)s")


class BroughtOver(NamedTuple):
    """The number of the case that was brought over under a key."""

    key: str
    number: str


BROUGHT_OVER = Query[BroughtOver]("SELECT key, chain AS number FROM entry WHERE key = ANY(%(keys)s)")


class NamedHere(NamedTuple):
    """The matter of a suspect, by the key under which the case named them."""

    key: str
    number: str


NAMED_HERE = Query[NamedHere](f"""
SELECT key, content::json #>> '{{recorded,receipt,opened,0}}' AS number FROM entry
WHERE chain = %(case)s AND sort = 'step' AND step = '{NameSuspect.rule.step}'
""")


async def officers(connection: Connection) -> list[Officer]:
    """Everybody who handles cases, once for each unit in which they do."""
    return await fetch_all(connection, OFFICERS)


async def ledgers(connection: Connection) -> list[Kept]:
    """The ledgers that were put forward, the newest first."""
    return await fetch_all(connection, LEDGERS)


async def ledger(connection: Connection, digest: str) -> tuple[Kept, list[dict[str, Any]]] | None:
    """A ledger that was put forward, and what is in it; None where there is none of that fingerprint."""
    kept = await fetch_first(connection, LEDGER, {"digest": digest})
    content = await fetch_first(connection, CONTENT, {"digest": digest})
    return None if kept is None or content is None else (kept, content)


async def case_in(connection: Connection, digest: str, row: int) -> dict[str, Any] | None:
    """The case of that row of a ledger that was put forward; None where there is none."""
    return await fetch_first(connection, CASE, {"digest": digest, "row": row})


async def brought_over(connection: Connection, keys: Sequence[str]) -> dict[str, str]:
    """The numbers of the cases that were brought over under these keys."""
    return {row.key: row.number for row in await fetch_all(connection, BROUGHT_OVER, {"keys": list(keys)})}


async def named_in(connection: Connection, case: str) -> dict[str, str]:
    """The matters of those whom a case has named, by the keys under which it did."""
    return {row.key: row.number for row in await fetch_all(connection, NAMED_HERE, {"case": case})}
