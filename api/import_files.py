"""Sheets that people fill in (导入表), written to be filled in or corrected; what they hand in is read in `api/sheets`."""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from api.sheets.cells import MOST_ROWS
from models.bulk_intake import REASON, Column, columns, labels
from models.ledgers.cells import Cell

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET: dict[int | str, dict[str, Any]] = {200: {"content": {MEDIA_TYPE: {}}}}
"""How a route says in the contract that it answers with a workbook."""
_BOLD, _REQUIRED = Font(bold=True), PatternFill("solid", fgColor="FFF2CC")
_WIDE = frozenset({"narrative", "place"})


def template() -> bytes:
    """The sheet to fill in: headings alone, each with what to write under it."""
    return _written(columns(), ())


def refused(rows: Iterable[tuple[Mapping[str, Any], str]]) -> bytes:
    """The rows that were refused in the layout of the template, with the reason behind each, to be corrected and handed in again."""
    return _written(columns(), rows)


def _written(every: Sequence[Column], rows: Iterable[tuple[Mapping[str, Any], str]]) -> bytes:
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("警情")
    sheet.freeze_panes = "A2"
    for n, column in enumerate(every, start=1):
        letter = get_column_letter(n)
        sheet.column_dimensions[letter].width = 40 if column.field in _WIDE else 20
        if choices := ["是", "否"] if column.type == "yes-or-no" else [*labels(column).values()]:
            among = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
            among.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
            sheet.data_validations.append(among)
    rows = list(rows)
    sheet.append([*(_heading(sheet, each) for each in every), *([text_cell(sheet, REASON, bold=True)] if rows else [])])
    for form, reason in rows:
        sheet.append([*(text_cell(sheet, _plain(form.get(each.field))) for each in every), text_cell(sheet, reason)])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _heading(sheet: Any, column: Column) -> Any:
    cell = text_cell(sheet, column.heading, bold=True)
    if column.required:
        cell.fill = _REQUIRED
    if column.help or column.type == "instant":
        cell.comment = Comment("例如 2026-03-02 20:15" if column.type == "instant" else column.help, "漏刻")
    return cell


def text_cell(sheet: Any, text: str, *, bold: bool = False) -> Any:
    """A cell of that text."""
    cell: Any = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
    # Whatever was typed is a text, and never a formula that another's machine carries out, nor a number that loses its end.
    cell.data_type, cell.number_format = "s", "@"
    if bold:
        cell.font = _BOLD
    return cell


def _plain(value: Any) -> str:
    return Cell(value).text
