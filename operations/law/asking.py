"""`louke due`: one question from the command line, or a stream of them, a line each, answered in constant memory."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from psycopg import Error

from law.calculator import answer_question
from law.calendar import Calendar
from law.freshness import describe_validity
from models.store.connection import read_all
from models.store.mappers import build_calendar
from models.store.statements import PUBLISHED
from runtime.database import connect
from runtime.settings import Settings

_EXCLUSION_PARTS = 3
# One encoder for all lines; json.dumps would make one for each.
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode


def load_calendar(settings: Settings, warn: Callable[[str], object]) -> Calendar:
    """The calendar everyone counts by; with a warning, and without published years, where the database is away."""
    if not settings.database_url:
        return build_calendar(())
    try:
        with connect(settings.database_url, "due") as connection:
            return build_calendar(read_all(connection, PUBLISHED))
    except (Error, OSError) as error:
        warn(f"数据库不可用，只按内置的放假安排计算：{error}")
        return build_calendar(())


def parse_excluded(text: str) -> dict[str, str]:
    """One time left out, as the command line writes it: reason, first and last instant, parted by spaces; ValueError if it is not."""
    parts = text.rsplit(maxsplit=_EXCLUSION_PARTS - 1)
    if len(parts) != _EXCLUSION_PARTS:
        raise ValueError(f"“{text}”须写作“精神病鉴定 2026-04-01 2026-04-21”")
    return dict(zip(("reason", "from", "to"), parts, strict=True))


def answer_lines(lines: Iterable[bytes], calendar: Calendar) -> Iterator[bytes]:
    """One line of JSON for each line asked, in the same order; a line that cannot be read is answered with its number."""
    for number, line in enumerate(lines, start=1):
        yield _ENCODE(_answer(line, number, calendar)).encode() + b"\n"


def add_law_date(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer with a sentence on when its law was last checked; a refusal unchanged."""
    return answer if "error" in answer else {**answer, "reasons": [*answer["reasons"], describe_validity()]}


def _answer(line: bytes, number: int, calendar: Calendar) -> dict[str, Any]:
    try:
        question = json.loads(line)
    except (ValueError, RecursionError):
        return _build_unreadable(f"第{number}行不是JSON")
    if not isinstance(question, dict):
        return _build_unreadable(f"第{number}行不是JSON对象")
    return add_law_date(answer_question(question, calendar))


def _build_unreadable(detail: str) -> dict[str, Any]:
    return {"error": {"type": "form-invalid", "detail": detail}}
