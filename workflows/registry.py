"""The kinds of matter and their lifecycles, found by walking this folder: a new one needs no list to be entered in."""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import workflows
from models.matter import Kind
from workflows.lifecycle import Lifecycle


@cache
def lifecycles() -> Mapping[Kind, type[Lifecycle]]:
    """The lifecycle of each kind of matter; TypeError where two claim the same kind."""
    found: dict[Kind, type[Lifecycle]] = {}
    for module in sorted(each.name for each in pkgutil.iter_modules(workflows.__path__)):
        for value in vars(importlib.import_module(f"workflows.{module}")).values():
            is_lifecycle = isinstance(value, type) and issubclass(value, Lifecycle) and "kind" in vars(value)
            if is_lifecycle and found.setdefault(value.kind, value) is not value:
                raise TypeError(f"two lifecycles claim {value.kind}")
    return MappingProxyType({kind: found[kind] for kind in Kind if kind in found})
