"""Whoever runs all tests waits for none of the longest at the end, nor for several that wait at once."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests.conftest import CENSUS, LONGEST, ROOT, WAITING, longest_first
from tests.tables import table


def of(file: str) -> Any:
    return SimpleNamespace(path=Path(file))


@table("processes", [1, 2, 3, 4])
def test_one_process_begins_with_those_that_wait_each_other_with_its_share_of_the_longest_and_no_test_is_lost(
    processes: int,
) -> None:
    items = [*map(of, ["test_a.py"] * 20), *map(of, [WAITING[1], *LONGEST[:3], WAITING[0]]), *map(of, ["test_z.py"] * 11)]
    left = longest_first(items, processes)
    assert sorted(map(id, left)) == sorted(map(id, items))
    begun = list[str]()
    for n in range(processes):  # as pytest-xdist deals them
        share = len(left) // (processes - n)
        begun.append(left[0].path.name)
        del left[:share]
    assert begun == [WAITING[0], *LONGEST[: processes - 1]]


def test_every_file_that_is_named_is_there() -> None:
    assert {*WAITING, *LONGEST, *CENSUS} <= {file.name for file in (ROOT / "tests").rglob("test_*.py")}
