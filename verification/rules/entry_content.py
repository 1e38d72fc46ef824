"""What an entry says, read as it may have been left by whoever altered it: nothing of it need be well-formed. Pure."""

from collections.abc import Callable, Iterable
from typing import Any

from law.instants import read

Told = tuple[int, dict[str, Any]]
"""What an entry says of one row, and at which position."""
Heirs = Callable[[str], Iterable[str]]
"""Somebody, and all who may stand in for them since they left."""


def dicts(value: Any) -> list[dict[str, Any]]:
    """Those members of a list that have members themselves; none where it is no list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def members(value: Any) -> dict[str, Any]:
    """Its members; none where it has none."""
    return value if isinstance(value, dict) else {}


def instant(value: Any) -> Any:
    """The instant that a text says; what it is, where it says none."""
    try:
        return read(value) if isinstance(value, str) else value
    except ValueError:
        return value


def second(value: Any) -> Any:
    """The same to the second, as some tables keep it."""
    at = instant(value)
    return at.replace(microsecond=0) if hasattr(at, "replace") and not isinstance(at, str) else at
