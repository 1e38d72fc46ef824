"""Messages and entries of before: what was stored without its origin, or without the kinds of the matters that it names, is read here.

The only place that reads inside a key or learns a kind from a number.
"""

import re
from collections.abc import Mapping
from typing import Any, cast

from pydantic import ValidationInfo

from models.matter import Kind
from models.origin import Origin

_OLD_KEY = re.compile(r"([^/]+)/([0-9]{1,9})/(?:([0-9]{1,9})|answer)(?:/told)?")


# Origins


def parse_old_key(key: str) -> Origin | None:
    """The origin of what was stored before origins were: until then only its key told. None: it came of no entry.

    Migration 0047 fills the rows of that time by the same pattern.
    """
    found = _OLD_KEY.fullmatch(key)
    return Origin(number=found[1], seq=int(found[2]), item=int(found[3]) if found[3] else None) if found else None


def add_origin(stored: Any, key: Any) -> Any:
    """A message as it was stored, with its origin, by its key where it is of before origins were."""
    if isinstance(stored, Mapping) and isinstance(key, str) and "origin" not in stored:
        return {**stored, "origin": parse_old_key(key)}
    return stored


def find_entry_origin(content: Mapping[str, Any]) -> Origin | None:
    """The origin that an entry keeps, by its key where it is of before origins were; pydantic's ValidationError where it was spoilt.

    What somebody handed in has a proof, and came of no entry.
    """
    if "origin" in content:
        return Origin.model_validate(content["origin"]) if content["origin"] is not None else None
    return None if "proof" in content or not isinstance(content.get("key"), str) else parse_old_key(content["key"])


def is_in_json(data: Any, info: ValidationInfo) -> bool:
    """Whether it comes from where it was stored: in JSON, as histories have it, and not from code."""
    return info.mode == "json" and isinstance(data, dict)


def add_outbox_origins(stored: Any, info: ValidationInfo) -> Any:
    """Read what was stored before commands said which entry promised them."""
    if info.mode != "json" or not isinstance(stored, list):
        return stored
    pairs = cast("list[Any]", stored)
    return [
        (pair[0], add_origin(pair[1], pair[0])) if isinstance(pair, list) and len(pair) == len(("key", "command")) else pair
        for pair in pairs
    ]


# Kinds


def parse_kind_of_old_number(number: str) -> Kind:
    """The kind of a matter in a message that was stored before kinds travelled beside numbers; ValueError if none is numbered so.

    Migration 0050 fills the rows of that time by the same beginnings.
    """
    for kind in Kind:
        if number.startswith(kind.prefix):
            return kind
    raise ValueError("no kind of matter is numbered like this")


def add_kind(data: Any, name: str) -> Any:
    """A message with the kind of the matter whose number stands in that field, where it was stored before it said one."""
    number = data.get(name) if isinstance(data, dict) else None
    if isinstance(number, str) and number and f"{name}_kind" not in data:
        return {**data, f"{name}_kind": parse_kind_of_old_number(number)}
    return data


def add_kinds(data: Any, *stored: Any) -> Any:
    """A message with the kinds of all matters whose numbers it stored in these lists, likewise."""
    if not isinstance(data, dict) or "kinds" in data:
        return data
    numbers = [number for each in stored if isinstance(each, (list, tuple)) for number in each if isinstance(number, str)]
    return {**data, "kinds": {number: parse_kind_of_old_number(number) for number in numbers}}


def find_member(data: Any, name: str) -> Any:
    """What a message stored under that name; None where it is no message, or stored nothing."""
    return data.get(name) if isinstance(data, dict) else None
