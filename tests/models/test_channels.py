"""By which rules people are told outside, when, and in which words: nothing that anybody wrote can stand in them."""

import re
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from law.calendar import SHANGHAI
from law.clock import Colour
from law.offices import Office
from law.time_limits import get_limits
from models.channels import (
    ADDRESSES,
    GONE_UP,
    SIGNED,
    WENT_UP,
    Channel,
    MessageContent,
    Occasion,
    Outside,
    Rule,
    build_message_text,
    describe_rule,
    is_address,
    send_at,
)
from tests.tables import table

PUBLIC = "https://louke.example.cn"
NIGHT = {"begins": "22:00", "ends": "07:00"}


def rule(**more: object) -> Rule:
    return Rule.model_validate({"unit": "qinglan", "occasion": "red", "channel": "sms", **more})


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}+08:00")


@table(
    ("said", "sent", "hours"),
    [
        ("30T10:00", "30T10:00", {}),
        ("29T03:00", "29T08:00", {"begins": "08:00", "ends": "18:00"}),
        ("29T08:00", "29T08:00", {"begins": "08:00", "ends": "18:00"}),
        ("29T18:00", "30T08:00", {"begins": "08:00", "ends": "18:00"}),
        ("29T18:00", None, {"begins": "08:00", "ends": "18:00", "outside": Outside.DROP}),
        ("29T23:30", "29T23:30", NIGHT),
        ("29T06:59", "29T06:59", NIGHT),
        ("29T07:00", "29T22:00", NIGHT),
        ("29T21:50", "29T22:05", NIGHT | {"delay": 15}),
        ("29T21:50", None, NIGHT | {"delay": 5, "outside": Outside.DROP}),
    ],
)
def test_a_rule_sends_within_its_hours_and_holds_the_rest_back_or_leaves_it(
    said: str, sent: str | None, hours: dict[str, object]
) -> None:
    assert send_at(rule(**hours), at(said), liberty=False) == (at(sent) if sent else None)


clock_times = st.times().map(lambda each: f"{each:%H:%M}")


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)),
    clock_times,
    clock_times,
    st.sampled_from(Outside),
    st.integers(0, 1440),
)
def test_no_quiet_hours_silence_what_concerns_liberty(said: datetime, begins: str, ends: str, outside: Outside, delay: int) -> None:
    said = said.replace(tzinfo=SHANGHAI)
    held = rule(begins=begins, ends=ends, outside=outside, delay=delay)
    assert send_at(held, said, liberty=True) == said + timedelta(minutes=delay)


# What people write in a matter: names, telephones, citizens' numbers, places, stories.
NUMBERS = st.from_regex(r"[A-Z]{2}20[0-9]{10}", fullmatch=True)
SPOKEN = re.compile(
    f"{SIGNED}({GONE_UP}|{WENT_UP})?(?P<number>[A-Z]{{2}}\\d{{12}}) (?P<what>[^，。]+)(，(还有|已超)((\\d+天)?(\\d+小时)?(\\d+分钟)?|不足1分钟))?。"
    rf"{PUBLIC}/matters/(?P=number)",
    re.ASCII,
)
WARNINGS = {f"{each.zh} {said.label}" for each in get_limits().values() for said in (*Occasion, Colour.UNKEPT)}
ASKS = {
    "新警情待签收",
    "紧急警情待签收",
    "警情无人签收",
    "紧急警情无人签收",
    "有一步无人办理",
    "有一步轮到您办理",
    "有呈请待您审批",
    "您的呈请被退回",
    *(each.label for each in Occasion),
}


@given(
    st.sampled_from(Occasion),
    NUMBERS,
    st.sampled_from(["", *get_limits()]) | st.text(),
    st.none() | st.timedeltas(timedelta(days=-400), timedelta(days=400)),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_a_message_is_made_of_number_limit_time_and_link_alone(
    occasion: Occasion, number: str, limit: str, left: timedelta | None, gone_up: bool, urgent: bool, untaken: bool
) -> None:
    now = datetime(2026, 11, 30, 9, tzinfo=SHANGHAI)
    due = None if left is None else now + left
    text = build_message_text(MessageContent(occasion, number, limit, due, gone_up, urgent, untaken), now, PUBLIC)
    spoken = SPOKEN.fullmatch(text)
    assert spoken, text
    assert spoken["number"] == number
    assert spoken["what"] in WARNINGS | ASKS


def test_a_message_says_what_is_left_in_words() -> None:
    now = datetime(2026, 11, 30, 9, tzinfo=SHANGHAI)
    said = MessageContent(
        Occasion.RED, "XS202611000012", "criminal-detention-submit-for-arrest", now + timedelta(hours=5, minutes=30)
    )
    assert build_message_text(said, now, PUBLIC) == (
        f"【漏刻】XS202611000012 {get_limits()[said.limit].zh} 红色预警，还有5小时30分钟。https://louke.example.cn/matters/XS202611000012"
    )
    over = said._replace(occasion=Occasion.OVERDUE, gone_up=True)
    assert "【漏刻】无人查看，已上报：XS202611000012" in build_message_text(over, now + timedelta(days=2, hours=1), PUBLIC)
    assert "超期，已超1天19小时。" in build_message_text(over, now + timedelta(days=2, hours=1), PUBLIC)


def test_that_an_incident_is_urgent_is_said_to_whoever_is_dispatched() -> None:
    now = datetime(2026, 11, 30, 9, tzinfo=SHANGHAI)
    said = MessageContent(Occasion.DISPATCH, "JQ202611000012", urgent=True)
    assert (
        build_message_text(said, now, PUBLIC)
        == "【漏刻】JQ202611000012 紧急警情待签收。https://louke.example.cn/matters/JQ202611000012"
    )


def test_whoever_lets_it_go_up_says_after_how_long_and_to_whom() -> None:
    for half in ({"unread": 15}, {"then": Office.STATION_HEAD}):
        with pytest.raises(ValidationError, match="上报须同时写明"):
            rule(**half)
    assert describe_rule(rule(to="case-officer", unread=15, then="station-head", delay=2, outside="drop", **NIGHT)) == (
        "红色预警以短信告知办案民警，22:00至次日07:00，时段之外不按本规则发，延后2分钟，15分钟未查看的上报办案部门负责人"
    )


def test_every_example_of_an_address_is_one_and_a_story_is_none() -> None:
    for channel, known in ADDRESSES.items():
        assert is_address(channel, known.example)
        assert not is_address(channel, f"{known.example}\n")
        assert not is_address(channel, '"></at><at user_id="all">')
    assert not is_address(Channel.WEBHOOK, "anything")
