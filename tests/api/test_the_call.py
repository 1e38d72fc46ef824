"""A call as a 110 room takes it: when it happened, how urgent it is, whether somebody is missing; who may go, and how it came out."""

from datetime import datetime, timedelta
from typing import Any

from law.calendar import SHANGHAI
from operations.verify import verify
from tests.api.matters import THEFT, reported
from tests.api.test_deputies import away
from tests.tables import table
from tests.world import Hand, World
from watchdog.duties.seal_journal import SealJournal
from workflows.incident import Incident


def _ago(**span: int) -> str:
    return (datetime.now(SHANGHAI) - timedelta(**span)).isoformat(timespec="seconds")


async def _told(hand: Hand, number: str) -> dict[str, Any]:
    summary = await hand.read(f"/api/matters/{number}/summary")
    return {name: value for each in summary["told"] for name, value in each["form"].items()}


async def _faults(hand: Hand, **said: Any) -> list[str]:
    answer = await hand.post("/api/matters/incident", **THEFT | said)
    return [] if answer.is_success else [each["field"] for each in answer.json()["errors"]]


# What the form asks


async def test_when_it_happened_is_kept_apart_from_when_the_call_came_in(bureau: World) -> None:
    desk = await bureau.as_("linxiaoyu")
    called, happened = _ago(minutes=3), _ago(hours=9)
    said = {"category": "criminal", "signs": ["weapons", "injured"], "recording": "20261130-0071"}
    number = (await desk.open("incident", **THEFT, at=called, happened_at=happened, **said))["number"]
    told = await _told(desk, number)
    assert (told["happened_at"], told["category"], told["signs"]) == (happened, "criminal", ["weapons", "injured"])
    assert (await desk.card(number))["opened_at"] == called
    assert await _faults(desk, at=called, happened_at=_ago(minutes=1)) == ["happened_at"]
    assert await _faults(desk, category="theft") == ["category"]


async def test_a_call_that_speaks_of_somebody_missing_goes_in_with_an_answer_alone(bureau: World) -> None:
    desk = await bureau.as_("linxiaoyu")
    told = {"kind": "人员走失", "narrative": "老人早上出门后走失"}
    assert await _faults(desk, **told) == ["missing"]
    searched = (await desk.open("incident", **THEFT | told, missing=True))["number"]
    assert (await desk.clock(searched, "sla-missing-person"))["state"] == "running"
    found = (await desk.open("incident", **THEFT | told, missing=False))["number"]
    limits = [each["limit"] for each in await desk.read(f"/api/matters/{found}/clocks")]
    assert "sla-missing-person" not in limits
    # Of a fraud nobody asks; nor of a past incident that is brought over.
    assert await _faults(desk, narrative="转账以后对方失联") == []
    assert await _faults(desk, narrative="没有人员走失") == []


async def test_who_is_missing_is_written_down_where_somebody_is_and_seen_on_top(bureau: World) -> None:
    number, officer = await reported(bureau, kind="人员走失", narrative="老人早上出门后走失", missing=True)
    other, _ = await reported(bureau)

    async def lacks(matter: str) -> list[str]:
        return next(each["lacks"] for each in await officer.steps(matter) if each["step"] == "describe-missing-person")

    assert (await lacks(number), await lacks(other)) == ([], ["接报失踪、走失人员"])
    look = {"name": "石老伯", "age": 78, "look": "身高约165厘米，灰色外套", "at_risk": "患有认知障碍"}
    await officer.take(number, "describe-missing-person", **look)
    told = await _told(officer, number)
    assert {name: told[name] for name in look} == look


# What is urgent


async def test_an_urgent_call_stands_before_what_came_first_until_somebody_says_that_it_is_none(bureau: World) -> None:
    first, officer = await reported(bureau)
    urgent, _ = await reported(bureau, kind="持刀伤人", narrative="有人持刀", urgent=True)

    async def signing() -> list[tuple[str, bool]]:
        items = (await officer.read("/api/tasks", order="due"))["items"]
        return [(each["matter"], each["urgent"]) for each in items if each["queue"] == "signing"]

    assert await signing() == [(urgent, True), (first, False)]
    assert [(await officer.card(each))["urgent"] for each in (urgent, first)] == [True, False]
    listed = (await officer.read("/api/matters", kind="incident"))["items"]
    assert {each["number"]: each["urgent"] for each in listed} == {urgent: True, first: False}
    await officer.take(urgent, "grade-incident", urgent=False, reason="双方已经分开，刀已收缴")
    assert await signing() == [(first, False), (urgent, False)]
    desk = await bureau.as_("linxiaoyu")
    await desk.take(first, "grade-incident", urgent=True, reason="报警人再次来电称对方返回")
    assert await signing() == [(first, True), (urgent, False)]


# Who may go


async def test_whoever_sends_somebody_sees_who_is_free_who_is_busy_and_who_is_away(bureau: World) -> None:
    _, officer = await reported(bureau)
    desk, absent = await bureau.as_("linxiaoyu"), await bureau.as_("machao")
    assert (await away(absent, "liusiyuan")).status_code == 200
    items = (await desk.read("/api/units/chengguan/patrols"))["items"]
    by_name = {each["username"]: each for each in items}
    assert (by_name["liusiyuan"]["open"], by_name["liusiyuan"]["away_until"]) == (1, None)
    assert (by_name["machao"]["deputy_zh"], bool(by_name["machao"]["away_until"])) == ("刘思源", True)
    assert items[-1]["username"] == "machao"
    assert items[0]["open"] == 0
    assert (await officer.get("/api/units/chengguan/patrols")).status_code == 403
    assert (await desk.get("/api/units/nowhere/patrols")).status_code == 404


# How it came out


async def test_what_was_done_on_the_scene_is_fed_back_to_whoever_sent_the_patrol(bureau: World) -> None:
    number, officer = await reported(bureau)
    await officer.take(number, "arrive-on-scene")
    assert (await officer.card(number))["turn"]["step"] == "feed-back"
    await officer.take(number, "feed-back", result="mediated", words="双方分开，未发现伤情", caller_told=True)
    card = await officer.card(number)
    assert (card["stage"], card["turn"]["step"]) == ("fed_back", "classify-incident")
    assert (await officer.clock(number, "sla-dispatch-feedback"))["state"] == "met"
    desk = await bureau.as_("linxiaoyu")
    (word,) = [each["words"] for each in (await desk.read("/api/notices"))["items"] if each["matter"] == number]
    assert word == "处警反馈：现场调解。双方分开，未发现伤情"
    told = await _told(desk, number)
    assert (told["result"], told["words"]) == ("mediated", "双方分开，未发现伤情")


@table("stage", ("dispatched", "classified"))
def test_feedback_may_be_given_wherever_the_patrol_is(stage: str) -> None:
    assert "feed-back" in [form.rule.step for form in Incident.stages[stage].open_steps]


async def test_a_picture_of_the_scene_lies_with_the_incident_and_is_seen_from_its_case(bureau: World) -> None:
    number, officer = await reported(bureau)
    file = {"file": ("IMG_1.jpg", b"\xff\xd8\xff\xe0 a photograph", "image/jpeg")}
    told = {"place": "scene", "title": "照片 1"}
    assert (await officer.http.post(f"/api/matters/{number}/dossier", data=told, files=file)).status_code == 201
    criminal = {"classification": "criminal", "reason": "涉嫌盗窃", "charge": "xf-264"}
    (case,) = (await officer.take(number, "classify-incident", **criminal))["opened"]

    async def lying(matter: str) -> list[tuple[str, str, str]]:
        places = (await officer.read(f"/api/matters/{matter}/dossier"))["places"]
        return [(each["place"], item["matter"], item["title"]) for each in places for item in each["items"]]

    assert await lying(number) == [("scene", number, "照片 1")]
    assert await lying(case) == [("other", number, "照片 1")]


# What was written down wrongly


async def test_what_a_call_told_is_set_right_and_what_stood_there_is_shown_beside_it(bureau: World) -> None:
    number, officer = await reported(bureau)
    desk, head = await bureau.as_("linxiaoyu"), await bureau.as_("zhaotiejun")
    wrong = {"told_seq": 1, "told_field": "place", "told_text": "城关镇河滨北路17号", "reason": "接警时误听"}
    await desk.take(number, "correct-record", **wrong)
    assert (await _told(desk, number))["place"] == THEFT["place"]
    await head.approve(number, "correct-record")
    summary = await officer.read(f"/api/matters/{number}/summary")
    call = next(each for each in summary["told"] if each["step"] == "open-incident")
    assert call["form"]["place"] == "城关镇河滨北路17号"
    assert [(each["field"], each["old"]) for each in call["corrected"]] == [("place", THEFT["place"])]
    assert (await officer.card(number))["title"] == "盗窃 城关镇河滨北路17号"
    await officer.take(number, "correct-record", told_seq=1, told_field="narrative", told_text="三轮车被盗", reason="车型误写")
    await head.approve(number, "correct-record")
    assert (await _told(officer, number))["narrative"] == "三轮车被盗"
    found = await officer.find("/api/search", q="三轮车被盗")
    assert [each["matter"] for each in found["narrative"]] == [number]
    await bureau.watch().get_duty(SealJournal).do()
    assert verify(bureau.settings).faults == []


async def test_only_what_was_told_there_can_be_set_right_and_only_by_what_may_stand_there(bureau: World) -> None:
    number, officer = await reported(bureau)

    async def refused(**said: Any) -> list[str]:
        answer = await officer.try_(number, "correct-record", reason="误录", **said)
        return [each["field"] for each in answer.json().get("errors", ())]

    told = {"told_seq": 1, "told_field": "place"}
    assert await refused(**told, told_text=THEFT["place"]) == ["told_text"]
    assert await refused(**told, told_text="路" * 201) == ["told_text"]
    assert await refused(told_seq=1, told_field="unit", told_text="donghe") == ["told_seq"]
    assert await refused(told_seq=2, told_field="place", told_text="别处") == ["told_seq"]
    assert await refused(**told) == [""]
