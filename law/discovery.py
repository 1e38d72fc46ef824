"""What the modules of a package define, found by importing each of them: a new file needs no list to be entered in."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from types import ModuleType
from typing import TypeGuard, TypeVar

Found = TypeVar("Found")


def discover(package: str, of: type[Found]) -> Iterator[Found]:
    """Every object of that type that a module of the package holds under a name, each once, in the order of the files."""
    found = dict[int, Found]()
    for module in list_modules(package):
        for value in vars(module).values():
            if isinstance(value, of):
                found.setdefault(id(value), value)
    yield from found.values()


def discover_types(package: str, under: type[Found]) -> Iterator[type[Found]]:
    """Every class without abstract methods under that one which a module of the package defines, in the order of the files."""
    for module in list_modules(package):
        for value in vars(module).values():
            if _is_under(value, under) and value.__module__ == module.__name__ and not inspect.isabstract(value):
                yield value


def _is_under(value: object, under: type[Found]) -> TypeGuard[type[Found]]:
    return isinstance(value, type) and issubclass(value, under)


def list_modules(package: str) -> Iterator[ModuleType]:
    """Every module of the package, imported, in the order of the files."""
    path = importlib.import_module(package).__path__
    for name in sorted(each.name for each in pkgutil.iter_modules(path)):
        yield importlib.import_module(f"{package}.{name}")
