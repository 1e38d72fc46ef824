"""Reports (报告): the list of those that were made, one as a page, as a workbook and as a Word document. Who reads a unit whole reads its reports."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

import anyio
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.access_tracking import declare_reading, note_rows
from api.auth import Caller
from api.context import AppContext, get_context
from api.filters import InUnit, narrow_scope
from api.http_io import Cursor, Limit, build_page_response, decode_cursor
from api.path_parameters import ReportId
from api.problems import document_refusals
from api.report_files import DOCX, build_word_response, render_document, render_workbook
from api.schemas.reports import ReportList, ReportView
from api.xlsx import ONE_AT_A_TIME, XLSX, build_xlsx_response
from law.calendar import SHANGHAI
from models.access.scope import Person, build_scope
from models.journal import format_canonical
from models.problems import NotFound, OfficeMayNotAct
from models.readmodel.report_types import report_types
from models.readmodel.reports import find_report, list_reports
from models.reports import ReportContent
from models.store import api_writes
from models.store.reports import note_read
from models.trace_shapes import Reading

router = APIRouter(tags=["报告"])

Write = Callable[[ReportView, str], bytes]
Send = Callable[[bytes, str], Response]
OfType = Annotated[str | None, Query(alias="type", title="报告种类")]


@router.get(
    "/api/reports",
    dependencies=declare_reading(Reading.LIST),
    summary="报告列表",
    responses={200: {"model": ReportList}} | document_refusals(401, 422),
)
async def get_reports(
    request: Request,
    person: Caller,
    unit: InUnit = None,
    of: OfType = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """The reports of the units that the caller reads, the newest first."""
    ctx, after = get_context(request), decode_cursor(cursor, datetime, int)
    scope = await narrow_scope(ctx, person, unit)
    types = format_canonical({each.id: each.zh for each in report_types().values()})
    async with ctx.pool.connection() as connection:
        return build_page_response(await list_reports(connection, scope.units, types, of, after, limit))


@router.get(
    "/api/reports/{report_id}",
    dependencies=declare_reading(Reading.REPORT),
    summary="一份报告",
    responses=document_refusals(401, 403, 404),
)
async def get_report(request: Request, report_id: ReportId, person: Caller) -> ReportView:
    """One report, as it was made; whoever had it to read has read it."""
    ctx = get_context(request)
    report = await _report(ctx, person, report_id)
    async with ctx.pool.connection() as connection:
        own = [str(each.office) for each in person.offices if each.unit.id == report.content.unit]
        await note_read(connection, report_id, own)
    return report


@router.get(
    "/api/reports/{report_id}/workbook",
    dependencies=declare_reading(Reading.EXPORT),
    summary="导出报告（Excel）",
    responses=XLSX | document_refusals(401, 403, 404),
)
async def get_workbook(request: Request, report_id: ReportId, person: Caller) -> Response:
    """The report as a workbook, a sheet for each section."""
    return await _journal_and_send(request, person, report_id, render_workbook, build_xlsx_response)


@router.get(
    "/api/reports/{report_id}/document",
    dependencies=declare_reading(Reading.EXPORT),
    summary="导出报告（Word）",
    responses=DOCX | document_refusals(401, 403, 404),
)
async def get_document(request: Request, report_id: ReportId, person: Caller) -> Response:
    """The report as a Word document, to be printed."""
    return await _journal_and_send(request, person, report_id, render_document, build_word_response)


async def _report(ctx: AppContext, person: Person, report_id: int) -> ReportView:
    async with ctx.pool.connection() as connection:
        kept = await find_report(connection, report_id)
    if kept is None:
        raise NotFound("没有这一报告")
    if kept.unit_id not in build_scope(person).units:
        raise OfficeMayNotAct("报告由所属单位的领导、案管员、法制员、督察查阅")
    return ReportView(
        id=report_id,
        made_at=kept.made_at.astimezone(SHANGHAI),
        late_minutes=kept.late_minutes,
        sm3=kept.sm3,
        content=ReportContent.model_validate_json(kept.content),
    )


async def _journal_and_send(request: Request, person: Person, report_id: int, write: Write, send: Send) -> Response:
    """Write the report as a file, journal that it was taken, then send it."""
    ctx = get_context(request)
    report = await _report(ctx, person, report_id)
    data = await anyio.to_thread.run_sync(write, report, person.zh, limiter=ONE_AT_A_TIME)
    rows = [row for section in report.content.sections for row in section.rows]
    name = f"{report.content.unit_zh}{report.content.zh}{report.content.until.astimezone(SHANGHAI):%Y-%m-%d}"
    offices = sorted({each.office for each in person.offices})
    now = datetime.now(SHANGHAI)
    async with ctx.pool.connection() as connection:
        await api_writes.journal_export(connection, person.username, offices, "report", {"报告": name}, len(rows), now)
    note_rows(request, rows)
    return send(data, name)
