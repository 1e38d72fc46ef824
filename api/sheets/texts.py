"""Parsing text files: CSV in the encodings that Chinese programs write, and HTML pages that were saved with the extension xls."""

import csv
import io
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import islice

from api.sheets.cells import HEADINGS_WITHIN, MOST_COLUMNS, MOST_ROWS, RowReader, Table, Unreadable, build_cell
from models.ledgers.cells import Cell

_LAST_ROW = MOST_ROWS + HEADINGS_WITHIN + 2
_UNSUPPORTED = "只接受 Excel(xlsx、xls)、OpenDocument(ods)或者 CSV 文件"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# How many characters are searched for the markers of HTML and of the XML format of Excel 2003.
_SNIFFED = 4000
_LONGEST_HTML_CELL = 40_000


def parse_text(data: bytes) -> list[Table]:
    """The single table of a CSV file or of an HTML page. Raises Unreadable."""
    text = _decode(data)
    beginning = text[:_SNIFFED].lower()
    if "<workbook" in beginning and "urn:schemas-microsoft-com:office:spreadsheet" in beginning:
        raise Unreadable("这是 XML 电子表格（2003），请在 Excel 中打开后另存为 xlsx")
    if beginning.lstrip().startswith("<") and ("<table" in text.lower()):
        return [Table("网页表格", RowReader().take(islice(_parse_html(text), _LAST_ROW)))]
    return [Table("CSV", RowReader().take(_parse_csv(text)))]


def _parse_csv(text: str) -> Iterator[list[Cell]]:
    first, _, _ = text.partition("\n")
    delimiter = max(",\t;,", key=first.count)
    if not first.count(delimiter):  # the first line is a title, without delimiters
        delimiter = max(",\t;,", key=text[:_SNIFFED].count)
    try:
        for line in islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), _LAST_ROW):
            yield [build_cell(each) for each in line[:MOST_COLUMNS]]
    except csv.Error:
        raise Unreadable("CSV 文件的引号不成对，或者一格过长") from None


def _decode(data: bytes) -> str:
    encodings = ("utf-16",) if data.startswith(_UTF16) else _find_unmarked_utf16(data) or ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.strip() and "\0" not in text:
            return text
    raise Unreadable(_UNSUPPORTED)


def _find_unmarked_utf16(data: bytes) -> tuple[str, ...]:
    """UTF-16 without its mark: of digits, delimiters and line ends one half is zero, and no other encoding has a zero."""
    zeros = data[1::2].count(0), data[::2].count(0)
    return () if not any(zeros) else ("utf-16-le",) if zeros[0] > zeros[1] else ("utf-16-be",)


def _parse_html(text: str) -> Iterator[list[Cell]]:
    page = _TableParser()
    page.feed(text)
    page.close()
    page.end_row()
    for row in page.rows:
        yield [build_cell(each) for each in row[:MOST_COLUMNS]]


def _parse_span(said: str | None, most: int) -> int:
    return min(max(int(said), 1), most) if said and said.isdecimal() else 1


class _TableParser(HTMLParser):
    """Collects the rows of all tables of a page. A cell that spans several rows is read in each, one that spans columns in the first of them.

    As browsers do, it takes a cell as ended where the next cell or row begins.
    """

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._cell: list[str] | None = None
        self._length = 0
        # How many rows from this one on a cell of an earlier row takes the column, and what it says there.
        self._taken: dict[int, tuple[int, str]] = {}
        # Whether a cell of this row's own says anything.
        self._says = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()
        if tag == "table":
            self.end_row()
            self._taken = {}
        elif tag == "tr" and len(self.rows) <= _LAST_ROW:
            self.end_row()
            self.rows.append([])
            self._taken = {column: (left - 1, said) for column, (left, said) in self._taken.items() if left > 1}
            self._says = False
        elif tag in ("td", "th") and self.rows:
            said = dict(attrs)
            self._cell, self._length = [], 0
            self._columns, self._rows = (
                _parse_span(said.get(name), most) for name, most in (("colspan", MOST_COLUMNS), ("rowspan", _LAST_ROW))
            )
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()

    def end_row(self) -> None:
        """Add what spans into the row behind its last cell; a row in which nothing else stands stays empty, as in workbooks."""
        row = self.rows[-1] if self.rows else []
        for column in sorted(each for each in self._taken if each >= len(row)):
            row += [*[""] * (column - len(row)), self._taken[column][1]]
        if not self._says:
            row.clear()

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        row = self.rows[-1]
        while len(row) in self._taken and len(row) < MOST_COLUMNS:
            row.append(self._taken[len(row)][1])
        ends = min(len(row) + self._columns, MOST_COLUMNS)
        if len(row) < ends:
            said = ["".join(self._cell).strip(), *[""] * (ends - len(row) - 1)]
            self._says = self._says or bool(said[0])
            if self._rows > 1:
                # Its own row counts too: as the next row begins, one is taken away.
                self._taken |= {column: (self._rows, each) for column, each in enumerate(said, start=len(row))}
            row += said
        self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None and self._length < _LONGEST_HTML_CELL:
            self._cell.append(data)
            self._length += len(data)
