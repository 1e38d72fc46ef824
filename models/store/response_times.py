"""Response times (处警时限): in how many seconds a unit signs for a dispatch, arrives and reports, as two people have set it (`two_people`).

What is confirmed holds for the unit and all below that have set nothing themselves. The fact that begins a limit bears the time that held
then (`LegalFact.unit_times`), so that a call keeps the times with which it began, and every reckoning of it finds them where it is recorded.
"""

from datetime import datetime
from typing import Any, NamedTuple

from law.legal_fact import UnitTime
from law.lengths import in_seconds
from models.store import two_people
from models.store.administrative_change import Change
from models.store.connection import Connection, Query, fetch_all, fetch_first
from models.store.two_people import Setting


class Edition(NamedTuple):
    """What a unit has set for a limit (`at` when, confirmed by whom), or what is proposed (`id` 0, `confirmed_by_zh` empty)."""

    id: int
    unit_id: str
    limit_id: str
    seconds: int
    proposed_by: str
    proposed_by_zh: str
    confirmed_by_zh: str
    at: datetime


EDITIONS = Query[Edition]("""
SELECT DISTINCT ON (e.unit_id, e.limit_id) e.id, e.unit_id, e.limit_id, e.seconds, e.proposed_by, p.zh AS proposed_by_zh,
    c.zh AS confirmed_by_zh, e.since AS at
FROM response_time e JOIN person p ON p.username = e.proposed_by JOIN person c ON c.username = e.confirmed_by
WHERE e.unit_id = ANY(%(units)s) ORDER BY e.unit_id, e.limit_id, e.id DESC
""")
PROPOSED = Query[Edition]("""
SELECT 0::bigint AS id, e.unit_id, e.limit_id, e.seconds, e.proposed_by, p.zh AS proposed_by_zh, '' AS confirmed_by_zh, e.proposed_at AS at
FROM response_time_proposal e JOIN person p ON p.username = e.proposed_by
WHERE e.unit_id = ANY(%(units)s) ORDER BY e.unit_id, e.limit_id
""")


class _Held(NamedTuple):
    """A time that a unit, or one above it, had set."""

    limit_id: str
    seconds: int
    id: int


# The nearest unit's that had set any by then; what is entered late is measured by what held when it happened.
HELD = Query[_Held]("""
SELECT DISTINCT ON (e.limit_id) e.limit_id, e.seconds, e.id
FROM unit here JOIN unit u ON starts_with(here.path, u.path) JOIN response_time e ON e.unit_id = u.id
WHERE here.id = %(unit)s AND e.since <= %(at)s ORDER BY e.limit_id, length(u.path) DESC, e.id DESC
""")
_PROPOSE = """
INSERT INTO response_time_proposal (unit_id, limit_id, seconds, proposed_by, proposed_at)
VALUES (%(unit)s, %(limit)s, %(seconds)s, %(by)s, %(now)s)
ON CONFLICT (unit_id, limit_id) DO UPDATE SET seconds = excluded.seconds, proposed_by = excluded.proposed_by,
    proposed_at = excluded.proposed_at
"""
_TAKE = Query[Edition]("""
DELETE FROM response_time_proposal e USING person p WHERE p.username = e.proposed_by AND (e.unit_id, e.limit_id) = (%(unit)s, %(limit)s)
RETURNING 0::bigint AS id, e.unit_id, e.limit_id, e.seconds, e.proposed_by, p.zh AS proposed_by_zh, '' AS confirmed_by_zh,
    e.proposed_at AS at
""")
_SET = Query[int]("""
INSERT INTO response_time (unit_id, limit_id, seconds, proposed_by, confirmed_by, since)
VALUES (%(unit)s, %(limit)s, %(seconds)s, %(proposed_by)s, %(by)s, %(now)s) RETURNING id
""")


async def editions(connection: Connection, units: frozenset[str]) -> tuple[list[Edition], list[Edition]]:
    """What is in force in these units, and what is proposed."""
    asked = {"units": sorted(units)}
    return await fetch_all(connection, EDITIONS, asked), await fetch_all(connection, PROPOSED, asked)


async def held(connection: Connection, unit: str, at: datetime) -> tuple[UnitTime, ...]:
    """The times that held in that unit at that instant; of a limit that is not among them the house's own holds."""
    return tuple(UnitTime(*each) for each in await fetch_all(connection, HELD, {"unit": unit, "at": at}))


async def propose(change: Change, of: Setting, limit: str, seconds: int) -> None:
    """Propose it for a unit that the author administers, in place of what was proposed before."""
    change.unit(of.unit, "unit")
    said: dict[str, Any] = {"unit": of.unit, "limit": limit, "seconds": seconds}
    await change.connection.execute(_PROPOSE, said | {"by": change.author.username, "now": change.now})
    await two_people.ask(change, of, in_seconds(seconds).zh)
    await change.journal("propose-response-time", said)


async def confirm(change: Change, of: Setting, limit: str, proposed_at: datetime) -> None:
    """Set what another person proposed then; refused as `two_people` says."""
    office = two_people.confirming(change.author, of)
    taken = await fetch_first(change.connection, _TAKE, {"unit": of.unit, "limit": limit})
    told = two_people.checked(change, of, taken, proposed_at)
    said = {"unit": of.unit, "limit": limit, "seconds": told.seconds, "proposed_by": told.proposed_by}
    edition = await fetch_first(change.connection, _SET, said | {"by": change.author.username, "now": change.now})
    await two_people.answer(change, of)
    await change.journal("confirm-response-time", {**said, "edition": edition}, office)
