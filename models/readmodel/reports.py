"""Reports that were made (报告): the list, and one as it was made."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from models.readmodel.pagination import Page, format_iso_sql, load_page
from models.reports import LATE_AFTER
from models.store.connection import Connection, Query, fetch_first

LATE = f"CASE WHEN r.edition = 1 AND r.made_at > r.due_at + interval '{int(LATE_AFTER.total_seconds())} s' THEN floor(extract(epoch FROM r.made_at - r.due_at) / 60)::int ELSE 0 END"
"""How many minutes late the report `r` was made, 0 where it was on time."""
# Whether a corrected edition stands beside it.
_LATER = (
    "EXISTS (SELECT FROM report n WHERE (n.type, n.unit_id, n.period) = (r.type, r.unit_id, r.period) AND n.edition > r.edition)"
)
REPORTS = f"""
SELECT (SELECT row_to_json(j) FROM (SELECT r.id, r.type, %(types)s::jsonb ->> r.type AS type_zh, r.unit_id AS unit, u.zh AS unit_zh, r.period,
    {format_iso_sql("r.due_at")} AS due_at, {format_iso_sql("r.made_at")} AS made_at, {LATE} AS late_minutes,
    r.number, r.edition, r.reason, {_LATER} AS corrected) j)::text, r.due_at, r.id
FROM report r JOIN unit u ON u.id = r.unit_id WHERE {{where}} ORDER BY r.due_at DESC, r.id DESC LIMIT %(limit)s
"""


class Kept(NamedTuple):
    """A report as it was made: its content as JSON, the digest of that, how late it was, which edition, and the digest of its PDF where it has one."""

    unit_id: str
    type: str
    period: str
    due_at: datetime
    content: str
    sm3: str
    made_at: datetime
    number: str
    edition: int
    reason: str
    late_minutes: int
    pdf: str | None
    others: list[dict[str, Any]] | None


# With the other editions of it, the first before the others.
REPORT = Query[Kept](f"""
SELECT r.unit_id, r.type, r.period, r.due_at, r.content, r.sm3, r.made_at, r.number, r.edition, r.reason, {LATE} AS late_minutes,
    (SELECT p.sm3 FROM report_paper p WHERE p.report = r.id) AS pdf,
    (SELECT json_agg(json_build_object('id', e.id, 'edition', e.edition, 'sm3', e.sm3) ORDER BY e.edition) FROM report e
        WHERE (e.type, e.unit_id, e.period) = (r.type, r.unit_id, r.period) AND e.id <> r.id) AS others
FROM report r WHERE r.id = %(id)s
""")


async def list_reports(
    connection: Connection, units: Sequence[str], types: str, type_: str | None, after: Sequence[object] | None, limit: int
) -> Page:
    """Reports of these units, the newest first; `types` are the names of those that are listed, as a JSON object."""
    arguments: dict[str, object] = {"units": list(units), "types": types}
    where = ["r.unit_id = ANY(%(units)s)", "%(types)s::jsonb ? r.type"]
    if type_:
        arguments["type"] = type_
        where.append("r.type = %(type)s")
    if after:
        arguments |= {"due_at": after[0], "after": after[1]}
        where.append("(r.due_at, r.id) < (%(due_at)s::timestamptz, %(after)s)")
    return await load_page(connection, REPORTS.format(where=" AND ".join(where)), arguments, limit)


async def find_report(connection: Connection, report_id: int) -> Kept | None:
    """One report; None if there is none of that number."""
    return await fetch_first(connection, REPORT, {"id": report_id})
