"""Veiled fields (密级字段): what is veiled in a matter, and reading one by an approval that was asked for; each look is journaled."""

from datetime import UTC, datetime

from fastapi import APIRouter, Request

from api.access_tracking import declare_reading
from api.auth import Caller
from api.context import get_context
from api.matter_access import get_readable_matter
from api.path_parameters import FieldName
from api.problems import document_refusals
from api.schemas.veiled import VeiledField, VeiledValue
from api.veiling import unveil_value
from law.offices import Office
from models.forms.form import get_forms
from models.forms.unveil import BASIS
from models.forms.veil import parse_token
from models.problems import NotFound, OfficeMayNotAct
from models.readmodel.veiled import find_opening, list_unveilings
from models.store import api_writes
from models.trace_shapes import Reading
from models.veil_windows import SHOWN_FOR, find_open

router = APIRouter(tags=["密级字段"])


@router.get(
    "/api/matters/{number}/veiled",
    name="veiled",
    dependencies=declare_reading(Reading.MATTER),
    summary="事项的密级字段",
    responses=document_refusals(401, 403, 404),
)
async def list_veiled(request: Request, number: str, person: Caller) -> list[VeiledField]:
    """What is veiled in a matter, each with the code by which people speak of it, and until when the caller may read it."""
    await get_readable_matter(request, number, person)
    async with get_context(request).pool.connection() as connection:
        opening = await find_opening(connection, number)
        unveilings = await list_unveilings(connection, number)
    if opening is None:
        return []
    titles, now = get_forms()[opening.step].model_fields, datetime.now(UTC)
    veiled = opening.list_veiled()
    open_to = {name: find_open(unveilings, person.username, name, now) for name in veiled}
    return [
        VeiledField(
            field=name,
            title=titles[name].title or name,
            code=parse_token(said)[0],
            open_until=found.compute_end() if (found := open_to[name]) else None,
        )
        for name, said in veiled.items()
    ]


@router.get(
    "/api/matters/{number}/veiled/{field}",
    name="veiled_value",
    dependencies=declare_reading(Reading.VEILED),
    summary="查看密级字段",
    responses=document_refusals(401, 403, 404, 409),
)
async def look_at_veiled(request: Request, number: str, field: FieldName, person: Caller) -> VeiledValue:
    """The value, to whoever asked and was approved, for ten minutes from their first look; the look is journaled before it is shown."""
    ctx = get_context(request)
    matter, now = await get_readable_matter(request, number, person), datetime.now(UTC)
    async with ctx.pool.connection() as connection:
        opening = await find_opening(connection, number)
        unveilings = await list_unveilings(connection, number)
    token = opening.list_veiled().get(field) if opening else None
    if opening is None or token is None:
        raise NotFound("本事项没有这一密级字段")
    found = find_open(unveilings, person.username, field, now)
    if found is None:
        detail = "查看密级字段须经呈请批准，批准后一次查看十分钟；没有批准或者时间已过的，重新呈请"
        raise OfficeMayNotAct(detail, required=[str(Office.COUNTY_HEAD)], basis=str(BASIS))
    value = await unveil_value(ctx, number, opening.step, field, token)
    offices = sorted({each.office for each in person.list_reaching_offices(matter)})
    what = {"what": field, "approval": found.seq, "approved_by": found.approver}
    async with ctx.pool.connection() as connection:
        await api_writes.journal_veiled_look(connection, number, person.username, offices, what, now)
    return VeiledValue(value=value, until=found.compute_end() if found.looked_at else now + SHOWN_FOR)
