"""Series (串并案): matters that agree, for whoever may know of both; what is done about them are steps of theirs."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.access_tracking import declare_reading
from api.auth import Caller
from api.context import get_context
from api.filters import Alone, InUnit, narrow_scope
from api.http_io import Cursor, Limit, build_page_response, decode_cursor
from api.problems import document_refusals
from api.schemas.series import SeriesList
from inspections.series import KEPT, PROPOSED
from models.readmodel.pagination import Page
from models.readmodel.series import list_series
from models.trace_shapes import Reading

router = APIRouter(tags=["串并案"])


@router.get(
    "/api/link-series",
    name="link-series",
    dependencies=declare_reading(Reading.LIST),
    summary="串并案候选",
    responses={200: {"model": SeriesList}} | document_refusals(401, 422),
)
async def list_candidates(
    request: Request,
    person: Caller,
    unit: InUnit = None,
    alone: Alone = False,
    least: Annotated[int, Query(ge=KEPT, le=100, title="最低分值")] = PROPOSED,
    matter: Annotated[str, Query(max_length=40, title="事项编号")] = "",
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """Matters that agree in a number, or in how, where and when it was done, the strongest first, and in what.

    Of each pair the caller may know of both, else neither it nor the other is there; what was dismissed is back once they agree in something else.
    """
    ctx, after = get_context(request), decode_cursor(cursor, int, str)
    scope = await narrow_scope(ctx, person, unit, alone)
    async with ctx.pool.connection() as connection:
        items, following = await list_series(
            connection, scope, least=least, number=matter, after=(after[0], after[1]) if after else None, limit=limit
        )
    return build_page_response(Page(items, following))
