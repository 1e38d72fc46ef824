"""The subprocess that parses one file (`python -m api.sheets.reader`): reads it from stdin, writes its tables to stdout as JSON.

`api/sheets/reading.py` kills it when the client disconnects.
"""

import json
import sys
from datetime import date, datetime

from api.parsing_apart import limit_resources
from api.sheets.cells import Table, TooLarge, Unreadable
from models.ledgers.cells import Cell

# Seconds of CPU and bytes of address space. Two thousand rows take a second or two.
MAX_CPU_S, MAX_MEMORY = 20, 1_500_000_000
Dumped = str | int | float | bool | dict[str, str] | None


def parse_tables(data: bytes) -> list[Table]:
    """Parse a file of any supported format, recognised by its content. Raises Unreadable or TooLarge."""
    from api.sheets.texts import parse_text
    from api.sheets.workbooks import OLE_SIGNATURE, ZIP_SIGNATURE, parse_archive, parse_with_calamine

    if data.startswith(ZIP_SIGNATURE):
        return parse_archive(data)
    return parse_with_calamine(data) if data.startswith(OLE_SIGNATURE) else parse_text(data)


def dump_tables(tables: list[Table]) -> str:
    """Serialise tables as JSON for the parent process."""
    return json.dumps(
        [[each.name, each.since_1904, [[n, [_dump_cell(cell) for cell in cells]] for n, cells in each.rows]] for each in tables]
    )


def load_tables(text: str) -> list[Table]:
    """The inverse of `dump_tables`."""
    return [
        Table(name, [(n, [_load_cell(cell) for cell in cells]) for n, cells in rows], since_1904)
        for name, since_1904, rows in json.loads(text)
    ]


def _dump_cell(cell: Cell) -> Dumped:
    if cell.odd:
        return {"odd": cell.odd, "text": cell.text}
    if isinstance(cell.value, datetime):
        return {"at": cell.value.isoformat()}
    return {"on": cell.value.isoformat()} if isinstance(cell.value, date) else cell.value


def _load_cell(dumped: Dumped) -> Cell:
    if not isinstance(dumped, dict):
        return Cell(dumped)
    if "odd" in dumped:
        return Cell(dumped["text"], dumped["odd"])
    return Cell(datetime.fromisoformat(dumped["at"]) if "at" in dumped else date.fromisoformat(dumped["on"]))


def main() -> None:
    """Parse the file on stdin; write its tables, or the reason for refusing it, to stdout."""
    limit_resources(MAX_CPU_S, MAX_MEMORY)
    try:
        answer = {"tables": dump_tables(parse_tables(sys.stdin.buffer.read()))}
    except Unreadable as why:
        answer = {"unreadable": str(why)}
    except (TooLarge, MemoryError) as why:
        answer = {"too_much": str(why)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
