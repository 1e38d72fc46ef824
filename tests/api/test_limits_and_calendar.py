"""The public calculator, and the calendar it counts by."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from law.calendar import list_statutory_holidays
from models.journal import BUREAU
from tests.api.matters import accepted, refusals
from tests.world import Hand, World

SUBMIT = "/api/limits/criminal-detention-submit-for-arrest/due"
DETAINED = {"start": "2026-09-28T10:00:00+08:00", "in_custody": True}
REST_DAYS_OF_2031 = sorted(
    {
        *(str(day) for n in range(365) if (day := date(2031, 1, 1) + timedelta(n)).weekday() >= 5),
        *map(str, list_statutory_holidays(2031)),
        # A week of rest from the first of October on.
        *(f"2031-10-0{n}" for n in range(4, 9)),
    }
)


async def test_the_calculator_says_when_and_why_to_anyone(idle: World) -> None:
    answer = (await (await idle.stranger()).post(SUBMIT, json=DETAINED)).json()
    assert answer["due"].startswith("2026-10-01")
    assert "《刑事诉讼法》第九十一条" in answer["basis"]
    assert answer["reasons"]


async def test_an_extension_that_the_law_does_not_offer_is_forbidden_with_the_article(idle: World) -> None:
    answer = await (await idle.stranger()).post(SUBMIT, json=DETAINED | {"extensions": ["+60 day"]})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/law-forbids")
    assert answer.json()["limit"] == "criminal-detention-submit-for-arrest"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"extensions": ["+4 day", "to 30 day", "+4 day"]}, "extensions"),
        ({"base": "9 day"}, "base"),
        ({"term": "9 day"}, "term"),
        ({"start": "1995-01-01T10:00:00+08:00"}, "start"),
        ({"exclusions": [{"reason": "散步", "from": "2026-09-28", "to": "2026-09-29"}]}, "exclusions"),
    ],
)
async def test_what_the_law_forbids_is_said_of_the_part_that_it_forbids(
    idle: World, changed: dict[str, object], field: str
) -> None:
    answer = await (await idle.stranger()).post(SUBMIT, json=DETAINED | changed)
    assert (answer.json()["type"], answer.json()["field"]) == ("/problems/law-forbids", field)
    assert "第" in answer.json()["detail"], "the article is named"


@pytest.mark.parametrize(
    "question", [{}, {"start": "yesterday"}, {"start": "2026-09-28T10:00:00"}, {"start": "2026-09-28", "pardon": True}]
)
async def test_a_question_that_cannot_be_read_is_refused(idle: World, question: dict[str, object]) -> None:
    answer = await (await idle.stranger()).post(SUBMIT, json=question)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/form-invalid")


async def test_time_that_does_not_count_is_left_out(idle: World) -> None:
    excluded = {"reason": "精神病鉴定", "from": "2026-01-10", "to": "2026-02-09"}
    question = {"start": "2026-01-05T10:00:00+08:00", "in_custody": True}
    client = await idle.stranger()
    path = "/api/limits/investigative-custody/due"
    plain = (await client.post(path, json=question)).json()
    longer = (await client.post(path, json=question | {"exclusions": [excluded]})).json()
    assert date.fromisoformat(longer["due"][:10]) - date.fromisoformat(plain["due"][:10]) == timedelta(days=30)


async def test_an_unknown_limit_names_its_neighbours(idle: World) -> None:
    client = await idle.stranger()
    for answer in (await client.get("/api/limits/bail-maximum"), await client.post("/api/limits/bail-maximum/due", json=DETAINED)):
        assert answer.status_code == 404
        assert "bail-max" in answer.json()["near"]


async def test_each_limit_is_explained(idle: World) -> None:
    client = await idle.stranger()
    for each in (await client.get("/api/limits")).json():
        told = (await client.get(f"/api/limits/{each['limit']}")).json()
        assert told["editions"][0]["basis"] == each["basis"]


async def test_a_limit_is_found_by_what_people_call_it(idle: World) -> None:
    client = await idle.stranger()

    async def found(**asked: str) -> list[str]:
        return [each["limit"] for each in (await client.get("/api/limits", params=asked)).json()]

    everything = await found()
    assert await found(q="提请批捕") == ["criminal-detention-submit-for-arrest"]
    assert await found(q="CPL 97") == ["measure-change-application"]
    assert "bail-max" in await found(phase="bail")
    assert set(await found(phase="bail")) < set(everything)
    assert {"bail-max", "residential-surveillance-max"} <= set(await found(q="最长", phase="bail"))
    assert await found(q="zzz") == []
    assert (await client.get("/api/limits", params={"phase": "zzz"})).status_code == 422


async def test_a_limit_tells_its_figures_extensions_exclusions_editions_and_facts_in_chinese(idle: World) -> None:
    client = await idle.stranger()
    detention = (await client.get("/api/limits/criminal-detention-submit-for-arrest")).json()
    assert [fact["zh"] for fact in detention["starts_on"]] == ["执行拘留"]
    assert "提请批准逮捕" in {fact["zh"] for fact in detention["met_by"]}
    (edition,) = detention["editions"]
    assert [(each["length"], each["counting"], each["zh"]) for each in edition["bases"]] == [("3 day", "DC", "3日")]
    assert [(each["step"], each["up_to"], each["approver"]) for each in edition["offers"]] == [
        ("+4 day", True, "county-head"),
        ("to 30 day", True, "county-head"),
    ]
    assert "精神病鉴定" in edition["exclusions"][0]["zh"]
    assert edition["articles"][0] == {
        "zh": "《刑事诉讼法》第九十一条",
        "instrument": "刑事诉讼法",
        "code": "CPL",
        "link": "https://flk.npc.gov.cn",
    }
    assert [each["code"] for each in detention["disputed"]] == ["D2", "D15", "D16", "D20"]
    questioning = (await client.get("/api/limits/admin-summons-questioning")).json()
    assert [(each["in_force"], each["until"]) for each in questioning["editions"]] == [
        ("2026-01-01", None),
        ("2013-01-01", "2026-01-01"),
    ]
    request = (await client.get("/api/limits/investigative-custody-extension-request")).json()
    assert request["counted_back_from"] == "investigative-custody"


async def test_a_recorded_clock_ends_when_and_why_the_calculator_says(bureau: World) -> None:
    number, officer = await accepted(bureau)
    card = await officer.clock(number, "criminal-filing-review")
    clock = await officer.read(f"/api/clocks/{card['id']}")
    question = {"start": clock["started_at"]}
    answer = (await (await bureau.stranger()).post("/api/limits/criminal-filing-review/due", json=question)).json()
    asked = {"due": clock["due_at"], **{name: clock[name] for name in ("edition", "basis", "calendar", "reasons", "rungs")}}
    assert asked == answer


NOTICE = "国办发明电〔2030〕1号"


async def proposed(hand: Hand, rest_days: list[str] = REST_DAYS_OF_2031) -> dict[str, Any]:
    answer = await hand.post("/api/calendar/2031", rest_days=rest_days, notice=NOTICE)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_year_that_one_proposes_and_another_confirms_is_counted_by_at_once(idle: World) -> None:
    stranger, administrator, legal = await idle.stranger(), await idle.as_("guanli"), await idle.as_("fangzhengping")
    told = await proposed(administrator)
    assert (told["proposed_by"], told["would_move"]) == ("guanli", 0)
    assert {"2031-10-06", "2031-10-07", "2031-10-08"} <= set(told["added"])
    assert (await stranger.get("/api/calendar/2031")).json()["final"] is False, "nothing holds before it is confirmed"
    assert await legal.read("/api/calendar/2031/proposal") == told
    answer = await legal.post("/api/calendar/2031/confirm", proposed_at=told["proposed_at"])
    assert answer.status_code == 200
    year = (await stranger.get("/api/calendar/2031")).json()
    assert (year["final"], year["rest_days"]) == (True, REST_DAYS_OF_2031)
    entries = await idle.ask("SELECT step, username FROM entry WHERE chain = %(chain)s ORDER BY position", chain=BUREAU)
    assert [(each.step, each.username) for each in entries] == [
        ("propose-calendar", "guanli"),
        ("publish-calendar", "fangzhengping"),
    ]
    assert (await legal.get("/api/calendar/2031/proposal")).status_code == 404


async def test_nobody_confirms_what_they_proposed_themselves(idle: World) -> None:
    administrator = await idle.as_("guanli")
    told = await proposed(administrator)
    answer = await administrator.post("/api/calendar/2031/confirm", proposed_at=told["proposed_at"])
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/duties-not-separated")
    assert await idle.ask("SELECT 1 FROM calendar_year") == []


async def test_what_was_proposed_again_meanwhile_is_to_be_looked_at_again(idle: World) -> None:
    administrator, legal = await idle.as_("guanli"), await idle.as_("fangzhengping")
    first = await proposed(administrator)
    await proposed(administrator, [*REST_DAYS_OF_2031, "2031-10-09"])
    answer = await legal.post("/api/calendar/2031/confirm", proposed_at=first["proposed_at"])
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/superseded")
    assert await idle.ask("SELECT 1 FROM calendar_year") == []


async def test_nobody_else_proposes_or_confirms_a_year_and_the_attempt_is_journaled(idle: World) -> None:
    head = await idle.as_("zhouminghui")
    assert (await head.post("/api/calendar/2031", rest_days=REST_DAYS_OF_2031, notice=NOTICE)).status_code == 403
    told = await proposed(await idle.as_("guanli"))
    assert (await head.post("/api/calendar/2031/confirm", proposed_at=told["proposed_at"])).status_code == 403
    assert (await head.get("/api/calendar/2031/proposal")).status_code == 403
    assert (await (await idle.stranger()).get("/api/calendar/2031")).json()["final"] is False
    assert await refusals(idle, BUREAU) == ["office-may-not-act", "office-may-not-act"]


@pytest.mark.parametrize(
    "rest_days",
    [
        ["2031-01-01"],
        [*REST_DAYS_OF_2031, "2032-01-01"],
        ["2031-01-01"] * 110,
        [*REST_DAYS_OF_2031, "2031-01-01"],
        [*REST_DAYS_OF_2031, "someday"],
        [day for day in REST_DAYS_OF_2031 if day != "2031-01-22"],
        [day.replace("2031", "2030") for day in REST_DAYS_OF_2031],
        [*REST_DAYS_OF_2031, "2031-03-04"],
    ],
    ids=["one", "another year's", "repeated", "twice", "no day", "without New Year's Eve", "the year before", "a Tuesday in March"],
)
async def test_days_that_cannot_be_the_arrangement_of_the_year_are_not_proposed(idle: World, rest_days: list[str]) -> None:
    answer = await (await idle.as_("guanli")).post("/api/calendar/2031", rest_days=rest_days, notice="x")
    assert answer.status_code == 422
    assert await idle.ask("SELECT 1 FROM calendar_proposal") == []


async def test_who_answers_for_a_clock_that_would_move_is_told_and_the_clock_stays(bureau: World) -> None:
    number, officer = await accepted(bureau)
    clock = await officer.clock(number, "criminal-filing-review")
    due = datetime.fromisoformat(clock["due_at"])
    year, administrator, legal = due.year, await bureau.as_("guanli"), await bureau.as_("fangzhengping")
    known = set((await administrator.read(f"/api/calendar/{year}"))["rest_days"])
    longer = sorted(known | {str(due.date())})
    # A day that joins on to no holiday nobody may propose; here it stands for one that does.
    refused = await administrator.post(f"/api/calendar/{year}", rest_days=longer, notice=NOTICE)
    assert refused.status_code == 422
    assert (await administrator.post(f"/api/calendar/{year}", rest_days=sorted(known), notice=NOTICE)).status_code == 200
    await bureau.ask("UPDATE calendar_proposal SET rest_days = %(days)s::date[] WHERE year = %(year)s", days=longer, year=year)
    told = await administrator.read(f"/api/calendar/{year}/proposal")
    assert told["would_move"] >= 1
    assert (await legal.post(f"/api/calendar/{year}/confirm", proposed_at=told["proposed_at"])).status_code == 200
    assert (await officer.clock(number, "criminal-filing-review"))["due_at"] == clock["due_at"], "nothing moves by itself"
    words = [each["words"] for each in (await officer.read("/api/notices"))["items"] if each["matter"] == number]
    assert any("放假安排已经公布" in each and "重新计算" in each for each in words), words
