"""The process that reads one file (`python -m api.sheets.reader`): the file comes in, its tables go out, and it ends at its bounds.

A file of a few bytes can be the work of hours or more memory than there is, whichever of its parts is made so. Here it costs this process
alone, which has so many seconds and so much memory, and is ended when whoever asked has left.
"""

import json
import sys
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from api.sheets.cells import Table, TooMuch, Unreadable
from models.ledgers.cells import Cell

# Two thousand rows take a second or two.
SECONDS, MEMORY = 20, 1_500_000_000


def tables_of(data: bytes) -> list[Table]:
    """The tables of a file, whatever it is written in; Unreadable, TooMuch."""
    from api.sheets.texts import of_text
    from api.sheets.workbooks import OLD_EXCEL, PACKED, of_calamine, of_packed

    if data.startswith(PACKED):
        return of_packed(data)
    return of_calamine(data) if data.startswith(OLD_EXCEL) else of_text(data)


def written(tables: list[Table]) -> str:
    """Tables as they go from one process to the other."""
    return json.dumps(
        [[each.name, each.since_1904, [[n, [_said(cell) for cell in cells]] for n, cells in each.rows]] for each in tables]
    )


def read_back(text: str) -> list[Table]:
    """Such tables as they come in."""
    return [
        Table(name, [(n, [_heard(cell) for cell in cells]) for n, cells in rows], since_1904)
        for name, since_1904, rows in json.loads(text)
    ]


def _said(cell: Cell) -> Any:
    if cell.odd:
        return {"odd": cell.odd, "text": cell.text}
    if isinstance(cell.value, datetime):
        return {"at": cell.value.isoformat()}
    return {"on": cell.value.isoformat()} if isinstance(cell.value, date) else cell.value


def _heard(said: Any) -> Cell:
    if not isinstance(said, dict):
        return Cell(said)
    if "odd" in said:
        return Cell(said["text"], said["odd"])
    return Cell(datetime.fromisoformat(said["at"]) if "at" in said else date.fromisoformat(said["on"]))


def _bound() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    with suppress(ValueError, OSError):  # a system that bounds no address space: the seconds bound it still
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main() -> None:
    """Read what comes in, and write what it says or why it is not read."""
    _bound()
    try:
        answer = {"tables": written(tables_of(sys.stdin.buffer.read()))}
    except Unreadable as why:
        answer = {"unreadable": str(why)}
    except (TooMuch, MemoryError) as why:
        answer = {"too_much": str(why)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
