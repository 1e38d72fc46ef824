"""What a matter answers at the counter: where it stands, what runs, by which code and telephone whoever brought it is known."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from psycopg.types.json import Jsonb

from law.facts import Fact
from models.counter import PROMISED, WHOSE, Found, Running
from models.forms.missing_found import FindPerson
from models.matter import Kind
from models.store.connection import Connection, Query, fetch_all, fetch_first
from models.store.query_codes import find_hash


class _Stands(NamedTuple):
    """Where a matter stands, the last four digits of those telephones by which whoever brought it can be reached, and how somebody was found."""

    kind: str
    stage: str
    sealed: bool
    tails: list[str]
    accepted: bool
    found: Mapping[str, Any] | None


STANDS = Query[_Stands](f"""
SELECT m.kind, m.stage, m.sealed,
    ARRAY(SELECT right(p.said ->> 'phone', 4) FROM party p
        WHERE p.matter = m.number AND %(whose)s::jsonb ->> m.kind = ANY(p.roles) AND p.said ->> 'phone' <> '') AS tails,
    EXISTS (SELECT FROM fact f WHERE f.matter = m.number AND f.fact = '{Fact.PETITION_ACCEPTED}') AS accepted,
    (SELECT e.content::jsonb -> 'form' FROM entry e WHERE e.chain = m.number AND e.step = '{FindPerson.rule.step}' AND e.sort = 'step'
        ORDER BY e.position DESC LIMIT 1) AS found
FROM matter m WHERE m.number = %(number)s AND %(whose)s::jsonb ? m.kind
""")
# That it has an end the condition says, and PostgreSQL does not see.
RUNNING = Query[Running]("""
SELECT limit_id AS "limit", coalesce(due_at, now()) AS due_at, date_only FROM clock
WHERE matter = %(number)s AND limit_id = ANY(%(promised)s) AND due_at IS NOT NULL AND state = 'running' ORDER BY clock.due_at, id
""")


class Asked(NamedTuple):
    """A matter as it answers, the hash of the code by which it is asked for, and the last digits of the telephones that do."""

    found: Found
    code_hash: str | None
    tails: tuple[str, ...]


async def find_asked(connection: Connection, number: str) -> Asked | None:
    """What that matter answers whoever brought it; None where there is none of which citizens may ask."""
    asked = {"number": number, "whose": Jsonb(dict(WHOSE)), "promised": list(PROMISED)}
    row = await fetch_first(connection, STANDS, asked)
    running = await fetch_all(connection, RUNNING, asked)
    code_hash = await find_hash(connection, number)
    if row is None:
        return None
    form = row.found or {}
    found = Found(
        Kind(row.kind),
        row.stage,
        row.sealed,
        row.accepted,
        form.get("state", ""),
        form.get("wishes", ""),
        tuple(running),
    )
    return Asked(found, code_hash, tuple(row.tails))
