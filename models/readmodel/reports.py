"""Reports that were made (报告): the list, and one as it was made."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from models.readmodel.pagination import Page, format_iso_sql, load_page
from models.reports import LATE_AFTER
from models.store.connection import Connection, Query, fetch_first

# Minutes late, 0 where it was made on time.
_LATE = f"CASE WHEN r.made_at > r.due_at + interval '{int(LATE_AFTER.total_seconds())} s' THEN extract(epoch FROM r.made_at - r.due_at)::int / 60 ELSE 0 END"
REPORTS = f"""
SELECT (SELECT row_to_json(j) FROM (SELECT r.id, r.type, %(types)s::jsonb ->> r.type AS type_zh, r.unit_id AS unit, u.zh AS unit_zh, r.period,
    {format_iso_sql("r.due_at")} AS due_at, {format_iso_sql("r.made_at")} AS made_at, {_LATE} AS late_minutes) j)::text, r.due_at, r.id
FROM report r JOIN unit u ON u.id = r.unit_id WHERE {{where}} ORDER BY r.due_at DESC, r.id DESC LIMIT %(limit)s
"""


class Kept(NamedTuple):
    """A report as it was made: its content as JSON, the digest of that, and how many minutes late it was."""

    unit_id: str
    period: str
    content: str
    sm3: str
    made_at: datetime
    late_minutes: int


REPORT = Query[Kept](
    f"SELECT r.unit_id, r.period, r.content, r.sm3, r.made_at, {_LATE} AS late_minutes FROM report r WHERE r.id = %(id)s"
)


async def list_reports(
    connection: Connection, units: Sequence[str], types: str, type_: str | None, after: Sequence[object] | None, limit: int
) -> Page:
    """Reports of these units, the newest first; `types` are their names as a JSON object."""
    arguments: dict[str, object] = {"units": list(units), "types": types}
    where = ["r.unit_id = ANY(%(units)s)"]
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
