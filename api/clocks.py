"""Clocks: what is due when, and why."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import AwareDatetime

from api.auth import Caller
from api.boards import Alone, scope_within
from api.bodies import Cursor, Limit, listed, read_cursor
from api.desk import desk
from api.problems import documented
from api.shapes.matters import ClockExplained, ClockList
from api.steps import seen
from law.clock import Colour
from models import queries
from models.matter import Kind
from models.problems import MatterNotFound

router = APIRouter(tags=["期限"])


@router.get("/api/clocks", summary="在走的期限", responses={200: {"model": ClockList}} | documented(401, 422))
async def clocks(
    request: Request,
    person: Caller,
    colour: Annotated[Colour | None, Query(title="颜色")] = None,
    unit: Annotated[str | None, Query(title="单位", description="含其下属单位", max_length=60)] = None,
    alone: Alone = False,
    due_before: Annotated[AwareDatetime | None, Query(title="在此之前届满")] = None,
    due_after: Annotated[AwareDatetime | None, Query(title="自此时起届满")] = None,
    officer: Annotated[str | None, Query(title="办案民警", max_length=60)] = None,
    kind: Annotated[Kind | None, Query(title="事项种类")] = None,
    limit_id: Annotated[str | None, Query(title="期限", description="/api/limits 中的代号", max_length=100)] = None,
    liberty: Annotated[bool, Query(title="只看羁押等人身自由期限")] = False,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """The running clocks of matters that the caller may know of, the next due first."""
    house = desk(request)
    given: dict[str, str | datetime | None] = {
        "colour": colour,
        "due_before": due_before,
        "due_after": due_after,
        "officer": officer,
        "limit_id": limit_id,
        "prefix": kind.prefix if kind else None,
    }
    filters: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if liberty:
        filters["liberty"] = True
    scope = await scope_within(house, person, unit, alone)
    async with house.pool.connection() as connection:
        return listed(await queries.clocks(connection, scope, filters, read_cursor(cursor, str, str), limit))


@router.get(
    "/api/clocks/{clock_id:path}", summary="一个期限及其理由", responses={200: {"model": ClockExplained}} | documented(401, 404)
)
async def clock(request: Request, clock_id: str, person: Caller) -> Response:
    """One clock: why it is due then, when it turns which colour, when it rang, how late, and who rang."""
    async with desk(request).pool.connection() as connection:
        found = await queries.clock(connection, clock_id)
    if found is None:
        raise MatterNotFound("没有这一期限，或者您无权知悉")
    text, number = found
    await seen(request, number, person)
    return Response(text, media_type="application/json")
