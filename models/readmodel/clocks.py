"""Clocks: the list, those of one matter, and limits on liberty that ran out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from law.statutes.service_promises import DISPATCH_SIGN
from models.access.scope import Scope
from models.holding import THEIRS
from models.readmodel.board_tallies import RUNNING
from models.readmodel.pagination import Page, build_title_sql, build_visible_clocks_sql, format_iso_sql, load_page
from models.store.connection import Connection, Query, fetch_all, fetch_first, fetch_one
from models.store.urgency import is_urgent

CLOCK_COLUMNS = f"""c.id, c.matter, c.limit_id AS limit, c.zh, c.basis, c.about, c.unit_id AS unit, c.officer, c.state, c.colour, c.liberty,
    {format_iso_sql("c.started_at")} AS started_at, {format_iso_sql("c.due_at")} AS due_at, c.date_only, {format_iso_sql("c.ended_at")} AS ended_at, c.calendar,
    c.answerable, c.at_expiry, CASE WHEN c.overrun_due_at IS NOT NULL THEN json_build_object('due_at', {format_iso_sql("c.overrun_due_at")},
        'until', {format_iso_sql("c.overrun_until")}, 'entered_at', {format_iso_sql("c.overrun_entered_at")},
        'acknowledged_at', {format_iso_sql("c.overrun_acknowledged_at")}, 'acknowledged_by_zh', (SELECT coalesce(max(zh), c.overrun_acknowledged_by)
            FROM person WHERE username = c.overrun_acknowledged_by)) END AS overrun"""
URGENT = is_urgent("c.matter", "c.kind")
CLOCKS = f"""
WITH page AS (SELECT c.* FROM clock c WHERE {{where}} ORDER BY {{order}} LIMIT %(limit)s)
SELECT (SELECT row_to_json(j) FROM (SELECT {CLOCK_COLUMNS}, u.zh AS unit_zh, p.zh AS officer_zh, {{title}} AS title, m.kind, m.stage,
    {URGENT} AS urgent) j)::text, {{order}}
FROM page c LEFT JOIN matter m ON m.number = c.matter LEFT JOIN unit u ON u.id = c.unit_id LEFT JOIN person p ON p.username = c.officer
ORDER BY {{order}}
"""
BY_DUE = "c.due_at, c.id"
_PLACE = f"(CASE WHEN c.limit_id = '{DISPATCH_SIGN.id}' AND {URGENT} THEN 0 WHEN c.liberty THEN 1 ELSE 2 END)"
# Whatever stands in a row, also what no clock comes to.
_MICROSECONDS = "(extract(epoch FROM greatest(least(c.due_at, '9999-12-31Z'), '0001-01-01Z')) * 1000000)::bigint"
BY_DUTY = f"{_PLACE}, (CASE {_PLACE} WHEN 2 THEN abs({_MICROSECONDS} - %(now)s) ELSE {_MICROSECONDS} END), c.id"
_CLOCK_FILTERS = {
    "colour": "c.colour = %(colour)s",
    "officer": "c.officer = %(officer)s",
    "due_before": "c.due_at < %(due_before)s",
    "due_after": "c.due_at >= %(due_after)s",
    "limit_id": "c.limit_id = %(limit_id)s",
    "kind": "c.kind = %(kind)s",
    "liberty": "c.liberty",
}


async def list_clocks(
    connection: Connection, scope: Scope, filters: dict[str, Any], after: Sequence[Any] | None, limit: int
) -> Page:
    """Running clocks, the next due first; `filters` by colour, officer, limit, `kind` of the matter, when due, or `liberty`."""
    arguments: dict[str, Any] = dict(filters)
    where = _build_running_sql(scope, filters, arguments)
    if after:
        arguments |= {"due_at": after[0], "after": after[1]}
        where.append("(c.due_at, c.id) > (%(due_at)s::timestamptz, %(after)s)")
    sql = CLOCKS.format(where=" AND ".join(where), title=build_title_sql(scope, arguments), order=BY_DUE)
    return await load_page(connection, sql, arguments, limit)


async def list_for_duty(
    connection: Connection, scope: Scope, filters: dict[str, Any], now: datetime, after: Sequence[Any] | None, limit: int
) -> Page:
    """The same clocks as whoever is on duty takes them up.

    First urgent calls that nobody has signed for, the longest waiting first: somebody is waiting for help, and a word by telephone mends it.
    Then limits on liberty in the order of their ends, those that have run out before the others: nobody is held a day longer for a long list.
    Then the rest by how near their ends are, before now or after: what ran out this morning can still be made good today; what ran out
    months ago is work for a supervision, and would only hide it. The pages after the first go on from the moment of the first.
    """
    arguments: dict[str, Any] = filters | {"now": int(now.timestamp() * 1_000_000)}
    where = _build_running_sql(scope, filters, arguments)
    if after:
        arguments |= dict(zip(("now", "place", "key", "after"), after, strict=True))
        where.append(f"({BY_DUTY}) > (%(place)s, %(key)s, %(after)s)")
    sql = CLOCKS.format(where=" AND ".join(where), title=build_title_sql(scope, arguments), order=BY_DUTY)
    items, last = await load_page(connection, sql, arguments, limit)
    return Page(items, last and (arguments["now"], *last))


def _build_running_sql(scope: Scope, filters: dict[str, Any], arguments: dict[str, Any]) -> list[str]:
    """The conditions that a clock runs, is within the scope, and is one that the filters leave."""
    running = ["c.state IN ('running', 'suspended', 'not-started')", "c.due_at IS NOT NULL", "c.limit_id <> 'canary'"]
    return [*running, build_visible_clocks_sql(scope, arguments), *(_CLOCK_FILTERS[name] for name in filters)]


CLOCKS_OF = Query[str](f"""
SELECT coalesce(json_agg(row_to_json(c) ORDER BY c.due_at, c.id), '[]')::text
FROM (SELECT {CLOCK_COLUMNS}, c.reasons, c.rungs FROM matter m JOIN clock c ON {THEIRS} WHERE m.number = %(number)s) c
""")


class _Clock(NamedTuple):
    """A clock in JSON, and its matter."""

    json: str
    matter: str


CLOCK = Query[_Clock](f"""
SELECT row_to_json(t)::text AS json, t.matter FROM (
    SELECT {CLOCK_COLUMNS}, c.edition, c.reasons, c.rungs,
        (SELECT coalesce(json_agg(json_build_object('colour', r.colour, 'at', {format_iso_sql("r.at")}, 'rung_at', {format_iso_sql("r.rung_at")},
             'late_ms', r.late_ms, 'rung_by', r.rung_by) ORDER BY r.at, r.rung_at), '[]') FROM ring r WHERE r.clock_id = c.id) AS rings
    FROM clock c WHERE c.id = %(id)s
) t
""")


async def read_clocks_of(connection: Connection, number: str) -> str:
    """Every clock of a matter with its reasons, as a JSON list."""
    return await fetch_one(connection, CLOCKS_OF, {"number": number})


async def find_clock(connection: Connection, clock_id: str) -> tuple[str, str] | None:
    """One clock with reasons, rungs and rings, as a JSON object, and the number of its matter; None if there is none."""
    return await fetch_first(connection, CLOCK, {"id": clock_id})


class Overrun(NamedTuple):
    """A clock that ran out: its limit, whom it concerned (None: nobody by name), and when it was due."""

    id: str
    zh: str
    name: str | None
    due_at: datetime


UNACKNOWLEDGED = Query[Overrun]("""
SELECT c.id, c.zh, p.name, c.overrun_due_at AS due_at FROM clock c LEFT JOIN party p ON p.matter = c.matter AND p.id = c.about
WHERE c.matter = %(number)s AND c.liberty AND c.overrun_due_at IS NOT NULL AND c.overrun_acknowledged_at IS NULL ORDER BY c.overrun_due_at, c.id
""")


async def list_unacknowledged(connection: Connection, number: str) -> tuple[Overrun, ...]:
    """The clocks of a matter, of those on liberty, of which nobody has acknowledged yet that they ran out."""
    return tuple(await fetch_all(connection, UNACKNOWLEDGED, {"number": number}))


HAS_RED_CARD = Query[bool](f"""
SELECT EXISTS (
    SELECT FROM clock c WHERE c.matter = %(number)s AND c.liberty AND c.limit_id <> 'canary'
        AND (c.overrun_due_at IS NOT NULL OR {RUNNING} AND c.colour = 'overdue')
)
""")


async def has_red_card(connection: Connection, number: str) -> bool:
    """Whether a limit on somebody's liberty has run out in this matter, now or once."""
    return await fetch_one(connection, HAS_RED_CARD, {"number": number})
