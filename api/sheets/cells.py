"""What is read of a file: its tables, each with its rows of cells; and how much of one is read. Pure, and light: a process of its own imports it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from models.ledgers.cells import Cell

# More rows than an evening of a county brings; whoever has more uploads them in parts. Titles and headings stand above them.
MOST_ROWS = 2000
HEADINGS_WITHIN = 10
MOST_COLUMNS = 100
# Of more tables in one file nobody keeps a ledger.
MOST_TABLES = 20
# What a cell of Excel holds; and what so many rows say in all, each with a long narrative.
LONGEST_CELL = 32_767
MOST_CHARACTERS = 8_000_000
# What is shown of a cell that nothing can be made of.
ECHOED = 60


class Unreadable(Exception):
    """The file is no table, or none that is read; bears a sentence."""


class TooMuch(Exception):
    """The file holds more than any ledger; bears a sentence."""


@dataclass(slots=True)
class Table:
    """A table: its name, its rows that are not empty, each with its number in the file, and from when Excel counts its days."""

    name: str
    rows: list[tuple[int, list[Cell]]] = field(default_factory=list[tuple[int, list[Cell]]])
    since_1904: bool = False


class Reckoning:
    """How much has been read of a file: whatever it looks like, nobody reads on beyond the bounds."""

    def __init__(self) -> None:
        """Nothing has been."""
        self._characters = 0

    def kept(self, lines: Iterable[list[Cell]]) -> list[tuple[int, list[Cell]]]:
        """The rows that are not empty, with their numbers: as many as a sheet may have, and some more for whoever says that there are too many."""
        rows: list[tuple[int, list[Cell]]] = []
        for n, cells in enumerate(lines, start=1):
            self._characters += sum(len(each.text) for each in cells)
            if self._characters > MOST_CHARACTERS:
                raise TooMuch(f"表格内容过多：一次至多读取{MOST_CHARACTERS // 10_000}万个字符，请分成几个文件")
            if any(each.text for each in cells):
                rows.append((n, cells))
            if len(rows) > MOST_ROWS + HEADINGS_WITHIN:
                break
        return rows


def cell_of(value: object) -> Cell:
    """A value as a library read it, as a cell."""
    if isinstance(value, str):
        return Cell(value.strip()) if len(value) <= LONGEST_CELL else Cell(value[:ECHOED], f"一格超过{LONGEST_CELL}个字符")
    if isinstance(value, (bool, int, float, datetime, date)):
        return Cell(value)
    if isinstance(value, (time, timedelta)):
        return Cell(str(value))
    return Cell(None if value is None else str(value)[:LONGEST_CELL])
