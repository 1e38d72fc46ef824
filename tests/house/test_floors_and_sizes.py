"""Which room knows which, how large anything may grow, and what no file may be called."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import AROUND, ROOF, ROOMS, ROOT, files, functions, imported, name_of

# A file is about one thing, and nothing is cut to a count: beyond this many lines it would have to give its reason.
FILE_LINES, FUNCTION_LINES = 500, 40
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


@pytest.mark.parametrize("file", files("law"), ids=name_of)
def test_the_law_knows_the_standard_library_and_itself(file: Path) -> None:
    assert set(imported(file)) <= sys.stdlib_module_names | {"law"}


def test_workflows_load_nothing_heavy() -> None:
    loaded = "import sys, workflows.registry as r; r.lifecycles(); print(*sys.modules, sep='\\n')"
    modules = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert set(modules) & set(HEAVY) == set()
    assert {"workflows.suspect", "temporalio.workflow", "pydantic"} <= set(modules)


@pytest.mark.parametrize("file", EVERYTHING, ids=name_of)
def test_no_file_is_too_long(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= FILE_LINES


@pytest.mark.parametrize("file", [file for file in EVERYTHING if "versions" not in file.parts], ids=name_of)
def test_no_function_is_too_long_but_for_migrations_which_are_lists(file: Path) -> None:
    long = {each.name: each.end_lineno - each.lineno + 1 for each in functions(file) if each.end_lineno}
    assert {name: lines for name, lines in long.items() if lines > FUNCTION_LINES} == {}


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [name_of(file) for file in EVERYTHING if file.stem in NAMES_THAT_SAY_NOTHING] == []


def test_the_roof_holds_no_logic_of_the_worker() -> None:
    assert len((ROOT / ROOF[1]).read_text(encoding="utf-8").splitlines()) <= 45
