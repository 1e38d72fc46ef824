"""Boards and lists of supervision (监督看板): open alerts, rectification orders and supervisions; each count opens the list that it counts."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.access_tracking import declare_reading
from api.auth import Caller
from api.boards import read_names
from api.context import get_context
from api.filters import Alone, InUnit, narrow_scope
from api.http_io import Cursor, Limit, build_page_response, decode_cursor
from api.problems import document_refusals
from api.schemas.oversight import OrderList, SupervisionList
from inspections.inspection import get_inspections
from models.readmodel import board_oversight, oversight_lists
from models.readmodel.oversight_shapes import AlertBoard, OrderBoard
from models.trace_shapes import Reading

router = APIRouter(tags=["看板"])

Stage = Annotated[str | None, Query(title="阶段", max_length=60)]
Overdue = Annotated[bool, Query(title="只看超期")]
Open = Annotated[bool, Query(alias="open", title="只看未结")]


@router.get(
    "/api/boards/alerts", dependencies=declare_reading(Reading.BOARD), summary="风险提示看板", responses=document_refusals(401, 422)
)
async def get_alert_board(request: Request, person: Caller, unit: InUnit = None) -> AlertBoard:
    """Open risk alerts by unit, rule and colour, with how old the oldest is and how often the rule was right."""
    ctx = get_context(request)
    scope, names = await narrow_scope(ctx, person, unit), await read_names(ctx)
    async with ctx.pool.connection() as connection:
        return await board_oversight.load_alert_board(connection, scope, names, _get_label, datetime.now(UTC))


@router.get(
    "/api/boards/orders", dependencies=declare_reading(Reading.BOARD), summary="整改指令看板", responses=document_refusals(401, 422)
)
async def get_order_board(request: Request, person: Caller, unit: InUnit = None) -> OrderBoard:
    """Open rectification orders by unit and state, those overdue, and how many of this month's were put right."""
    ctx = get_context(request)
    scope, names = await narrow_scope(ctx, person, unit), await read_names(ctx)
    async with ctx.pool.connection() as connection:
        return await board_oversight.load_order_board(connection, scope, names, datetime.now(UTC))


@router.get(
    "/api/rectification-orders",
    dependencies=declare_reading(Reading.LIST),
    summary="整改指令清单",
    responses={200: {"model": OrderList}} | document_refusals(401, 422),
)
async def list_orders(
    request: Request,
    person: Caller,
    unit: InUnit = None,
    alone: Alone = False,
    stage: Stage = None,
    overdue: Overdue = False,
    only_open: Open = True,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """Rectification orders, the oldest first: how many demands are done, how often they were returned or objected to, and how late they are."""
    ctx, after = get_context(request), decode_cursor(cursor, str, str)
    scope = await narrow_scope(ctx, person, unit, alone)
    filters = _build_filters(stage=stage, overdue="yes" if overdue else None, open="yes" if only_open else None)
    async with ctx.pool.connection() as connection:
        return build_page_response(await oversight_lists.list_orders(connection, scope, filters, after, limit))


@router.get(
    "/api/supervisions",
    dependencies=declare_reading(Reading.LIST),
    summary="督办清单",
    responses={200: {"model": SupervisionList}} | document_refusals(401, 422),
)
async def list_supervisions(
    request: Request,
    person: Caller,
    unit: InUnit = None,
    alone: Alone = False,
    stage: Stage = None,
    only_open: Open = True,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """Supervisions, the oldest first: who leads and how many others, who has signed, what was reported, and which reports read alike."""
    ctx, after = get_context(request), decode_cursor(cursor, str, str)
    scope = await narrow_scope(ctx, person, unit, alone)
    async with ctx.pool.connection() as connection:
        filters = _build_filters(stage=stage, open="yes" if only_open else None)
        return build_page_response(await oversight_lists.list_supervisions(connection, scope, filters, after, limit))


def _build_filters(**asked: str | None) -> dict[str, str]:
    return {name: said for name, said in asked.items() if said}


def _get_label(rule: str) -> str:
    found = get_inspections().get(rule)
    return found.label if found else rule
