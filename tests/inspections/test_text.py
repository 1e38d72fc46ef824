"""A text is read as a person reads it: what it affirms, denies, fears, remembers or only imagines, and by which cue."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from inspections.text.acceptance import Line, get_lines, list_broken
from inspections.text.amounts import find_amount
from inspections.text.cues import Status
from inspections.text.lexicon import Group, get_lexicon
from inspections.text.marks import list_marks
from inspections.text.reading import read
from tests.tables import table


def told(text: str, group: Group) -> list[str]:
    """How often each status is said of that group, as `word status` in the order of the text."""
    return [f"{hit.word} {hit.status}" for hit in read(text, "caller").hits if hit.group is group]


@table("line", get_lines())
def test_each_word_is_said_as_a_reader_takes_it(line: Line) -> None:
    assert line.read_with(()) == line.told


def test_the_table_of_acceptance_names_each_line_that_a_change_of_words_breaks() -> None:
    assert list_broken(((Group.INJ, ("扰民",), ()),)) == ["“打架子鼓扰民”（伤害）应当没有，改后为“扰民（肯定）”"]
    assert list_broken(((Group.UNREACH, (), ("拉黑",)),)) == ["“他说要把我拉黑”（失联）应当为“拉黑（威胁）”，改后没有"]
    assert list_broken(((Group.INJ, ("掼在地上",), ("打架子",)),)) == []


def test_a_word_that_a_bureau_adds_is_told_and_one_that_it_takes_out_is_not() -> None:
    changed = ((Group.INJ, ("掼在地上",), ("打架",)),)
    assert [hit.word for hit in read("被人掼在地上", "caller", changed).of(Group.INJ)] == ["掼在地上"]
    assert read("没有掼在地上", "caller", changed).of(Group.INJ, status=Status.NEGATED)
    assert (told("被人掼在地上", Group.INJ), read("两人打架", "caller", changed).hits) == ([], ())


def test_every_hit_says_which_cue_decided_and_where_it_stands_in_what_was_written() -> None:
    reading = read("对方 没有\u3000打人", "officer")
    (hit,) = reading.hits
    assert (hit.cue, hit.said_by, reading.normal.get_original_span(hit.start, hit.end)) == ("没有", "officer", (6, 8))


@table(
    ("text", "yuan"),
    [
        ("微信购买额温枪支付35万余元", 350_000),
        ("转账3500多", 3_500),
        ("被骗1.2w", 12_000),
        ("转给他两千三百元", 2_300),
        ("付了三万五", 35_000),
        ("打款12,000元", 12_000),
        ("支付宝转账8888.88元", Decimal("8888.88")),
        ("刷单垫付4笔共计36,500元", 36_500),
        ("充值一万二", 12_000),
        ("先付款200元。后来又付了3000元", 3_000),
        ("付款了,对方电话13900001234,身份证130102199001011234", None),
        ("2026年11月3日付款", None),
        ("收据写付款壹万贰仟元整", 12_000),
        ("付款6 000元", 6_000),
        ("每户交了3万-5万", 50_000),
        ("付款3000-5000元", 5_000),
        ("转了4k多", 4_000),
        ("卡里3.7w一下子转走了", 37_000),
        ("租金六万四一分没付", 64_000),
        ("先转了3万,又转了20万,一共转了23万", 230_000),
        ("账面赚二十万,想提要先付款三万六,付款后又要一万", 36_000),
        ("万一他不付款", None),
        ("没有转账,对方要5000元", None),
        ("路边捡到500元", None),
    ],
)
def test_the_largest_sum_that_was_paid_is_told_in_yuan(text: str, yuan: Decimal | int | None) -> None:
    assert find_amount(read(text, "caller")) == yuan


def test_what_was_paid_to_settle_a_fight_is_no_loss() -> None:
    assert find_amount(read("被打后付款2000元看病", "caller"), read("对方支付药费800元,赔偿3000元", "officer")) == 2_000


def test_traditional_characters_and_common_misspellings_are_read_and_stand_where_they_were_written() -> None:
    (hit,) = read("我被他 毆打", "caller").hits
    assert (hit.word, read("我被他 毆打", "caller").normal.get_original_span(hit.start, hit.end)) == ("被他殴", (1, 5))
    assert [hit.word for hit in read("钱包备偷,鼻子出雪", "caller").hits] == ["被偷", "鼻子出血"]


WORDS = ["被打", "打架", "动手", "互殴", "流血", "骨折", "被盗", "猥亵", "拉黑"]


@given(st.sampled_from(WORDS), st.text(alphabet="今天下午在街上店里", max_size=6))
def test_a_denial_right_before_a_lone_word_always_silences_it(word: str, before: str) -> None:
    hits = read(f"{before},没有{word}", "caller").hits
    assert hits and all(hit.status is Status.NEGATED for hit in hits)


@given(st.text(alphabet="今天下午在街上店里没有不是怕去年,。？", max_size=40))
def test_a_text_without_a_risk_word_says_nothing(text: str) -> None:
    assert read(text, "caller").hits == ()


@given(st.text(max_size=60))
def test_whatever_is_written_can_be_read(text: str) -> None:
    for hit in (reading := read(text, "officer")).hits:
        start, end = reading.normal.get_original_span(hit.start, hit.end)
        assert 0 <= start < end <= len(text)


@table(
    ("text", "of_age"),
    [
        ("女儿9岁", [False]),
        ("十六周岁的学徒", [False]),
        ("我今年十三,在店里", [False]),
        ("儿子(19岁)", [True]),
        ("七十二岁老人带着六岁孙子", [True, False]),
        ("今年十月,第三年", []),
    ],
)
def test_whether_somebody_is_of_age_is_read_in_figures_and_in_words(text: str, of_age: list[bool]) -> None:
    marks = list_marks([read(text, "caller")])
    found = sorted((place.start, mark == "a:1") for mark, place in marks.items() if mark.startswith("a:"))
    assert [each for _, each in found] == of_age


def test_however_long_a_text_without_a_stop_is_each_word_is_read_within_sight_of_it() -> None:
    reading = read("被打" * 4_000, "caller")
    assert len(reading.hits) == 4_000
    assert max(len(reading.get_clause(hit)) for hit in reading.hits) <= 402


def test_every_group_but_the_one_told_by_who_did_it_has_words() -> None:
    assert set(get_lexicon()) == set(Group) - {Group.DV}
