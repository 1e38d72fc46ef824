"""The two sheets of a ledger of open cases, cases and suspects: finding them in an uploaded file, and writing the template or refused rows."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from openpyxl import Workbook

from api.http_io import invalid
from api.schemas.case_ledgers import Mends, SheetRead
from api.sheets.cells import Table
from api.sheets.uploads import rows_below
from api.xlsx import saved, text_cell
from models.bulk_intake import REASON
from models.ledgers import headings
from models.ledgers.case_words import CASE_VOCABULARY, CASES, SUSPECT_VOCABULARY, SUSPECTS
from models.ledgers.cells import Cell
from models.ledgers.headings import Headings
from models.ledgers.open_cases import CASE_SHEET, SUSPECT_SHEET
from models.ledgers.past_steps import Fault, Line
from models.ledgers.words import Vocabulary

_NEEDED = {CASE_SHEET: frozenset({"case_number", "charge"}), SUSPECT_SHEET: frozenset({"case_number", "name"})}
_VOCABULARIES: Mapping[str, Vocabulary] = {CASE_SHEET: CASE_VOCABULARY, SUSPECT_SHEET: SUSPECT_VOCABULARY}
_FIELDS: Mapping[str, tuple[str, ...]] = {CASE_SHEET: tuple(CASES), SUSPECT_SHEET: tuple(SUSPECTS)}


class Sheets(NamedTuple):
    """The rows of both sheets, and which tables they were read from."""

    cases: list[Line]
    suspects: list[Line]
    read: list[SheetRead]


def find_sheets(tables: Sequence[Table], mends: Mends) -> Sheets:
    """Find the rows of cases and of suspects, in two tables or in one that has both; `mends` replace cells.

    FormInvalid where no table has the headings of cases; it names the sheet and row that look most like headings.
    """
    rows = [each.rows for each in tables]
    cases = headings.find_headings(rows, _meanings(mends, CASE_SHEET), CASE_VOCABULARY, _NEEDED[CASE_SHEET])
    suspects = headings.find_headings(rows, _meanings(mends, SUSPECT_SHEET), SUSPECT_VOCABULARY, _NEEDED[SUSPECT_SHEET])
    if cases is None:
        sheet, row, seen = headings.guess_headings(rows)
        shown = "、".join(word[:20] for word in seen if word)[:300] or "没有文字"
        name = tables[sheet].name if tables else ""
        raise invalid("file", "missing-column", f"没有找到案件的表头（须有“案号”“罪名”）：读的是工作表“{name}”第{row}行：{shown}")
    if cases.repeated:
        raise invalid("file", "repeated-column", f"“{'”“'.join(cases.repeated)}”出现了两次")
    found = {CASE_SHEET: cases} | ({SUSPECT_SHEET: suspects} if suspects else {})
    lines = {name: _lines(name, tables, each, mends) for name, each in found.items()}
    if suspects and suspects.sheet == cases.sheet:
        lines[CASE_SHEET] = _first_row_of_each_case(lines[CASE_SHEET])
    read = [_describe(name, tables, each) for name, each in found.items()]
    return Sheets(lines[CASE_SHEET], lines.get(SUSPECT_SHEET, []), read)


def _meanings(mends: Mends, sheet: str) -> dict[str, str]:
    """The fields that the user assigned to headings of a sheet; FormInvalid for an unknown field."""
    said = mends.headings(sheet)
    if unknown := next((field for field in said.values() if field and field not in _FIELDS[sheet]), ""):
        raise invalid("mends", "unknown-field", f"{sheet}表没有“{unknown}”这一项")
    return said


def _lines(sheet: str, tables: Sequence[Table], found: Headings, mends: Mends) -> list[Line]:
    table = tables[found.sheet]
    mended = {(each.row, each.field): Cell(each.text.strip()) for each in mends.cells if each.sheet == sheet}
    lines: list[Line] = []
    for n, cells in rows_below(found, table):
        read = {name: cells[place] for place, name in found.columns.items() if place < len(cells)}
        read |= {name: cell for (row, name), cell in mended.items() if row == n and name in _FIELDS[sheet]}
        if any(each.text for each in read.values()):
            lines.append(Line(sheet, n, read, table.since_1904))
    return lines


def _first_row_of_each_case(lines: Sequence[Line]) -> list[Line]:
    """Where each row is a suspect and repeats the case: the first row of each case."""
    first: dict[str, Line] = {}
    for line in lines:
        first.setdefault(line.says("case_number"), line)
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
            "fields": [{"field": each, "zh": heading(sheet, each)} for each in _FIELDS[sheet]],
        }
    )


def heading(sheet: str, field: str) -> str:
    """The heading of a field."""
    return _VOCABULARIES[sheet].called.get(field, "")


def write_sheets(refused: Mapping[str, Sequence[tuple[Line, Sequence[Fault]]]]) -> bytes:
    """A workbook of both sheets with the refused rows and their reasons; without rows, the empty template."""
    book = Workbook(write_only=True)
    for sheet, fields in _FIELDS.items():
        page: Any = book.create_sheet(sheet)
        page.freeze_panes = "B2"
        rows = refused.get(sheet, ())
        reason = [text_cell(page, REASON, bold=True)] if rows else []
        page.append([*(text_cell(page, heading(sheet, each), bold=True) for each in fields), *reason])
        for line, faults in rows:
            why = "；".join(f"{heading(sheet, each['field'])} {each['detail']}".strip() for each in faults)
            page.append([*(text_cell(page, line.says(each)) for each in fields), text_cell(page, why)])
    return saved(book)
