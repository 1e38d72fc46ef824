"""The red-card wall (红牌墙): limits on liberty that are overdue, or were until something ended them.

Sealing a matter does not remove its cards from a supervisor's wall, but hides the matter's title. As the wall hangs where anybody can read
it, a card shows the offence and the number, and never the name of the person held.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from law.calendar import SHANGHAI
from law.clock import Consequence
from models.access.scope import Scope
from models.matter import Kind
from models.readmodel.board_counts import BoardFilter, DisplayNames, build_period_sql
from models.readmodel.board_shapes import OrderOpened, RedCard
from models.readmodel.board_tallies import RUNNING
from models.readmodel.pagination import (
    MASKED,
    Page,
    bound_sql,
    build_title_sql,
    build_visible_cards_sql,
    build_visible_sql,
    fetch_planned,
)
from models.store.connection import Connection, Query

# Since when a clock is or was overdue. Order: overdue now, the longest first; then past overruns, unacknowledged ones first, the newest first.
SINCE = bound_sql("coalesce(c.overrun_due_at, c.due_at)")
_NOW = f"({RUNNING} AND c.colour = 'overdue')"
_PLACE = f"CASE WHEN {_NOW} THEN 0 WHEN c.overrun_acknowledged_at IS NULL THEN 1 ELSE 2 END, CASE WHEN {_NOW} THEN 1 ELSE -1 END * (extract(epoch FROM {SINCE}) * 1000000)::bigint"


class _Card(NamedTuple):
    """An overdue limit, its matter, and the rectification order over it (None where there is none)."""

    id: str
    matter: str
    kind: str
    readable: bool
    title: str
    limit_id: str
    zh: str
    basis: str
    started_at: datetime | None
    since: datetime
    overdue: bool
    place: list[int]
    overrun_until: datetime | None
    overrun_entered_at: datetime | None
    overrun_acknowledged_at: datetime | None
    acknowledged_by_zh: str | None
    at_expiry: str
    officer: str
    officer_zh: str | None
    unit_id: str
    unit_zh: str | None
    order_number: str | None
    order_stage: str | None
    order_final: bool | None


RED_CARDS = Query[_Card](f"""
WITH page AS (
    SELECT c.*, {SINCE} AS since, {_NOW} AS overdue, ARRAY[{_PLACE}]::bigint[] AS place
    FROM clock c WHERE c.liberty AND c.limit_id <> 'canary' AND ({_NOW} OR c.overrun_due_at IS NOT NULL) AND {{where}}
    ORDER BY place, c.id LIMIT %(limit)s
)
SELECT c.id, c.matter, m.kind, {{visible}} AS readable, CASE WHEN NOT {{visible}} THEN '{MASKED}' WHEN m.kind = 'suspect' THEN coalesce(above.title, '') ELSE {{title}} END AS title, c.limit_id, c.zh, c.basis, c.started_at, c.since, c.overdue, c.place, c.overrun_until,
    c.overrun_entered_at, c.overrun_acknowledged_at, coalesce(a.zh, c.overrun_acknowledged_by) AS acknowledged_by_zh, c.at_expiry, c.officer, p.zh AS officer_zh,
    c.unit_id, u.zh AS unit_zh, o.number AS order_number, o.stage AS order_stage, o.final AS order_final
FROM page c JOIN matter m ON m.number = c.matter LEFT JOIN matter above ON above.number = m.parent LEFT JOIN unit u ON u.id = c.unit_id LEFT JOIN person p ON p.username = c.officer
LEFT JOIN person a ON a.username = c.overrun_acknowledged_by
LEFT JOIN LATERAL (
    SELECT number, stage, final FROM matter o WHERE o.parent = c.matter AND o.kind = 'rectification-order' AND (m.sealed OR NOT o.sealed)
        AND o.kept_from <@ m.kept_from
    ORDER BY number DESC LIMIT 1
) o ON true
ORDER BY c.place, c.id
""")


async def list_red_cards(
    connection: Connection,
    scope: Scope,
    asked: BoardFilter,
    names: DisplayNames,
    now: datetime,
    after: Sequence[Any] | None,
    limit: int,
) -> tuple[list[RedCard], tuple[Any, ...] | None]:
    """A page of red cards, and the cursor of the next page; None where this is the last."""
    arguments: dict[str, Any] = {"limit": limit + 1}
    where = [build_visible_cards_sql(scope, arguments), *build_period_sql(asked, SINCE, arguments)]
    if asked.kind:
        arguments["kind"] = asked.kind
        where.append("EXISTS (SELECT FROM matter m WHERE m.number = c.matter AND m.kind = %(kind)s)")
    if after:
        arguments |= {"place": list(after[:-1]), "after": after[-1]}
        where.append(f"(ARRAY[{_PLACE}]::bigint[], c.id) > (%(place)s::bigint[], %(after)s)")
    sql = RED_CARDS.format(
        where=" AND ".join(where), visible=build_visible_sql(scope, arguments), title=build_title_sql(scope, arguments)
    )
    rows = await fetch_planned(connection, sql, arguments)
    cards = [_build_red_card(row, names, now) for row in rows[:limit]]
    return cards, (*rows[limit - 1].place, rows[limit - 1].id) if len(rows) > limit else None


def build_page(cards: Sequence[RedCard], after: tuple[Any, ...] | None) -> Page:
    """Red cards in the form that lists have."""
    return Page([card.model_dump_json() for card in cards], after)


def _get_shown_until(row: _Card, now: datetime) -> datetime:
    """Until when it was shown as overdue."""
    return now if row.overdue else row.overrun_entered_at or row.overrun_until or now


def _build_red_card(row: _Card, names: DisplayNames, now: datetime) -> RedCard:
    order = None
    if row.order_number and row.order_stage:
        stage_zh = names.get_stage_name(Kind.RECTIFICATION_ORDER, row.order_stage)
        order = OrderOpened(number=row.order_number, stage=row.order_stage, stage_zh=stage_zh, final=bool(row.order_final))
    return RedCard(
        clock=row.id,
        matter=row.matter,
        kind=row.kind,
        kind_zh=Kind(row.kind).zh,
        title=row.title,
        readable=row.readable,
        limit=row.limit_id,
        limit_zh=row.zh,
        basis=row.basis,
        started_at=row.started_at and row.started_at.astimezone(SHANGHAI),
        due_at=row.since.astimezone(SHANGHAI),
        standing="running" if row.overdue else "entered-late" if row.overrun_entered_at else "ended",
        overdue_hours=round((_get_shown_until(row, now) - row.since) / timedelta(hours=1), 1),
        ended_at=row.overrun_until and row.overrun_until.astimezone(SHANGHAI),
        entered_at=row.overrun_entered_at and row.overrun_entered_at.astimezone(SHANGHAI),
        acknowledged_at=row.overrun_acknowledged_at and row.overrun_acknowledged_at.astimezone(SHANGHAI),
        acknowledged_by_zh=row.acknowledged_by_zh,
        at_expiry=row.at_expiry,
        at_expiry_zh=Consequence(row.at_expiry).label,
        order=order,
        officer=row.officer,
        officer_zh=row.officer_zh,
        unit=row.unit_id,
        unit_zh=row.unit_zh,
    )
