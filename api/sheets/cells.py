"""The tables that parsing a file gives, and the bounds on how much is parsed. Imports little, because each file is parsed by a new process."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from models.ledgers.cells import Cell

# More incidents than a county has in a day. Larger ledgers are uploaded in parts. Titles and headings come on top.
MOST_ROWS = 2000
HEADINGS_WITHIN = 10
MOST_COLUMNS = 100
# Sheets that are read of one file.
MOST_TABLES = 20
# Characters: Excel's own limit for a cell, and enough for 2,000 rows with a long narrative each.
LONGEST_CELL = 32_767
MOST_CHARACTERS = 8_000_000
# How many characters of an unusable cell are shown to the user.
ECHOED = 60


class Unreadable(Exception):
    """The file is not a table, or its format is not supported. The message is shown to the user."""


class TooLarge(Exception):
    """The file exceeds the bounds above. The message is shown to the user."""


@dataclass(slots=True)
class Table:
    """A table: its name, its non-empty rows with their row numbers in the file, and whether its serial dates count from 1904 instead of 1900."""

    name: str
    rows: list[tuple[int, list[Cell]]] = field(default_factory=list[tuple[int, list[Cell]]])
    since_1904: bool = False


class RowReader:
    """Takes the rows of one file and stops at the bounds, whatever the file contains."""

    def __init__(self) -> None:
        """Start with nothing read."""
        self._characters = 0

    def take(self, lines: Iterable[list[Cell]]) -> list[tuple[int, list[Cell]]]:
        """The non-empty rows of a sheet with their row numbers. Slightly more than MOST_ROWS, so that the caller can tell that there are too many.

        TooLarge once the sheets together exceed MOST_CHARACTERS.
        """
        rows: list[tuple[int, list[Cell]]] = []
        for n, cells in enumerate(lines, start=1):
            self._characters += sum(len(each.text) for each in cells)
            if self._characters > MOST_CHARACTERS:
                raise TooLarge(f"表格内容过多：一次至多读取{MOST_CHARACTERS // 10_000}万个字符，请分成几个文件")
            if any(each.text for each in cells):
                rows.append((n, cells))
            if len(rows) > MOST_ROWS + HEADINGS_WITHIN:
                break
        return rows


def build_cell(value: object) -> Cell:
    """The cell for a value that openpyxl or calamine has read."""
    if isinstance(value, str):
        return Cell(value.strip()) if len(value) <= LONGEST_CELL else Cell(value[:ECHOED], f"一格超过{LONGEST_CELL}个字符")
    if isinstance(value, (bool, int, float, datetime, date)):
        return Cell(value)
    if isinstance(value, (time, timedelta)):
        return Cell(str(value))
    return Cell(None if value is None else str(value)[:LONGEST_CELL])
