"""The sheet of incidents that users fill in (警情导入表): the empty template, and the rows that were refused with the reasons beside them."""

from collections.abc import Iterable, Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from api.sheets.cells import MOST_ROWS
from api.xlsx import build_text_cell, save_workbook
from models.bulk_intake import REASON, Column, build_labels, list_columns
from models.ledgers.cells import Cell

_REQUIRED = PatternFill("solid", fgColor="FFF2CC")
_WIDE = frozenset({"narrative", "place"})


def render_template() -> bytes:
    """The empty sheet: headings with a comment on what to write, and lists to choose from."""
    return _write_sheet(())


def render_refused_rows(rows: Iterable[tuple[Mapping[str, Any], str]]) -> bytes:
    """The refused rows in the layout of the template, each with its reason in the last column, to be corrected and uploaded again."""
    return _write_sheet(rows)


def _write_sheet(rows: Iterable[tuple[Mapping[str, Any], str]]) -> bytes:
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("警情")
    sheet.freeze_panes = "A2"
    for n, column in enumerate(list_columns(), start=1):
        letter = get_column_letter(n)
        sheet.column_dimensions[letter].width = 40 if column.field in _WIDE else 20
        if choices := ["是", "否"] if column.type == "yes-or-no" else [*build_labels(column).values()]:
            among = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
            among.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
            sheet.data_validations.append(among)
    rows = list(rows)
    sheet.append(
        [*(_build_heading(sheet, each) for each in list_columns()), *([build_text_cell(sheet, REASON, bold=True)] if rows else [])]
    )
    for form, reason in rows:
        cells = (build_text_cell(sheet, Cell(form.get(each.field)).text) for each in list_columns())
        sheet.append([*cells, build_text_cell(sheet, reason)])
    return save_workbook(book)


def _build_heading(sheet: Any, column: Column) -> Any:
    cell = build_text_cell(sheet, column.heading, bold=True)
    if column.required:
        cell.fill = _REQUIRED
    if column.help or column.type == "instant":
        cell.comment = Comment("例如 2026-03-02 20:15" if column.type == "instant" else column.help, "漏刻")
    return cell
