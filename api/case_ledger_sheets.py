"""The sheets of a ledger of open cases: the tables of a file as lines of cases and of suspects, and the rows that were refused, to be mended."""

import io
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from openpyxl import Workbook

from api.http_io import invalid
from api.import_files import text_cell
from api.schemas.case_ledgers import Mends, SheetRead
from api.sheets.cells import MOST_ROWS, Table
from models.bulk_intake import REASON
from models.ledgers import headings
from models.ledgers.case_words import CASE_VOCABULARY, CASES, SUSPECT_VOCABULARY, SUSPECTS
from models.ledgers.cells import Cell
from models.ledgers.headings import Headings
from models.ledgers.open_cases import CASE_SHEET, SUSPECT_SHEET
from models.ledgers.past_steps import Fault, Line
from models.ledgers.words import Vocabulary, is_foot
from models.problems import FormInvalid

_NEEDED = {CASE_SHEET: frozenset({"case_number", "charge"}), SUSPECT_SHEET: frozenset({"case_number", "name"})}
_OF: Mapping[str, Vocabulary] = {CASE_SHEET: CASE_VOCABULARY, SUSPECT_SHEET: SUSPECT_VOCABULARY}
_FIELDS: Mapping[str, tuple[str, ...]] = {CASE_SHEET: tuple(CASES), SUSPECT_SHEET: tuple(SUSPECTS)}


class Sheets(NamedTuple):
    """The lines of both sheets, and how they were read."""

    cases: list[Line]
    suspects: list[Line]
    read: list[SheetRead]


def sheets_of(tables: Sequence[Table], mends: Mends) -> Sheets:
    """The lines of cases and suspects, of one sheet each or of one that has both; FormInvalid with what was seen where there are no cases."""
    rows = [each.rows for each in tables]
    cases = headings.found(rows, None, CASE_VOCABULARY, _NEEDED[CASE_SHEET])
    suspects = headings.found(rows, None, SUSPECT_VOCABULARY, _NEEDED[SUSPECT_SHEET])
    if cases is None:
        sheet, row, seen = headings.likeliest(rows)
        shown = "、".join(word[:20] for word in seen if word)[:300] or "没有文字"
        name = tables[sheet].name if tables else ""
        raise invalid("file", "missing-column", f"没有找到案件的表头（须有“案号”“罪名”）：读的是工作表“{name}”第{row}行：{shown}")
    if cases.repeated:
        raise invalid("file", "repeated-column", f"“{'”“'.join(cases.repeated)}”出现了两次")
    found = {CASE_SHEET: cases} | ({SUSPECT_SHEET: suspects} if suspects else {})
    lines = {name: _lines(name, tables, each, mends) for name, each in found.items()}
    if suspects and suspects.sheet == cases.sheet:
        lines[CASE_SHEET] = _first_of_each(lines[CASE_SHEET])
    read = [_read(name, tables, each) for name, each in found.items()]
    return Sheets(lines[CASE_SHEET], lines.get(SUSPECT_SHEET, []), read)


def _lines(sheet: str, tables: Sequence[Table], found: Headings, mends: Mends) -> list[Line]:
    table = tables[found.sheet]
    under = [
        (n, cells) for n, cells in table.rows[found.after :] if not is_foot(next((each.text for each in cells if each.text), ""))
    ]
    if len(under) > MOST_ROWS:
        raise FormInvalid(errors=[{"field": "file", "rule": "too-many-rows", "detail": f"一次至多{MOST_ROWS}行，请分成几个文件"}])
    mended = {(each.row, each.field): Cell(each.text.strip()) for each in mends.cells if each.sheet == sheet}
    lines: list[Line] = []
    for n, cells in under:
        read = {name: cells[place] for place, name in found.columns.items() if place < len(cells)}
        read |= {name: cell for (row, name), cell in mended.items() if row == n and name in _FIELDS[sheet]}
        if any(each.text for each in read.values()):
            lines.append(Line(sheet, n, read, table.since_1904))
    return lines


def _first_of_each(lines: Sequence[Line]) -> list[Line]:
    """Of a sheet that says of each suspect which case it is: the first row of each case tells of the case."""
    first: dict[str, Line] = {}
    for line in lines:
        first.setdefault(line.says("case_number"), line)
    return list(first.values())


def _read(sheet: str, tables: Sequence[Table], found: Headings) -> SheetRead:
    passed = [word for place, word in enumerate(found.words) if word and place not in found.columns]
    return SheetRead.model_validate(
        {"sheet": sheet, "called": tables[found.sheet].name, "heading_row": found.row, "passed_over": passed}
    )


def heading(sheet: str, name: str) -> str:
    """What people call a column."""
    return _OF[sheet].called.get(name, "")


def written(refused: Mapping[str, Sequence[tuple[Line, Sequence[Fault]]]]) -> bytes:
    """A workbook of both sheets, to be filled in, or with the rows that were refused and the reason behind each."""
    book = Workbook(write_only=True)
    for sheet, fields in _FIELDS.items():
        page: Any = book.create_sheet(sheet)
        page.freeze_panes = "B2"
        rows = refused.get(sheet, ())
        page.append([text_cell(page, heading(sheet, each), bold=True) for each in fields] + _reason(page, rows))
        for line, faults in rows:
            why = "；".join(f"{heading(sheet, each['field'])} {each['detail']}".strip() for each in faults)
            page.append([*(text_cell(page, line.says(each)) for each in fields), text_cell(page, why)])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _reason(page: Any, rows: Sequence[object]) -> list[Any]:
    return [text_cell(page, REASON, bold=True)] if rows else []
