"""Finding a limit by what people call it."""

import pytest

from law.search import search, suggest_nearest
from law.time_limits import get_limits

SUBMIT = "criminal-detention-submit-for-arrest"


@pytest.mark.parametrize(
    "asked",
    [
        "提请审查批准逮捕",
        "提请批捕",
        "submit arrest",
        "SUBMIT-FOR-ARREST",
        "执行拘留 提请",
        "提请审查 拘留、逮捕与羁押",
        "CPL 91 提请审查",
        "刑事诉讼法第九十一条 提请审查",
        "《刑事诉讼法》第91条 提请审查",
        "刑诉法91条 提请审查",
        "第129条 submit",
    ],
)
def test_a_limit_is_found_by_name_article_phase_or_starting_fact(asked: str) -> None:
    assert [limit.id for limit in search(asked)] == [SUBMIT]


def test_an_article_finds_all_that_rest_on_it_and_nothing_that_rests_on_a_longer_number() -> None:
    assert {limit.id for limit in search("CPL 97")} == {"measure-change-application"}
    assert {limit.id for limit in search("PSAPL 97")} >= {"admin-summons-questioning", "admin-summons-family-notice"}
    assert "measure-change-application" not in {limit.id for limit in search("PSAPL 97")}


def test_a_limit_is_found_by_an_article_of_an_earlier_edition() -> None:
    assert "public-order-case-handling" in {limit.id for limit in search("治安管理处罚法第99条")}


def test_a_phase_finds_everything_in_it() -> None:
    assert len(search("涉案财物与证据保全")) == 15


def test_nothing_asked_finds_all_and_what_nobody_knows_finds_none() -> None:
    assert search("  ") == tuple(get_limits().values())
    assert search("zzz") == search("CPL 9999") == ()


@pytest.mark.parametrize(
    ("meant", "asked"), [("criminal-summons", "criminal-sumons"), ("bail-max", "取保侯审最长期限"), (SUBMIT, "提请批捕")]
)
def test_a_name_that_is_not_quite_right_has_its_limit_first_among_the_nearest(meant: str, asked: str) -> None:
    assert suggest_nearest(asked)[0] == meant


def test_the_nearest_of_nothing_is_nothing() -> None:
    assert suggest_nearest("") == suggest_nearest("    ") == []
