"""Workbooks: Excel's of today through openpyxl, which knows formulas and formats; its older ones and OpenDocument through calamine."""

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.utils.exceptions import InvalidFileException
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from api.sheets.cells import HEADINGS_WITHIN, MOST_COLUMNS, MOST_ROWS, MOST_TABLES, Reckoning, Table, TooMuch, Unreadable, cell_of
from models.ledgers.cells import Cell

OLD_EXCEL, PACKED = b"\xd0\xcf\x11\xe0", b"PK"
# What a table of that many rows unpacks to at most; a file that says more is no table.
_UNPACKED = 60_000_000
_MOST_PARTS = 1000
_LAST_ROW = MOST_ROWS + HEADINGS_WITHIN + 2
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
# Told by a part that each of them has.
_OTHERS = {
    "word/document.xml": "这是 Word 文档，请将其中的表格粘贴到 Excel 后另存为 xlsx",
    "OFD.xml": "这是 OFD 版式文件，不是表格",
    "ppt/presentation.xml": "这是演示文稿，不是表格",
}
_NOT_A_TABLE = "这是压缩包，不是表格，请解压后上传其中的 xlsx"
_BROKEN = "文件已损坏或者没有下载完整，请重新导出或者另存为 xlsx"


def of_packed(data: bytes) -> list[Table]:
    """The tables of a workbook in an archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            if len(parts) > _MOST_PARTS or sum(each.file_size for each in parts) > _UNPACKED:
                raise TooMuch("文件解开后过大，不是警情表")
            names = {each.filename for each in parts}
            is_open_document = "mimetype" in names and packed.read("mimetype").strip() == _OPEN_DOCUMENT
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError):
        raise Unreadable(_BROKEN) from None
    if is_open_document:
        return of_calamine(data)
    if "xl/workbook.xml" not in names and "xl/workbook.bin" not in names:
        raise Unreadable(next((why for part, why in _OTHERS.items() if part in names), _NOT_A_TABLE))
    return of_calamine(data) if "xl/workbook.bin" in names else _of_excel(data)


def _of_excel(data: bytes) -> list[Table]:
    try:
        book: Any = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        reckoning = Reckoning()
        visible = [each for each in book.worksheets if each.sheet_state == "visible"]
        return [
            Table(
                str(sheet.title),
                reckoning.kept([_cell(each) for each in row] for row in sheet.iter_rows(max_row=_LAST_ROW, max_col=MOST_COLUMNS)),
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
        # What the library says of a file that only begins like one, whichever of its parts is missing or broken.
        raise Unreadable(_BROKEN) from None


def _cell(cell: Any) -> Cell:
    kind = getattr(cell, "data_type", "n")
    if kind == "f":
        return Cell(str(cell.value)[:60], "不得使用公式，请将单元格粘贴为数值")
    if kind == "e":
        return Cell(str(cell.value)[:60], "单元格的值有错误")
    if isinstance(cell.value, datetime) and "h" not in str(cell.number_format).lower() and cell.value.time() == datetime.min.time():
        return Cell(cell.value.date())
    return cell_of(cell.value)


def of_calamine(data: bytes) -> list[Table]:
    """The tables of an older workbook (xls), of a binary one (xlsb) or of an OpenDocument."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        reckoning = Reckoning()
        return [Table(name, reckoning.kept(_lines(book, name))) for name in book.sheet_names[:MOST_TABLES]]
    except PasswordError:
        raise Unreadable("文件设有密码，请去掉密码后上传") from None
    except (CalamineError, ValueError, OSError):
        raise Unreadable("不是可以读取的旧式 xls 文件，请另存为 xlsx；有密码的先去掉密码") from None


def _lines(book: CalamineWorkbook, name: str) -> Iterator[list[Cell]]:
    sheet = book.get_sheet_by_name(name)
    # Rows are numbered as in the file, wherever the first that is not empty stands.
    for row in sheet.to_python(skip_empty_area=False, nrows=_LAST_ROW):
        yield [cell_of(None if each == "" else each) for each in row[:MOST_COLUMNS]]
