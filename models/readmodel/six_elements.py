"""The case room's work (案管室六要素): how much stands in each queue, unit by unit, and what stands in one, what is due first first."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any, Literal, NamedTuple

from pydantic import AwareDatetime, BaseModel, Field

from law.calendar import SHANGHAI
from models.access.scope import Scope
from models.readmodel.board_counts import DisplayNames
from models.readmodel.board_tallies import RUNNING
from models.readmodel.pagination import (
    Page,
    build_title_sql,
    build_visible_clocks_sql,
    build_visible_sql,
    fetch_planned,
    format_iso_sql,
    load_page,
)
from models.readmodel.queues import BY_ID, ELEMENTS, QUEUES, Element, Queue, QueueId
from models.store.connection import Connection, Query


class QueueCount(BaseModel):
    """How much stands in a queue, since when, and what ends first."""

    queue: QueueId
    zh: str
    act: str = Field(title="现在要做的")
    count: int
    since: AwareDatetime | None = Field(title="最早进入的时间")
    due_at: AwareDatetime | None = Field(title="最先届满的时间")


class ElementQueues(BaseModel):
    """The queues of one element."""

    element: Element
    zh: str
    queues: list[QueueCount]


class UnitQueues(BaseModel):
    """How much stands in each queue of one unit, in the order of the queues."""

    unit: str
    zh: str
    counts: list[int]


class QueueBoard(BaseModel):
    """The queues of the caller's units together, and unit by unit."""

    elements: list[ElementQueues]
    units: list[UnitQueues]


class QueuedItem(BaseModel):
    """A matter in a queue, with the limit that ends first; where it has none, `due_at` is empty."""

    matter: str
    kind: str
    title: str
    stage: str
    unit: str
    unit_zh: str | None
    officer: str
    officer_zh: str | None
    colour: str
    limit_zh: str | None = Field(title="期限")
    date_only: bool | None
    since: AwareDatetime | None = Field(title="进入的时间，或者期限起算的时间")
    due_at: AwareDatetime | None = Field(title="届满时间")


class QueuedList(BaseModel):
    """A page of what stands in a queue, what ends first first."""

    items: list[QueuedItem]
    next: str | None


class _Count(NamedTuple):
    queue: str
    unit_id: str
    n: int
    since: datetime | None
    due_at: datetime | None


# What ends first of each matter that is queued: of many the clocks are gone through once, of few each matter's are looked up.
_ENDS = f"ends AS (SELECT c.matter, min(c.due_at) AS due_at FROM clock c WHERE {RUNNING} AND c.matter IN (SELECT number FROM queued) GROUP BY 1)"
_QUEUED = "SELECT '{queue}' AS queue, m.number, m.unit_id, m.stage_since AS since FROM matter m WHERE {which}"
_COUNTED_LIMITS = f"""
UNION ALL SELECT '{{queue}}', c.unit_id, count(*)::int, min(c.started_at), min(c.due_at) FROM clock c WHERE {RUNNING} AND {{which}} GROUP BY c.unit_id"""
COUNTED = Query[_Count](f"""
WITH queued AS MATERIALIZED ({{matters}}), {_ENDS}
SELECT queue, unit_id, count(*)::int AS n, min(since) AS since, min(due_at) AS due_at FROM queued LEFT JOIN ends ON matter = number GROUP BY 1, 2
{{limits}}
""")
_LISTED: Mapping[Literal["matters", "limits"], str] = {
    "matters": f"""queued AS MATERIALIZED ({_QUEUED}), {_ENDS},
    listed AS (SELECT number, since, due_at, '' AS clock FROM queued LEFT JOIN ends ON matter = number)""",
    "limits": f"listed AS (SELECT c.matter AS number, c.started_at AS since, c.due_at, c.id AS clock FROM clock c WHERE {RUNNING} AND {{which}})",
}
_END = "coalesce(l.due_at, 'infinity')"
LISTED = f"""
WITH {{listed}}, page AS (SELECT l.* FROM listed l WHERE {{after}} ORDER BY {_END}, l.number, l.clock LIMIT %(limit)s)
SELECT (SELECT row_to_json(j) FROM (SELECT m.number AS matter, m.kind, {{title}} AS title, m.stage, m.unit_id AS unit, u.zh AS unit_zh,
    m.officer, p.zh AS officer_zh, m.colour, c.zh AS limit_zh, c.date_only, {format_iso_sql("l.since")} AS since, {format_iso_sql("l.due_at")} AS due_at
) j)::text, {_END}, l.number, l.clock
FROM page l JOIN matter m ON m.number = l.number LEFT JOIN unit u ON u.id = m.unit_id LEFT JOIN person p ON p.username = m.officer
LEFT JOIN LATERAL (SELECT c.zh, c.date_only FROM clock c WHERE c.matter = l.number AND {RUNNING} AND l.clock IN ('', c.id) ORDER BY c.due_at LIMIT 1) c ON true
ORDER BY {_END}, l.number, l.clock
"""


def build_arguments(now: datetime, settled: Collection[tuple[str, str]]) -> dict[str, Any]:
    """What the conditions of queues ask after: instants around now, and the stages at which nothing is left to do."""
    return {
        "now": now,
        "today": datetime.combine(now.astimezone(SHANGHAI).date(), time(), SHANGHAI),
        "day": now + timedelta(days=1),
        "day_ago": now - timedelta(days=1),
        "three_days": now + timedelta(days=3),
        "settled": ["/".join(each) for each in sorted(settled)],
    }


async def read_queues(
    connection: Connection, scope: Scope, elements: Collection[Element], names: DisplayNames, now: datetime
) -> QueueBoard:
    """How much stands in each queue of these elements."""
    queues = [each for each in QUEUES if each.element in elements]
    arguments = build_arguments(now, names.settled)
    parts = {
        of: [sql.format(queue=each.id, which=_narrow(each, scope, arguments)) for each in queues if each.of == of]
        for of, sql in (("matters", _QUEUED), ("limits", _COUNTED_LIMITS))
    }
    counted = COUNTED.format(matters=" UNION ALL ".join(parts["matters"]), limits="".join(parts["limits"]))
    rows = await fetch_planned(connection, counted, arguments)
    units = sorted({row.unit_id for row in rows}, key=names.get_unit_path)
    many = {(row.queue, row.unit_id): row.n for row in rows}
    return QueueBoard(
        elements=[
            ElementQueues(
                element=element,
                zh=ELEMENTS[element],
                queues=[
                    _count_queue(each, [row for row in rows if row.queue == each.id]) for each in queues if each.element is element
                ],
            )
            for element in Element
            if element in elements
        ],
        units=[
            UnitQueues(unit=unit, zh=names.get_unit_name(unit), counts=[many.get((each.id, unit), 0) for each in queues])
            for unit in units
        ],
    )


def _narrow(queue: Queue, scope: Scope, arguments: dict[str, Any]) -> str:
    """The condition by which something stands in a queue, and is within the scope."""
    build_seen_sql = build_visible_clocks_sql if queue.of == "limits" else build_visible_sql
    return f"{queue.which} AND {build_seen_sql(scope, arguments)}"


def _count_queue(queue: Queue, rows: Sequence[_Count]) -> QueueCount:
    return QueueCount(
        queue=queue.id,
        zh=queue.zh,
        act=queue.act,
        count=sum(row.n for row in rows),
        since=min((row.since for row in rows if row.since), default=None),
        due_at=min((row.due_at for row in rows if row.due_at), default=None),
    )


async def list_queued(
    connection: Connection,
    scope: Scope,
    queue: QueueId,
    settled: Collection[tuple[str, str]],
    now: datetime,
    after: Sequence[Any] | None,
    limit: int,
) -> Page:
    """What stands in a queue, what ends first first; exactly what its count counted."""
    arguments = build_arguments(now, settled)
    asked, past = BY_ID[queue], "true"
    listed = _LISTED[asked.of].format(queue=queue, which=_narrow(asked, scope, arguments))
    if after:
        arguments |= dict(zip(("after_due", "after_number", "after_clock"), after, strict=True))
        past = f"({_END}, l.number, l.clock) > (%(after_due)s::timestamptz, %(after_number)s, %(after_clock)s)"
    return await load_page(
        connection, LISTED.format(listed=listed, after=past, title=build_title_sql(scope, arguments)), arguments, limit
    )
