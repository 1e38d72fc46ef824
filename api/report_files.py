"""Reports as files: a workbook with a sheet for each section, a Word document to be printed, and the PDF that is kept."""

from typing import Any

from fastapi.responses import Response

from api.http_io import build_attachment_header
from api.scans import WORD
from api.schemas.reports import ReportView
from api.xlsx import Column, ExportSheet, write_export
from models.report_word import Printed, describe_report, render_word

DOCX: dict[int | str, dict[str, Any]] = {200: {"content": {WORD: {}}, "description": "Word文档"}}
"""The `responses` of a route that answers with a Word document."""
PDF: dict[int | str, dict[str, Any]] = {200: {"content": {"application/pdf": {}}, "description": "PDF文件"}}
"""The `responses` of a route that answers with a PDF."""


def build_word_response(data: bytes, name: str) -> Response:
    """A Word document as a download with that file name, without extension."""
    return Response(data, media_type=WORD, headers=build_attachment_header(f"{name}.docx"))


def build_pdf_response(data: bytes, name: str) -> Response:
    """A PDF as a download with that file name, without extension."""
    return Response(data, media_type="application/pdf", headers=build_attachment_header(f"{name}.pdf"))


def render_workbook(report: ReportView, taken_by: str) -> bytes:
    """The report as an Excel file, a sheet for each section, and last what it is and who took it."""
    sheets = [
        ExportSheet(each.zh, [Column(column.heading, column.width) for column in each.columns], each.rows)
        for each in report.content.sections
    ]
    return write_export(sheets, f"{describe_report(_build_printed(report))}。导出人：{taken_by}。", taken_by)


def render_document(report: ReportView, taken_by: str) -> bytes:
    """The report as a Word file, as it stands now beside its other editions."""
    return render_word(_build_printed(report), taken_by)


def _build_printed(report: ReportView) -> Printed:
    superseded = any(each.edition > report.edition for each in report.others)
    of = report.content, report.sm3, report.number, report.edition, report.reason, report.late_minutes
    return Printed(*of, superseded)
