"""The queues of a case room (案管室六要素), the agenda of the bureau, and the searches for people: each count opens its list."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.access_tracking import declare_reading
from api.auth import Caller
from api.boards import read_names
from api.context import get_context
from api.filters import Alone, InUnit, OfPeriod, narrow_scope
from api.http_io import Cursor, Limit, build_page_response, decode_cursor
from api.problems import document_refusals
from models.readmodel.board_searches import SearchBoard, read_searches
from models.readmodel.queues import SIX, Element, QueueId
from models.readmodel.six_elements import QueueBoard, QueuedList, list_queued, read_queues
from models.trace_shapes import Reading
from workflows.registry import get_settled_stages

router = APIRouter(tags=["看板"])

_SEARCHES = frozenset({Element.SEARCH, Element.TASK})


@router.get(
    "/api/boards/six-elements",
    dependencies=declare_reading(Reading.BOARD),
    summary="案管室六要素",
    responses=document_refusals(401, 422),
)
async def get_six_elements(request: Request, person: Caller, unit: InUnit = None) -> QueueBoard:
    """What a station's case room has to see to, by incident, case, person, thing, file and place; of a centre, over all its stations."""
    ctx = get_context(request)
    scope, names = await narrow_scope(ctx, person, unit), await read_names(ctx)
    async with ctx.pool.connection() as connection:
        return await read_queues(connection, scope, SIX, names, datetime.now(UTC))


@router.get(
    "/api/boards/agenda", dependencies=declare_reading(Reading.BOARD), summary="监督管理议程", responses=document_refusals(401, 422)
)
async def get_agenda(request: Request, person: Caller, unit: InUnit = None) -> QueueBoard:
    """What comes before those who supervise the bureau: red alerts past their limit, sensitive cases, objections, disputes put before them."""
    ctx = get_context(request)
    scope, names = await narrow_scope(ctx, person, unit), await read_names(ctx)
    async with ctx.pool.connection() as connection:
        return await read_queues(connection, scope, {Element.AGENDA}, names, datetime.now(UTC))


@router.get(
    "/api/boards/searches",
    dependencies=declare_reading(Reading.BOARD),
    summary="查找失联人员",
    responses=document_refusals(401, 422),
)
async def get_searches(request: Request, person: Caller, filters: OfPeriod) -> SearchBoard:
    """Searches and tasks that are open, and how those came out that were reported in a period: found, how soon, by what."""
    ctx, period, now = get_context(request), filters.period, datetime.now(UTC)
    scope, names = await narrow_scope(ctx, person, filters.unit), await read_names(ctx)
    async with ctx.pool.connection() as connection:
        open_ = await read_queues(connection, scope, _SEARCHES, names, now)
        return await read_searches(connection, scope, period, open_, now)


@router.get(
    "/api/boards/six-elements/queued",
    dependencies=declare_reading(Reading.BOARD),
    summary="队列所列的事项",
    responses={200: {"model": QueuedList}} | document_refusals(401, 422),
)
async def list_queue(
    request: Request,
    person: Caller,
    which: Annotated[QueueId, Query(title="队列", examples=["case-new"])] = "case-limits",
    unit: InUnit = None,
    alone: Alone = False,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """What stands in a queue, what ends first first; exactly as many as the board says."""
    ctx, after = get_context(request), decode_cursor(cursor, str, str, str)
    scope = await narrow_scope(ctx, person, unit, alone)
    async with ctx.pool.connection() as connection:
        return build_page_response(
            await list_queued(connection, scope, which, get_settled_stages(), datetime.now(UTC), after, limit)
        )
