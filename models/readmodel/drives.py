"""Drives (专项清查) as they are read: what one goes through, how far each unit has come, and what was done in the matters since."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple

from law.effort import EFFORT
from models.access.scope import Scope
from models.readmodel.pagination import (
    MASKED,
    Page,
    build_subject_shown_sql,
    build_visible_sql,
    fetch_planned,
    format_iso_sql,
    load_page,
)
from models.reviews.selections import READ, Selected, list_selections, select
from models.store.connection import Connection, Query, fetch_all, fetch_first
from models.store.drives import GONE_THROUGH, OPEN_MATTERS

_EFFORTS = ", ".join(sorted(f"'{each}'" for each in EFFORT))


def _build_acts_sql(since: str) -> str:
    """How much was done in the matter of an item since then: acts, not approvals and scans."""
    return f"""(SELECT count(*)::int FROM fact f JOIN matter k ON k.number = f.matter
    WHERE i.subject IN (k.number, k.parent) AND f.at >= {since} AND f.fact IN ({_EFFORTS}))"""


_ACTS_OF_ITEM = _build_acts_sql("i.begun_at")
ITEMS = f"""
SELECT (SELECT row_to_json(j) FROM (SELECT m.number, i.drive, i.subject, CASE WHEN {{told}} THEN s.title ELSE '{MASKED}' END AS subject_title, s.kind AS subject_kind, i.purpose, i.grounds, m.stage, m.final, m.colour,
    m.unit_id AS unit, coalesce(u.zh, m.unit_id) AS unit_zh, m.officer, coalesce(p.zh, m.officer) AS officer_zh, i.result, i.returns,
    {format_iso_sql("i.begun_at")} AS begun_at, {format_iso_sql("i.answered_at")} AS answered_at, {format_iso_sql("c.due_at")} AS due_at,
    {_ACTS_OF_ITEM} AS acts) j)::text, m.number
FROM drive_item i JOIN matter m ON m.number = i.number JOIN matter s ON s.number = i.subject
LEFT JOIN unit u ON u.id = m.unit_id LEFT JOIN person p ON p.username = m.officer
LEFT JOIN LATERAL (SELECT due_at FROM clock WHERE matter = m.number AND state = 'running' ORDER BY due_at LIMIT 1) c ON true
WHERE {{where}} ORDER BY m.number LIMIT %(limit)s
"""
ItemState = Literal["open", "answered", "verified", "overdue"]
ITEM_STATES = "open 待反馈、answered 待核验、verified 已核验、overdue 超期"
_STATES: Mapping[ItemState, str] = {
    "open": "m.stage = 'examining'",
    "answered": "m.stage = 'checking'",
    "verified": "m.final",
    "overdue": "m.colour = 'overdue'",
}


class ItemFilters(NamedTuple):
    """Which items are asked for: of which drive, how far they have come, and with which result."""

    drive: str | None = None
    state: ItemState | None = None
    result: str | None = None


async def list_items(connection: Connection, scope: Scope, filters: ItemFilters, after: Sequence[Any] | None, limit: int) -> Page:
    """What drives go through, in the order of the numbers: what the scope reaches."""
    arguments: dict[str, Any] = {}
    where = [build_visible_sql(scope, arguments)]
    if filters.drive:
        arguments["drive"] = filters.drive
        where.append("i.drive = %(drive)s")
    if filters.state:
        where.append(_STATES[filters.state])
    if filters.result:
        arguments["result"] = filters.result
        where.append("i.result = %(result)s")
    if after:
        arguments["after"] = after[0]
        where.append("m.number > %(after)s")
    told = build_subject_shown_sql(scope, arguments)
    return await load_page(connection, ITEMS.format(where=" AND ".join(where), told=told), arguments, limit)


async def list_selected(connection: Connection, plan: Mapping[str, Any], units: Sequence[str]) -> list[Selected]:
    """What a drive with that plan would go through now in these units; what another drive of its purpose has open is left to that."""
    chosen = list_selections(plan["purpose"], plan.get("selections", ()))
    rules = sorted({rule for each in chosen for rule in each.inspections})
    asked = {"units": list(units), "rules": rules, "of_cases": any(each.record for each in chosen), "facts": sorted(READ)}
    taken = set(await fetch_all(connection, GONE_THROUGH, {"purpose": plan["purpose"]}))
    matters = await fetch_all(connection, OPEN_MATTERS, asked)
    return select((each for each in matters if each.number not in taken), chosen)


GROUNDS = Query[str]("""
SELECT unnest(i.grounds) FROM drive_item i JOIN matter m ON m.number = i.number WHERE i.drive = %(drive)s AND {visible}
""")


async def list_grounds(connection: Connection, scope: Scope, drive: str) -> list[str]:
    """By which selections what a drive goes through came in, as far as the scope reaches: each as often as it brought something."""
    arguments: dict[str, Any] = {"drive": drive}
    return await fetch_planned(connection, GROUNDS.format(visible=build_visible_sql(scope, arguments)), arguments)


_SEEN_ITEMS = "drive_item i JOIN matter m ON m.number = i.number WHERE i.drive = d.number AND {visible}"
DRIVES = f"""
WITH page AS (
    SELECT d.*, plan.form FROM matter d JOIN LATERAL (
        SELECT e.content::json -> 'form' AS form FROM entry e WHERE e.chain = d.number AND e.sort = 'step' ORDER BY e.position LIMIT 1
    ) plan ON plan.form ->> 'purpose' IN ('backlog', 'identity')
    WHERE d.kind = 'review-round' AND (EXISTS (SELECT FROM {_SEEN_ITEMS})
        OR d.number IN (SELECT m.number FROM matter m WHERE m.kind = 'review-round' AND {{visible}})) AND {{after}}
    ORDER BY d.opened_at DESC, d.number DESC LIMIT %(limit)s
)
SELECT (SELECT row_to_json(j) FROM (SELECT d.number, d.title AS topic, d.form ->> 'purpose' AS purpose, d.stage, d.final,
    d.form ->> 'ends_on' AS until, of.units, of.items, of.answered, of.verified, of.overdue, of.returned, of.results) j)::text, d.opened_at, d.number
FROM page d CROSS JOIN LATERAL (
    SELECT count(DISTINCT m.unit_id) AS units, count(*) AS items, count(i.answered_at) AS answered, count(*) FILTER (WHERE m.final) AS verified,
        count(*) FILTER (WHERE m.colour = 'overdue') AS overdue, count(*) FILTER (WHERE i.returns > 0) AS returned,
        (SELECT coalesce(json_object_agg(each.result, each.n), '{{{{}}}}'::json) FROM (
            SELECT i.result, count(*) AS n FROM {_SEEN_ITEMS} AND m.final GROUP BY 1) each) AS results
    FROM {_SEEN_ITEMS}
) of ORDER BY d.opened_at DESC, d.number DESC
"""


async def list_drives(connection: Connection, scope: Scope, after: Sequence[Any] | None, limit: int) -> Page:
    """Drives that the scope reaches, or that go through something that it does, the newest first, each with how far that has come."""
    arguments: dict[str, Any] = {}
    visible, past = build_visible_sql(scope, arguments), "true"
    if after:
        arguments |= {"opened_at": after[0], "after": after[1]}
        past = "(d.opened_at, d.number) < (%(opened_at)s::timestamptz, %(after)s)"
    return await load_page(connection, DRIVES.format(visible=visible, after=past), arguments, limit)


class UnitOfDrive(NamedTuple):
    """How far a unit has come: its items, those answered and looked at, overdue and sent back, acts since, and how many came to each result."""

    unit: str
    unit_zh: str
    items: int
    answered: int
    verified: int
    overdue: int
    returned: int
    acts: int
    results: dict[str, int]


UNITS = Query[UnitOfDrive](f"""
SELECT of.unit, coalesce(max(u.zh), of.unit) AS unit_zh, count(*)::int AS items, count(*) FILTER (WHERE of.answered)::int AS answered,
    count(*) FILTER (WHERE of.final)::int AS verified, count(*) FILTER (WHERE of.overdue)::int AS overdue,
    count(*) FILTER (WHERE of.returns > 0)::int AS returned, sum(of.acts)::int AS acts,
    (SELECT coalesce(json_object_agg(each.result, each.n), '{{{{}}}}'::json) FROM (
        SELECT r.result, count(*)::int AS n FROM drive_item r JOIN matter m ON m.number = r.number
        WHERE r.drive = %(drive)s AND m.unit_id = of.unit AND m.final AND {{visible}} GROUP BY 1) each) AS results
FROM (
    SELECT m.unit_id AS unit, m.final, m.colour = 'overdue' AS overdue, i.answered_at IS NOT NULL AS answered, i.returns, {_ACTS_OF_ITEM} AS acts
    FROM drive_item i JOIN matter m ON m.number = i.number WHERE i.drive = %(drive)s AND {{visible}}
) of LEFT JOIN unit u ON u.id = of.unit GROUP BY of.unit ORDER BY of.unit
""")


async def read_units(connection: Connection, scope: Scope, drive: str) -> list[UnitOfDrive]:
    """How far each unit has come that the scope reaches."""
    arguments: dict[str, Any] = {"drive": drive}
    return await fetch_planned(connection, UNITS.format(visible=build_visible_sql(scope, arguments)), arguments)


class PlannedDrive(NamedTuple):
    """A drive by its plan, and by its summary once it was concluded."""

    topic: str
    plan: dict[str, Any]
    launched_at: datetime | None
    summary: dict[str, Any] | None


PLANNED = Query[PlannedDrive]("""
SELECT e.content::json #>> '{form,topic}' AS topic, e.content::json -> 'form' AS plan,
    (SELECT recorded_at FROM entry l WHERE l.chain = e.chain AND l.step = 'launch-drive' AND l.sort = 'step' LIMIT 1) AS launched_at,
    (SELECT l.content::json -> 'form' FROM entry l WHERE l.chain = e.chain AND l.step = 'conclude-drive' AND l.sort = 'step' LIMIT 1) AS summary
FROM entry e WHERE e.chain = %(drive)s AND e.step = 'plan-review-round' AND e.sort = 'step'
    AND e.content::json #>> '{form,purpose}' IN ('backlog', 'identity')
""")


async def find_drive(connection: Connection, drive: str) -> PlannedDrive | None:
    """The plan of a drive; None where the round of that number is none."""
    return await fetch_first(connection, PLANNED, {"drive": drive})


class RunningDrive(NamedTuple):
    """A drive that runs, in figures: what it goes through, what was answered and looked at, in the period and in all, and acts in the period."""

    number: str
    topic: str
    items: int
    answered: int
    verified: int
    answered_lately: int
    acts: int
    results: dict[str, int]


_ACTS_LATELY = _build_acts_sql("greatest(i.begun_at, %(since)s)")
RUNNING = Query[RunningDrive](f"""
SELECT d.number, d.title AS topic, count(*)::int AS items, count(i.answered_at)::int AS answered, count(i.verified_at)::int AS verified,
    count(*) FILTER (WHERE i.answered_at > %(since)s)::int AS answered_lately, sum({_ACTS_LATELY})::int AS acts,
    (SELECT coalesce(json_object_agg(each.result, each.n), '{{{{}}}}'::json) FROM (
        SELECT r.result, count(*)::int AS n FROM drive_item r JOIN matter m ON m.number = r.number
        WHERE r.drive = d.number AND r.verified_at IS NOT NULL AND {{visible}} GROUP BY 1) each) AS results
FROM drive_item i JOIN matter m ON m.number = i.number JOIN matter d ON d.number = i.drive
WHERE (NOT d.final OR d.updated_at > %(since)s) AND {{visible}} GROUP BY d.number, d.title ORDER BY d.number
""")


async def list_running(connection: Connection, scope: Scope, since: datetime) -> list[RunningDrive]:
    """Drives that run, or ended since then, over what the scope reaches."""
    arguments: dict[str, Any] = {"since": since}
    return await fetch_planned(connection, RUNNING.format(visible=build_visible_sql(scope, arguments)), arguments)
