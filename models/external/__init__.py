"""Systems outside the bureau, one file each: whoever defines a System in a module here has connected it, once it has an address."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from law.discovery import discover
from models.outside import System


@cache
def get_systems() -> Mapping[str, System]:
    """Every outside system by its id; two of one id is a ValueError."""
    found: dict[str, System] = {}
    for system in discover(__name__, System):
        if found.setdefault(system.id, system) is not system:
            raise ValueError(f"two systems are called {system.id}")
    return MappingProxyType(found)
