"""The red-card wall (红牌墙): limits on somebody's liberty that have run out while they run on."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from law.calendar import SHANGHAI
from law.clock import Consequence
from models.counting import Asked, Names, within
from models.figures import OrderOpened, RedCard
from models.matter import Kind
from models.pages import Page, rows_of, visible_clocks
from models.reach import Scope
from models.tallies import RUNNING

RED_CARDS = f"""
WITH page AS (
    SELECT c.* FROM clock c WHERE {RUNNING} AND c.liberty AND c.colour = 'overdue' AND {{where}} ORDER BY c.due_at, c.id LIMIT %(limit)s
)
SELECT c.id, c.matter, m.kind, m.title, c.limit_id, c.zh, c.basis, c.started_at, c.due_at, c.at_expiry, c.officer, p.zh AS officer_zh,
    c.unit_id, u.zh AS unit_zh, o.number AS order_number, o.stage AS order_stage, o.final AS order_final, c.due_at::text AS place
FROM page c JOIN matter m ON m.number = c.matter LEFT JOIN unit u ON u.id = c.unit_id LEFT JOIN person p ON p.username = c.officer
LEFT JOIN LATERAL (
    SELECT number, stage, final FROM matter o WHERE o.parent = c.matter AND o.kind = 'rectification-order' AND (m.sealed OR NOT o.sealed)
    ORDER BY number DESC LIMIT 1
) o ON true
ORDER BY c.due_at, c.id
"""


async def red_cards(
    connection: Any, scope: Scope, asked: Asked, names: Names, now: datetime, after: Sequence[Any] | None, limit: int
) -> tuple[list[RedCard], tuple[Any, ...] | None]:
    """Overdue clocks on somebody's liberty, the longest overdue first; and what the last is sorted by, if more follow."""
    arguments: dict[str, Any] = {"limit": limit + 1}
    where = [visible_clocks(scope, arguments), *within(asked, "c.due_at", arguments)]
    if asked.kind:
        arguments["kind"] = asked.kind
        where.append("EXISTS (SELECT FROM matter m WHERE m.number = c.matter AND m.kind = %(kind)s)")
    if after:
        arguments |= {"due_at": after[0], "after": after[1]}
        where.append("(c.due_at, c.id) > (%(due_at)s::timestamptz, %(after)s)")
    rows = await rows_of(connection, RED_CARDS.format(where=" AND ".join(where)), arguments)
    cards = [_red_card(row, names, now) for row in rows[:limit]]
    return cards, (rows[limit - 1].place, rows[limit - 1].id) if len(rows) > limit else None


def paged(cards: Sequence[RedCard], after: tuple[Any, ...] | None) -> Page:
    """Red cards as a page of a list."""
    return Page([card.model_dump_json() for card in cards], after)


def _red_card(row: Any, names: Names, now: datetime) -> RedCard:
    order = None
    if row.order_number:
        stage_zh = names.stage(Kind.RECTIFICATION_ORDER, row.order_stage)
        order = OrderOpened(number=row.order_number, stage=row.order_stage, stage_zh=stage_zh, final=row.order_final)
    return RedCard(
        clock=row.id,
        matter=row.matter,
        kind=row.kind,
        kind_zh=Kind(row.kind).zh,
        title=row.title,
        limit=row.limit_id,
        limit_zh=row.zh,
        basis=row.basis,
        started_at=row.started_at and row.started_at.astimezone(SHANGHAI),
        due_at=row.due_at.astimezone(SHANGHAI),
        overdue_hours=round((now - row.due_at) / timedelta(hours=1), 1),
        at_expiry=row.at_expiry,
        at_expiry_zh=Consequence(row.at_expiry).zh,
        order=order,
        officer=row.officer,
        officer_zh=row.officer_zh,
        unit=row.unit_id,
        unit_zh=row.unit_zh,
    )
