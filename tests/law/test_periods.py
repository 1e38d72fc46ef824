"""By which article a period is counted, and a rest day moves its end: that of its own field of law, and of no other."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from law.calculator import answer_question
from law.calendar import Calendar
from law.counting import Counting
from law.instruments import INSTRUMENTS
from law.periods import EITHER, HOUSE, UNKNOWN, get_periods
from law.time_limits import Edition, TimeLimit, get_limits
from tests.tables import table

# The texts that may say how a period of each field is counted.
OWN_FIELD = {
    "刑事诉讼": {"刑事诉讼法", "公安机关适用刑事羁押期限规定", "最高人民法院关于适用〈中华人民共和国刑事诉讼法〉的解释"},
    "行政案件": {"公安机关办理行政案件程序规定", "行政处罚法", "行政强制法"},
    "行政复议": {"行政复议法", "民事诉讼法"},
    "行政诉讼": {"行政诉讼法", "民事诉讼法"},
    "民事": {"民法典"},
    "信访": set[str](),
    "国家赔偿": set[str](),
    "监察": set[str](),
    "刑事案件、行政案件": set[str](),
    "本局规定": {"公安机关服务承诺（非法定期限）", "本局内部管理规定（非法律规定）"},
}
EDITIONS = [(limit, edition) for limit in get_limits().values() for edition in limit.editions]
every_edition = table(("limit", "edition"), EDITIONS, ids=[f"{limit.id}@{edition.in_force}" for limit, edition in EDITIONS])
# The sentences on how the length is counted and why the last day stands or moves; the basis and the notes may cite other fields.
_COUNTED = re.compile("共|顺延")
# Three days a week apart from a holiday each, so that something rolls.
STARTS = [date(2026, 1, 5) + timedelta(days=n) for n in range(0, 170, 3)]


def test_every_instrument_says_how_its_periods_are_counted() -> None:
    cited_first = {edition.basis[0].instrument for _, edition in EDITIONS}
    assert [each.zh for each in cited_first if get_periods(each) is UNKNOWN] == [], "declare it in law/periods.py"


@every_edition
def test_an_edition_is_counted_by_articles_of_its_own_field_of_law(limit: TimeLimit, edition: Edition) -> None:
    named = {article.instrument.zh for counting in Counting for article in edition.list_counting_articles(counting)}
    named |= {article.instrument.zh for article in edition.rest_day_by}
    assert named <= OWN_FIELD[edition.periods.zh]


def counted(limit: TimeLimit, edition: Edition, calendar: Calendar) -> Iterator[str]:
    """What the calculator says of the counting, for each figure of the edition and starts over half a year."""
    for base in edition.bases:
        for start in (each for each in STARTS if edition.in_force <= each < (edition.until or date.max)):
            question: dict[str, Any] = {"limit": limit.id, "start": f"{start}T10:00:00+08:00"}
            if base.length is not None:
                question["base"] = str(base.length)
            for reason in answer_question(question, calendar).get("reasons", ()):
                if _COUNTED.search(reason) and reason not in edition.notes:
                    yield reason.partition("；依据")[0]


@every_edition
def test_what_is_no_criminal_limit_is_never_explained_by_the_counting_of_criminal_procedure(
    limit: TimeLimit, edition: Edition, calendar: Calendar
) -> None:
    if edition.periods.zh == "刑事诉讼":
        return
    for reason in counted(limit, edition, calendar):
        assert "刑事" not in reason and "法释" not in reason, reason


@pytest.mark.parametrize(
    ("name", "start", "length", "rest_day"),
    [
        ("admin-review-decide", "2026-03-02T10:00:00+08:00", "《行政复议法》第八十八条、《民事诉讼法》第八十五条", ""),
        ("admin-review-apply", "2026-08-02T10:00:00+08:00", "《行政复议法》第八十八条", "《民事诉讼法》第八十五条"),
        ("admin-litigation-sue", "2026-04-01T10:00:00+08:00", "《行政诉讼法》第一百零一条", "《民事诉讼法》第八十五条"),
        ("fine-payment", "2026-09-17T10:00:00+08:00", "《公安机关办理行政案件程序规定》第三十五条", "第三十五条"),
        ("admin-review-accept", "2026-03-02T10:00:00+08:00", "《行政复议法》第三十条", ""),
        ("investigative-custody", "2026-08-03T10:00:00+08:00", "《公安机关适用刑事羁押期限规定》第四条", "第一百零五条"),
        ("appeal-period", "2026-09-21T10:00:00+08:00", "《刑事诉讼法》第一百零五条", "《刑事诉讼法》第一百零五条"),
        ("exhibit-disposal", "2026-09-04T10:00:00+08:00", "《本局内部管理规定（非法律规定）》涉案财物处理", "涉案财物处理"),
        ("petition-conclude", "2026-08-04T10:00:00+08:00", "《信访工作条例》第三十四条", "顺延至节假日后第一日"),
    ],
)
def test_the_reasons_name_the_article_of_counting_and_of_the_rest_day(
    name: str, start: str, length: str, rest_day: str, calendar: Calendar
) -> None:
    reasons = answer_question({"limit": name, "start": start}, calendar)["reasons"]
    assert any(length in reason for reason in reasons), reasons
    if rest_day:
        assert any("节假日" in reason and rest_day in reason for reason in reasons), reasons


def test_a_rule_of_the_house_counts_no_days_of_custody_and_says_that_nobody_is_held() -> None:
    for limit, edition in EDITIONS:
        if edition.periods is HOUSE:
            assert {base.counting for base in edition.bases} <= {Counting.HOURS, Counting.PLAIN_DAYS, Counting.WORKING_DAYS}, (
                limit.id
            )
        elif edition.periods is EITHER:
            assert not any(base.counting is Counting.CUSTODY_DAYS for base in edition.bases), limit.id


def test_the_instruments_of_the_fields_exist() -> None:
    assert set().union(*OWN_FIELD.values()) <= set(INSTRUMENTS)
