"""Random call-backs: who is called is drawn by lot from what was closed the day before, may be drawn again by anybody, and is heard."""

import hashlib
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from activities.upkeep.draw_call_backs import draw
from law.calendar import SHANGHAI
from models.call_backs import Closed, draw_calls
from tests.scenarios.fraud import CALL
from tests.world import Hand, World, until

HELP = {"classification": "help", "reason": "群众求助"}


def _sm3(text: str) -> str:
    return hashlib.new("sm3", text.encode()).hexdigest()


def redraw(population: list[list[str]], day: str) -> list[str]:
    """The draw as the documents describe it, written by somebody who has only these."""
    lines = "".join(sorted(f"{number} {unit} {group}\n" for number, unit, group in population))
    seed = _sm3(f"call-back|{_sm3(lines)}|{day}")
    order = sorted((number for number, _, _ in population), key=lambda number: _sm3(f"{seed}|{number}"))
    units = {number: unit for number, unit, _ in population}
    taken = set[str]()
    for unit in set(units.values()):
        own = [number for number in order if units[number] == unit]
        taken |= set(own[: min(len(own), max(3, ceil(len(own) * 0.05)))])
    return [number for number in order if number in taken]


def test_of_forty_closed_incidents_the_same_are_drawn_twice_and_by_whoever_has_the_rule() -> None:
    population = [Closed(f"JQ2026{n:08}", ("chengguan", "donghe", "baita")[n % 3], "help") for n in range(40)]
    day = datetime(2026, 12, 3, tzinfo=SHANGHAI).date()
    drawn = draw_calls(population, day)
    assert draw_calls(population[::-1], day) == drawn
    assert list(drawn.numbers) == redraw([[each.number, each.unit, each.group] for each in population], "2026-12-03")
    assert len(drawn.numbers) == 9, "three of each unit"
    assert draw_calls(population, day + timedelta(days=1)).numbers != drawn.numbers
    always = [*population, Closed("JQ202600000099", "baita", "help", always=True)]
    assert "JQ202600000099" in draw_calls(always, day).numbers


async def closed(county: World, at: datetime, **said: Any) -> str:
    """A call of that time, closed within the hour by who was sent; its number."""
    desk, officer = await county.as_("linxiaoyu"), await county.as_("liusiyuan")
    number = (await desk.open("incident", **CALL | {"narrative": "请求帮助搬运病人"} | said, at=at))["number"]
    await desk.take(number, "dispatch-incident", unit="chengguan", officer="liusiyuan", at=at + timedelta(minutes=2))
    await officer.take(number, "classify-incident", **HELP, at=at + timedelta(minutes=30))
    await officer.take(number, "close-incident", outcome="已帮助解决", told_how="phone", at=at + timedelta(minutes=40))
    return str(number)


async def _calls(hand: Hand) -> list[dict[str, Any]]:
    return [each for each in (await hand.read("/api/tasks", limit=100))["items"] if each["sort"] == "call-back"]


def _mornings() -> tuple[datetime, datetime]:
    today = datetime.now(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(hours=12), today + timedelta(hours=9, minutes=5)


async def _drawn(county: World) -> list[dict[str, Any]]:
    rows = await county.ask(
        "SELECT content::jsonb AS content FROM entry WHERE chain = 'BUREAU' AND step = 'draw-call-backs' ORDER BY position"
    )
    return [each.content for each in rows]


async def test_a_day_is_drawn_once_and_made_up_for_where_its_morning_was_missed(county: World) -> None:
    noon, morning = _mornings()
    numbers = [await closed(county, noon + timedelta(minutes=n), reporter_phone=f"139000080{n:02}") for n in range(5)]
    beaten = await closed(county, noon, narrative="丈夫在家酒后打妻子，称家暴", reporter_phone="13900008050")
    quiet = await closed(county, noon, no_call_back=True, reporter_phone="13900008051")
    pool = county.ctx.pool
    assert (await draw(pool, morning), await draw(pool, morning)) == (1, 0), "once a day, however often it is asked"
    (kept,) = await _drawn(county)
    drawn, population = kept["drawn"], kept["population"]
    assert drawn == redraw(population, kept["day"])
    assert (len(drawn), {*drawn} <= {*numbers}, kept["late"]) == (3, True, False)
    assert not {beaten, quiet} & {each[0] for each in population}

    next_day = morning + timedelta(days=1)
    assert await draw(pool, next_day) == 1
    missed = next_day + timedelta(days=2, hours=5)
    assert await draw(pool, missed) == 2, "a morning that was missed is made up for"
    assert [(each["day"] != kept["day"], each["late"]) for each in (await _drawn(county))[1:]] == [
        (True, False),
        (True, True),
        (True, True),
    ]


async def test_whom_the_lot_draws_is_called_by_somebody_else_and_heard(county: World) -> None:
    noon, morning = _mornings()
    numbers = [await closed(county, noon + timedelta(minutes=n), reporter_phone=f"139000080{n:02}") for n in range(4)]
    await draw(county.ctx.pool, morning)
    (kept,) = await _drawn(county)
    drawn = kept["drawn"]
    took, other = await county.as_("linxiaoyu"), await county.as_("sutingting")
    assert sorted(each["matter"] for each in await _calls(other)) == sorted(drawn)
    marks = {"speed": 4, "attitude": 5, "result": 4, "came": True, "told_outcome": True}
    own = await took.try_(drawn[0], "record-call-back", **marks)
    assert (own.status_code, own.json()["type"]) == (403, "/problems/duties-not-separated"), own.text
    left = next(each for each in numbers if each not in drawn)
    chosen = await other.try_(left, "record-call-back", **marks)
    assert (chosen.status_code, "随机抽取" in chosen.json()["detail"]) == (409, True)
    await other.take(drawn[0], "record-call-back", **marks)
    await other.take(drawn[1], "record-no-answer")
    assert len(await _calls(other)) == 2
    await other.take(drawn[1], "record-no-answer")
    (letter,) = (await other.take(drawn[2], "record-call-back", **marks | {"attitude": 1, "words": "态度生硬"}))["opened"]
    assert await _calls(other) == []
    keeper = await county.as_("mengxiaolan")

    async def opened() -> Any:
        answer = await keeper.get(f"/api/matters/{letter}")
        return answer.is_success and answer.json()

    card = await until(opened, bool, within=15)
    assert card["stage"] == "received"
    assert (await keeper.clock(letter, "letter-rating-call"))["state"] == "running", "they are called within the day"


async def test_no_date_that_is_typed_takes_a_call_out_of_the_lot_and_who_called_twice_is_asked_once(county: World) -> None:
    noon, morning = _mornings()
    await draw(county.ctx.pool, morning - timedelta(days=1))
    twice = [await closed(county, noon + timedelta(minutes=n), reporter_phone="13900008060") for n in range(2)]
    backdated = await closed(county, noon - timedelta(days=3), reporter_phone="13900008061")
    await draw(county.ctx.pool, morning)
    (kept,) = (await _drawn(county))[1:]
    assert [number for number, *_ in kept["population"] if number in twice] == twice[:1]
    await draw(county.ctx.pool, morning + timedelta(days=1))
    assert backdated in {number for number, *_ in (await _drawn(county))[-1]["population"]}, (
        "drawn with the day on which it was entered"
    )


async def test_who_was_drawn_is_asked_no_more_once_it_is_taken_up_again_and_anew_once_it_is_closed_again(county: World) -> None:
    noon, morning = _mornings()
    number = await closed(county, noon, reporter_phone="13900008070")
    await draw(county.ctx.pool, morning)
    officer, head, other = await county.as_("liusiyuan"), await county.as_("zhaotiejun"), await county.as_("sutingting")
    assert [each["matter"] for each in await _calls(other)] == [number]
    await other.take(number, "record-no-answer")
    await officer.take(number, "reopen-incident", ground="new-fact", reason="报警人补充新情况")
    assert [each["matter"] for each in await _calls(other)] == [number], "nothing is decided yet"
    await head.approve(number, "reopen-incident")
    assert await _calls(other) == []
    await officer.take(number, "classify-incident", **HELP)
    await officer.take(number, "close-incident", outcome="已帮助解决", told_how="phone")
    await draw(county.ctx.pool, morning + timedelta(days=1))
    assert [each["matter"] for each in await _calls(other)] == [number]
    await other.take(number, "record-no-answer")
    assert [each["matter"] for each in await _calls(other)] == [number], "it is tried twice anew"
