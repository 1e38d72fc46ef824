"""What `louke due --jsonl` costs a line, beside a bare addition of days to a date that reads and writes the same JSON."""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from law.calendar import SHANGHAI
from law.lengths import IMMEDIATE, Length
from law.time_limits import get_limits
from models.store.mappers import build_calendar
from operations.law.asking import answer_lines

_LINES = 100_000
# Lines by turns, so that a busy moment of the machine falls on both sides.
_TURN = 5_000
_FIRST = datetime(2025, 1, 6, 8, tzinfo=SHANGHAI)


def calculator() -> list[str]:
    """Lines of the report: every limit by turns, each from another minute."""
    lines = list(islice(_questions(), _LINES))
    calendar = build_calendar(())
    sides: dict[str, Callable[[Iterable[bytes]], Iterator[bytes]]] = {
        "bare": _bare,
        "due": lambda some: answer_lines(some, calendar),
    }
    took = dict.fromkeys(sides, 0.0)
    for first in range(0, _LINES, _TURN):
        for name, side in sides.items():
            began = time.perf_counter()
            size = sum(map(len, side(lines[first : first + _TURN])))
            took[name] += time.perf_counter() - began
            if not size:
                raise RuntimeError(f"{name} answered nothing")
    bare, product = took["bare"], took["due"]
    return [
        f"due --jsonl, {_LINES:,} lines: {_LINES / product:,.0f}/s ({product / _LINES * 1e6:.0f} µs a line), "
        f"bare date addition {_LINES / bare:,.0f}/s ({bare / _LINES * 1e6:.1f} µs), ratio {product / bare:.1f}"
    ]


def _questions() -> Iterator[bytes]:
    known = [limit for limit in get_limits().values() if limit.starts_on]
    for n in range(_LINES):
        start = _FIRST + timedelta(minutes=7 * n)
        yield json.dumps({"limit": known[n % len(known)].id, "start": start.isoformat()}).encode() + b"\n"


def _bare(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The figure added to the start, with no law about it."""
    figures = {limit.id: _whole(limit.editions[0].bases[0].length or IMMEDIATE) for limit in get_limits().values()}
    for line in lines:
        question = json.loads(line)
        due = datetime.fromisoformat(question["start"]) + figures[question["limit"]]
        yield json.dumps({"due": due.isoformat()}).encode() + b"\n"


def _whole(length: Length) -> timedelta:
    return timedelta(days=30 * length.months + length.days + length.working_days, minutes=length.minutes)
