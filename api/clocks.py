"""Clocks: the list of running ones, and one with its reasons."""

from datetime import UTC, datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.access_tracking import declare_reading
from api.auth import Caller
from api.context import get_context
from api.filters import InOrder, OfClocks, narrow_scope
from api.http_io import Cursor, Limit, build_page_response, decode_cursor
from api.matter_access import get_readable_matter
from api.path_parameters import ClockId
from api.problems import document_refusals
from api.schemas.matters import ClockExplained, ClockList
from models.problems import MatterNotFound
from models.readmodel.clocks import find_clock, list_clocks, list_for_duty
from models.trace_shapes import Reading

router = APIRouter(tags=["期限"])


@router.get(
    "/api/clocks",
    dependencies=declare_reading(Reading.LIST),
    summary="计时中的期限",
    responses={200: {"model": ClockList}} | document_refusals(401, 422),
)
async def get_clocks(
    request: Request,
    person: Caller,
    filters: OfClocks,
    order: InOrder = "due",
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """The running clocks of matters that the caller may know of, the next due first, or as whoever is on duty takes them up."""
    ctx = get_context(request)
    scope = await narrow_scope(ctx, person, filters.unit, filters.alone)
    on_duty = order == "duty"
    after = decode_cursor(cursor, int, int, int, str) if on_duty else decode_cursor(cursor, str, str)
    async with ctx.pool.connection() as connection:
        if on_duty:
            return build_page_response(await list_for_duty(connection, scope, filters.chosen, datetime.now(UTC), after, limit))
        return build_page_response(await list_clocks(connection, scope, filters.chosen, after, limit))


@router.get(
    "/api/clocks/{clock_id:path}",
    name="clock",
    dependencies=declare_reading(Reading.CLOCKS),
    summary="一个期限及其理由",
    responses={200: {"model": ClockExplained}} | document_refusals(401, 403, 404),
)
async def get_clock(request: Request, clock_id: ClockId, person: Caller) -> Response:
    """One clock: why it is due then, when it turns which colour, when it rang, how late, and who rang."""
    async with get_context(request).pool.connection() as connection:
        found = await find_clock(connection, clock_id)
    if found is None:
        raise MatterNotFound("没有这一期限，或者您无权知悉")
    text, number = found
    await get_readable_matter(request, number, person)
    return Response(text, media_type="application/json")
