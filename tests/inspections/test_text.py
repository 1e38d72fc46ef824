"""A text is read as a person reads it: what it affirms, denies, fears, remembers or only imagines, and by which cue."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from inspections.text.amounts import amount
from inspections.text.cues import Status
from inspections.text.lexicon import Group, lexicon
from inspections.text.reading import read
from tests.tables import table


def told(text: str, group: Group) -> list[str]:
    """How often each status is said of that group, as `word status` in the order of the text."""
    return [f"{hit.word} {hit.status}" for hit in read(text, "caller").hits if hit.group is group]


@table(
    ("text", "injury", "grave"),
    [
        ("报警人称在烧烤店门口被打,有人躺下、流血", ["被打 affirmed"], ["躺下 affirmed", "流血 affirmed"]),
        ("没有被打", ["被打 negated"], []),
        ("没有被打、流血", ["被打 negated"], ["流血 negated"]),
        ("没有还手,被打了", ["被打了 affirmed"], []),
        ("没有人拉架,被打得流血", ["被打 affirmed"], ["流血 affirmed"]),
        ("被打,没有流血", ["被打 affirmed"], ["流血 negated"]),
        ("双方无受伤", ["受伤 negated"], []),
        ("没人受伤,对方车被砸", ["受伤 negated"], []),
        ("不是没有被打,是不想追究", ["被打 affirmed"], []),
        ("否认被打", ["被打 negated"], []),
        ("未见流血", [], ["流血 negated"]),
        ("打120送医", [], ["120 affirmed", "送医 affirmed"]),
        ("报警人称未被打但孩子被打", ["被打 negated", "被打 affirmed"], []),
        ("是不是被打？没有", ["被打 unknown"], []),
        ("有没有被打？有,打了两拳", ["被打 unknown", "打了两拳 affirmed"], []),
        ("担心被打", ["被打 threat"], []),
        ("扬言要打人", ["打人 threat"], []),
        ("去年被打过,这次只是吵架", ["被打 past"], []),
        ("差点被打", ["被打 threat"], []),
        ("看到有人被打", ["被打 affirmed"], []),
        ("电视里打架声音太大", ["打架 unreal"], []),
        ("被打一事经查不属实", ["被打 negated"], []),
        ("打架子鼓扰民", [], []),
        ("拳打脚踢,倒地不起", ["拳打 affirmed", "脚踢 affirmed"], ["倒地 affirmed"]),
        ("没有打架,就是推搡倒地", ["打架 negated", "推搡 affirmed"], ["倒地 affirmed"]),
        ("无故被打", ["被打 affirmed"], []),
        ("双方均未动手、互殴,仅口角", ["动手 negated", "互殴 negated"], []),
        ("被打后报警,他们说没有打我", ["被打 affirmed", "打我 negated"], []),
    ],
)
def test_each_word_is_said_as_a_reader_takes_it(text: str, injury: list[str], grave: list[str]) -> None:
    assert told(text, Group.INJ) == injury
    assert told(text, Group.GRAVE) == grave


def test_a_seller_who_is_gone_is_told_by_three_words_and_one_who_does_deliver_by_none() -> None:
    text = "没发货,联系不上,不退款"
    assert (told(text, Group.NOGOODS), told(text, Group.UNREACH)) == (
        ["没发货 affirmed", "不退款 affirmed"],
        ["联系不上 affirmed"],
    )
    assert told("对方没有不发货", Group.NOGOODS) == ["不发货 negated"]
    assert told("他说要把我拉黑", Group.UNREACH) == ["拉黑 threat"]


def test_every_hit_says_which_cue_decided_and_where_it_stands_in_what_was_written() -> None:
    reading = read("对方 没有\u3000打人", "officer")
    (hit,) = reading.hits
    assert (hit.cue, hit.said_by, reading.normal.span(hit.start, hit.end)) == ("没有", "officer", (6, 8))


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
        ("没有转账,对方要5000元", None),
        ("路边捡到500元", None),
    ],
)
def test_the_largest_sum_that_was_paid_is_told_in_yuan(text: str, yuan: Decimal | int | None) -> None:
    assert amount(read(text, "caller")) == yuan


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
        start, end = reading.normal.span(hit.start, hit.end)
        assert 0 <= start < end <= len(text)


def test_however_long_a_text_without_a_stop_is_each_word_is_read_within_sight_of_it() -> None:
    reading = read("被打" * 4_000, "caller")
    assert len(reading.hits) == 4_000
    assert max(len(reading.clause(hit)) for hit in reading.hits) <= 402


def test_every_group_but_the_one_told_by_who_did_it_has_words() -> None:
    assert set(lexicon()) == set(Group) - {Group.DV}
