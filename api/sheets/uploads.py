"""Sheets as routes take them: an uploaded file, beside it one text field of JSON, and the rows below the headings."""

from asyncio import Semaphore
from typing import Any, Generic, NamedTuple, TypeVar

from fastapi import Request
from pydantic import BaseModel

from api.http_io import build_form_invalid, parse_form
from api.sheets.cells import MOST_ROWS, Table
from api.sheets.reading import read_tables
from api.uploads import get_file, read_multipart, upload_body
from models.ledgers.cells import Cell
from models.ledgers.headings import Headings
from models.ledgers.words import is_foot
from models.problems import FormTooLarge

# Bytes. Two thousand rows with a long narrative each.
LARGEST_SHEET = 5_000_000
LARGEST_SHEET_UPLOAD = LARGEST_SHEET + 100_000

M = TypeVar("M", bound=BaseModel)


class SheetUpload(NamedTuple, Generic[M]):
    """An uploaded sheet: the file's name, its tables, and the JSON field beside it; None where it was left out."""

    name: str
    tables: list[Table]
    beside: M | None


def build_sheet_body(file: str, beside: str, title: str) -> dict[str, Any]:
    """The OpenAPI description of such a body: the titles of the file and of the text field `beside` it."""
    return upload_body(file, optional={beside: {"type": "string", "title": title}})


async def read_sheet(request: Request, slots: Semaphore, beside: str, model: type[M]) -> SheetUpload[M]:
    """Read an uploaded sheet and the JSON field `beside` it.

    Raises FormTooLarge, UnsupportedMediaType where the file is no sheet, and FormInvalid where the field does not fit the model.
    """
    async with read_multipart(request, 1, f"须有一个文件，至多另有 {beside} 一项") as form:
        file = get_file(form)
        data, name, text = await file.read(), file.filename or "", form.get(beside)
    if len(data) > LARGEST_SHEET:
        size = len(data) / 1_000_000
        raise FormTooLarge(f"表格至多{LARGEST_SHEET // 1_000_000}MB，这个文件有{size:.1f}MB", limit_bytes=LARGEST_SHEET)
    given = parse_form(model, text.encode()) if isinstance(text, str) else None
    return SheetUpload(name, await read_tables(request, slots, data), given)


def list_rows_below(headings: Headings, table: Table) -> list[tuple[int, list[Cell]]]:
    """The rows of data below the headings with their row numbers, without totals and signatures; FormInvalid where there are too many."""
    rows = [
        (n, cells) for n, cells in table.rows[headings.after :] if not is_foot(next((each.text for each in cells if each.text), ""))
    ]
    if len(rows) > MOST_ROWS:
        raise build_form_invalid("file", "too-many-rows", f"一次至多导入{MOST_ROWS}行，请分成几个文件")
    return rows
