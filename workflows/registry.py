"""The kinds of matter and their lifecycles, found by walking this folder: a new one needs no list to be entered in."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from law.discovery import discover_types
from models.matter import Kind
from workflows.lifecycle import Lifecycle


@cache
def lifecycles() -> Mapping[Kind, type[Lifecycle]]:
    """The lifecycle of each kind of matter; TypeError where two claim the same kind."""
    found: dict[Kind, type[Lifecycle]] = {}
    for life in discover_types("workflows", Lifecycle):
        if "kind" in vars(life) and found.setdefault(life.kind, life) is not life:
            raise TypeError(f"two lifecycles claim {life.kind}")
    return MappingProxyType({kind: found[kind] for kind in Kind if kind in found})
