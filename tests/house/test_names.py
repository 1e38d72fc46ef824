"""Functions are called for what they do: by a verb of the list, or by what is so where they answer yes or no."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.source import files, name_of, parsed
from tests.tables import table

VERBS = frozenset((Path(__file__).parent / "verbs.txt").read_text(encoding="utf-8").split())
# Constructors say of what, or from what, conversions to what; what checks a value says what it is, may, can or needs.
MADE = frozenset({"of", "from", "to", "is", "are", "has", "may", "can", "needs", "must"})
# What makes something of the function below it is called as that is: `@stage`, `@report`.
DECORATORS = frozenset({"fact", "hook", "inspection", "matter", "report", "stage", "upkeep"})
# The words in which a rule of law is written read as the rule does: `days(3)`, `before(…)`, `article(…)`.
DECLARATIONS = frozenset({"law/lengths.py", "law/ladders.py", "law/citations.py", "law/time_limits.py", "seeds/spans.py"})
# Names that somebody else gave: the standard library, typer, Temporal; and what is named by an id or told as a story.
GIVEN = frozenset({"fileno", "isatty", "readinto", "info", "warning", "error", "main", "main_loop", "shutdown", "law", "privacy"})
TOLD_AS_STORIES = ("seeds/chapters/",)
NAMED_BY_THEIR_ID = frozenset({"stage", "report", "command"})


def functions(body: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions of a module and the methods of its classes; what stands within a function is its own."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
        elif isinstance(node, ast.ClassDef):
            yield from functions(node.body)


def decorators(node: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    called = [each.func if isinstance(each, ast.Call) else each for each in node.decorator_list]
    return {ast.unparse(each).rpartition(".")[2] for each in called}


def says_what_it_does(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    name = node.name.strip("_")
    first = name.partition("_")[0]
    answers_yes_or_no = node.returns is not None and "bool" in ast.unparse(node.returns)
    given = node.name.startswith("__") or name in GIVEN | DECORATORS
    by_decorator = decorators(node) & {"property", "cached_property", "setter", *NAMED_BY_THEIR_ID}
    return bool(given or by_decorator or answers_yes_or_no or first in VERBS | MADE)


@table("file", [each for each in files() if not name_of(each).startswith(("migrations/", *TOLD_AS_STORIES))], ids=name_of)
def test_a_function_is_called_for_what_it_does(file: Path) -> None:
    if name_of(file) not in DECLARATIONS:
        assert [node.name for node in functions(parsed(file).body) if not says_what_it_does(node)] == []


def test_a_function_that_is_called_for_a_thing_is_found() -> None:
    code = "def sheet(): ...\nclass A:\n    def told(self): ...\n    def holds(self) -> bool: ...\n\ndef list_sheets(): ..."
    assert [node.name for node in functions(ast.parse(code).body) if not says_what_it_does(node)] == ["sheet", "told"]
