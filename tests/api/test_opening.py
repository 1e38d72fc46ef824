"""Opening a matter: once, in the right unit, or not at all."""

import asyncio
from datetime import UTC, datetime, timedelta

from models.journal import BUREAU
from tests.api.matters import THEFT, refusals
from tests.world import World


async def test_the_desk_opens_an_incident_for_the_station_that_answers(bureau: World) -> None:
    desk = await bureau.as_("linxiaoyu")
    answer = await desk.post("/api/matters/incident", **THEFT)
    receipt = answer.json()
    assert (answer.status_code, answer.headers["ETag"]) == (201, '"1"')
    assert receipt["number"].startswith("JQ")
    assert (receipt["kind"], receipt["stage"], receipt["seq"]) == ("incident", "received", 1)
    assert (await desk.card(receipt["number"]))["unit"] == "chengguan"


async def test_the_same_key_opens_one_matter_however_often_and_at_once(bureau: World) -> None:
    desk = await bureau.as_("linxiaoyu")
    key = {"Idempotency-Key": "call-4711"}
    answers = await asyncio.gather(*(desk.post("/api/matters/incident", key, **THEFT) for _ in range(4)))
    later = await desk.post("/api/matters/incident", key, **THEFT)
    assert {(each.status_code, each.text) for each in [*answers, later]} == {(201, later.text)}
    assert len((await desk.read("/api/matters"))["items"]) == 1


async def test_the_same_key_with_another_form_is_refused(bureau: World) -> None:
    desk = await bureau.as_("linxiaoyu")
    key = {"Idempotency-Key": "call-4711"}
    await desk.post("/api/matters/incident", key, **THEFT)
    answer = await desk.post("/api/matters/incident", key, **THEFT | {"place": "别处"})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/key-reused")


async def test_two_people_may_use_the_same_key(bureau: World) -> None:
    numbers = set()
    for username in ("linxiaoyu", "sutingting"):
        desk = await bureau.as_(username)
        numbers.add((await desk.post("/api/matters/incident", {"Idempotency-Key": "1"}, **THEFT)).json()["number"])
    assert len(numbers) == 2


async def test_an_unknown_kind_names_those_that_can_be_opened(idle: World) -> None:
    answer = await (await idle.as_("linxiaoyu")).post("/api/matters/incidents", **THEFT)
    assert answer.status_code == 404
    assert {"incident", "criminal-case"} <= set(answer.json()["near"])
    assert await refusals(idle, BUREAU) == ["not-found"]


async def test_an_office_that_may_not_open_it_is_refused_before_anything_begins(idle: World) -> None:
    answer = await (await idle.as_("zhouminghui")).post("/api/matters/incident", **THEFT)
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (403, "/problems/office-may-not-act")
    assert problem["required"] == ["reporting-desk", "case-officer", "auxiliary-officer"]
    assert problem["held"] == ["county-head"]
    assert "报案" in problem["basis"] or "《" in problem["basis"]
    assert await refusals(idle, BUREAU) == ["office-may-not-act"]
    assert await idle.ask("SELECT 1 FROM reservation") == []


async def test_an_officer_opens_nothing_for_a_station_of_others(idle: World) -> None:
    answer = await (await idle.as_("liusiyuan")).post("/api/matters/incident", **THEFT | {"unit": "donghe"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "unit")


async def test_a_fact_of_the_future_is_refused(idle: World) -> None:
    answer = await (await idle.as_("linxiaoyu")).post("/api/matters/incident", at=datetime.now(UTC) + timedelta(hours=1), **THEFT)
    assert answer.json()["errors"] == [{"field": "at", "rule": "not-in-the-future", "detail": "事实发生的时间不得晚于现在"}]


async def test_a_naive_time_is_refused(idle: World) -> None:
    answer = await (await idle.as_("linxiaoyu")).post("/api/matters/incident", **THEFT | {"at": "2026-09-28T10:00:00"})
    assert answer.json()["errors"] == [
        {"field": "at", "rule": "timezone_aware", "detail": "须写明时区，例如2026-09-28T10:00:00+08:00"}
    ]


async def test_a_citizen_id_with_a_wrong_check_digit_is_refused_without_being_repeated(idle: World) -> None:
    answer = await (await idle.as_("linxiaoyu")).post(
        "/api/matters/incident", **THEFT | {"reporter_citizen_number": "110101199003078888"}
    )
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "reporter_citizen_number"
    assert "110101199003078888" not in answer.text
    (entry,) = await idle.ask("SELECT content FROM entry WHERE sort = 'refusal'")
    assert "110101199003078888" not in entry.content


async def test_the_kinds_tell_how_each_is_opened(idle: World) -> None:
    kinds = {each["kind"]: each for each in (await (await idle.stranger()).get("/api/kinds")).json()}
    assert list(kinds)[:3] == ["incident", "criminal-case", "suspect"]
    assert "canary" not in kinds
    assert kinds["incident"]["opens"]["form"]["properties"]["place"]["title"] == "发生地点"
    assert kinds["suspect"]["opens"] is None
