"""Findings of a matter, and risk alerts as those who see to them list them: the gravest first, of these the oldest."""

from collections.abc import Collection, Sequence
from typing import Any

from models.access.scope import Scope
from models.matter import Kind
from models.readmodel.pagination import (
    MASKED,
    Page,
    build_subject_shown_sql,
    build_title_sql,
    build_visible_sql,
    fetch_planned,
    format_iso_sql,
    load_page,
)
from models.store.connection import Connection, Query, fetch_all, fetch_first
from models.store.findings import ASK_TO_INSPECT_MANY

# What holds now in a matter, the gravest first; with the alert that is open over it.
FINDINGS = Query[str](f"""
SELECT (SELECT row_to_json(j) FROM (SELECT f.rule, f.about, f.severity, f.evidence, f.episode, f.fingerprint = f.settled AS dismissed, f.edition, u.path,
    {format_iso_sql("f.first_seen")} AS first_seen, {format_iso_sql("f.last_seen")} AS last_seen, a.number AS alert, a.stage AS alert_stage) j)::text
FROM finding f JOIN matter m ON m.number = f.subject JOIN unit u ON u.id = m.unit_id
LEFT JOIN matter a ON a.number = f.alert AND f.state IN ('open', 'ordered')
WHERE f.subject = %(number)s AND f.gone_at IS NULL
ORDER BY array_position(ARRAY['red', 'orange', 'yellow', 'blue'], f.severity), f.first_seen, f.rule, f.about
""")
SEVERITY = Query[str]("""
SELECT said ->> 'reason' FROM fact WHERE matter = %(alert)s AND fact IN ('alert.raised', 'alert.worsened') ORDER BY seq DESC LIMIT 1
""")
GRADED = """JOIN LATERAL (SELECT said ->> 'reason' AS severity FROM fact WHERE matter = m.number AND fact IN ('alert.raised', 'alert.worsened')
    ORDER BY seq DESC LIMIT 1) g ON true"""
"""SQL: how grave an alert `m` is by now, as `g.severity`."""
_GRADE = "array_position(ARRAY['red', 'orange', 'yellow', 'blue'], g.severity)"
ALERTS = f"""
WITH page AS (
    SELECT m.*, g.severity, {_GRADE} AS grade FROM matter m
    {GRADED} WHERE m.kind = 'risk-alert' AND {{where}} ORDER BY grade, m.opened_at, m.number LIMIT %(limit)s
)
SELECT (SELECT row_to_json(j) FROM (SELECT m.number, m.stage, m.final, m.seq, {{title}} AS title, m.severity, m.colour, m.parent AS subject,
    s.kind AS subject_kind, s.stage AS subject_stage, CASE WHEN {{told}} THEN s.title ELSE '{MASKED}' END AS subject_title,
    m.unit_id AS unit, u.zh AS unit_zh, s.officer, p.zh AS officer_zh, f.rule, f.episode,
    ARRAY(SELECT each ->> 'words' FROM jsonb_array_elements(f.evidence) each LIMIT 4) AS evidence,
    {format_iso_sql("m.opened_at")} AS opened_at, {format_iso_sql("c.due_at")} AS due_at
) j)::text, m.opened_at, m.grade, m.number
FROM page m LEFT JOIN matter s ON s.number = m.parent LEFT JOIN unit u ON u.id = m.unit_id LEFT JOIN person p ON p.username = s.officer
LEFT JOIN finding f ON f.alert = m.number
LEFT JOIN clock c ON c.matter = m.number AND c.limit_id = 'alert-handling' AND c.state = 'running'
ORDER BY m.grade, m.opened_at, m.number
"""
_FILTERS = {
    "severity": "g.severity = %(severity)s",
    "stage": "m.stage = %(stage)s",
    "rule": "EXISTS (SELECT FROM finding f WHERE f.alert = m.number AND f.rule = %(rule)s)",
    "open": "NOT m.final",
    "subject": "m.parent = %(subject)s",
    "overdue": "m.colour = 'overdue'",
    "by_hand": "NOT EXISTS (SELECT FROM finding f WHERE f.alert = m.number)",
}


async def find_severity(connection: Connection, alert: str) -> str:
    """How grave an alert is by now; empty where there is none of that number."""
    return await fetch_first(connection, SEVERITY, {"alert": alert}) or ""


async def list_findings(connection: Connection, number: str) -> list[str]:
    """What inspections find in a matter now, as JSON."""
    return await fetch_all(connection, FINDINGS, {"number": number})


async def list_alerts(
    connection: Connection, scope: Scope, filters: dict[str, str], after: Sequence[Any] | None, limit: int
) -> Page:
    """Risk alerts within the scope, filtered by severity, stage, rule, subject, `overdue`, `by_hand`, or `open`."""
    arguments: dict[str, Any] = dict(filters)
    where = [build_visible_sql(scope, arguments), *(_FILTERS[name] for name in filters)]
    if after:
        arguments |= {"opened_at": after[0], "grade": after[1], "after": after[2]}
        where.append(f"({_GRADE}, m.opened_at, m.number) > (%(grade)s, %(opened_at)s::timestamptz, %(after)s)")
    sql = ALERTS.format(
        where=" AND ".join(where), title=build_title_sql(scope, arguments), told=build_subject_shown_sql(scope, arguments)
    )
    return await load_page(connection, sql, arguments, limit)


async def ask_to_inspect(connection: Connection, scope: Scope, kinds: Collection[Kind], number: str | None) -> int:
    """Let the open matters of these kinds within the scope wait to be inspected, or that one alone; how many they are."""
    arguments: dict[str, Any] = {"kinds": sorted(kinds), "number": number}
    where = f"{build_visible_sql(scope, arguments)} AND (%(number)s::text IS NULL OR m.number = %(number)s)"
    return len(await fetch_planned(connection, ASK_TO_INSPECT_MANY.format(where=where), arguments))
