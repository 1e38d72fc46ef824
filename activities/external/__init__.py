"""Systems outside the bureau, one file each: whoever defines a System in a module here has connected it, once it has an address."""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from models.outside import System


@cache
def systems() -> Mapping[str, System]:
    """Every outside system by its id; two of one id is a ValueError."""
    found: dict[str, System] = {}
    for module in sorted(each.name for each in pkgutil.iter_modules(__path__)):
        for value in vars(importlib.import_module(f"{__name__}.{module}")).values():
            if isinstance(value, System) and found.setdefault(value.id, value) is not value:
                raise ValueError(f"two systems are called {value.id}")
    return MappingProxyType(found)
