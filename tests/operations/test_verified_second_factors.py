"""Whether `louke verify` sees a second factor that counts by a word which nobody gave."""

import pytest

from verification.rules.second_factors import VouchedFactors

UNPROVED = ["第二因素表与日志不一致：wang 的动态口令由谁当面核实"]
GONE = ["第二因素表缺少日志所载的动态口令：wang"]


def told(*steps: str) -> VouchedFactors:
    """What these entries tell of one officer's factor, in a bureau where somebody else's was vouched for before."""
    factors = VouchedFactors()
    for step, username in (("enrol", "lei"), ("first", "lei"), *((step, "wang") for step in steps), ("spoilt", 7)):
        factors.apply({"step": f"{step}-second-factor", "username": username})
    return factors


@pytest.mark.parametrize(
    ("steps", "word", "differences"),
    [
        (("enrol",), None, []),
        (("enrol", "vouch"), "met", []),
        (("enrol", "founding"), "founding", []),
        (("enrol", "founding", "vouch"), "met", []),
        (("enrol", "vouch", "drop", "enrol"), None, []),
        # Somebody wrote into the table what no supervisor said.
        (("enrol",), "met", UNPROVED),
        (("enrol",), "before", UNPROVED),
        (("enrol", "founding"), "met", UNPROVED),
        (("enrol", "vouch"), None, UNPROVED),
        (("enrol", "vouch", "drop", "enrol"), "met", UNPROVED),
        (("enrol", "vouch", "drop"), "met", ["第二因素表有日志记载已经停用的动态口令：wang"]),
        ((), "met", ["第二因素表有日志没有依据的动态口令：wang"]),
    ],
)
def test_a_second_factor_counts_by_the_word_that_the_journal_tells(
    steps: tuple[str, ...], word: str | None, differences: list[str]
) -> None:
    assert [*told(*steps).compare({"lei": "first", "wang": word})] == differences


def test_a_second_factor_that_was_deleted_is_missed() -> None:
    assert [*told("enrol", "vouch").compare({"lei": "first"})] == GONE
    assert [*told("enrol", "vouch", "drop").compare({"lei": "first"})] == []


def test_what_was_in_use_before_anybody_was_vouched_for_counts_without_an_entry() -> None:
    factors = VouchedFactors()
    factors.apply({"step": "enrol-second-factor", "username": "wang"})
    assert [*factors.compare({"wang": "before"})] == []
    factors.apply({"step": "first-second-factor", "username": "lei"})
    assert [*factors.compare({"wang": "before", "lei": "first"})] == []
