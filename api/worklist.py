"""A person's work (工作台): what they did, asked for, was copied to them, and how much is due when."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.access_tracking import declare_reading
from api.auth import Caller
from api.context import get_context
from api.http_io import Cursor, Limit, build_page_response, decode_cursor
from api.labels import build_labels_json, list_steps_with_approval
from api.problems import document_refusals
from api.schemas.work import CopiedList, DoneList, DueCounts, StartedList
from law.calendar import SHANGHAI
from models.access.scope import build_scope, list_units_below
from models.readmodel import worklist
from models.trace_shapes import Reading

router = APIRouter(tags=["工作台"])


@router.get(
    "/api/work/done",
    dependencies=declare_reading(Reading.WORK),
    summary="已办",
    responses={200: {"model": DoneList}} | document_refusals(401, 422),
)
async def list_done(request: Request, person: Caller, cursor: Cursor = None, limit: Limit = 50) -> Response:
    """What the caller handed in, the newest first; `standing` says whether it took effect or became a request for approval."""
    after = decode_cursor(cursor, str, str, int)
    async with get_context(request).pool.connection() as connection:
        return build_page_response(await worklist.list_done(connection, person, build_labels_json(), after, limit))


@router.get(
    "/api/work/started",
    dependencies=declare_reading(Reading.WORK),
    summary="我呈请的",
    responses={200: {"model": StartedList}} | document_refusals(401, 422),
)
async def list_started(request: Request, person: Caller, cursor: Cursor = None, limit: Limit = 50) -> Response:
    """The requests for approval that the caller made, the newest first, with what became of each, and with whom it lies now.

    `lapsed`: the matter left the stage in which it was asked for before anybody decided.
    """
    after = decode_cursor(cursor, str, str, int)
    async with get_context(request).pool.connection() as connection:
        return build_page_response(
            await worklist.list_started(connection, person, build_labels_json(), list_steps_with_approval(), after, limit)
        )


@router.get(
    "/api/work/copied",
    dependencies=declare_reading(Reading.WORK),
    summary="抄送我的",
    responses={200: {"model": CopiedList}} | document_refusals(401, 422),
)
async def list_copied(request: Request, person: Caller, cursor: Cursor = None, limit: Limit = 50) -> Response:
    """The matters that were copied to the caller or their seats, the last copied first."""
    after = decode_cursor(cursor, str, str)
    async with get_context(request).pool.connection() as connection:
        return build_page_response(await worklist.list_copied(connection, person, build_labels_json(), after, limit))


@router.get("/api/work/due", dependencies=declare_reading(Reading.WORK), summary="期限数", responses=document_refusals(401, 422))
async def get_due_counts(
    request: Request,
    person: Caller,
    mine: Annotated[bool, Query(title="只数我承办的")] = False,
    unit: Annotated[str | None, Query(title="单位", description="含其下属单位", max_length=60)] = None,
) -> DueCounts:
    """How many running clocks are overdue, and how many fall due within 24 hours, three days and a week after `at`, each within the next.

    Every count opens a list: `GET /api/clocks?colour=overdue`, or `due_after` = `at` and `due_before` = `at` plus so many days; with
    `officer` = the caller where `mine`, and the same `unit`.
    """
    ctx = get_context(request)
    now = datetime.now(SHANGHAI).replace(microsecond=0)
    scope = build_scope(person, list_units_below(unit, await ctx.directory.load_units()) if unit else None)
    async with ctx.pool.connection() as connection:
        overdue, day, three_days, week = await worklist.count_due(
            connection, scope, person.username if mine else None, now.astimezone(UTC)
        )
    return DueCounts(at=now, overdue=overdue, day=day, three_days=three_days, week=week)
