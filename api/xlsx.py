"""Spreadsheets (电子表格): rows as an Excel file that says of itself what it shows, for whom, and when."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from law.calendar import SHANGHAI

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_INSTANT = "yyyy-mm-dd hh:mm"
_HEADING = Font(bold=True)


class Column(NamedTuple):
    """One column: its heading, and how many characters wide it is shown."""

    heading: str
    width: int = 14


def spreadsheet(title: str, heading: str, columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> bytes:
    """An Excel file to work with: headings with filters in the first row, then the rows; on a second sheet what it is and how it came about.

    Instants stand in it as people here read them.
    """
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for n, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(n)].width = column.width
    sheet.append([_heading(sheet, column.heading) for column in columns])
    # A cell is written out with its row, and may then serve the next.
    instants = [_instant(sheet) for _ in columns]
    for row in rows:
        sheet.append([_value(sheet, value, instant) for value, instant in zip(row, instants, strict=True)])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"
    about: Any = book.create_sheet("导出说明")
    about.append([_text(about, heading)])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _value(sheet: Any, value: Any, instant: Any) -> Any:
    if isinstance(value, str):
        return _text(sheet, value)
    if isinstance(value, datetime):
        instant.value = value.astimezone(SHANGHAI).replace(tzinfo=None, microsecond=0)
        return instant
    return value


def _text(sheet: Any, text: str) -> Any:
    text = ILLEGAL_CHARACTERS_RE.sub("", text)
    if not text.startswith("="):
        return text
    # Whatever somebody wrote into a title is a text, and never a formula that another's machine carries out.
    cell: Any = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell


def _heading(sheet: Any, text: str) -> Any:
    cell: Any = WriteOnlyCell(sheet, text)
    cell.font = _HEADING
    return cell


def _instant(sheet: Any) -> Any:
    cell: Any = WriteOnlyCell(sheet)
    cell.number_format = _INSTANT
    return cell
