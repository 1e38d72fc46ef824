"""Lists of supervision: rectification orders and supervisions with columns of their own (整改指令清单 · 督办清单)."""

from collections.abc import Sequence
from typing import Any

from law.clock import Colour
from models.access.scope import Scope
from models.forms.supervision import LEVEL_NAMES, MEMBERS
from models.journal import format_canonical
from models.problem_categories import get_categories
from models.readmodel.pagination import (
    MASKED,
    Page,
    build_subject_shown_sql,
    build_title_sql,
    build_visible_sql,
    format_iso_sql,
    load_page,
)
from models.store.connection import Connection

# What is asked for was last set by the order or by a decision on an objection; what was done the last report says.
_FORM_OF = """LEFT JOIN LATERAL (SELECT e.content::json -> 'form' AS form, e.username FROM entry e
    WHERE e.chain = m.number AND e.sort = 'step' AND e.step = ANY(ARRAY[{steps}]) ORDER BY e.position {order} LIMIT 1) {name} ON true"""
_OPENED = _FORM_OF.format(steps="'open-rectification-order'", order="", name="o")
_REPORTED = _FORM_OF.format(steps="'report-rectification', 'report-grave-rectification'", order="DESC", name="r")
_CHANGED = """LEFT JOIN LATERAL (SELECT e.content::json #> '{{form,demands}}' AS demands FROM entry e
    WHERE e.chain = m.number AND e.sort = 'step' AND e.step = 'decide-appeal' AND json_array_length(e.content::json #> '{{form,demands}}') > 0
    ORDER BY e.position DESC LIMIT 1) d ON true"""
_TIMES = "(SELECT count(*) FROM entry e WHERE e.chain = m.number AND e.sort = 'step' AND e.step = '{step}')"


def _build_told_sql(words: str, masked: str = "") -> str:
    """What says what an order is about; of a sealed one whoever owes a reason reads that it is `masked`."""
    return f"CASE WHEN {{known}} THEN {words} ELSE '{masked}' END"


ORDERS = f"""
WITH page AS (
    SELECT m.* FROM matter m WHERE m.kind = 'rectification-order' AND {{where}} ORDER BY m.opened_at, m.number LIMIT %(limit)s
)
SELECT (SELECT row_to_json(j) FROM (SELECT m.number, {{title}} AS title, m.stage, m.final, {_build_told_sql("coalesce(o.form ->> 'severity', '')")} AS severity,
    {_build_told_sql("coalesce(%(called)s::jsonb ->> (o.form ->> 'severity'), '')")} AS severity_zh,
    {_build_told_sql("coalesce(o.form ->> 'category', '')")} AS category,
    {_build_told_sql("coalesce(%(called)s::jsonb ->> (o.form ->> 'category'), '')", MASKED)} AS category_zh, m.colour, m.parent AS subject, m.unit_id AS unit, u.zh AS unit_zh, p.zh AS officer_zh,
    i.zh AS issuer_zh, greatest(coalesce(json_array_length(coalesce(d.demands, o.form -> 'demands')), 0), 1) AS demands,
    CASE WHEN r.form IS NULL THEN 0 WHEN coalesce(json_array_length(r.form -> 'answers'), 0) = 0 THEN 1
        ELSE (SELECT count(*) FROM json_array_elements(r.form -> 'answers') each WHERE each ->> 'result' = 'done') END AS done,
    {_TIMES.format(step="return-rectification")} AS returns, {_TIMES.format(step="appeal-rectification")} AS objections,
    {format_iso_sql("m.opened_at")} AS opened_at, {format_iso_sql("c.due_at")} AS due_at,
    CASE WHEN c.due_at < now() THEN floor(extract(epoch FROM now() - c.due_at) / 86400)::int ELSE 0 END AS days_over
) j)::text, m.opened_at, m.number
FROM page m LEFT JOIN unit u ON u.id = m.unit_id LEFT JOIN person p ON p.username = m.officer
{_OPENED} {_REPORTED} {_CHANGED}
LEFT JOIN person i ON i.username = o.username
LEFT JOIN clock c ON c.matter = m.number AND c.limit_id = 'rectification-report' AND c.state = 'running'
ORDER BY m.opened_at, m.number
"""
_FILTERS = {"stage": "m.stage = %(stage)s", "overdue": "m.colour = 'overdue'", "open": "NOT m.final"}


async def list_orders(
    connection: Connection, scope: Scope, filters: dict[str, str], after: Sequence[Any] | None, limit: int
) -> Page:
    """Rectification orders within the scope, the oldest first, filtered by stage, `overdue` or `open`."""
    called = {each.value: each.label.removesuffix("预警") for each in Colour} | {
        code: each.zh for code, each in get_categories().items()
    }
    return await _list_page(connection, ORDERS, scope, filters | {"called": format_canonical(called)}, after, limit)


VARYING = r"[\s0-9，。；、：.,;:]"
"""What two reports may differ in and say the same: dates, figures, points, blanks; for Python and for PostgreSQL."""
_ALIKE = f"""(SELECT count(*) - count(DISTINCT regexp_replace(e.content::json #>> '{{{{form,done}}}}', '{VARYING}', '', 'g'))
    FROM entry e WHERE e.chain = m.number AND e.sort = 'step' AND e.step = 'report-progress')"""
_OF_OFFICES = "(SELECT count(DISTINCT f.about) FROM fact f WHERE f.matter = m.number AND f.fact = '{fact}')"
SUPERVISIONS = f"""
WITH led AS (
    SELECT e.content::json #>> '{{{{form,lead}}}}' AS lead, count(*) AS n FROM matter m
    JOIN entry e ON e.chain = m.number AND e.sort = 'step' AND e.step = 'open-supervision'
    WHERE m.kind = 'supervision' AND NOT m.final AND {{visible}} GROUP BY 1
), page AS (
    SELECT m.* FROM matter m WHERE m.kind = 'supervision' AND {{where}} ORDER BY m.opened_at, m.number LIMIT %(limit)s
)
SELECT (SELECT row_to_json(j) FROM (SELECT m.number, {{title}} AS title, m.stage, m.colour, %(called)s::jsonb ->> (o.form ->> 'level') AS level_zh,
    o.form ->> 'lead' AS lead, %(called)s::jsonb ->> (o.form ->> 'lead') AS lead_zh,
    coalesce(led.n, 0) AS lead_open, greatest(json_array_length(o.form -> 'members'), {_OF_OFFICES.format(fact="supervision.member-named")}) AS members,
    {_OF_OFFICES.format(fact="supervision.joined")} AS signed, m.parent AS subject, m.unit_id AS unit, u.zh AS unit_zh,
    {_TIMES.format(step="report-progress")} AS reports,
    (SELECT count(*) FROM entry e WHERE e.chain = m.number AND e.sort = 'step' AND e.step = 'report-progress'
        AND coalesce(json_array_length(e.content::json #> '{{{{form,entries}}}}'), 0) = 0) AS empty,
    {_ALIKE} AS alike, {format_iso_sql("m.opened_at")} AS opened_at, {format_iso_sql("c.due_at")} AS due_at
) j)::text, m.opened_at, m.number
FROM page m LEFT JOIN unit u ON u.id = m.unit_id {_FORM_OF.format(steps="'open-supervision'", order="", name="o")}
LEFT JOIN led ON led.lead = o.form ->> 'lead'
LEFT JOIN LATERAL (SELECT due_at FROM clock WHERE matter = m.number AND limit_id = 'supervision-progress' AND state = 'running'
    ORDER BY due_at LIMIT 1) c ON true
ORDER BY m.opened_at, m.number
"""


async def list_supervisions(
    connection: Connection, scope: Scope, filters: dict[str, str], after: Sequence[Any] | None, limit: int
) -> Page:
    """Supervisions within the scope, the oldest first, filtered by stage or `open`."""
    called = {**LEVEL_NAMES, **{str(office): office.label for office in MEMBERS}}
    return await _list_page(connection, SUPERVISIONS, scope, filters | {"called": format_canonical(called)}, after, limit)


async def _list_page(
    connection: Connection, sql: str, scope: Scope, filters: dict[str, str], after: Sequence[Any] | None, limit: int
) -> Page:
    arguments: dict[str, Any] = dict(filters)
    shown = build_visible_sql(scope, arguments)
    where = [shown, *(_FILTERS[name] for name in filters if name in _FILTERS)]
    if after:
        arguments |= {"opened_at": after[0], "after": after[1]}
        where.append("(m.opened_at, m.number) > (%(opened_at)s::timestamptz, %(after)s)")
    told = {"where": " AND ".join(where), "visible": shown, "title": build_title_sql(scope, arguments)}
    told["known"] = build_subject_shown_sql(scope, arguments)
    return await load_page(connection, sql.format(**told), arguments, limit)
