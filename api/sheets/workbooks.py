"""Parsing workbooks: xlsx with openpyxl, which reports formulas and number formats; xls, xlsb and OpenDocument with calamine."""

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.utils.exceptions import InvalidFileException
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from api.sheets.cells import (
    HEADINGS_WITHIN,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_TABLES,
    RowReader,
    Table,
    TooLarge,
    Unreadable,
    build_cell,
)
from models.ledgers.cells import Cell

OLE_SIGNATURE, ZIP_SIGNATURE = b"\xd0\xcf\x11\xe0", b"PK"
# Bytes and parts to which a sheet within the bounds unpacks at most; more means a zip bomb.
_MOST_UNPACKED = 60_000_000
_MOST_PARTS = 1000
# A merged block: its first cell and its last, each as row and column from 0.
Merged = tuple[tuple[int, int], tuple[int, int]]
_LAST_ROW = MOST_ROWS + HEADINGS_WITHIN + 2
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
# Other formats that are ZIP archives, by a member that each of them has.
_OTHER_FORMATS = {
    "word/document.xml": "这是 Word 文档，请将其中的表格粘贴到 Excel 后另存为 xlsx",
    "OFD.xml": "这是 OFD 版式文件，不是表格",
    "ppt/presentation.xml": "这是演示文稿，不是表格",
}
_NOT_A_TABLE = "这是压缩包，不是表格，请解压后上传其中的 xlsx"
_BROKEN = "文件已损坏或者没有下载完整，请重新导出或者另存为 xlsx"


def parse_archive(data: bytes) -> list[Table]:
    """The tables of a workbook that is a ZIP archive (xlsx, xlsb, ods). Raises Unreadable, or TooLarge before unpacking it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            if len(parts) > _MOST_PARTS or sum(each.file_size for each in parts) > _MOST_UNPACKED:
                raise TooLarge("文件解开后过大，不是警情表")
            names = {each.filename for each in parts}
            is_open_document = "mimetype" in names and packed.read("mimetype").strip() == _OPEN_DOCUMENT
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError):
        raise Unreadable(_BROKEN) from None
    if is_open_document:
        return parse_with_calamine(data)
    if "xl/workbook.xml" not in names and "xl/workbook.bin" not in names:
        raise Unreadable(next((why for part, why in _OTHER_FORMATS.items() if part in names), _NOT_A_TABLE))
    return parse_with_calamine(data) if "xl/workbook.bin" in names else _parse_xlsx(data)


def _parse_xlsx(data: bytes) -> list[Table]:
    try:
        book: Any = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        reader, merged = RowReader(), _read_merged(data)
        visible = [each for each in book.worksheets if each.sheet_state == "visible"]
        return [
            Table(
                str(sheet.title),
                reader.take(
                    _fill_merged(
                        ([_read_cell(each) for each in row] for row in sheet.iter_rows(max_row=_LAST_ROW, max_col=MOST_COLUMNS)),
                        merged.get(sheet.title, ()),
                    )
                ),
                since_1904=book.epoch == CALENDAR_MAC_1904,
            )
            for sheet in (visible or book.worksheets)[:MOST_TABLES]
        ]
    except (
        zipfile.BadZipFile,
        InvalidFileException,
        KeyError,
        ValueError,
        IndexError,
        SyntaxError,
        OSError,
        AttributeError,
        TypeError,
    ):
        # openpyxl raises any of these for a truncated or damaged file.
        raise Unreadable(_BROKEN) from None


def _read_cell(cell: Any) -> Cell:
    kind = getattr(cell, "data_type", "n")
    if kind == "f":
        return Cell(str(cell.value)[:60], "不得使用公式，请将单元格粘贴为数值")
    if kind == "e":
        return Cell(str(cell.value)[:60], "单元格的值有错误")
    if isinstance(cell.value, datetime) and "h" not in str(cell.number_format).lower() and cell.value.time() == datetime.min.time():
        return Cell(cell.value.date())
    return build_cell(cell.value)


def parse_with_calamine(data: bytes) -> list[Table]:
    """The tables of an xls, xlsb or OpenDocument file. Raises Unreadable."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        reader = RowReader()
        return [Table(name, reader.take(_read_lines(book, name))) for name in book.sheet_names[:MOST_TABLES]]
    except PasswordError:
        raise Unreadable("文件设有密码，请去掉密码后上传") from None
    except (CalamineError, ValueError, OSError):
        raise Unreadable("不是可以读取的旧式 xls 文件，请另存为 xlsx；有密码的先去掉密码") from None


def _read_merged(data: bytes) -> dict[str, Sequence[Merged]]:
    """The merged cells of each sheet of an xlsx, of which openpyxl tells nothing where it reads row by row."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return {name: book.get_sheet_by_name(name).merged_cell_ranges or () for name in book.sheet_names[:MOST_TABLES]}
    except (CalamineError, ValueError, OSError):
        return {}  # what is damaged there is damaged for openpyxl, which says so


def _fill_merged(lines: Iterable[list[Cell]], merged: Iterable[Merged]) -> Iterator[list[Cell]]:
    """The rows, each with what is merged into it from above; one in which nothing else stands stays empty."""
    begins = defaultdict[int, list[tuple[int, int]]](list)
    for (first, column), (last, _) in merged:
        if last > first:
            begins[first].append((column, last))
    above: dict[int, tuple[int, Cell]] = {}
    for n, row in enumerate(lines):
        above = {column: (last, cell) for column, (last, cell) in above.items() if last >= n}
        if any(each.text for each in row):
            for column, (_, cell) in above.items():
                row[column : column + 1] = [cell]
        above |= {column: (last, row[column]) for column, last in begins[n] if column < len(row)}
        yield row


def _read_lines(book: CalamineWorkbook, name: str) -> Iterator[list[Cell]]:
    sheet = book.get_sheet_by_name(name)
    # Leading empty rows are kept, so that row numbers are those of the file.
    rows = sheet.to_python(skip_empty_area=False, nrows=_LAST_ROW)
    cells = ([build_cell(None if each == "" else each) for each in row[:MOST_COLUMNS]] for row in rows)
    # Of OpenDocument files it is not told which cells are merged.
    yield from _fill_merged(cells, sheet.merged_cell_ranges or ())
