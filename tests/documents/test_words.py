"""How documents write dates, lengths, articles and numbers."""

from datetime import UTC, date, datetime

import pytest

from law.facts import Fact
from law.instruments import CPL, MPSC
from law.legal_fact import LegalFact
from models.documents import (
    build_form_words,
    build_number_prefix,
    build_penalty_words,
    build_person_words,
    cite_articles,
    format_chinese_date,
    format_clock_time,
    format_span,
    get_document_types,
    get_types_by_step,
    list_types_called_for,
)
from models.forms.prosecution import SendCaseAgain
from models.forms.public_order_penalty import DecidePenalty

NOON = datetime(2026, 9, 28, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 9, 28), "二〇二六年九月二十八日"),
        (date(2030, 10, 1), "二〇三〇年十月一日"),
        (date(2026, 12, 11), "二〇二六年十二月十一日"),
    ],
)
def test_the_date_beside_the_seal_is_written_in_chinese(day: date, words: str) -> None:
    assert format_chinese_date(day) == words


def test_an_instant_is_told_by_the_clocks_of_china() -> None:
    assert format_clock_time(datetime(2026, 9, 28, 16, 5, tzinfo=UTC)) == "2026年9月29日0时05分"


@pytest.mark.parametrize(
    ("amount", "words"),
    [("+4 day", "四日"), ("to 30 day", "至三十日"), ("12 hour", "十二小时"), ("2 month", "二个月"), ("案情复杂", "案情复杂")],
)
def test_lengths_are_written_as_decisions_write_them(amount: str, words: str) -> None:
    assert format_span(amount) == words


def test_statutes_are_cited_by_their_full_names_and_rules_only_where_no_statute_is() -> None:
    assert (
        cite_articles((CPL.article(82), CPL.article(85), MPSC.article(125))) == "《中华人民共和国刑事诉讼法》第八十二条、第八十五条"
    )
    assert cite_articles((MPSC.article(186),)) == "《公安机关办理刑事案件程序规定》第一百八十六条"


def test_a_number_begins_with_the_bureau_the_unit_the_kind_and_the_year() -> None:
    assert build_number_prefix("青岚县公安局", "刑事侦查大队", "立字", 2026) == "青公（刑）立字〔2026〕"
    assert build_number_prefix("青岚县公安局", "青岚县公安局", "立字", 2026) == "青公立字〔2026〕"
    # A unit that bears the county's name is told by what is its own.
    assert build_number_prefix("青岚县公安局", "青岚县看守所", "释字", 2026) == "青公（看）释字〔2026〕"


def test_a_choice_is_written_by_what_it_means() -> None:
    said = build_form_words(SendCaseAgain(at=None, outcome="supplemented", report="已查清"))
    assert said == {"处理方式": "补充侦查报告书", "补充侦查情况": "已查清"}


def test_a_penalty_is_told_by_what_it_imposes_and_its_article() -> None:
    form = DecidePenalty.model_construct(violation="za-26-1", penalty="detention-and-fine", detention_days=5, fine_yuan=500)
    assert build_penalty_words(form) == {
        "处罚内容": "行政拘留五日并处罚款500元",
        "罚款金额": "500",
        "拘留期限": "五日",
        "法律依据": "《中华人民共和国治安管理处罚法》第二十六条第一款第一项、第一百零九条、第一百一十三条、第一百一十五条",
    }
    warning = DecidePenalty.model_construct(violation=None, penalty="warning", detention_days=0, fine_yuan=0)
    assert build_penalty_words(warning) == {"处罚内容": "警告"}


def test_a_person_is_as_old_as_their_number_says_and_what_is_not_known_is_not_said() -> None:
    known = {"name": "贺文涛", "citizen_id": "330102198506121012", "said": {"sex": "男", "address": ""}}
    assert build_person_words(known) == {
        "姓名": "贺文涛",
        "性别": "男",
        "出生日期": "1985年6月12日",
        "证件号码": "330102198506121012",
    }
    assert build_person_words({**known, "sex": "", "said": {}})["性别"] == "男"
    assert build_person_words({"name": "自报姓名阿强"}) == {"姓名": "自报姓名阿强"}


@pytest.mark.parametrize(
    ("measure", "notice"),
    [(Fact.DETENTION_EXECUTED, "拘留通知书"), (Fact.ARREST_EXECUTED, "逮捕通知书"), (Fact.BAIL_DECIDED, None)],
)
def test_the_family_is_told_of_the_measure_that_there_is(measure: Fact, notice: str | None) -> None:
    told = LegalFact(Fact.FAMILY_NOTIFIED, NOON, "RY1")
    made = list_types_called_for(get_types_by_step()["notify-family"], [told], [LegalFact(measure, NOON, "RY1")])
    assert [each.zh for each in made] == ([notice] if notice else [])


def test_serving_a_decision_does_not_make_it_again() -> None:
    made = {
        step: [kind.zh for kind in get_types_by_step().get(step, ())] for step in ("notify-cancellation", "serve-no-filing-notice")
    }
    assert set(map(tuple, made.values())) == {("送达回证",)}
    assert "classify-incident" not in get_types_by_step()


def test_no_two_kinds_of_one_unit_can_bear_the_same_number_but_a_form_and_its_receipt() -> None:
    shared = [kind.mark for kind in get_document_types().values() if kind.mark]
    assert {mark for mark in shared if shared.count(mark) > 1} == {"受案字", "行受字"}
