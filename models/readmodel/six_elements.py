"""The case room's work (案管室六要素): how much stands in each queue, unit by unit, and what stands in one, what is due first first."""

from collections.abc import Collection, Sequence
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from pydantic import AwareDatetime, BaseModel, Field

from law.calendar import SHANGHAI
from models.access.scope import Scope
from models.readmodel.board_counts import DisplayNames
from models.readmodel.board_tallies import RUNNING
from models.readmodel.pagination import Page, build_title_sql, build_visible_sql, fetch_planned, format_iso_sql, load_page
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


_NEAREST = f"""LEFT JOIN LATERAL (SELECT c.id, c.due_at, c.zh, c.date_only FROM clock c WHERE c.matter = m.number AND {RUNNING}
    ORDER BY c.due_at LIMIT 1) c ON true"""
_MATTERS = f"SELECT m.*, m.stage_since AS since, c.due_at, c.zh AS limit_zh, c.date_only, coalesce(c.id, '') AS clock FROM matter m {_NEAREST}"
_LIMITS = f"""SELECT m.*, c.started_at AS since, c.due_at, c.zh AS limit_zh, c.date_only, c.id AS clock
    FROM clock c JOIN matter m ON m.number = c.matter AND {RUNNING}"""
_COUNTED = "SELECT '{queue}' AS queue, q.unit_id, count(*)::int AS n, min(q.since) AS since, min(q.due_at) AS due_at FROM ({rows}) q GROUP BY 2"
_END = "coalesce(m.due_at, 'infinity')"
LISTED = f"""
WITH page AS (SELECT m.* FROM ({{rows}}) m WHERE {{after}} ORDER BY {_END}, m.number, m.clock LIMIT %(limit)s)
SELECT (SELECT row_to_json(j) FROM (SELECT m.number AS matter, m.kind, {{title}} AS title, m.stage, m.unit_id AS unit, u.zh AS unit_zh,
    m.officer, p.zh AS officer_zh, m.colour, m.limit_zh, m.date_only, {format_iso_sql("m.since")} AS since, {format_iso_sql("m.due_at")} AS due_at
) j)::text, {_END}, m.number, m.clock
FROM page m LEFT JOIN unit u ON u.id = m.unit_id LEFT JOIN person p ON p.username = m.officer ORDER BY {_END}, m.number, m.clock
"""


def _select_rows(queue: Queue, seen: str) -> str:
    return f"{_LIMITS if queue.of == 'limits' else _MATTERS} WHERE {queue.which} AND {seen}"


def _build_arguments(now: datetime, settled: Collection[tuple[str, str]]) -> dict[str, Any]:
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
    arguments = _build_arguments(now, names.settled)
    seen = build_visible_sql(scope, arguments)
    counted = " UNION ALL ".join(_COUNTED.format(queue=each.id, rows=_select_rows(each, seen)) for each in queues)
    rows = await fetch_planned(connection, Query[_Count](counted), arguments)
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
    arguments = _build_arguments(now, settled)
    rows, past = _select_rows(BY_ID[queue], build_visible_sql(scope, arguments)), "true"
    if after:
        arguments |= dict(zip(("after_due", "after_number", "after_clock"), after, strict=True))
        past = f"({_END}, m.number, m.clock) > (%(after_due)s::timestamptz, %(after_number)s, %(after_clock)s)"
    return await load_page(
        connection, LISTED.format(rows=rows, after=past, title=build_title_sql(scope, arguments)), arguments, limit
    )
