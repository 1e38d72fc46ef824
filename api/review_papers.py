"""Results of case review as files: a workbook with a sheet for each unit and one of items, and the notice of review (评查通报) to be printed."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import anyio
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.access_tracking import declare_reading, note_rows
from api.auth import Caller
from api.context import get_context
from api.export_marks import make_export_mark
from api.filters import InUnit
from api.problems import document_refusals
from api.report_files import DOCX, build_word_response
from api.reviews import ResultsFrom, ResultsTo, count_results
from api.schemas.reviews import ReviewResults
from api.xlsx import ONE_AT_A_TIME, XLSX, Column, ExportSheet, build_xlsx_response, write_export
from law.calendar import SHANGHAI
from models.access.scope import Person
from models.readmodel.reviews import Result
from models.reviews.checklists import get_checklists
from models.reviews.scoring import Grade
from models.store import api_writes
from models.trace_shapes import Reading

router = APIRouter(tags=["案件评查"])

_FILES = (
    Column("案卷", 20),
    Column("承办民警"),
    Column("评查标准", 22),
    Column("得分", 8),
    Column("等次", 8),
    Column("一票否决项", 12),
    Column("扣分项目", 60),
    Column("计入时间", 18),
)
_ITEMS = (Column("评查标准", 22), Column("项目", 50), Column("扣分案卷", 10), Column("共扣分", 8), Column("上期扣分案卷", 14))
# Excel takes no longer name of a sheet.
_LONGEST = 31
_TYPEFACE, _POINTS = "宋体", Pt(12)


@router.get(
    "/api/review-results/workbook",
    dependencies=declare_reading(Reading.EXPORT),
    summary="导出评查结果（Excel）",
    responses=XLSX | document_refusals(401, 422),
)
async def get_workbook(
    request: Request, person: Caller, unit: InUnit = None, from_: ResultsFrom = None, to: ResultsTo = None
) -> Response:
    """Results of a period as a workbook: a sheet for each unit with its files, and one with the items on which most was lost."""
    told, found = await count_results(request, person, unit, from_, to)
    sheets = [
        *(
            ExportSheet(each.unit_zh[:_LONGEST], _FILES, [_build_row(one) for one in found if one.unit == each.unit])
            for each in told.units
        ),
        ExportSheet("失分项目", _ITEMS, [_build_lost_row(each) for each in told.lost]),
    ]
    about = f"案件评查结果，{told.since}至{told.until}计入的案卷。不得单独作为奖惩依据。导出人：{person.zh}。"
    mark = make_export_mark(person, datetime.now(SHANGHAI))
    data = await anyio.to_thread.run_sync(write_export, sheets, about, mark.words, limiter=ONE_AT_A_TIME)
    name = await _journal_taking(request, person, told, found, mark.id)
    return build_xlsx_response(data, name)


@router.get(
    "/api/review-results/document",
    dependencies=declare_reading(Reading.EXPORT),
    summary="评查通报（Word）",
    responses=DOCX | document_refusals(401, 422),
)
async def get_document(
    request: Request, person: Caller, unit: InUnit = None, from_: ResultsFrom = None, to: ResultsTo = None
) -> Response:
    """The notice of review (评查通报) of a period."""
    told, found = await count_results(request, person, unit, from_, to)
    mark = make_export_mark(person, datetime.now(SHANGHAI))
    data = await anyio.to_thread.run_sync(_render_notice, told, mark.words, limiter=ONE_AT_A_TIME)
    name = await _journal_taking(request, person, told, found, mark.id)
    return build_word_response(data, name)


def _build_row(one: Result) -> list[Any]:
    checklist = get_checklists()[one.checklist]
    lost = [
        f"第{each['item']}项 {checklist.get_item(each['item']).title}：{each.get('note', '')}"
        for each in one.items
        if each["verdict"] in ("partly", "not")
    ]
    vetoes = "、".join(map(str, one.vetoes))
    return [one.subject, one.officer, checklist.zh, one.result, Grade(one.grade).label, vetoes, "；".join(lost), one.counted_at]


def _build_lost_row(each: Any) -> list[Any]:
    return [get_checklists()[each.checklist].zh, f"{each.item}. {each.title}", each.files, each.points, each.before]


def _render_notice(told: ReviewResults, mark: str) -> bytes:
    page: Any = Document()
    style = page.styles["Normal"]
    style.font.name, style.font.size = _TYPEFACE, _POINTS
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _TYPEFACE)
    page.add_heading("案件评查通报", level=1)
    files = sum(each.files for each in told.units)
    page.add_paragraph(f"{told.since}至{told.until}，共有{len(told.units)}个单位的{files}卷评查结果生效。")
    page.add_heading("一、各单位结果", level=2)
    heads = ["单位", "案卷", "均分", "最低", "最高", "一票否决"]
    _render_table(page, heads, [[each.unit_zh, each.files, each.mean, each.least, each.most, each.vetoed] for each in told.units])
    page.add_heading("二、失分较多的项目", level=2)
    _render_table(page, [each.heading for each in _ITEMS], [_build_lost_row(each) for each in told.lost])
    page.add_paragraph("评查结果不得单独作为奖惩依据。")
    file = BytesIO()
    page.sections[0].footer.paragraphs[0].text = mark
    page.save(file)
    return file.getvalue()


def _render_table(page: Any, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    table = page.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.text = head
    for row in rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = str(value)


async def _journal_taking(request: Request, person: Person, told: ReviewResults, found: Sequence[Result], mark: str) -> str:
    """Journal that results were taken away; the name of the file."""
    name, now = f"案件评查结果{told.since}至{told.until}", datetime.now(SHANGHAI)
    offices = sorted({each.office for each in person.offices})
    async with get_context(request).pool.connection() as connection:
        await api_writes.journal_export(
            connection, person.username, offices, "review-results", {"期间": name}, len(found), now, mark
        )
    note_rows(request, [[each.subject] for each in found])
    return name
