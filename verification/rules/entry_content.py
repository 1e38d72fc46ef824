"""Reading the content of entries that somebody may have altered: nothing of it need be well-formed. Pure."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from law.instants import read

JournaledRow = tuple[int, dict[str, Any]]
"""What an entry says of one row, and at which position."""
Successors = Callable[[str], Iterable[str]]
"""Somebody, and all who took over from them (接手) since."""


def parse(content: str | None) -> dict[str, Any]:
    """The content of an entry; empty where it is no JSON object."""
    try:
        return get_dict(json.loads(content or ""))
    except ValueError:
        return {}


def list_of_dicts(value: Any) -> list[dict[str, Any]]:
    """The objects in a list; empty where the value is no list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def get_dict(value: Any) -> dict[str, Any]:
    """The value where it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def parse_instant(value: Any) -> Any:
    """The instant that a text says; the value itself where it says none."""
    try:
        return read(value) if isinstance(value, str) else value
    except ValueError:
        return value


def parse_to_second(value: Any) -> Any:
    """As `parse_instant`, cut to the second, as some tables keep it."""
    at = parse_instant(value)
    return at.replace(microsecond=0) if hasattr(at, "replace") and not isinstance(at, str) else at


def parse_instant_or_none(value: Any) -> datetime | None:
    """The instant that a text says; None where it says none."""
    at = parse_instant(value)
    return at if isinstance(value, str) and isinstance(at, datetime) else None


def list_successors(username: str, successors: Mapping[str, Iterable[str]]) -> set[str]:
    """Somebody, who took over from them, who took over from these, and so on."""
    found, fresh = {username}, {username}
    while fresh:
        fresh = {heir for each in fresh for heir in successors.get(each, ())} - found
        found |= fresh
    return found
