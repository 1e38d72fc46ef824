"""Who acts on a call (首接责任制): until another has taken it, whoever has it; what was done with comes back; and what is the city's goes to its line."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.organ import organ
from tests.sandbox import Sandbox
from tests.scenarios.fraud import CALL
from tests.scenarios.passing import eventually
from tests.world import Hand, World, until

LAMP: dict[str, Any] = {
    "kind": "市政投诉",
    "place": "青岚县城关镇人民路88号",
    "narrative": "小区路灯不亮",
    "reporter": "沈国梁",
    "reporter_phone": "13900000000",
    "unit": "chengguan",
}
TO_LINE: dict[str, Any] = {
    "concern": "city",
    "narrative": "小区路灯不亮，请求维修",
    "place": "人民路88号",
    "told": "已转12345热线，凭工单编号查询",
}


async def sent(county: World, **said: Any) -> tuple[Hand, Hand, str]:
    """A call to which an officer was sent: who took it, the officer, the incident."""
    desk, officer = await county.as_("linxiaoyu"), await county.as_("liusiyuan")
    number = (await desk.open("incident", **CALL | said))["number"]
    await desk.take(number, "dispatch-incident", unit="chengguan", officer="liusiyuan")
    return desk, officer, number


async def test_who_was_asked_takes_it_over_or_refuses_and_meanwhile_it_is_whose_it_was(county: World) -> None:
    _, officer, number = await sent(county)
    other, head = await county.as_("wuhaoran"), await county.as_("sunjiawei")
    asked = {"unit": "donghe", "reason": "发生地在界河以东", "done": "已到场"}
    own = await officer.try_(number, "hand-incident", **asked | {"unit": "chengguan"})
    assert (own.status_code, own.json()["errors"][0]["field"]) == (422, "unit")
    await officer.take(number, "hand-incident", **asked)
    twice = await officer.try_(number, "hand-incident", **asked | {"unit": "baita"})
    assert (twice.status_code, "尚未答复" in twice.json()["detail"]) == (409, True)
    card = await other.card(number)
    assert (card["unit"], card["officer"]) == ("chengguan", "liusiyuan"), "they read it, and it is not theirs yet"
    assert (await officer.clock(number, "incident-take-over"))["state"] == "running"
    stranger = await county.as_("machao")
    assert (await stranger.try_(number, "take-incident", unit="donghe", officer="machao")).status_code in (403, 422)

    (dispute,) = (await head.take(number, "refuse-incident", unit="donghe", reason="不属辖区", ground="territory"))["opened"]
    card = await officer.card(number)
    assert (card["unit"], card["officer"]) == ("chengguan", "liusiyuan")
    chief = await county.as_("hejingyuan")

    async def there() -> bool:
        return (await chief.get(f"/api/matters/{dispute}")).status_code == 200

    await eventually(there)
    again = await officer.try_(number, "hand-incident", **asked)
    assert (again.status_code, "首接单位继续办理" in again.json()["detail"]) == (409, True), "it is in dispute now"

    _, officer, taken = await sent(county)
    await officer.take(taken, "hand-incident", **asked)
    await other.take(taken, "take-incident", unit="donghe", officer="wuhaoran")
    card = await other.card(taken)
    assert (card["unit"], card["officer"]) == ("donghe", "wuhaoran")
    assert (await other.clock(taken, "incident-take-over"))["state"] == "met"
    late = await officer.try_(taken, "withdraw-handover", reason="继续办理")
    assert late.status_code in (403, 404, 409)


async def test_an_urgent_call_is_taken_in_three_minutes_or_the_commander_says_who_does(county: World) -> None:
    _, officer, number = await sent(county, urgent=True)
    commander = await county.as_("panzhiheng")
    early = await commander.try_(number, "order-take-over", unit="donghe", reason="尽快处置")
    assert early.status_code in (403, 409), "nobody was asked"
    await officer.take(number, "hand-incident", unit="donghe", reason="发生地在界河以东")
    clock = await officer.clock(number, "incident-take-over")
    term = datetime.fromisoformat(clock["due_at"]) - datetime.fromisoformat(clock["started_at"])
    assert term == timedelta(minutes=3)
    for unit in ("chengguan", "nowhere"):
        refused = await commander.try_(number, "order-take-over", unit=unit, reason="逾时无人接手")
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "unit"), refused.text
    await commander.take(number, "order-take-over", unit="donghe", officer="wuhaoran", reason="逾时无人接手")
    ordered = await county.ask(
        "SELECT username, office, unit_id FROM notice WHERE matter = %(n)s AND words LIKE '指令接手%%'", n=number
    )
    assert {each.username or (each.office, each.unit_id) for each in ordered} == {"wuhaoran", ("station-head", "donghe")}
    card = await commander.card(number)
    assert (card["unit"], card["officer"]) == ("donghe", "wuhaoran")


async def test_what_was_closed_is_taken_up_again_once_by_the_station_and_then_by_the_bureau(county: World) -> None:
    _, officer, number = await sent(county)
    head, chief = await county.as_("zhaotiejun"), await county.as_("hejingyuan")
    for turn, approver in enumerate((head, chief)):
        await officer.take(number, "classify-incident", classification="help", reason="求助")
        await officer.take(number, "close-incident", outcome="已处理", told_how="phone")
        step = "reopen-incident-again" if turn else "reopen-incident"
        open_ = {each["step"] for each in await officer.steps(number)}
        assert {"reopen-incident", "reopen-incident-again"} & open_ == {step}
        await officer.take(number, step, ground="new-fact", reason="报警人补充新情况")
        assert (await approver.approve(number, step))["stage"] == "received"
        running = [each for each in await officer.read(f"/api/matters/{number}/clocks") if each["state"] == "running"]
        assert [each["limit"] for each in running] == ["incident-reopened-act"]
    await officer.take(number, "classify-incident", classification="help", reason="求助")
    await officer.take(number, "close-incident", outcome="已处理", told_how="phone")
    await officer.take(number, "archive")
    assert (await officer.try_(number, "reopen-incident-again", ground="other", reason="再办")).status_code == 409


async def test_who_was_taken_for_a_repeated_call_is_received_anew_with_what_their_own_call_asks(county: World) -> None:
    desk = await county.as_("linxiaoyu")
    crash = CALL | {"kind": "交通事故", "place": "环城路口", "narrative": "两车相撞，堵住路口"}
    first = (await desk.open("incident", **crash))["number"]
    again = [(await desk.open("incident", **crash, channel="walk-in" if n == 2 else "110"))["number"] for n in range(4)]
    for each in again:
        await desk.take(each, "explain-duplicate", original=first, told="民警已在途中")
    children = (await desk.card(first))["links"]["children"]
    assert sorted(each["number"] for each in children) == sorted(again), "all who called stand with the one that is dealt with"
    third = again[2]
    came = (await desk.clock(third, "incident-onsite-registration"))["started_at"]
    await desk.take(third, "separate-incident", reason="地点不同，是另一起事故")
    assert (await desk.card(third))["stage"] == "received"
    clocks = [each for each in await desk.read(f"/api/matters/{third}/clocks") if each["state"] == "running"]
    assert {each["limit"]: each["started_at"] for each in clocks}["incident-onsite-registration"] == came
    await desk.take(third, "dispatch-incident", unit="traffic")


async def test_what_is_no_matter_for_the_police_goes_to_the_citys_line_and_comes_back_where_people_are_in_danger(
    county: World, sandbox: Sandbox
) -> None:
    desk, hotline = await county.as_("linxiaoyu"), await organ(county, "hotline")
    number = (await desk.open("incident", **LAMP))["number"]
    danger = await desk.try_(number, "hand-to-hotline", **TO_LINE | {"narrative": "路灯下有人持刀打架"})
    assert (danger.status_code, danger.json()["errors"][0]["field"]) == (422, "narrative")
    unasked = await desk.try_(number, "hand-to-hotline", **TO_LINE, caller="沈国梁")
    assert (unasked.status_code, unasked.json()["errors"][0]["field"]) == (422, "caller")
    assert (await desk.take(number, "hand-to-hotline", **TO_LINE))["stage"] == "with_hotline"

    async def told() -> list[dict[str, Any]]:
        return [each["message"]["data"] for each in sandbox.received("hotline")]

    (message,) = await until(told, lambda found: found, within=20)
    said = {name: message[name] for name in ("concern", "place", "narrative", "caller", "caller_phone")}
    assert said == {
        "concern": "city",
        "place": "人民路88号",
        "narrative": "小区路灯不亮，请求维修",
        "caller": "",
        "caller_phone": "",
    }
    taken = await hotline.decide(number, "receive-hotline-order", order_number="HX20260001")
    assert taken.status_code == 200, taken.text
    assert (await desk.clock(number, "hotline-takes"))["state"] == "met"
    assert (await desk.clock(number, "hotline-result"))["state"] == "running"
    assert (await (await hotline_reads(county)).get(f"/api/matters/{number}")).status_code == 404, "it reads nothing of ours"
    result = await hotline.decide(number, "report-order-result", result="under-way", said="已派修")
    assert (result.status_code, (await desk.card(number))["stage"]) == (200, "with_hotline")
    assert (await desk.clock(number, "hotline-result"))["state"] == "running", "what is under way has yet to come out"

    back = await hotline.decide(number, "return-order", why="现场有人打架，不属诉求")
    assert back.status_code == 200, back.text
    assert (await desk.card(number))["stage"] == "received"
    urgent = await county.ask("SELECT true AS there FROM fact WHERE matter = %(n)s AND fact = 'incident.urgent'", n=number)
    assert len(urgent) == 1
    assert (await desk.clock(number, "incident-reopened-act"))["state"] == "running"
    await _is_ours_for_good(county, desk, number)
    await desk.take(number, "dispatch-incident", unit="chengguan", officer="liusiyuan")


async def _is_ours_for_good(county: World, desk: Hand, number: str) -> None:
    """What came back because people are in danger is heard of, and goes there no more."""
    told_of_it = await county.ask(
        "SELECT username, office FROM notice WHERE matter = %(n)s AND words LIKE '12345热线退回%%'", n=number
    )
    assert {(each.username, each.office) for each in told_of_it} == {("linxiaoyu", ""), ("", "duty-commander")}
    again = await desk.try_(number, "hand-to-hotline", **TO_LINE)
    assert (again.status_code, "紧急" in again.json()["detail"]) == (409, True), (
        "people are in danger there, whatever is typed of it"
    )


async def test_a_clerk_of_the_line_who_heard_the_caller_takes_it_in_ten_minutes(county: World) -> None:
    desk = await county.as_("linxiaoyu")
    other = (await desk.open("incident", **LAMP))["number"]
    await desk.take(other, "hand-to-hotline", **TO_LINE, three_way="0031")
    clock = await desk.clock(other, "hotline-takes")
    in_call = datetime.fromisoformat(clock["due_at"]) - datetime.fromisoformat(clock["started_at"])
    assert in_call == timedelta(minutes=10)
    await desk.take(other, "receive-hotline-order", order_number="HX20260002")
    await desk.take(other, "report-order-result", result="solved")
    assert (await desk.card(other))["stage"] == "told_not_ours"


async def hotline_reads(county: World) -> Hand:
    """The line's own account, as it would read."""
    return await county.as_("system:hotline")


async def test_what_a_camera_saw_is_linked_within_a_day_or_explained(county: World, sandbox: Sandbox) -> None:
    sandbox.decides("body-camera", "person")
    _, officer, number = await sent(county)
    camera, head = await organ(county, "body-camera"), await county.as_("zhaotiejun")
    await officer.take(number, "arrive-on-scene")
    await officer.take(number, "handle-scene", measures="徒手制服后约束", cameras=["JLY-07"], force="hands")
    assert (await officer.clock(number, "recording-hand-in"))["state"] == "running"

    async def told() -> list[dict[str, Any]]:
        return [each["message"]["data"] for each in sandbox.received("body-camera")]

    (message,) = await until(told, lambda found: found, within=20)
    assert message["device"] == "JLY-07"
    assert CALL["narrative"] not in str(message)
    now = datetime.now(UTC).replace(microsecond=0)
    seen: dict[str, Any] = {"number": "JLY-0007", "since": (now - timedelta(minutes=9)).isoformat(), "until": now.isoformat()}
    linked = await camera.decide(number, "link-recording", **seen)
    assert linked.status_code == 200, linked.text
    assert (await officer.clock(number, "recording-hand-in"))["state"] == "met"
    gone = await camera.decide(number, "report-recording-deleted", number="JLY-0007")
    assert (gone.status_code, "长期保存" in gone.text) == (409, True), "force was used"

    _, officer, bare = await sent(county)
    await officer.take(bare, "handle-scene", measures="劝离", cameras=["JLY-08"])
    turned = await officer.try_(bare, "link-recording", **seen | {"since": seen["until"]})
    assert (turned.status_code, turned.json()["errors"][0]["field"]) == (422, "until"), turned.text
    _, officer, calm = await sent(county)
    unknown = await officer.try_(calm, "report-recording-deleted", number="JLY-0008")
    assert unknown.status_code == 409, "nothing was linked"
    await officer.take(calm, "link-recording", **seen | {"number": "JLY-0008"})
    soon = await officer.try_(calm, "report-recording-deleted", number="JLY-0008")
    assert (soon.status_code, "期满以前不得删除" in soon.text) == (409, True), "half a year it is kept at least"
    other = await officer.try_(calm, "report-recording-deleted", number="JLY-0009")
    assert (other.status_code, other.json()["errors"][0]["field"]) == (422, "number")
    await officer.take(bare, "explain-no-recording", why="fault", words="设备故障，已报修")
    assert (await officer.clock(bare, "recording-hand-in"))["state"] == "running", "its head has to accept that"
    await head.approve(bare, "explain-no-recording")
    assert (await officer.clock(bare, "recording-hand-in"))["state"] == "met"
