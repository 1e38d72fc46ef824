"""Response times (处警时限): in how many seconds a unit signs for a dispatch, arrives and reports, as two people have set it (`two_people`).

The fact that begins a limit bears the time that held then (`LegalFact.unit_times`), so that a call keeps the times with which it began, and
every reckoning of it finds them where it is recorded.
"""

from datetime import datetime
from typing import NamedTuple

from law.legal_fact import UnitTime
from law.lengths import split_seconds
from models.store.connection import Connection, Query, fetch_all
from models.store.two_people import Register

RESPONSE_TIMES = Register(
    "response-time",
    "处警时限",
    table="response_time",
    subject="limit_id",
    journaled="limit",
    figures=("seconds",),
    words=lambda figures: split_seconds(figures["seconds"]).zh,
)


class _Held(NamedTuple):
    """A time that a unit, or one above it, had set."""

    limit_id: str
    seconds: int
    id: int


# The nearest unit's that had set any by then; what is entered late is measured by what held when it happened.
HELD = Query[_Held]("""
SELECT DISTINCT ON (limit_id) limit_id, seconds, id FROM (
    SELECT DISTINCT ON (u.path, e.limit_id) e.limit_id, e.seconds, e.id, e.taken_back, length(u.path) AS nearness
    FROM unit here JOIN unit u ON starts_with(here.path, u.path) JOIN response_time e ON e.unit_id = u.id
    WHERE here.id = %(unit)s AND e.since <= %(at)s ORDER BY u.path, e.limit_id, e.id DESC
) latest WHERE NOT taken_back ORDER BY limit_id, nearness DESC
""")


async def list_times(connection: Connection, unit: str, at: datetime) -> tuple[UnitTime, ...]:
    """The times that held in that unit at that instant; of a limit that is not among them the house's own holds."""
    return tuple(UnitTime(*each) for each in await fetch_all(connection, HELD, {"unit": unit, "at": at}))
