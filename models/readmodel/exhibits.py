"""Where an exhibit is and who holds it, as lists and cards read it; and which things go with a case."""

from typing import Any

from law.facts import Fact
from models.readmodel.pagination import format_iso_sql
from models.store.connection import Connection, Query, fetch_one

# Each of these puts a thing into another hand.
HANDS = (
    Fact.EXHIBIT_TAKEN,
    Fact.EXHIBIT_SEALED,
    Fact.FUNDS_FROZEN,
    Fact.SECURITIES_FROZEN,
    Fact.EQUITY_FROZEN,
    Fact.TERROR_PROPERTY_FROZEN,
    Fact.EXHIBIT_REGISTERED_IN_ADVANCE,
    Fact.EXHIBIT_EXAMINATION_APPROVED,
    Fact.EXHIBIT_EXAMINED,
    Fact.EXHIBIT_HANDED_OVER,
    Fact.EXHIBIT_LENT,
    Fact.EXHIBIT_LOAN_RETURNED,
    Fact.EXHIBIT_RECEIVED_BY_PROCURATORATE,
    Fact.EXHIBIT_RECEIVED_BY_COURT,
    Fact.EXHIBIT_TAKEN_BACK,
    Fact.EXHIBIT_RETURNED,
    Fact.EXHIBIT_DISPOSED,
)
_HANDS = ", ".join(f"'{each}'" for each in HANDS)
# For a matter `m`: who holds it, where, and since when; null for what is no thing.
CUSTODY = f"""(SELECT json_build_object('holder', h.name, 'holder_zh', coalesce(by_name.zh, h.name), 'place', h.said ->> 'place',
    'since', (SELECT {format_iso_sql("max(at)")} FROM fact
              WHERE matter = m.number AND fact IN ({_HANDS}) AND NOT said ? 'told_by'))
    FROM party h LEFT JOIN person by_name ON by_name.username = h.name WHERE h.matter = m.number AND h.id = 'holder')"""
# As it stands on the list with which it was taken.
THING = """(SELECT content::jsonb -> 'form' FROM entry WHERE chain = m.number AND position = 1 AND m.kind = 'exhibit')"""
# Things of a case by their numbers, with where each stands.
THINGS = Query[list[dict[str, Any]]](f"""
SELECT coalesce(json_agg(json_build_object('number', m.number, 'stage', m.stage, 'thing', {THING}) ORDER BY m.number), '[]')
FROM matter m WHERE m.number = ANY(%(numbers)s) AND m.kind = 'exhibit'
""")


async def list_things(connection: Connection, numbers: list[str]) -> list[dict[str, Any]]:
    """What these exhibits are, and at which stage each stands."""
    return await fetch_one(connection, THINGS, {"numbers": numbers})
