"""The sources of the pages keep the rules of the house."""

import re
from pathlib import Path

import pytest

from operations.web_tools import check
from tests.tables import table

SOURCES = Path(__file__).parents[2] / "web/src"
FILES = sorted(file for file in SOURCES.rglob("*") if file.suffix in (".ts", ".tsx", ".css") and file.name != "contract.d.ts")
LARGEST = 400
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "shared", "base", "manager", "service", "services", "misc", "lib"}

every_file = table("file", FILES, ids=lambda file: str(file.relative_to(SOURCES)))


@every_file
def test_no_file_is_too_long_to_be_read(file: Path) -> None:
    assert len(file.read_text("utf-8").splitlines()) <= LARGEST


@every_file
def test_names_say_what_they_are(file: Path) -> None:
    assert not {part.lower() for part in file.relative_to(SOURCES).with_suffix("").parts} & SAYS_NOTHING


@every_file
def test_nothing_comes_from_another_host_and_no_code_is_made_of_text(file: Path) -> None:
    text = file.read_text("utf-8")
    assert re.findall(r"https?://(?!www\.w3\.org/)[^\s\"'`]+", text) == []
    assert re.findall(r"\beval\(|new Function\(|dangerouslySetInnerHTML", text) == []


def _imported(file: Path) -> set[Path]:
    """The files of ours that a file imports, at once or later."""
    named = re.findall(r"""(?:from|import|import\()\s*"@/([^"]+)\"""", file.read_text("utf-8"))
    return {each for name in named for each in (SOURCES / f"{name}.ts", SOURCES / f"{name}.tsx") if each in FILES}


def test_no_file_imports_itself_by_way_of_others() -> None:
    left = {file: _imported(file) for file in FILES}
    while leaves := {file for file, imports in left.items() if not imports & left.keys()}:
        left = {file: imports for file, imports in left.items() if file not in leaves}
    assert sorted(str(file.relative_to(SOURCES)) for file in left) == []


@pytest.mark.slow
@pytest.mark.parametrize("what", ["types", "lint", "test"])
def test_the_compiler_the_linter_and_the_unit_tests_have_nothing_to_say(what: str) -> None:
    check(what)
