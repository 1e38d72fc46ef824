"""Writing Excel files (电子表格): exported lists, and the responses that carry a workbook."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, NamedTuple

import anyio
from fastapi.responses import Response
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from api.http_io import build_attachment_header
from law.calendar import SHANGHAI

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSX: dict[int | str, dict[str, Any]] = {200: {"content": {_MEDIA_TYPE: {}}, "description": "电子表格"}}
"""The `responses` of a route that answers with a workbook."""
ONE_AT_A_TIME = anyio.CapacityLimiter(1)
"""Writing a file occupies a core for seconds. Others of this process wait for it; other requests do not."""
_INSTANT = "yyyy-mm-dd hh:mm"
_BOLD = Font(bold=True)


class Column(NamedTuple):
    """One column of an export: its heading and its width in characters."""

    heading: str
    width: int = 14


def build_xlsx_response(data: bytes, name: str) -> Response:
    """A workbook as a download with that file name, without extension."""
    return Response(data, media_type=_MEDIA_TYPE, headers=build_attachment_header(f"{name}.xlsx"))


class ExportSheet(NamedTuple):
    """One sheet of an export: its name, columns and rows."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]


def write_export(sheets: Sequence[ExportSheet], about: str, mark: str) -> bytes:
    """Exported lists, a sheet for each: headings with filters, then the rows. A last sheet says what was exported, by whom and when.

    Each page that is printed bears the `mark`. Instants are written in Shanghai time.
    """
    book = Workbook(write_only=True)
    for each in sheets:
        _write_sheet(book.create_sheet(each.title), each.columns, each.rows)
    last: Any = book.create_sheet("导出说明")
    last.append([_build_text_cell(last, f"{about}（{mark}）")])
    for sheet in book.worksheets:
        header: Any = sheet.oddHeader
        header.center.text = mark.replace("&", "&&")
    return save_workbook(book)


def _write_sheet(sheet: Any, columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> None:
    sheet.freeze_panes = "A2"
    for n, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(n)].width = column.width
    sheet.append([_build_heading_cell(sheet, column.heading) for column in columns])
    # openpyxl writes a row at once, so one cell for each column serves all rows.
    instants = [_build_instant_cell(sheet) for _ in columns]
    for row in rows:
        sheet.append([_build_value_cell(sheet, value, instant) for value, instant in zip(row, instants, strict=True)])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"


def save_workbook(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def build_text_cell(sheet: Any, text: str, *, bold: bool = False) -> Any:
    """A cell that Excel keeps as text: never a formula to execute, nor a number that loses its last digits."""
    cell: Any = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type, cell.number_format = "s", "@"
    if bold:
        cell.font = _BOLD
    return cell


def _build_value_cell(sheet: Any, value: Any, instant: Any) -> Any:
    if isinstance(value, str):
        return _build_text_cell(sheet, value)
    if isinstance(value, datetime):
        instant.value = value.astimezone(SHANGHAI).replace(tzinfo=None, microsecond=0)
        return instant
    return value


def _build_text_cell(sheet: Any, text: str) -> Any:
    text = ILLEGAL_CHARACTERS_RE.sub("", text)
    if not text.startswith("="):
        return text
    # A title that begins with "=" must not be executed as a formula. A plain string is written faster than a cell.
    cell: Any = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell


def _build_heading_cell(sheet: Any, text: str) -> Any:
    cell: Any = WriteOnlyCell(sheet, text)
    cell.font = _BOLD
    return cell


def _build_instant_cell(sheet: Any) -> Any:
    cell: Any = WriteOnlyCell(sheet)
    cell.number_format = _INSTANT
    return cell
