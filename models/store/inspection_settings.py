"""What a bureau sets of its inspections (巡查设定): figures, words, and which of them are switched off.

A legal reviewer proposes, the head of the bureau confirms. What is confirmed is an edition beside those before it, and holds in the unit and
all below it that have set nothing themselves, for whatever is inspected from then on.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from psycopg.types.json import Jsonb

from law.offices import Office
from models.access.scope import Person
from models.problems import OfficeMayNotAct
from models.store import two_people
from models.store.administrative_change import Change, build_form_invalid
from models.store.connection import Query, fetch_first
from models.store.two_people import Setting

PROPOSES = Office.LEGAL_REVIEWER
CONFIRMS = (Office.COUNTY_HEAD,)


class Edition(NamedTuple):
    """What a unit has set (`since` when, confirmed by whom), or what is proposed (`id` 0, `confirmed_by_zh` empty)."""

    id: int
    unit_id: str
    unit_zh: str
    path: str
    name: str
    value: dict[str, Any]
    reason: str
    proposed_by: str
    proposed_by_zh: str
    confirmed_by_zh: str
    since: datetime

    @property
    def at(self) -> datetime:
        """When it was proposed, while it is."""
        return self.since


EDITIONS = Query[Edition]("""
SELECT e.id, e.unit_id, u.zh AS unit_zh, u.path, e.name, e.value, e.reason, e.proposed_by, p.zh AS proposed_by_zh, c.zh AS confirmed_by_zh,
    e.since
FROM inspection_setting e JOIN unit u ON u.id = e.unit_id JOIN person p ON p.username = e.proposed_by
JOIN person c ON c.username = e.confirmed_by ORDER BY e.id
""")
_PROPOSAL = """0::bigint AS id, e.unit_id, u.zh AS unit_zh, u.path, e.name, e.value, e.reason, e.proposed_by, p.zh AS proposed_by_zh,
    '' AS confirmed_by_zh, e.proposed_at AS since"""
PROPOSED = Query[Edition](f"""
SELECT {_PROPOSAL} FROM inspection_proposal e JOIN unit u ON u.id = e.unit_id JOIN person p ON p.username = e.proposed_by
WHERE e.unit_id = ANY(%(units)s) ORDER BY e.proposed_at, e.unit_id, e.name
""")
_PROPOSE = """
INSERT INTO inspection_proposal (unit_id, name, value, reason, proposed_by, proposed_at)
VALUES (%(unit)s, %(name)s, %(value)s, %(reason)s, %(by)s, %(now)s)
ON CONFLICT (unit_id, name) DO UPDATE SET value = excluded.value, reason = excluded.reason, proposed_by = excluded.proposed_by,
    proposed_at = excluded.proposed_at
"""
_TAKE = Query[Edition](f"""
DELETE FROM inspection_proposal e USING person p, unit u
WHERE p.username = e.proposed_by AND u.id = e.unit_id AND (e.unit_id, e.name) = (%(unit)s, %(name)s)
RETURNING {_PROPOSAL}
""")
_SET = Query[int]("""
INSERT INTO inspection_setting (unit_id, name, value, reason, proposed_by, confirmed_by, since)
VALUES (%(unit)s, %(name)s, %(value)s, %(reason)s, %(proposed_by)s, %(by)s, %(now)s) RETURNING id
""")


def may_propose(person: Person, unit: str) -> bool:
    """Whether that person may propose what is set of the inspections of that unit."""
    return any(each.office == PROPOSES and unit in each.own for each in person.offices)


async def propose(change: Change, of: Setting, value: Mapping[str, Any], words: str, reason: str) -> None:
    """Propose it, in place of what was proposed before; `words` say it to whoever confirms."""
    if of.unit not in change.tree:
        raise build_form_invalid("unit", "unknown-unit", f"没有代号为“{of.unit}”的单位")
    if not may_propose(change.author, of.unit):
        raise OfficeMayNotAct(f"{of.zh}由{change.tree[of.unit].zh}的法制员提请", required=[PROPOSES])
    said = {"unit": of.unit, "name": of.name, "reason": reason}
    await change.connection.execute(_PROPOSE, said | {"value": Jsonb(value), "by": change.author.username, "now": change.now})
    await two_people.ask(change, of, f"{words}（{reason}）")
    await change.journal_change("propose-inspection-setting", {**said, "setting": of.zh, "value": value, "what": words}, PROPOSES)


async def confirm(
    change: Change, of: Setting, proposed_at: datetime, worded: Callable[[Mapping[str, Any]], Awaitable[str]]
) -> None:
    """Set what another person proposed then; refused as `two_people` says, and where `worded`, which says the value in words, refuses it."""
    office = two_people.get_confirming_office(change.author, of)
    taken = await fetch_first(change.connection, _TAKE, {"unit": of.unit, "name": of.name})
    told = two_people.check_proposed(change, of, taken, proposed_at)
    words = await worded(told.value)
    said = {"unit": of.unit, "name": of.name, "reason": told.reason, "proposed_by": told.proposed_by}
    edition = await fetch_first(
        change.connection, _SET, said | {"value": Jsonb(told.value), "by": change.author.username, "now": change.now}
    )
    await two_people.answer(change, of)
    await change.journal_change(
        "confirm-inspection-setting", {**said, "setting": of.zh, "value": told.value, "what": words, "edition": edition}, office
    )


async def decline(change: Change, of: Setting, proposed_at: datetime) -> None:
    """Do not set what another person proposed then; what held goes on holding."""
    office = two_people.get_confirming_office(change.author, of)
    taken = await fetch_first(change.connection, _TAKE, {"unit": of.unit, "name": of.name})
    told = two_people.check_proposed(change, of, taken, proposed_at)
    await two_people.answer(change, of)
    said = {"unit": of.unit, "name": of.name, "setting": of.zh, "proposed_by": told.proposed_by}
    await change.journal_change("decline-inspection-setting", said, office)
