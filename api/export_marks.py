"""Marks of what is taken away (水印): each exported file bears who took it and when, and a mark by which its entry in the journal is found."""

import re
import secrets
from datetime import datetime
from typing import NamedTuple

from models.access.scope import Person

MARK = re.compile(r"标识([0-9A-F]{12})")


class ExportMark(NamedTuple):
    """The mark of one export, and the line that stands on each printed page of it."""

    id: str
    words: str


def make_export_mark(person: Person, now: datetime) -> ExportMark:
    """A new mark for what this person takes away now."""
    id_ = secrets.token_hex(6).upper()
    unit = person.offices[0].unit.zh if person.offices else ""
    return ExportMark(id_, f"{unit} {person.zh}（{person.username}）{now:%Y-%m-%d %H:%M} 标识{id_}".strip())
