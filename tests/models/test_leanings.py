"""How those who score lean: over the latest twenty files, and notable only where that is much."""

import pytest

from models.reviews.leanings import LATEST, BothSeats, Leaning, compute_leanings
from models.reviews.results import Outcome, group_by_unit


def files(many: int, first: float = 90, second: float = 80) -> list[BothSeats]:
    return [BothSeats(f"PC{n}", "wuhaoran", "kongfanlin", first, second) for n in range(many)]


def find(found: list[Leaning], reviewer: str, beside: str = "") -> Leaning:
    return next(each for each in found if (each.reviewer, each.beside) == (reviewer, beside))


def test_whoever_gives_more_than_the_other_seat_leans_up_and_the_other_down() -> None:
    found = compute_leanings(files(LATEST))
    assert (find(found, "wuhaoran").mean, find(found, "kongfanlin").mean) == (10, -10)
    assert find(found, "kongfanlin", "wuhaoran").mean == -10
    assert all(each.notable for each in found)


@pytest.mark.parametrize(("many", "second"), [(LATEST - 1, 80.0), (LATEST, 82.0)])
def test_of_few_files_or_a_little_nothing_is_notable(many: int, second: float) -> None:
    assert not any(each.notable for each in compute_leanings(files(many, second=second)))


def test_only_the_latest_files_count() -> None:
    assert find(compute_leanings([*files(LATEST, second=90), *files(30)]), "wuhaoran").mean == 0


def test_the_mean_of_few_files_has_a_wide_interval_and_of_many_a_narrow_one() -> None:
    (few,) = group_by_unit(Outcome("chengguan", "incident", 90, "excellent", (), ()) for _ in range(3))
    (many,) = group_by_unit(Outcome("chengguan", "incident", 90, "excellent", (), ()) for _ in range(300))
    assert few.low < many.low < 90 < many.high < few.high
    assert few.high - few.low > 25
