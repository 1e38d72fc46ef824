"""The digest by which a row of table `clock` is held against the entry that wrote it: every column that a step alone may change. Pure."""

from collections.abc import Mapping
from typing import Any

from law.instants import read
from models.journal import format_canonical, hash_sm3

# What a step writes and nothing else does: the unit and the officer move with people, colours with the hour, names with an edition of ours.
_COLUMNS = ("basis", "date_only", "liberty", "state", "calendar", "at_expiry", "edition", "reasons", "rungs")
_INSTANTS = ("started_at", "due_at", "ended_at", "overrun_due_at", "overrun_until", "overrun_entered_at")


def compute_clock_digest(row: Mapping[str, Any]) -> str:
    """The SM3 digest, in hexadecimal, of what a row says; the row as JSON, whoever wrote it."""
    values = {name: row[name] for name in _COLUMNS} | {name: _format_instant(row[name]) for name in _INSTANTS}
    return hash_sm3(format_canonical(values).encode()).hex()


def _format_instant(value: Any) -> Any:
    try:
        return read(value).timestamp() if isinstance(value, str) else value
    except ValueError:
        return value
