"""The house's own source, read for the rules that it keeps."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = (
    "law",
    "runtime",
    "models",
    "inspections",
    "verification",
    "watchdog",
    "activities",
    "workflows",
    "api",
    "operations",
    "partners",
    "seeds",
    "migrations",
)
ROOF = ("cli.py", "worker.py")
AROUND = ("bench", "tests")


def files(*folders: str) -> list[Path]:
    """Every Python file of those folders (and of the roof, where none is named)."""
    roof = [] if folders else [ROOT / name for name in ROOF]
    return roof + sorted(file for folder in folders or ROOMS for file in (ROOT / folder).rglob("*.py"))


@cache
def parsed(file: Path) -> ast.Module:
    """The file's syntax tree."""
    text = file.read_text(encoding="utf-8")
    try:
        return ast.parse(text, str(file))
    except SystemError:
        # Until Python 3.12 the parser counts its depth across threads, and takes another's for its own (python/cpython#106905).
        return ast.parse(text, str(file))


@cache
def nodes(file: Path) -> tuple[ast.AST, ...]:
    """Every node of the file's syntax tree, as `ast.walk` comes by it."""
    return tuple(ast.walk(parsed(file)))


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    for node in nodes(file):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


def imported(file: Path) -> Iterator[str]:
    """The top-level names that a file imports."""
    for node in nodes(file):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def name_of(file: Path) -> str:
    """How the file is called in the repository."""
    return str(file.relative_to(ROOT))
