"""A penalty read from the words of its notice."""

import pytest

from models.penalties import Announced, describe_penalty, find_heavier_field, parse_announced, parse_number


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("行政拘留五日并处罚款二百元", (5, 200)),
        ("拟处罚款四千五百元", (0, 4500)),
        ("罚款500元", (0, 500)),
        ("拘留十五日", (15, 0)),
        ("警告", (0, 0)),
        ("行政拘留，并处罚款1,000元", (None, 1000)),
    ],
)
def test_a_notice_announces_days_and_yuan(words: str, figures: tuple[int | None, int | None]) -> None:
    assert parse_announced(words) == Announced(*figures)


def test_words_that_name_no_penalty_announce_nothing() -> None:
    assert parse_announced("详见告知笔录") is None


@pytest.mark.parametrize(
    ("text", "number"), [("十", 10), ("二十", 20), ("一万二千", 12000), ("两百零五", 205), ("叁佰", 300), ("若干", None)]
)
def test_chinese_numbers_are_read(text: str, number: int | None) -> None:
    assert parse_number(text) == number


def test_which_part_of_a_decision_is_heavier_than_its_notice() -> None:
    notice = Announced(5, 200)
    assert [find_heavier_field(notice, *said) for said in ((5, 200), (5, 0), (6, 200), (5, 201))] == [
        "",
        "",
        "detention_days",
        "fine_yuan",
    ]
    assert find_heavier_field(Announced(None, 0), 10, 0) == ""
    assert [describe_penalty(5, 200), describe_penalty(0, 0)] == ["行政拘留5日并处罚款200元", "警告"]
