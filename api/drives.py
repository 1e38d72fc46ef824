"""Drives (专项清查): how far one has come, by unit, and what it goes through."""

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.access_tracking import declare_reading
from api.auth import Caller
from api.context import get_context
from api.filters import Alone, InUnit, narrow_scope
from api.http_io import Cursor, Limit, build_page_response, decode_cursor
from api.matter_access import get_readable_matter
from api.problems import document_refusals
from api.schemas.drives import DriveItemList, DriveList, DrivePhaseView, DriveView, SelectionView, UnitOfDriveView
from law.calendar import SHANGHAI
from models.access.scope import build_scope
from models.forms.drive_item import BACKLOG_RESULTS, IDENTITY_RESULTS
from models.problems import MatterNotFound
from models.readmodel import drives
from models.reviews.selections import list_selections
from models.store.connection import fetch_all, fetch_first
from models.store.drives import WITHOUT_OFFICER
from models.store.reviews import BUREAU_OF
from models.trace_shapes import Reading

router = APIRouter(tags=["专项清查"])

OfDrive = Annotated[str | None, Query(title="清查批次", max_length=40)]
ItemsIn = Annotated[drives.ItemState | None, Query(title="状态", description=drives.ITEM_STATES)]
OfResult = Annotated[str | None, Query(title="清查结果", max_length=20)]


@router.get(
    "/api/drives",
    dependencies=declare_reading(Reading.BOARD),
    summary="清查看板",
    responses={200: {"model": DriveList}} | document_refusals(401, 422),
)
async def list_drives(request: Request, person: Caller, unit: InUnit = None, cursor: Cursor = None, limit: Limit = 50) -> Response:
    """Drives, the newest first: how many matters each goes through, how far they have come and with which results; each count opens its list."""
    ctx, after = get_context(request), decode_cursor(cursor, str, str)
    scope = await narrow_scope(ctx, person, unit)
    async with ctx.pool.connection() as connection:
        return build_page_response(await drives.list_drives(connection, scope, after, limit))


@router.get(
    "/api/drives/{number}",
    name="drive",
    dependencies=declare_reading(Reading.MATTER),
    summary="专项清查",
    responses=document_refusals(401, 403, 404),
)
async def get_drive(request: Request, number: str, person: Caller) -> DriveView:
    """A drive by its plan, how far each unit has come, and its summary; before it is launched, what it would go through now."""
    matter = await get_readable_matter(request, number, person)
    async with get_context(request).pool.connection() as connection:
        found = await drives.find_drive(connection, number)
        if found is None:
            raise MatterNotFound()
        plan, launched = found.plan, found.launched_at
        grounds, without = Counter[str](), list[str]()
        if launched is None and not matter.final:
            bureau = await fetch_first(connection, BUREAU_OF, {"unit": matter.unit})
            selected = await drives.list_selected(connection, plan, plan.get("units") or (bureau.units if bureau else ()))
            grounds.update(each for one in selected for each in one.grounds)
            gone = await fetch_all(connection, WITHOUT_OFFICER, {"numbers": [each.matter.number for each in selected]})
            without = [each.number for each in gone if set(person.kept_by).isdisjoint(each.kept_from)]
        else:
            grounds.update(await drives.list_grounds(connection, build_scope(person), number))
        units = await drives.read_units(connection, build_scope(person), number)
    summary = found.summary or {}
    return DriveView(
        number=number,
        topic=found.topic,
        purpose=plan["purpose"],
        stage=matter.stage,
        until=plan["ends_on"],
        phases=[DrivePhaseView(**each) for each in plan.get("phases", ())],
        selections=[
            SelectionView(id=each.id, zh=each.zh, matters=grounds[each.id])
            for each in list_selections(plan["purpose"], plan.get("selections", ()))
        ],
        launched_at=launched and launched.astimezone(SHANGHAI),
        without_officer=without,
        units=[UnitOfDriveView(**each._asdict()) for each in units],
        results=BACKLOG_RESULTS if plan["purpose"] == "backlog" else IDENTITY_RESULTS,
        summary=summary.get("summary", ""),
        demand=summary.get("demand", ""),
    )


@router.get(
    "/api/drive-items",
    dependencies=declare_reading(Reading.LIST),
    summary="清查事项",
    responses={200: {"model": DriveItemList}} | document_refusals(401, 422),
)
async def list_items(
    request: Request,
    person: Caller,
    drive: OfDrive = None,
    unit: InUnit = None,
    alone: Alone = False,
    state: ItemsIn = None,
    result: OfResult = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """What drives go through, of one or of all, as far as the caller reads it: a unit sees its own."""
    ctx, after = get_context(request), decode_cursor(cursor, str)
    scope = await narrow_scope(ctx, person, unit, alone)
    filters = drives.ItemFilters(drive, state, result)
    async with ctx.pool.connection() as connection:
        return build_page_response(await drives.list_items(connection, scope, filters, after, limit))
