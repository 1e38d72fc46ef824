"""Whoever runs all tests waits for none of the longest at the end."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests.conftest import LONGEST, longest_first
from tests.tables import table


def of(file: str) -> Any:
    return SimpleNamespace(path=Path(file))


@table("processes", [1, 2, 3])
def test_each_process_begins_with_its_share_of_the_longest_and_no_test_is_lost(processes: int) -> None:
    items = [*map(of, ["test_a.py"] * 20), *map(of, LONGEST[:3]), *map(of, ["test_z.py"] * 11)]
    left = longest_first(items, processes)
    assert sorted(map(id, left)) == sorted(map(id, items))
    begun = list[str]()
    for n in range(processes):  # as pytest-xdist deals them
        share = len(left) // (processes - n)
        begun.append(left[0].path.name)
        del left[:share]
    assert begun == list(LONGEST[:processes])
