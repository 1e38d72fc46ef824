"""S5: a tablet is left in a car. The platform is asked, the driver has it, it is kept apart, and it goes back to whose it is, and to nobody else."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.organ import organ
from tests.sandbox import Sandbox
from tests.scenarios.fraud import scanned
from tests.scenarios.passing import Passing
from tests.world import Hand, World, until

PHONE = "13900002002"
CALL: dict[str, Any] = {
    "kind": "丢失物品",
    "category": "help",
    "place": "城南客运站至青岚医院",
    "narrative": "昨晚乘网约车把平板电脑落在后排，联系不上司机，请求查找。",
    "reporter": "李威",
    "reporter_phone": PHONE,
    "unit": "chengguan",
}
CLOSED = {"told_how": "phone"}
TABLET = {"name": "平板电脑", "features": "银色，背面贴有恐龙贴纸", "serial": "DMP0001", "value": "3200", "has_data": True}


def _lost(at: datetime, **said: Any) -> dict[str, Any]:
    ride = {"boarded_at": at - timedelta(hours=15), "left_at": at - timedelta(hours=14)}
    return {
        "items": [TABLET],
        "vehicle": "ride-hailing",
        "boarded_place": "城南客运站",
        "left_place": "青岚医院",
        "order_number": "XC20261201",
        **{name: each.isoformat() for name, each in ride.items()},
    } | said


def _asked(at: datetime, **said: Any) -> dict[str, Any]:
    span = {"since": (at - timedelta(hours=16)).isoformat(), "until": (at - timedelta(hours=13)).isoformat()}
    return {"passenger_phone": PHONE, "purpose": "查找遗忘的平板电脑", "consented_by": "李威", **span} | said


async def lost(county: World, at: datetime) -> tuple[Hand, Hand, str]:
    """A tablet reported missing at that time, and given to an officer: who took the call, the officer, the incident."""
    desk, officer = await county.as_("linxiaoyu"), await county.as_("liusiyuan")
    number = (await desk.open("incident", at=at, **CALL))["number"]
    await desk.take(number, "dispatch-incident", at=at + timedelta(minutes=2), unit="chengguan", officer="liusiyuan")
    await desk.take(number, "report-lost-property", at=at + timedelta(minutes=4), **_lost(at))
    return desk, officer, number


def _ago(**how_long: float) -> datetime:
    return datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(**how_long)


async def test_a_tablet_left_in_a_car_is_found_through_the_platform_which_learns_nothing_of_it(
    county: World, sandbox: Sandbox
) -> None:
    sandbox.decides("vehicle-platform", "receipt")
    at = _ago(hours=6)
    _, officer, number = await lost(county, at)
    unsigned = await officer.try_(number, "ask-own-trip", **_asked(at))
    assert (unsigned.status_code, "行程查询同意书" in unsigned.text) == (422, True)
    await scanned(officer, number, "行程查询同意书")
    others = await officer.try_(number, "ask-own-trip", **_asked(at, passenger_phone="13900009999"))
    assert (others.status_code, others.json()["errors"][0]["field"]) == (422, "passenger_phone"), "nobody else's trip"
    await officer.take(number, "ask-own-trip", **_asked(at))
    await until(lambda: officer.clock(number, "lost-platform-answer"), lambda clock: clock["state"] == "met", within=20)
    (question,) = sandbox.received("vehicle-platform")
    told = question["message"]["data"]
    assert set(told) == {"matter", "about", "fact", "fact_zh", "at", "passenger_phone", "plate", "since", "until", "consent"}
    assert (len(told["consent"]), "平板" in str(told)) == (64, False), "that they agreed is shown; what was lost is not"
    assert (await officer.clock(number, "lost-trip-ask"))["state"] == "met-late"
    early = await officer.try_(number, "close-incident", outcome="已联系驾驶员", **CLOSED)
    assert early.status_code == 409, "it is on the way, and not there"


async def test_what_the_driver_brings_is_kept_apart_and_goes_back_to_whose_it_is_and_to_nobody_else(county: World) -> None:
    at = _ago(hours=6)
    _, officer, number = await lost(county, at)
    await scanned(officer, number, "行程查询同意书")
    await officer.take(number, "ask-own-trip", **_asked(at))
    await officer.take(number, "answer-trip", found=True, plate="安A·D1234", driver="郝师傅")
    await officer.take(number, "contact-holder", reached=True, says_has="yes", words="在车上，下午送到派出所")
    assert (await officer.clock(number, "lost-holder-contact"))["state"] == "met"
    received = {"items": [TABLET], "given_by": "郝师傅", "second": "马朝", "place": "遗失物专柜 3-02"}
    for second, field in (("", "camera"), ("liusiyuan", "second")):
        alone = await officer.try_(number, "receive-property", **received | {"second": second})
        assert (alone.status_code, alone.json()["errors"][0]["field"]) == (422, field), "two are two people"
    assert "遗失物照片" in (await officer.try_(number, "receive-property", **received)).text
    await scanned(officer, number, "遗失物照片")
    opened = await officer.try_(number, "receive-property", **received, opened="接听来电")
    assert (opened.status_code, opened.json()["errors"][0]["field"]) == (422, "camera")
    await officer.take(number, "receive-property", **received)
    assert (await officer.clock(number, "lost-owner-told"))["state"] == "running"

    await officer.take(number, "classify-incident", classification="help", reason="乘客遗忘物品，请求帮助查找")
    held = await officer.try_(number, "close-incident", outcome="已取回", **CLOSED)
    assert (held.status_code, "平板电脑" in held.json()["detail"], "第三百一十四条" in held.json()["basis"]) == (409, True, True)
    await officer.take(number, "tell-owner", told="请带身份证到城关派出所领取")
    back = {"items": ["平板电脑"], "who": "李威", "proof": ["unlocks", "serial"], "signed": True}
    for wrong, field in (
        ({"items": ["手机"]}, "items"),
        ({"signed": False}, "signed"),
        ({"to": "proxy"}, "authorised"),
        ({"proof": []}, "proof"),
    ):
        refused = await officer.try_(number, "return-property", **back | wrong)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, field), refused.text
    await officer.take(number, "return-property", **back)
    assert (await officer.try_(number, "return-property", **back)).status_code == 409, "it went back once"
    untold = await officer.try_(number, "close-incident", outcome="已归还失主")
    assert (untold.status_code, untold.json()["errors"][0]["field"]) == (422, "told_how"), "whoever called hears how it ended"
    await officer.take(number, "close-incident", outcome="平板电脑已归还失主", **CLOSED)
    running = [each["limit"] for each in await officer.read(f"/api/matters/{number}/clocks") if each["state"] == "running"]
    assert not [each for each in running if each.startswith(("lost-", "found-"))]
    titles = {each["title"] for each in (await officer.read(f"/api/matters/{number}/documents"))["items"]}
    assert {"遗失物接收凭证", "遗失物归还凭证"} <= titles


async def test_while_the_platform_is_down_its_clock_goes_up_and_an_officer_telephones(passing: Passing, sandbox: Sandbox) -> None:
    sandbox.feels("vehicle-platform", "down")
    at = await passing.now() - timedelta(minutes=10)
    desk, officer, number = await lost(passing.county, at)
    await scanned(officer, number, "行程查询同意书")
    await officer.take(number, "ask-own-trip", **_asked(at))
    await passing.until(at + timedelta(hours=26))
    clock = await until(lambda: officer.clock(number, "lost-platform-answer"), lambda one: one["colour"] == "overdue")
    assert clock["state"] == "running"
    tasks = (await officer.read("/api/tasks"))["items"]
    assert any(each["matter"] == number for each in tasks), "somebody has to see to it"
    card = await desk.card(number)
    assert (card["unit"], card["officer"]) == ("chengguan", "liusiyuan"), "and it is still whose it was"
    by_telephone = {"found": False, "note": "客服电话答复：该时段没有行程"}
    await officer.take(number, "answer-trip", **by_telephone)
    assert (await officer.clock(number, "lost-platform-answer"))["state"] == "met-late"
    contacted = [each for each in await officer.read(f"/api/matters/{number}/clocks") if each["limit"] == "lost-holder-contact"]
    assert contacted == [], "where nothing was found nobody is to be called"
    # The caller had named the wrong day: it is asked again.
    await officer.take(number, "ask-own-trip", **_asked(at - timedelta(days=1)))
    await officer.take(number, "answer-trip", found=False)
    told = "平台、客服均答复没有行程，已告知可以向运营单位申诉"
    await officer.take(number, "end-property-search", result="not-found", findings="两个时段均无行程", told=told)
    await officer.take(number, "classify-incident", classification="help", reason="请求帮助查找遗失物")
    assert (await officer.take(number, "close-incident", outcome="未找到，已告知", **CLOSED))["stage"] == "closed"


async def test_what_a_finder_brings_is_announced_contested_and_never_turned_over_before_the_year_is_out(county: World) -> None:
    desk, officer, head = await county.as_("linxiaoyu"), await county.as_("liusiyuan"), await county.as_("zhaotiejun")
    found = CALL | {"channel": "walk-in", "narrative": "在广场拾到手机一部，交给民警", "kind": "拾得物品"}
    number = (await desk.open("incident", **found))["number"]
    await desk.take(number, "dispatch-incident", unit="chengguan", officer="liusiyuan")
    await scanned(officer, number, "遗失物照片")
    phone = {"name": "手机", "features": "黑色，屏幕有裂纹", "has_data": True}
    taken = {
        "items": [phone],
        "given_by": "董秀兰",
        "camera": "JLY-07",
        "opened": "接听来电，对方称是机主家人",
        "place": "遗失物专柜 1-01",
    }
    await officer.take(number, "receive-property", **taken)
    await officer.take(number, "contest-property", claimant="吴大海", words="称是自己的手机，说不出密码")
    back = {"items": ["手机"], "who": "孔令仪", "proof": ["unlocks"], "signed": True}
    disputed = await officer.try_(number, "return-property", **back)
    assert (disputed.status_code, "第三百一十六条" in disputed.json()["basis"]) == (409, True)
    await officer.take(number, "settle-contest", by_what="withdrawn", owner="孔令仪", findings="吴大海撤回主张")
    await head.approve(number, "settle-contest")
    await head.take(
        number, "announce-found", where="派出所公告栏", content="拾得手机一部", shown_until=f"{_ago(days=-60):%Y-%m-%d}"
    )
    year = await officer.clock(number, "found-year")
    due = datetime.fromisoformat(year["due_at"]) - datetime.now(UTC)
    assert (year["state"], timedelta(days=364) < due < timedelta(days=376)) == ("running", True)
    early = await officer.try_(number, "turn-to-state", reason="无人认领")
    assert (early.status_code, "一年" in early.json()["detail"], "第三百一十八条" in early.json()["basis"]) == (409, True, True)
    await officer.take(number, "classify-incident", classification="help", reason="拾得物品招领")
    await _unannounced(officer, number, taken, back)
    assert (await officer.take(number, "close-incident", outcome="已发布招领公告", **CLOSED))["stage"] == "closed"
    assert (await officer.try_(number, "archive")).status_code == 409, "nothing is given back out of an archive"
    await officer.take(number, "return-property", **back)
    assert (await officer.clock(number, "found-year"))["state"] == "met", "who comes later gets it all the same"


async def _unannounced(officer: Hand, number: str, taken: dict[str, Any], back: dict[str, Any]) -> None:
    """A charger comes in after the notice: the call ends over no such thing until it is back."""
    await officer.take(number, "receive-property", **taken | {"items": [{"name": "充电器"}]})
    refused = await officer.try_(number, "close-incident", outcome="已发布招领公告", **CLOSED)
    assert (refused.status_code, "充电器" in refused.json()["detail"]) == (409, True), "no notice tells of what came in after it"
    await officer.take(number, "return-property", **back | {"items": ["充电器"], "proof": ["description"]})


async def test_what_is_in_our_hands_is_not_handed_to_the_citys_line(county: World) -> None:
    desk, officer = await county.as_("linxiaoyu"), await county.as_("liusiyuan")
    number = (await desk.open("incident", **CALL | {"narrative": "在广场拾到雨伞一把"}))["number"]
    await desk.take(number, "dispatch-incident", unit="chengguan", officer="liusiyuan")
    await scanned(officer, number, "遗失物照片")
    await officer.take(number, "receive-property", items=[{"name": "雨伞"}], given_by="董秀兰", camera="JLY-07", place="遗失物专柜")
    to_line = {"concern": "other", "narrative": "请求寻找失主", "place": "广场", "told": "由热线处理"}
    away = await desk.try_(number, "hand-to-hotline", **to_line)
    assert (away.status_code, "雨伞" in away.text) == (409, True)


async def test_a_taxi_is_looked_for_by_its_track_and_what_comes_late_is_kept(county: World, sandbox: Sandbox) -> None:
    at = _ago(hours=3)
    desk, officer, number = await lost(county, at)
    head, taxi = await county.as_("zhaotiejun"), await organ(county, "taxi")
    await desk.take(number, "report-lost-property", **_lost(at, vehicle="taxi", items=[TABLET | {"name": "雨伞"}]))
    span = {"since": (at - timedelta(hours=20)).isoformat(), "until": (at - timedelta(hours=12)).isoformat()}
    asked = {"company": "青岚出租汽车公司", "route": "城南客运站至青岚医院", "purpose": "查找遗失物"}
    long = await officer.try_(number, "ask-track", **asked, **span)
    assert (long.status_code, "六小时" in long.text) == (422, True)
    span["since"] = (at - timedelta(hours=16)).isoformat()
    await officer.take(number, "ask-track", **asked, **span)
    await head.approve(number, "ask-track")
    (question,) = await until(lambda: _received(sandbox), lambda found: found, within=20)
    assert set(question["message"]["data"]) >= {"plate", "company", "since", "until", "route"}
    assert "李威" not in str(question)
    answered = await taxi.decide(number, "answer-track", found=True, plate="安A·T2046", driver="荀师傅", driver_phone="13900004004")
    assert answered.status_code == 200, answered.text
    assert (await officer.clock(number, "lost-holder-contact"))["state"] == "running"
    said = {"result": "handed-directly", "findings": "驾驶员已直接送还失主", "told": "失主确认收到"}
    await officer.take(number, "end-property-search", **said)
    late = await taxi.decide(number, "answer-track", found=True, plate="安A·T2047", driver="另一驾驶员")
    assert late.status_code == 200, "what comes afterwards is kept with it"
    await scanned(officer, number, "遗失物照片")
    await officer.take(number, "receive-property", items=[TABLET], given_by="另一驾驶员", second="马朝", place="遗失物专柜 3-02")
    await taxi.decide(number, "answer-track", found=True, plate="安A·T2047", driver="另一驾驶员")
    running = [each["limit"] for each in await officer.read(f"/api/matters/{number}/clocks") if each["state"] == "running"]
    assert "lost-holder-contact" not in running, "it is here: an answer that comes once more has nobody called"


async def _received(sandbox: Sandbox) -> list[dict[str, Any]]:
    return sandbox.received("taxi")
