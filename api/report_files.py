"""Reports as files: a workbook with a sheet for each section, and a Word document to be printed."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from fastapi.responses import Response

from api.http_io import build_attachment_header
from api.scans import WORD
from api.schemas.reports import ReportView
from api.xlsx import Column, ExportSheet, write_export
from law.calendar import SHANGHAI
from models.reports import ReportSection

DOCX: dict[int | str, dict[str, Any]] = {200: {"content": {WORD: {}}, "description": "Word文档"}}
"""The `responses` of a route that answers with a Word document."""
_TYPEFACE, _POINTS = "宋体", Pt(9)


def build_word_response(data: bytes, name: str) -> Response:
    """A Word document as a download with that file name, without extension."""
    return Response(data, media_type=WORD, headers=build_attachment_header(f"{name}.docx"))


def render_workbook(report: ReportView, taken_by: str) -> bytes:
    """The report as an Excel file, a sheet for each section, and last what it is and who took it."""
    sheets = [
        ExportSheet(each.zh, [Column(column.heading, column.width) for column in each.columns], each.rows)
        for each in report.content.sections
    ]
    return write_export(sheets, f"{_build_head(report)}。导出人：{taken_by}。")


def render_document(report: ReportView, taken_by: str) -> bytes:
    """The report as a Word file, on its side, with lines to sign at its end."""
    page: Any = Document()
    style = page.styles["Normal"]
    style.font.name, style.font.size = _TYPEFACE, _POINTS
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _TYPEFACE)
    sheet = page.sections[0]
    sheet.orientation, sheet.page_width, sheet.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    sheet.left_margin = sheet.right_margin = Cm(1.5)
    page.add_heading(f"{report.content.unit_zh}{report.content.zh}", level=1)
    page.add_paragraph(f"{_build_head(report)}。打印人：{taken_by}。")
    for n, section in enumerate(report.content.sections, start=1):
        page.add_heading(f"{n}．{section.zh}（{_describe_how_many(section)}）", level=2)
        page.add_paragraph(section.counts)
        if section.rows:
            _render_table(page, section)
    page.add_paragraph("\n交班：＿＿＿＿＿＿　　接班：＿＿＿＿＿＿　　值班领导：＿＿＿＿＿＿")
    file = BytesIO()
    page.save(file)
    return file.getvalue()


def _render_table(page: Any, section: ReportSection) -> None:
    table = page.add_table(rows=1, cols=len(section.columns), style="Table Grid")
    for cell, column in zip(table.rows[0].cells, section.columns, strict=True):
        cell.text = column.heading
        cell.paragraphs[0].runs[0].bold = True
    for row in section.rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = "" if value is None else str(value)


def _describe_how_many(section: ReportSection) -> str:
    return f"{len(section.rows)}项以上，其余见列表" if section.more else f"{len(section.rows)}项"


def _build_head(report: ReportView) -> str:
    content = report.content
    since, until, as_of = (f"{each.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" for each in (content.since, content.until, content.as_of))
    late = f"（迟制{report.late_minutes}分钟）" if report.late_minutes else ""
    return f"期间：{since}至{until}。数据时间：{as_of}{late}。封存的案件不列入。摘要：{report.sm3[:16]}"
