"""Which room knows which, how large anything may grow, and what no file may be called."""

import ast
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from tests.house.source import AROUND, ROOF, ROOMS, ROOT, files, functions, imported, name_of, parsed
from tests.tables import table

# A file is about one thing, and nothing is cut to a count: beyond this many lines it gives its reason, in a comment that begins so.
FILE_LINES, REASON = 500, "# Long because "
FUNCTION_LINES = 40
NAMES_THAT_SAY_NOTHING = {"utils", "helpers", "common", "base", "manager", "service", "misc"}
# What would make a workflow slow to load, or let it touch the world.
HEAVY = (
    "sqlmodel",
    "sqlalchemy",
    "psycopg",
    "psycopg_pool",
    "fastapi",
    "httpx",
    "activities",
    "runtime",
    "api",
    "models.store.tables",
    "models.store.account_tables",
    "models.store.channel_tables",
    "models.store.document_tables",
    "models.store.trace_tables",
)

EVERYTHING = [*files(), *files(*AROUND)]


def test_the_floors_are_as_drawn() -> None:
    drawn = Path(sys.executable).with_name("lint-imports")
    kept = subprocess.run([drawn, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert kept.returncode == 0, kept.stdout


def test_every_room_has_a_floor_in_the_drawing() -> None:
    rooms = {each.parent.name for each in ROOT.glob("*/__init__.py")} - {"tests", "bench"}
    assert rooms <= set(ROOMS)
    contracts = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("[tool.importlinter]")[2]
    root_packages = contracts.partition("root_packages = ")[2].partition("\n")[0]
    assert {room for room in rooms if f'"{room}"' not in root_packages} <= {"migrations"}


@table("file", files("law"), ids=name_of)
def test_the_law_knows_the_standard_library_and_itself(file: Path) -> None:
    assert set(imported(file)) <= sys.stdlib_module_names | {"law"}


def loaded_by(program: str) -> set[str]:
    """The modules that a process has loaded after that."""
    program = f"import sys\n{program}\nprint(*sys.modules, sep='\\n')"
    return set(subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split())


def test_workflows_load_nothing_heavy() -> None:
    modules = loaded_by("import workflows.registry as r; r.get_lifecycles()")
    assert modules & set(HEAVY) == set()
    assert {"workflows.suspect", "temporalio.workflow", "pydantic"} <= modules


def test_a_command_loads_what_it_needs_when_it_is_given() -> None:
    modules = loaded_by("import cli")
    assert (
        modules & {"models.forms.form", "workflows.lifecycle", "temporalio", "sqlalchemy", "fastapi", "opentelemetry", "alembic"}
        == set()
    )
    assert {"typer", "runtime.settings"} <= modules


class LongFile(UserWarning):
    """A file is long, and does not say why."""


def is_long_without_a_reason(text: str) -> bool:
    return len(text.splitlines()) > FILE_LINES and REASON not in text


@pytest.mark.filterwarnings("always::tests.house.test_floors_and_sizes.LongFile")
def test_a_long_file_is_warned_of_until_it_gives_its_reason() -> None:
    lines = "x = 1\n" * FILE_LINES
    assert [is_long_without_a_reason(text) for text in (lines, lines + "x = 2\n", f"{REASON}it lists.\n{lines}")] == [
        False,
        True,
        False,
    ]
    for file in EVERYTHING:
        if is_long_without_a_reason(file.read_text(encoding="utf-8")):
            said = f"{name_of(file)} has more than {FILE_LINES} lines: is it about one thing? Then say why in a line “{REASON}…”."
            warnings.warn(LongFile(said), stacklevel=1)


def first_statement(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The line on which what the function does begins, after its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body or function.body)[0].lineno


@table("file", [file for file in EVERYTHING if "versions" not in file.parts], ids=name_of)
def test_no_function_is_too_long_but_for_migrations_which_are_lists(file: Path) -> None:
    # What it does is counted; its signature, which of a stage names all forms and targets, and its docstring are declarations.
    long = {each.name: (each.end_lineno or 0) - first_statement(each) + 1 for each in functions(file)}
    assert {name: lines for name, lines in long.items() if lines > FUNCTION_LINES} == {}


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [name_of(file) for file in EVERYTHING if file.stem in NAMES_THAT_SAY_NOTHING] == []


def test_the_worker_holds_no_logic_but_of_what_it_is_made() -> None:
    logic = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.Try, ast.Match)
    assert [node.lineno for node in ast.walk(parsed(ROOT / ROOF[1])) if isinstance(node, logic)] == []
