"""Tasks, notices, and who holds which office."""

import json
from datetime import UTC, datetime

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from api.access_tracking import declare_reading
from api.auth import Caller
from api.context import get_context
from api.filters import FIND_TASKS, OfTasks, SoughtTasks
from api.http_io import Cursor, Limit, build_page_response, decode_cursor, request_body
from api.labels import build_labels_json
from api.path_parameters import UnitId
from api.problems import document_refusals
from api.schemas.people import PatrolList, PatrolView, Roster
from api.schemas.work import NoticeList, TaskCounts, TaskList
from api.untraced import declare_untraced
from models.forms.dispatching import DispatchIncident
from models.problems import NotFound, OfficeMayNotAct
from models.readmodel import dispatching, todo, worklist
from models.readmodel.offices import read_roster
from models.spelling import spell_name
from models.trace_shapes import Reading

router = APIRouter(tags=["待办"])

# Beyond every id that a sequence hands out.
_NEWEST = 2**62


@router.get(
    "/api/tasks",
    dependencies=declare_reading(Reading.WORK),
    summary="我的待办",
    responses={200: {"model": TaskList}} | document_refusals(401, 422),
)
@router.post(
    FIND_TASKS,
    dependencies=declare_reading(Reading.WORK),
    summary="查找待办",
    openapi_extra=request_body(SoughtTasks),
    responses={200: {"model": TaskList}} | document_refusals(401, 415, 422),
)
async def list_tasks(request: Request, person: Caller, filters: OfTasks, cursor: Cursor = None, limit: Limit = 50) -> Response:
    """What the caller's offices have to do, the oldest first or what is due first; what is looked for by words stands in the body."""
    wanted = filters.wanted
    after = decode_cursor(cursor, int, str, int) if wanted.order == "due" else decode_cursor(cursor, int)
    async with get_context(request).pool.connection() as connection:
        return build_page_response(
            await todo.list_tasks(connection, person, build_labels_json(), wanted, after, datetime.now(UTC), limit)
        )


@router.get(
    "/api/tasks/counts", dependencies=declare_reading(Reading.WORK), summary="待办数", responses=document_refusals(401, 422)
)
async def count_tasks(request: Request, person: Caller) -> TaskCounts:
    """How many tasks the caller has, by queue."""
    async with get_context(request).pool.connection() as connection:
        return TaskCounts.model_validate(await todo.count_tasks(connection, person, datetime.now(UTC)))


@router.get(
    "/api/notices",
    dependencies=declare_reading(Reading.WORK),
    summary="预警通知",
    responses={200: {"model": NoticeList}} | document_refusals(401, 422),
)
async def list_notices(request: Request, person: Caller, cursor: Cursor = None, limit: Limit = 50) -> Response:
    """The warnings sent to the caller's offices, the newest first."""
    (before,) = decode_cursor(cursor, int) or [_NEWEST]
    async with get_context(request).pool.connection() as connection:
        return build_page_response(await worklist.list_notices(connection, person, before, limit))


@router.get(
    "/api/units",
    dependencies=declare_untraced("units and people"),
    summary="单位与人员",
    responses={200: {"model": Roster}} | document_refusals(401),
)
async def list_units(request: Request, person: Caller) -> Response:
    """Every unit, each after those above it, and who holds which office there: what a dispatcher chooses from.

    Whoever holds no office of the bureau is told the units and nobody in them.
    """
    ctx = get_context(request)
    tree = await ctx.directory.load_units()
    listed_units = [
        {"unit": each.id, "parent": each.parent, "zh": each.zh, "spelt": spell_name(each.zh), "kind": each.kind}
        for each in tree.values()
    ]
    people: list[dict[str, str]] = []
    if not person.is_outsider():
        async with ctx.pool.connection() as connection:
            people = [{**each, "spelt": spell_name(each["zh"])} for each in json.loads(await read_roster(connection))]
    return JSONResponse({"units": listed_units, "people": people})


@router.get(
    "/api/units/{unit}/patrols",
    dependencies=declare_untraced("people, and how many matters each has"),
    summary="可派民警",
    responses=document_refusals(401, 403, 404),
)
async def list_patrols(request: Request, unit: UnitId, person: Caller) -> PatrolList:
    """Who of a unit may be sent to an incident, with how much each has in hand and who of them is away: for whoever may send them.

    Those who are best sent come first: who is here before who is away, who has least in hand first, officers before auxiliaries.
    """
    ctx = get_context(request)
    if not {each.office for each in person.offices} & set(DispatchIncident.rule.by):
        names = "、".join(each.label for each in DispatchIncident.rule.by)
        held = sorted({str(each.office) for each in person.offices})
        raise OfficeMayNotAct(f"应由{names}派警", required=list(map(str, DispatchIncident.rule.by)), held=held)
    if unit not in await ctx.directory.load_units():
        raise NotFound("没有这一单位")
    async with ctx.pool.connection() as connection:
        found = await dispatching.list_patrols(connection, unit, datetime.now(UTC))
    return PatrolList(items=[PatrolView(**each._asdict()) for each in found])
