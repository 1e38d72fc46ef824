"""Patience (催办时限): how long a turn waits until somebody is reminded, and until it goes up, as a unit has set it for a step.

One person proposes, who administers the unit; another confirms, who supervises it or reviews the law there. What is confirmed holds for the
unit and all below that have set nothing themselves, for turns that begin from then on; each of them says in the journal by which edition.
"""

from datetime import datetime
from typing import Any, NamedTuple

from law.lengths import in_seconds
from models.store import two_people
from models.store.administrative_change import Change
from models.store.connection import Connection, Query, fetch_all, fetch_first
from models.store.statements import BY_UNIT
from models.store.two_people import Setting

IN_FORCE = Query[dict[str, Any] | None](f"SELECT {BY_UNIT} AS patience")


class Edition(NamedTuple):
    """What a unit has set for a step (`since` when, confirmed by whom), or what is proposed (`id` 0, `confirmed_by_zh` empty)."""

    id: int
    unit_id: str
    step: str
    reminded_s: int | None
    goes_up_s: int | None
    proposed_by: str
    proposed_by_zh: str
    confirmed_by_zh: str
    at: datetime


EDITIONS = Query[Edition]("""
SELECT DISTINCT ON (e.unit_id, e.step) e.id, e.unit_id, e.step, e.reminded_s, e.goes_up_s, e.proposed_by, p.zh AS proposed_by_zh,
    c.zh AS confirmed_by_zh, e.since AS at
FROM patience e JOIN person p ON p.username = e.proposed_by JOIN person c ON c.username = e.confirmed_by
WHERE e.unit_id = ANY(%(units)s) ORDER BY e.unit_id, e.step, e.id DESC
""")
PROPOSED = Query[Edition]("""
SELECT 0::bigint AS id, e.unit_id, e.step, e.reminded_s, e.goes_up_s, e.proposed_by, p.zh AS proposed_by_zh, '' AS confirmed_by_zh,
    e.proposed_at AS at
FROM patience_proposal e JOIN person p ON p.username = e.proposed_by WHERE e.unit_id = ANY(%(units)s) ORDER BY e.unit_id, e.step
""")
_PROPOSE = """
INSERT INTO patience_proposal (unit_id, step, reminded_s, goes_up_s, proposed_by, proposed_at)
VALUES (%(unit)s, %(step)s, %(reminded_s)s, %(goes_up_s)s, %(by)s, %(now)s)
ON CONFLICT (unit_id, step) DO UPDATE SET reminded_s = excluded.reminded_s, goes_up_s = excluded.goes_up_s,
    proposed_by = excluded.proposed_by, proposed_at = excluded.proposed_at
"""
_TAKE = Query[Edition]("""
DELETE FROM patience_proposal e USING person p WHERE p.username = e.proposed_by AND (e.unit_id, e.step) = (%(unit)s, %(step)s)
RETURNING 0::bigint AS id, e.unit_id, e.step, e.reminded_s, e.goes_up_s, e.proposed_by, p.zh AS proposed_by_zh, '' AS confirmed_by_zh,
    e.proposed_at AS at
""")
_SET = Query[int]("""
INSERT INTO patience (unit_id, step, reminded_s, goes_up_s, proposed_by, confirmed_by, since)
VALUES (%(unit)s, %(step)s, %(reminded_s)s, %(goes_up_s)s, %(proposed_by)s, %(by)s, %(now)s) RETURNING id
""")


async def editions(connection: Connection, units: frozenset[str]) -> tuple[list[Edition], list[Edition]]:
    """What is in force in these units, and what is proposed."""
    asked = {"units": sorted(units)}
    return await fetch_all(connection, EDITIONS, asked), await fetch_all(connection, PROPOSED, asked)


async def in_force(connection: Connection, unit: str, step: str) -> dict[str, Any] | None:
    """The edition by which a turn of that step begins in that unit; None where the house's own figures hold."""
    return await fetch_first(connection, IN_FORCE, {"unit": unit, "awaited": step})


async def propose(change: Change, of: Setting, step: str, reminded_s: int | None, goes_up_s: int | None) -> None:
    """Propose it for a unit that the author administers, in place of what was proposed before."""
    change.unit(of.unit, "unit")
    said = {"unit": of.unit, "reminded_s": reminded_s, "goes_up_s": goes_up_s}
    await change.connection.execute(_PROPOSE, said | {"step": step, "by": change.author.username, "now": change.now})
    reminded, up = (
        f"{in_seconds(each).zh}后{verb}" if each else f"不{verb}" for each, verb in ((reminded_s, "催办"), (goes_up_s, "上报"))
    )
    await two_people.ask(change, of, f"{reminded}，{up}")
    await change.journal("propose-patience", {**said, "of_step": step})


async def confirm(change: Change, of: Setting, step: str, proposed_at: datetime) -> None:
    """Set what another person proposed then; refused as `two_people` says."""
    office = two_people.confirming(change.author, of)
    taken = await fetch_first(change.connection, _TAKE, {"unit": of.unit, "step": step})
    told = two_people.checked(change, of, taken, proposed_at)
    said = {"unit": of.unit, "reminded_s": told.reminded_s, "goes_up_s": told.goes_up_s, "proposed_by": told.proposed_by}
    edition = await fetch_first(change.connection, _SET, said | {"step": step, "by": change.author.username, "now": change.now})
    await two_people.answer(change, of)
    await change.journal("confirm-patience", {**said, "of_step": step, "edition": edition}, office)
