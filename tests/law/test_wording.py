"""The words of the law: citations are read back as they are written, and each article says what the published text says."""

from datetime import date

import pytest

from law.citation_parser import parse_citations
from law.citations import format_chinese_number, parse_number
from law.instruments import APL, CPL, DET, FIL, MPSC, PSAPL, SPC
from law.wording import find_text, find_wording


def test_a_number_is_read_back_as_it_is_written() -> None:
    assert all(parse_number(format_chinese_number(n)) == n for n in range(1, 10_000))


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("《刑事诉讼法》第九十一条", [CPL.article(91)]),
        ("《治安管理处罚法》第五十条第二款、《刑事诉讼法》第九十一条", [PSAPL.article(50), CPL.article(91)]),
        ("《公安机关办理刑事案件程序规定》第一百二十九条、第一百三十条", [MPSC.article(129), MPSC.article(130)]),
        ("《中华人民共和国刑事诉讼法》第八十五条", [CPL.article(85)]),
        ("《刑事诉讼法》第三十三条之一", [CPL.article(33, inserted=1)]),
        (
            "《公安部关于改革完善受案立案制度的意见》二（一）2、《刑事诉讼法》第一百一十二条",
            [FIL.section("二（一）2"), CPL.article(112)],
        ),
        ("共2个月，至期满月的对应日（法释〔2021〕1号第二百零二条）", [SPC.article(202)]),
        (
            "每满24小时为一日（《公安机关适用刑事羁押期限规定》第四条），依据《刑事诉讼法》第九十一条",
            [DET.article(4), CPL.article(91)],
        ),
        ("《受案登记表》须写明“案由”，尚未填写", []),
        ("第九十一条", []),
    ],
)
def test_every_way_of_citing_is_read(text: str, articles: list[object]) -> None:
    assert [each.article for each in parse_citations(text)] == articles


def test_what_is_meant_of_an_article_is_read_too() -> None:
    (one,) = parse_citations("《治安管理处罚法》第30条第1项、第2项、第3项、第4项")
    (two,) = parse_citations("《治安管理处罚法》第34条第1款、第2款")
    assert (one.paragraphs, one.items) == ((), (1, 2, 3, 4))
    assert (two.words, two.paragraphs) == ("《治安管理处罚法》第34条第1款、第2款", (1, 2))


def test_an_article_has_its_paragraphs_its_items_and_its_place_in_the_text() -> None:
    found = find_wording(CPL.article(91))
    assert found
    assert found.headings == ("第一编 总则", "第六章 强制措施")
    assert [each.paragraph for each in found.lines] == [1, 2, 3]
    assert "可以延长至三十日" in found.lines[1].words
    listed = find_wording(PSAPL.article(26))
    assert listed
    assert [(each.paragraph, each.item) for each in listed.lines] == [(1, 0), *((1, item) for item in range(1, 6)), (2, 0)]


def test_the_text_that_was_in_force_on_the_day_is_read() -> None:
    handling = find_wording(PSAPL.article(99), date(2025, 12, 31))
    assert handling
    assert "自受理之日起不得超过三十日" in handling.lines[0].words
    assert find_wording(PSAPL.article(144), date(2025, 12, 31)) is None
    assert find_wording(PSAPL.article(144), date(2026, 1, 1)) == find_wording(PSAPL.article(144))
    oldest = find_text(APL, date(2020, 1, 1))
    assert oldest and oldest.in_force == date(2021, 7, 15)


def test_no_article_is_wanting_and_none_is_there_that_no_text_has() -> None:
    articles = {CPL: 308, MPSC: 388, PSAPL: 144, SPC: 655}
    for instrument, last in articles.items():
        assert all(find_wording(instrument.article(number)) for number in range(1, last + 1))
        assert find_wording(instrument.article(last + 1)) is None
    assert (find_text(DET), find_wording(DET.article(4)), find_wording(FIL.section("二（一）2"))) == (None, None, None)
