"""Sheets that people fill in (导入表): read from Excel or CSV files, and written to be filled in or corrected."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation

from api.http_io import invalid
from models.bulk_intake import REASON, Cell, Column, columns, placed
from models.problems import FormInvalid, FormTooLarge, UnsupportedMediaType

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# More rows than an evening of a county brings; whoever has more uploads them in parts.
MOST_ROWS = 2000
_MOST_COLUMNS = 100
# What a table of that many rows unpacks to at most; a file that says more is no table.
_UNPACKED = 60_000_000
_MOST_PARTS = 1000
_NEITHER = "只接受 Excel(xlsx)或者 CSV 文件"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_BOLD, _REQUIRED = Font(bold=True), PatternFill("solid", fgColor="FFF2CC")
_WIDE = frozenset({"narrative", "place"})

Read = tuple[list[str], Iterator[tuple[int, dict[str, Cell]]]]


def read(data: bytes) -> Read:
    """The headings of a table, and its rows by number and field; a problem where it is none, or has not the columns it must have."""
    lines = _of_excel(data) if data.startswith(b"PK") else _of_text(data)
    numbered = ((n, cells) for n, cells in enumerate(lines, start=1) if any(cell.text for cell in cells))
    _, first = next(numbered, (0, []))
    headings = [cell.text for cell in first]
    where, wrong = placed(headings)
    if wrong:
        raise FormInvalid(errors=wrong)
    return headings, _rows(numbered, where)


def _rows(numbered: Iterable[tuple[int, Sequence[Cell]]], where: Mapping[int, Column]) -> Iterator[tuple[int, dict[str, Cell]]]:
    for count, (n, cells) in enumerate(numbered):
        if count == MOST_ROWS:
            raise invalid("file", "too-many-rows", f"一次至多导入{MOST_ROWS}行，请分成几个文件")
        yield n, {column.field: cells[place] for place, column in where.items() if place < len(cells)}


# Excel


def _of_excel(data: bytes) -> Iterator[list[Cell]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            if len(parts) > _MOST_PARTS or sum(each.file_size for each in parts) > _UNPACKED:
                raise FormTooLarge(limit_bytes=_UNPACKED)
        book: Any = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        lines = [[_cell(each) for each in row] for row in sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=_MOST_COLUMNS)]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, SyntaxError, OSError):
        # What the library says of a file that only begins like one, whichever of its parts is missing or broken.
        raise UnsupportedMediaType(_NEITHER) from None
    yield from lines


def _cell(cell: Any) -> Cell:
    kind = getattr(cell, "data_type", "n")
    if kind == "f":
        return Cell(str(cell.value), "不得使用公式，请将单元格粘贴为数值")
    if kind == "e":
        return Cell(str(cell.value), "单元格的值有错误")
    if isinstance(cell.value, datetime) and "h" not in str(cell.number_format).lower():
        return Cell(cell.value.date())
    return Cell(
        cell.value if isinstance(cell.value, (str, int, float, datetime)) else None if cell.value is None else str(cell.value)
    )


# CSV


def _of_text(data: bytes) -> Iterator[list[Cell]]:
    if data.startswith(_OLD_EXCEL):
        raise UnsupportedMediaType("旧式 xls 文件请先另存为 xlsx")
    text = _decoded(data)
    first, _, _ = text.partition("\n")
    delimiter = max(",\t;,", key=first.count)
    try:
        for n, line in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)):
            if n > MOST_ROWS + 1:
                return
            yield [Cell(each) for each in line[:_MOST_COLUMNS]]
    except csv.Error:
        raise UnsupportedMediaType("CSV 文件的引号不成对，或者一格过长") from None


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.strip() and "\0" not in text:
            return text
    raise UnsupportedMediaType(_NEITHER)


# Writing


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
        if choices := ["是", "否"] if column.type == "yes-or-no" else _words_to_choose(column):
            among = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
            among.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
            sheet.data_validations.append(among)
    rows = list(rows)
    sheet.append([*(_heading(sheet, each) for each in every), *([_text(sheet, REASON, _BOLD)] if rows else [])])
    for form, reason in rows:
        sheet.append([*(_text(sheet, _plain(form.get(each.field))) for each in every), _text(sheet, reason)])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _words_to_choose(column: Column) -> list[str]:
    """The words to choose from, each choice once."""
    words: dict[str, str] = {}
    for word, code in column.choices.items():
        words.setdefault(code, word)
    return list(words.values())


def _heading(sheet: Any, column: Column) -> Any:
    cell = _text(sheet, column.heading, _BOLD)
    if column.required:
        cell.fill = _REQUIRED
    if column.help or column.type == "instant":
        cell.comment = Comment("例如 2026-03-02 20:15" if column.type == "instant" else column.help, "漏刻")
    return cell


def _text(sheet: Any, text: str, font: Font | None = None) -> Any:
    cell: Any = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
    # Whatever was typed is a text, and never a formula that another's machine carries out, nor a number that loses its end.
    cell.data_type, cell.number_format = "s", "@"
    if font:
        cell.font = font
    return cell


def _plain(value: Any) -> str:
    return Cell(value).text
