"""Records of decisions: the list of them, their status, and what changes what."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

FOLDER = Path(__file__).parents[2] / "docs" / "decisions"


class Change(NamedTuple):
    """Another record, as a link, and what of it is changed or changes this one."""

    verb: str
    number: int
    file: str
    what: str

    def __str__(self) -> str:
        return f"{self.verb} [{self.number}]({self.file}): {self.what}"


class Record(NamedTuple):
    """A record: its number, file and title, and what its status says of others."""

    number: int
    file: str
    title: str
    changes: tuple[Change, ...]


def read(path: Path) -> Record:
    text = path.read_text(encoding="utf-8")
    heading = re.match(r"# (\d+)\. (.+)\n", text)
    status = re.search(r"\n## Status\n\nIn force since \d{4}-\d\d-\d\d\.(.*)\Z", text, re.DOTALL)
    assert heading, f"{path.name} begins with its number and title"
    assert status, f"{path.name} ends with its status: “In force since …”"
    links = [
        Change(verb, int(number), file, what)
        for verb in ("Changes", "Changed by")
        for number, file, what in re.findall(rf"{verb} \[(\d+)\]\((\d{{4}}-[a-z0-9-]+\.md)\): ([^.]+)\.", status[1])
    ]
    assert all(int(each.file[:4]) == each.number for each in links), path.name
    return Record(int(heading[1]), path.name, heading[2], tuple(links))


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return [read(path) for path in sorted(FOLDER.glob("0*.md"))]


def test_records_are_numbered_without_a_gap(records: list[Record]) -> None:
    assert [(each.number, int(each.file[:4])) for each in records] == [(n, n) for n in range(1, len(records) + 1)]


def test_a_record_that_changes_another_is_named_by_it(records: list[Record]) -> None:
    changes = {(new.file, each.file, each.what) for new in records for each in new.changes if each.verb == "Changes"}
    changed = {(each.file, old.file, each.what) for old in records for each in old.changes if each.verb == "Changed by"}
    assert changes == changed
    assert all(new > old for new, old, _ in changes)


def test_the_list_of_records_says_of_each_what_it_says_itself(records: list[Record]) -> None:
    lines = []
    for record in records:
        said = "; ".join(f"{each}"[:1].lower() + f"{each}"[1:] for each in record.changes)
        lines.append(f"- [{record.number}. {record.title}]({record.file})" + (f" ({said})" if said else ""))
    listed = (FOLDER / "README.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in listed if line.startswith("- ")] == lines
