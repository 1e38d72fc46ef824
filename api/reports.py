"""Reports (报告): the list of those that were made, one as a page, as a workbook, as a Word document and as a PDF. Who reads a unit whole reads its reports."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

import anyio
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from api.access_tracking import declare_reading, note_rows
from api.administrative_changes import make_change
from api.auth import Caller
from api.boards import read_names
from api.context import AppContext, get_context
from api.export_marks import make_export_mark
from api.filters import InUnit, narrow_scope
from api.http_io import Cursor, Key, Limit, build_page_response, decode_cursor, request_body
from api.path_parameters import ReportId
from api.problems import document_refusals
from api.report_files import DOCX, PDF, build_pdf_response, build_word_response, render_document, render_workbook
from api.schemas.reports import OtherEdition, ReportList, ReportView
from api.xlsx import ONE_AT_A_TIME, XLSX, build_xlsx_response
from law.calendar import SHANGHAI
from models.access.scope import Person, build_scope
from models.forms.form import Text
from models.journal import format_canonical
from models.problems import NotFound, OfficeMayNotAct, OrchestratorUnavailable, StepNotOpen
from models.readmodel.report_types import correct, read_again, report_types
from models.readmodel.reports import Kept, find_report, list_reports
from models.reports import Correction, Due, ReportContent
from models.store import api_writes, reports
from models.store.administrative_change import Change
from models.store.reports import CORRECTS, note_read
from models.trace_shapes import Reading
from runtime.content_store import ContentLost, ContentStore, get_content_store_folder

router = APIRouter(tags=["报告"])

Write = Callable[[ReportView, str], bytes]
Send = Callable[[bytes, str], Response]
_REFUSALS = document_refusals(401, 403, 404, 409, 415, 422)
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
    types = format_canonical(
        {each.id: each.zh for each in report_types().values() if not each.readers or any(map(person.holds, each.readers))}
    )
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
    return await _write_and_send(request, person, report_id, render_workbook, build_xlsx_response)


@router.get(
    "/api/reports/{report_id}/document",
    dependencies=declare_reading(Reading.EXPORT),
    summary="导出报告（Word）",
    responses=DOCX | document_refusals(401, 403, 404),
)
async def get_document(request: Request, report_id: ReportId, person: Caller) -> Response:
    """The report as a Word document, to be printed."""
    return await _write_and_send(request, person, report_id, render_document, build_word_response)


@router.get(
    "/api/reports/{report_id}/pdf",
    dependencies=declare_reading(Reading.EXPORT),
    summary="导出报告（PDF）",
    response_class=Response,
    responses=PDF | document_refusals(401, 403, 404, 503),
)
async def get_pdf(request: Request, report_id: ReportId, person: Caller) -> Response:
    """The PDF that was set with that edition of the report: what is sent is what was kept then, whoever takes it."""
    ctx, report = get_context(request), await _report(get_context(request), person, report_id)
    if not report.pdf:
        raise NotFound("这份报告没有PDF：正在制作，或者本机没有可以排版的字体，请取Word格式", near=["document"])
    try:
        data = await anyio.to_thread.run_sync(ContentStore(get_content_store_folder(ctx.settings.data_dir)).read, report.pdf)
    except ContentLost:
        raise OrchestratorUnavailable("文件暂时取不到", engine="contents", retry_after=30) from None
    answer = await _journal_and_send(request, person, report, data, build_pdf_response, report.pdf)
    answer.headers["X-Content-SM3"] = report.pdf
    return answer


class Correcting(BaseModel):
    """Why a report was wrong."""

    model_config = ConfigDict(extra="forbid")

    reason: Text = Field(title="更正理由", description="写明错在何处、依据什么更正")


@router.post("/api/reports/{report_id}/correct", summary="制作更正版", openapi_extra=request_body(Correcting), responses=_REFUSALS)
async def correct_report(request: Request, report_id: ReportId, person: Caller, key: Key = None) -> ReportView:
    """Make a corrected edition beside a report that was wrong, which stays as it was. The answer is that edition."""
    ctx = get_context(request)
    kept = await _find_kept(ctx, person, report_id)
    before = ReportContent.model_validate_json(kept.content)
    latest = report_types()[kept.type].times.find_due(datetime.now(SHANGHAI), await ctx.get_calendar()).period == kept.period
    # Read before the bureau's chain is locked.
    told = await _read_again(ctx, kept, before, latest=latest) if _may_correct(person, kept.unit_id) else before

    async def make(change: Change, said: Correcting) -> None:
        if any(each["edition"] > kept.edition for each in kept.others or ()):
            raise StepNotOpen("该报告已有更正版，请在最新一版上更正")
        correction = Correction(kept.edition + 1, said.reason, person.zh, before, kept.sm3)
        await reports.correct(change, kept, correct(told, correction, latest=latest), correction.edition, said.reason)

    def check() -> None:
        if not _may_correct(person, kept.unit_id):
            raise OfficeMayNotAct("报告由所属单位的案管员、法制员、督察更正", required=list(CORRECTS))

    await make_change(request, person, reports.CORRECT_REPORT, Correcting, key, make, check)
    editions = (await _find_kept(ctx, person, report_id)).others or ()
    return await _report(ctx, person, next(each["id"] for each in editions if each["edition"] == kept.edition + 1))


async def _read_again(ctx: AppContext, kept: Kept, before: ReportContent, *, latest: bool) -> ReportContent:
    names, due = await read_names(ctx), Due(before.since, kept.due_at)
    async with ctx.pool.connection() as connection:
        return await read_again(connection, report_types()[kept.type], due, names.tree[kept.unit_id], names, latest=latest)


def _may_correct(person: Person, unit: str) -> bool:
    return any(each.office in CORRECTS and unit in each.own for each in person.offices)


async def _find_kept(ctx: AppContext, person: Person, report_id: int) -> Kept:
    async with ctx.pool.connection() as connection:
        kept = await find_report(connection, report_id)
    if kept is None:
        raise NotFound("没有这一报告")
    if kept.unit_id not in build_scope(person).units:
        raise OfficeMayNotAct("报告由所属单位的领导、案管员、法制员、督察查阅")
    if not report_types()[kept.type].is_read_by(person, kept.unit_id):
        raise OfficeMayNotAct(
            "这种报告由所属单位的领导、督察查阅", required=[str(each) for each in report_types()[kept.type].readers]
        )
    return kept


async def _report(ctx: AppContext, person: Person, report_id: int) -> ReportView:
    kept = await _find_kept(ctx, person, report_id)
    others = [OtherEdition.model_validate(each) for each in kept.others or ()]
    return ReportView(
        id=report_id,
        made_at=kept.made_at.astimezone(SHANGHAI),
        late_minutes=kept.late_minutes,
        sm3=kept.sm3,
        number=kept.number,
        edition=kept.edition,
        reason=kept.reason,
        pdf=kept.pdf or "",
        others=others,
        may_correct=_may_correct(person, kept.unit_id) and all(each.edition < kept.edition for each in others),
        content=ReportContent.model_validate_json(kept.content),
    )


async def _write_and_send(request: Request, person: Person, report_id: int, write: Write, send: Send) -> Response:
    """Write the report as a file, and send that."""
    report = await _report(get_context(request), person, report_id)
    mark = make_export_mark(person, datetime.now(SHANGHAI))
    data = await anyio.to_thread.run_sync(write, report, mark.words, limiter=ONE_AT_A_TIME)
    return await _journal_and_send(request, person, report, data, send, mark.id)


async def _journal_and_send(request: Request, person: Person, report: ReportView, data: bytes, send: Send, mark: str) -> Response:
    """Journal that the file of a report was taken, then send it."""
    rows = [row for section in report.content.sections for row in section.rows]
    name = f"{report.content.unit_zh}{report.content.zh}{report.content.until.astimezone(SHANGHAI):%Y-%m-%d}"
    name += f"更正版{report.edition}" if report.edition > 1 else ""
    offices = sorted({each.office for each in person.offices})
    now = datetime.now(SHANGHAI)
    async with get_context(request).pool.connection() as connection:
        await api_writes.journal_export(connection, person.username, offices, "report", {"报告": name}, len(rows), now, mark)
    note_rows(request, rows)
    return send(data, name)
