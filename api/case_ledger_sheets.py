"""The sheets of a ledger of open cases, cases and their people: finding them in an uploaded file, and writing the template or refused rows."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from openpyxl import Workbook

from api.http_io import build_form_invalid
from api.schemas.case_ledgers import Mends, SheetRead
from api.sheets.cells import Table
from api.sheets.uploads import list_rows_below
from api.xlsx import build_text_cell, save_workbook
from models.bulk_intake import REASON
from models.ledgers import headings
from models.ledgers.case_words import (
    CASE_VOCABULARY,
    CASES,
    OFFENDER_VOCABULARY,
    OFFENDERS,
    PUBLIC_ORDER_CASES,
    PUBLIC_ORDER_VOCABULARY,
    SUSPECT_VOCABULARY,
    SUSPECTS,
    VIOLATION_VOCABULARY,
)
from models.ledgers.cells import Cell
from models.ledgers.headings import Headings
from models.ledgers.open_cases import CASE_SHEET, OFFENDER_SHEET, PUBLIC_ORDER_SHEET, SUSPECT_SHEET
from models.ledgers.past_steps import Fault, Line
from models.ledgers.words import Vocabulary

_NEEDED = {
    CASE_SHEET: frozenset({"case_number", "charge"}),
    SUSPECT_SHEET: frozenset({"case_number", "name"}),
    PUBLIC_ORDER_SHEET: frozenset({"case_number", "violation"}),
    OFFENDER_SHEET: frozenset({"case_number", "name"}),
}
_VOCABULARIES: Mapping[str, Vocabulary] = {
    CASE_SHEET: CASE_VOCABULARY,
    SUSPECT_SHEET: SUSPECT_VOCABULARY,
    PUBLIC_ORDER_SHEET: PUBLIC_ORDER_VOCABULARY,
    OFFENDER_SHEET: OFFENDER_VOCABULARY,
}
_FIELDS: Mapping[str, tuple[str, ...]] = {
    CASE_SHEET: tuple(CASES),
    SUSPECT_SHEET: tuple(SUSPECTS),
    PUBLIC_ORDER_SHEET: tuple(PUBLIC_ORDER_CASES),
    OFFENDER_SHEET: tuple(OFFENDERS),
}
_PEOPLE_OF = {CASE_SHEET: SUSPECT_SHEET, PUBLIC_ORDER_SHEET: OFFENDER_SHEET}
# By its name a table is of administrative cases, or of those who are suspected in them.
_ADMINISTRATIVE = re.compile("行政|治安|违法")


class Sheets(NamedTuple):
    """The rows by sheet, and which tables they were read from."""

    lines: Mapping[str, Sequence[Line]]
    read: list[SheetRead]


Meanings = Mapping[str, Mapping[str, str]]
"""The fields of headings, by sheet."""


def find_sheets(tables: Sequence[Table], mends: Mends, known: Meanings) -> Sheets:
    """Find the rows of criminal and of public-order cases and of their people, in tables of their own or in one that has both.

    `mends` replace cells. Headings mean what they say, else what the unit has said before (`known`), else what is usual. FormInvalid where
    no table has the headings of cases; it names the sheet and row that look most like headings.
    """
    check_fields(mends.headings)
    meant = {sheet: {**known.get(sheet, {}), **mends.headings.get(sheet, {})} for sheet in _FIELDS}
    found = dict(_find(tables, meant))
    if not found.keys() & _PEOPLE_OF.keys():
        sheet, row, seen = headings.guess_headings([each.rows for each in tables])
        shown = "、".join(word[:20] for word in seen if word)[:300] or "没有文字"
        name = tables[sheet].name if tables else ""
        detail = f"没有找到案件的表头（刑事案件须有“案号”“罪名”，行政案件须有“案号”“违反治安管理行为”）：读的是工作表“{name}”第{row}行：{shown}"
        raise build_form_invalid("file", "missing-column", detail)
    if repeated := next((each.repeated for name, each in found.items() if name in _PEOPLE_OF and each.repeated), ()):
        raise build_form_invalid("file", "repeated-column", f"“{'”“'.join(repeated)}”出现了两次")
    lines = {name: _list_lines(name, tables, each, mends) for name, each in found.items()}
    for cases, people in _PEOPLE_OF.items():
        if people in found and cases in found and found[people].sheet == found[cases].sheet:
            lines[cases] = _keep_first_row_of_each_case(lines[cases])
    return Sheets(lines, [_describe(name, tables, each) for name, each in found.items()])


def _find(tables: Sequence[Table], meant: Meanings) -> Iterator[tuple[str, Headings]]:
    """The headings of each sheet: of administrative cases in the tables that are called so, or that have a column for the violation."""
    named = {n for n, each in enumerate(tables) if _ADMINISTRATIVE.search(each.name)}
    others = set(range(len(tables))) - named
    administrative = _find_headings(tables, named, PUBLIC_ORDER_SHEET, meant, PUBLIC_ORDER_VOCABULARY)
    if administrative is None:
        administrative = _find_headings(tables, others, PUBLIC_ORDER_SHEET, meant, VIOLATION_VOCABULARY)
    if administrative:
        named, others = named | {administrative.sheet}, others - {administrative.sheet}
    found = {
        CASE_SHEET: _find_headings(tables, others, CASE_SHEET, meant, CASE_VOCABULARY),
        SUSPECT_SHEET: _find_headings(tables, others, SUSPECT_SHEET, meant, SUSPECT_VOCABULARY),
        PUBLIC_ORDER_SHEET: administrative,
        OFFENDER_SHEET: _find_headings(tables, named, OFFENDER_SHEET, meant, OFFENDER_VOCABULARY) if administrative else None,
    }
    yield from ((name, each) for name, each in found.items() if each)


def _find_headings(
    tables: Sequence[Table], within: Collection[int], sheet: str, meant: Meanings, vocabulary: Vocabulary
) -> Headings | None:
    rows = [each.rows if n in within else [] for n, each in enumerate(tables)]
    return headings.find_headings(rows, meant[sheet], vocabulary, _NEEDED[sheet])


def check_fields(said: Meanings) -> None:
    """FormInvalid where a heading is said to stand for a field that its sheet has not."""
    for sheet, fields in said.items():
        if unknown := next((field for field in fields.values() if field and field not in _FIELDS[sheet]), ""):
            raise build_form_invalid("mends", "unknown-field", f"{sheet}表没有“{unknown}”这一项")


def _list_lines(sheet: str, tables: Sequence[Table], found: Headings, mends: Mends) -> list[Line]:
    table = tables[found.sheet]
    mended = {(each.row, each.field): Cell(each.text.strip()) for each in mends.cells if each.sheet == sheet}
    lines: list[Line] = []
    for n, cells in list_rows_below(found, table):
        read = {name: cells[place] for place, name in found.columns.items() if place < len(cells)}
        read |= {name: cell for (row, name), cell in mended.items() if row == n and name in _FIELDS[sheet]}
        if any(each.text for each in read.values()):
            lines.append(Line(sheet, n, read, table.since_1904))
    return lines


def _keep_first_row_of_each_case(lines: Sequence[Line]) -> list[Line]:
    """Where each row is a suspect and repeats the case: the first row of each case."""
    first: dict[str, Line] = {}
    for line in lines:
        first.setdefault(line.get_text("case_number"), line)
    return list(first.values())


def _describe(sheet: str, tables: Sequence[Table], found: Headings) -> SheetRead:
    ignored = [word for place, word in enumerate(found.words) if word and place not in found.columns]
    return SheetRead.model_validate(
        {
            "sheet": sheet,
            "called": tables[found.sheet].name,
            "heading_row": found.row,
            "passed_over": ignored,
            "columns": [{"heading": word, "field": found.columns.get(place)} for place, word in enumerate(found.words) if word],
            "fields": [{"field": each, "zh": get_heading(sheet, each)} for each in _FIELDS[sheet]],
        }
    )


def get_heading(sheet: str, field: str) -> str:
    """The heading of a field."""
    return _VOCABULARIES[sheet].called.get(field, "")


def write_sheets(refused: Mapping[str, Sequence[tuple[Line, Sequence[Fault]]]]) -> bytes:
    """A workbook of both sheets with the refused rows and their reasons; without rows, the empty template."""
    book = Workbook(write_only=True)
    for sheet, fields in _FIELDS.items():
        page: Any = book.create_sheet(sheet)
        page.freeze_panes = "B2"
        rows = refused.get(sheet, ())
        reason = [build_text_cell(page, REASON, bold=True)] if rows else []
        page.append([*(build_text_cell(page, get_heading(sheet, each), bold=True) for each in fields), *reason])
        for line, faults in rows:
            why = "；".join(f"{get_heading(sheet, each['field'])} {each['detail']}".strip() for each in faults)
            page.append([*(build_text_cell(page, line.get_text(each)) for each in fields), build_text_cell(page, why)])
    return save_workbook(book)
