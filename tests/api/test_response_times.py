"""In what time a dispatch is answered is set for a unit by two people; a call keeps the times with which it was sent."""

from datetime import datetime, timedelta
from typing import Any

import httpx

from operations.verify import verify
from tests.api.matters import THEFT, reported
from tests.api.test_rates import dispatched, rates
from tests.world import Hand, World
from watchdog.duties.seal_journal import SealJournal

SIGN: dict[str, Any] = {"unit": "qinglan", "limit": "sla-dispatch-sign"}


async def proposed(bureau: World, **said: Any) -> httpx.Response:
    return await (await bureau.as_("guanli")).post("/api/response-times", **(SIGN | {"seconds": 45} | said))


async def set_(bureau: World, **said: Any) -> httpx.Response:
    (one,) = (await proposed(bureau, **said)).json()["proposed"]
    supervisor = await bureau.as_("leijianfeng")
    return await supervisor.post("/api/response-times/confirm", unit=one["unit"], limit=one["limit"], proposed_at=one["at"])


async def times(hand: Hand, number: str) -> dict[str, float]:
    """How many seconds each limit of a dispatch runs in that matter."""
    return {
        each["limit"].removeprefix("sla-dispatch-"): (
            datetime.fromisoformat(each["due_at"]) - datetime.fromisoformat(each["started_at"])
        ).total_seconds()
        for each in await hand.read(f"/api/matters/{number}/clocks")
        if each["limit"].startswith("sla-dispatch-")
    }


async def asked(hand: Hand) -> list[str]:
    """What two people set and awaits their confirmation."""
    return [each["words"] for each in (await hand.read("/api/tasks"))["items"] if each["sort"] == "setting"]


async def test_a_call_keeps_the_times_with_which_it_was_sent(bureau: World) -> None:
    assert (await set_(bureau)).status_code == 200
    await set_(bureau, limit="sla-dispatch-feedback", seconds=3600)
    number, officer = await reported(bureau)
    # The nearest unit's own time comes before that of the bureau, and neither moves what was sent before.
    await set_(bureau, unit="chengguan", seconds=20)
    await set_(bureau, limit="sla-dispatch-feedback", seconds=600)
    for step in ("accept-dispatch", "arrive-on-scene"):
        await officer.take(number, step)
    assert await times(officer, number) == {"sign": 45, "arrive": 300, "feedback": 3600}
    later, _ = await reported(bureau)
    assert await times(officer, later) == {"sign": 20, "arrive": 300}
    (clock,) = [each for each in await officer.read(f"/api/matters/{number}/clocks") if each["limit"] == "sla-dispatch-sign"]
    assert any("满45秒" in each for each in clock["reasons"])
    await bureau.watch().get_duty(SealJournal).do()
    assert verify(bureau.settings).faults == []


async def test_what_was_there_before_a_unit_set_anything_stays_and_what_is_entered_late_goes_by_what_held_then(
    bureau: World,
) -> None:
    desk = await bureau.as_("linxiaoyu")
    before, _ = await reported(bureau)
    number = (await desk.open("incident", **THEFT))["number"]
    await set_(bureau)
    officer = await bureau.as_("liusiyuan")
    opened = datetime.fromisoformat((await desk.read(f"/api/matters/{number}"))["opened_at"])
    await desk.take(
        number, "dispatch-incident", unit="chengguan", officer="liusiyuan", at=(opened + timedelta(microseconds=1)).isoformat()
    )
    assert [(await times(officer, each))["sign"] for each in (before, number)] == [30, 30]


async def test_boards_count_by_the_time_that_held(bureau: World) -> None:
    await set_(bureau)
    await bureau.ask("UPDATE response_time SET since = since - interval '3 days'")
    await dispatched(bureau, 40)
    signed = (await rates(await bureau.as_("zhouminghui")))["dispatch-signed"]
    assert (signed["above"], signed["below"]) == (1, 1)


async def test_what_a_unit_set_is_taken_back_by_two_people_and_what_holds_above_it_holds_again(bureau: World) -> None:
    await set_(bureau)
    await set_(bureau, unit="chengguan", seconds=20)
    answer = await set_(bureau, unit="chengguan", seconds=None, taken_back=True)
    assert [(each["unit"], each["seconds"]) for each in answer.json()["in_force"]] == [("qinglan", 45)]
    after, officer = await reported(bureau)
    assert (await times(officer, after))["sign"] == 45
    await proposed(bureau, seconds=None, taken_back=True)
    assert await asked(await bureau.as_("leijianfeng")) == [
        "关理提请设定青岚县公安局的处警时限（处警 签收）：不再另行设定（原为45秒）"
    ]
    await set_(bureau, seconds=None, taken_back=True)
    usual, officer = await reported(bureau)
    assert (await times(officer, usual))["sign"] == 30
    await bureau.watch().get_duty(SealJournal).do()
    assert verify(bureau.settings).faults == []


async def test_only_what_is_set_is_taken_back_and_nothing_is_both_set_and_taken_back(bureau: World) -> None:
    for said in ({"seconds": None, "taken_back": True}, {"taken_back": True}, {"seconds": None}):
        assert (await proposed(bureau, **said)).status_code == 422
    assert await asked(await bureau.as_("leijianfeng")) == []


async def test_whoever_may_confirm_is_asked_until_it_is_confirmed_and_nobody_confirms_their_own(bureau: World) -> None:
    supervisor = await bureau.as_("leijianfeng")
    (one,) = (await proposed(bureau)).json()["proposed"]
    assert await asked(supervisor) == ["关理提请设定青岚县公安局的处警时限（处警 签收）：45秒"]
    confirming = {**SIGN, "proposed_at": one["at"]}
    assert (await (await bureau.as_("guanli")).post("/api/response-times/confirm", **confirming)).status_code == 403
    await proposed(bureau, seconds=90)
    assert (await supervisor.post("/api/response-times/confirm", **confirming)).status_code == 409
    assert await asked(supervisor) == ["关理提请设定青岚县公安局的处警时限（处警 签收）：1分钟30秒"]
    (anew,) = (await supervisor.read("/api/response-times"))["proposed"]
    assert (await supervisor.post("/api/response-times/confirm", **SIGN, proposed_at=anew["at"])).status_code == 200
    assert await asked(supervisor) == []
    assert (await supervisor.post("/api/response-times/confirm", **SIGN, proposed_at=anew["at"])).status_code == 404


async def test_what_no_unit_sets_is_refused(bureau: World) -> None:
    for said in ({"limit": "summons"}, {"seconds": 1}, {"unit": "nowhere"}):
        assert (await proposed(bureau, **said)).status_code == 422
    assert (await (await bureau.as_("leijianfeng")).post("/api/response-times", **SIGN, seconds=45)).status_code == 403


async def test_what_holds_where_nothing_is_set_is_told(bureau: World) -> None:
    usual = (await (await bureau.as_("guanli")).read("/api/response-times"))["usual"]
    assert {each["limit_zh"]: each["seconds"] for each in usual} == {"处警 签收": 30, "处警 到场": 300, "处警 反馈": 1800}
