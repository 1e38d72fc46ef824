"""The board of calls (警情分类): how many incidents of each group a unit received in a period and in the one before."""

from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from law.calendar import SHANGHAI
from models.access.scope import Scope
from models.forms.incident import CATEGORIES
from models.readmodel.board_counts import DisplayNames
from models.readmodel.board_figures import CHANCE, Period
from models.readmodel.board_shapes import CallCount, CallGroup, CallsBoard, UnitCalls
from models.readmodel.pagination import build_subject_shown_sql, build_visible_sql, fetch_planned
from models.store.connection import Connection, Query

UNSORTED = "none"
"""How those are called that nobody sorted into a group."""
GROUPS = {**CATEGORIES, UNSORTED: "未分类"}


class _Calls(NamedTuple):
    """How many incidents of a group a unit received in the period, or in the one before."""

    unit_id: str
    category: str
    before: bool
    n: int


CALLS = Query[_Calls]("""
SELECT m.unit_id, coalesce(nullif(m.category, ''), 'none') AS category, m.opened_at < %(since)s AS before, count(*)::int AS n
FROM matter m WHERE m.kind = 'incident' AND m.opened_at >= %(first)s AND m.opened_at < %(until)s AND {visible} AND {told} GROUP BY 1, 2, 3
""")


async def read_calls(connection: Connection, scope: Scope, period: Period, names: DisplayNames, now: datetime) -> CallsBoard:
    """The incidents of each unit by group, in the period and the one before; `change` is by how many percent."""
    before = period.before
    since, first = (datetime.combine(each, time(), SHANGHAI) for each in (period.since, before.since))
    until = datetime.combine(period.until + timedelta(days=1), time(), SHANGHAI)
    rows = await count_calls(connection, scope, first, since, until)
    units = sorted({row.unit_id for row in rows}, key=names.get_unit_path)
    return CallsBoard(
        at=now.astimezone(SHANGHAI),
        since=period.since,
        until=period.until,
        before_since=before.since,
        before_until=before.until,
        groups=[CallGroup(category=code, zh=zh) for code, zh in GROUPS.items()],
        units=[
            UnitCalls(unit=unit, zh=names.get_unit_name(unit), counts=count_by_group([row for row in rows if row.unit_id == unit]))
            for unit in units
        ],
        totals=count_by_group(rows),
    )


async def count_calls(connection: Connection, scope: Scope, first: datetime, since: datetime, until: datetime) -> list[_Calls]:
    """The incidents that this scope sees from `since` to `until`, and those from `first` to `since`."""
    arguments: dict[str, Any] = {"first": first, "since": since, "until": until}
    # To be sorted is to be told what it is about: a sealed file is counted for whoever may know that.
    sql = CALLS.format(visible=build_visible_sql(scope, arguments), told=build_subject_shown_sql(scope, arguments))
    return await fetch_planned(connection, sql, arguments)


def count_by_group(rows: list[_Calls]) -> list[CallCount]:
    """The counts of all groups together, and then of each, beside those of the period before."""
    return [_count(code, [row for row in rows if code in ("", row.category)]) for code in ("", *GROUPS)]


def _count(category: str, rows: list[_Calls]) -> CallCount:
    now, then = (sum(row.n for row in rows if row.before is before) for before in (False, True))
    change = round(100 * (now - then) / then, 1) if then >= CHANCE else None
    return CallCount(category=category, count=now, before=then, change=change)
