"""S7: somebody is missing. The search is a joint operation at once, looked at by the hour, and ends with whoever is found, or their family."""

from datetime import UTC, datetime, timedelta
from typing import Any

from law.calendar import SHANGHAI
from tests.sandbox import Sandbox
from tests.scenarios.fraud import CALL
from tests.world import Hand, World, until

WIFE: dict[str, Any] = {
    "name": "龙佳怡",
    "sex": "女",
    "age": 34,
    "reporter": "张海",
    "relation": "丈夫",
    "reporter_phone": "13900007001",
    "last_seen_place": "城关镇人民路",
    "circumstances": "早上出门后电话不通",
    "appearance": "身高一米六，短发，红色外套",
    "health": ["none"],
    "phones": ["13900007002"],
    "unit": "chengguan",
}
FOUND: dict[str, Any] = {"place": "东河岸边", "state": "well", "how": "patrol", "identity_by": "papers", "wishes": "consents"}
LOOKED = {"done": "已查沿线监控", "next": "继续查找", "people_out": 6}


def asked(*sorts: str) -> list[dict[str, str]]:
    return [{"sort": sort, "unit": "traffic"} for sort in sorts]


async def reported(hand: Hand, at: datetime, **said: Any) -> str:
    form = WIFE | {"last_seen_at": at - timedelta(hours=12, minutes=30)} | said
    return (await hand.open("missing-person", **form, at=at))["number"]


async def tasks_of(hand: Hand, number: str, many: int) -> list[dict[str, Any]]:
    """The tasks of a search, once so many are there."""

    async def there() -> list[dict[str, Any]]:
        return (await hand.read("/api/matters", kind="joint-task", parent=number))["items"]

    return await until(there, lambda found: len(found) == many, within=20)


async def test_an_adult_is_searched_for_by_several_at_once_looked_for_by_the_hour_and_found_after_twelve(county: World) -> None:
    desk, officer, commander = await county.as_("linxiaoyu"), await county.as_("liusiyuan"), await county.as_("panzhiheng")
    at = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(hours=12, minutes=40)
    incident = (await desk.open("incident", **CALL | {"missing": True, "kind": "失联"}, at=at))["number"]
    number = await reported(desk, at, subject=incident)
    assert await _begun(officer, number, at) == at + timedelta(hours=1, minutes=8)
    assert [each["unit"] for each in await tasks_of(commander, number, 3)] == ["traffic"] * 3

    asked_for = {"number": "13900007002", "necessity": "丈夫要求查找"}
    refused = await officer.try_(number, "request-emergency-location", **asked_for, danger_to_life=False)
    assert (refused.status_code, refused.json()["field"]) == (409, "danger_to_life")
    other = await officer.try_(number, "request-emergency-location", **asked_for | {"number": "13900009999"}, danger_to_life=True)
    assert (other.status_code, other.json()["errors"][0]["field"]) == (422, "number")
    told = await officer.take(
        number, "request-emergency-location", number="13900007002", necessity="留有轻生话语", danger_to_life=True
    )
    assert any("轻生" in note for note in told["notes"])
    await commander.approve(number, "request-emergency-location")
    assert (await commander.clock(number, "missing-location-answer"))["state"] == "running"

    later = {"grade": "flash", "reasons": "留有轻生话语", "at": at + timedelta(minutes=40)}
    left_out = await officer.try_(number, "confirm-grade", **later, tasks=asked("rescue"))
    assert (left_out.status_code, "社区" in left_out.text) == (422, True)
    await officer.take(number, "confirm-grade", **later, tasks=asked("rescue", "neighbour"))
    assert len(await tasks_of(commander, number, 5)) == 5
    lowered = await officer.try_(number, "confirm-grade", grade="normal", reasons="误会")
    assert lowered.status_code == 403, "less grave the duty commander alone finds it"

    review = await commander.clock(number, "missing-review")
    assert datetime.fromisoformat(review["due_at"]) == at + timedelta(hours=1, minutes=10), "every half hour from then on"
    await commander.take(number, "review-search", **LOOKED, at=at + timedelta(hours=1))
    again = await commander.clock(number, "missing-review")
    assert datetime.fromisoformat(again["due_at"]) == at + timedelta(hours=1, minutes=30)
    await _found(county, number, incident, at)


async def _begun(officer: Hand, number: str, at: datetime) -> datetime:
    """It is graded and begun after eight minutes; when it is to be looked at again."""
    start = await officer.clock(number, "missing-start")
    assert datetime.fromisoformat(start["due_at"]) == at + timedelta(minutes=15)
    told = (await officer.read(f"/api/matters/{number}/summary"))["told"]
    assert "一般：成年人，没有特急、紧急情形" in str(told)
    await officer.take(number, "confirm-grade", grade="normal", reasons="成年人", at=at + timedelta(minutes=3))
    left_out = await officer.try_(number, "start-search", tasks=asked("patrol"))
    assert (left_out.status_code, left_out.json()["errors"][0]["field"]) == (422, "why_not")
    await officer.take(number, "start-search", tasks=asked("patrol", "video", "telecom"), at=at + timedelta(minutes=8))
    return datetime.fromisoformat((await officer.clock(number, "missing-review"))["due_at"])


async def _found(county: World, number: str, incident: str, at: datetime) -> None:
    """She is found after twelve hours: what is still asked is taken back, the incident knows, the family confirms."""
    desk, officer, doer = await county.as_("linxiaoyu"), await county.as_("liusiyuan"), await county.as_("luochang")
    unasked = await officer.try_(number, "find-person", **FOUND | {"wishes": "not-asked"})
    assert (unasked.status_code, unasked.json()["errors"][0]["field"]) == (422, "wishes")
    await officer.take(number, "find-person", **FOUND, at=at + timedelta(hours=12, minutes=5))
    await until(
        lambda: doer.read("/api/matters", kind="joint-task", stage="cancelled"), lambda found: len(found["items"]) == 5, within=20
    )
    promise = await until(lambda: desk.clock(incident, "sla-missing-person"), lambda clock: clock["state"] == "met")
    assert promise["state"] == "met"
    early = await officer.try_(number, "confirm-closure", by="family", means="当面", cause="quarrel")
    assert (early.status_code, "报告人" in early.json()["detail"]) == (409, True)
    await officer.take(number, "tell-reporter", told="人已找到，平安")
    assert (await officer.take(number, "confirm-closure", by="family", means="当面", cause="quarrel"))["stage"] == "closed"
    since, until_ = (f"{each.astimezone(SHANGHAI):%Y-%m-%d}" for each in (at, datetime.now(UTC)))
    board = (await desk.read("/api/boards/searches", **{"from": since, "to": until_}))["figures"]
    assert [board[each] for each in ("reported", "found", "within_day", "mean_minutes", "tasks")] == [1, 1, 1, 725, 5]


async def test_a_missing_child_is_searched_for_by_five_at_once_a_case_is_opened_and_it_is_handed_over(county: World) -> None:
    desk, officer = await county.as_("linxiaoyu"), await county.as_("liusiyuan")
    at = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=40)
    number = await reported(desk, at, name="小宇", sex="男", age=6, relation="母亲", last_seen_at=at - timedelta(minutes=6))
    assert "特急：不满14周岁" in str((await officer.read(f"/api/matters/{number}/summary"))["told"])
    clocks = {each["limit"]: each for each in await officer.read(f"/api/matters/{number}/clocks")}
    assert datetime.fromisoformat(clocks["missing-start"]["due_at"]) == at + timedelta(minutes=5)
    assert (clocks["missing-file-case"]["state"], clocks["missing-file-case"]["due_at"]) == ("running", None)
    assert datetime.fromisoformat(clocks["missing-sample"]["due_at"]) == at + timedelta(hours=24)
    for person in ("liusiyuan", "panzhiheng", "zhaotiejun"):
        hand = await county.as_(person)

        async def hear(hand: Hand = hand) -> list[dict[str, Any]]:
            return (await hand.read("/api/notices"))["items"]

        await until(hear, lambda heard: any("立案审查" in each["words"] for each in heard), within=20)
    five = asked("patrol", "video", "telecom", "rescue", "neighbour")
    await officer.take(number, "start-search", tasks=five, at=at + timedelta(minutes=1))
    assert len(await tasks_of(desk, number, 5)) == 5
    board = await desk.read("/api/boards/searches")
    waiting = {each["queue"]: each["count"] for element in board["elements"] for each in element["queues"]}
    assert (waiting["search-under-way"], waiting["search-unreviewed"], waiting["task-unsigned"]) == (1, 1, 5)
    hurt = await officer.try_(number, "find-suspected-crime", ground="traces", charge="xf-232", summary="现场有血迹")
    assert (hurt.status_code, hurt.json()["errors"][0]["field"]) == (422, "injured"), "the case asks what it always asks"
    opened = await officer.take(number, "find-suspected-crime", ground="child", charge="xf-262", summary="商场走失")
    assert (opened["stage"], opened["opened"][0][:2]) == ("as_case", "XA")
    assert (await officer.clock(number, "missing-file-case"))["state"] == "met"
    await officer.take(number, "find-person", **FOUND | {"how": "public", "wishes": "not-asked"})
    await officer.take(number, "tell-reporter", told="孩子已找到")
    closing = {"by": "family", "means": "当面", "cause": "lost-way"}
    early = await officer.try_(number, "confirm-closure", **closing)
    assert (early.status_code, "交接" in early.json()["detail"]) == (409, True)
    await officer.take(number, "hand-over-person", to="母亲", document="身份证", signed=True)
    assert (await officer.take(number, "confirm-closure", **closing))["stage"] == "closed"


async def test_who_does_not_want_to_be_found_is_not_betrayed_and_a_death_is_cleared_up(county: World) -> None:
    officer, head = await county.as_("liusiyuan"), await county.as_("zhaotiejun")
    at = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(hours=2)
    away = await reported(officer, at)
    await officer.take(away, "find-person", **FOUND | {"wishes": "declines", "how": "other-bureau"})
    await officer.take(away, "tell-reporter", told="她在邻县旅馆", violence=True)
    told = [each for each in (await officer.read(f"/api/matters/{away}/journal"))["items"] if each["step"] == "tell-reporter"]
    assert "旅馆" not in str(told)
    assert "本人不愿告知去向" in str(told)
    assert (await (await county.as_("machao")).get(f"/api/matters/{away}")).status_code == 404, "sealed"

    hurt = await reported(officer, at, name="石岚")
    well = await officer.try_(hurt, "find-person", **FOUND | {"wishes": "unable"})
    assert (well.status_code, well.json()["errors"][0]["field"]) == (422, "wishes")
    await officer.take(hurt, "find-person", **FOUND | {"wishes": "unable", "state": "injured", "how": "hospital"})

    dead = await reported(officer, at, name="何有田", sex="男", age=82, health=["dementia"])
    await officer.take(dead, "find-person", **FOUND | {"state": "dead", "identity_by": "face", "wishes": "not-asked"})
    said = {"doctor": "陶医生", "cause": "unknown", "identity_by": "papers-and-family"}
    by_face = await officer.try_(dead, "record-missing-death", **said)
    assert (by_face.status_code, by_face.json()["errors"][0]["field"]) == (422, "identity_by")
    await officer.take(dead, "record-missing-death", **said | {"identity_by": "dna"})
    assert (await head.approve(dead, "record-missing-death"))["stage"] == "found_dead"
    closing = {"by": "family", "means": "当面", "cause": "death"}
    for step, form, words in (
        ("tell-family-of-death", {"told": "儿子", "officers": "刘思源、马朝", "words": "当面告知"}, "家属"),
        ("find-suspected-crime", {"ground": "other", "charge": "xf-262", "summary": "死因不明"}, "死因未查明"),
    ):
        early = await officer.try_(dead, "confirm-closure", **closing)
        assert (early.status_code, words in early.json()["detail"]) == (409, True), early.text
        await officer.take(dead, step, **form)
    assert (await officer.take(dead, "confirm-closure", **closing))["stage"] == "closed"


async def test_operator_hospital_and_rescuers_are_told_what_they_must_know_answer_and_fail(county: World, sandbox: Sandbox) -> None:
    for system in ("telecom", "hospital", "rescue"):
        sandbox.decides(system, "receipt")
    officer, commander = await county.as_("liusiyuan"), await county.as_("panzhiheng")
    at = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(hours=1)
    number = await reported(officer, at, health=["suicide-risk"])
    outside = [{"sort": each, "to_system": each} for each in ("hospital", "rescue", "shelter")]
    both = await officer.try_(number, "start-search", tasks=[{"sort": "rescue", "to_system": "rescue", "unit": "traffic"}])
    assert both.status_code == 422
    tasks = [*asked("patrol", "video", "telecom", "neighbour"), *outside]
    await officer.take(number, "start-search", tasks=tasks)
    asking = {"number": "13900007002", "necessity": "留有遗书", "danger_to_life": True, "span": "6 hour"}
    await officer.take(number, "request-emergency-location", **asking)
    await commander.approve(number, "request-emergency-location")

    await until(lambda: officer.clock(number, "missing-location-answer"), lambda clock: clock["state"] == "met", within=20)
    (located,) = sandbox.received("telecom")
    said = located["message"]["data"]
    assert {name: said[name] for name in ("number", "span")} == {"number": "13900007002", "span": "6 hour"}
    assert set(said) == {"matter", "about", "fact", "fact_zh", "at", "number", "span"}, "and nothing of who is missing, or why"
    back = await until(
        lambda: commander.read("/api/matters", kind="joint-task", stage="reported"),
        lambda found: len(found["items"]) == 2,
        within=20,
    )
    limits = [each["limit"] for each in await commander.read(f"/api/matters/{back['items'][0]['number']}/clocks")]
    assert limits == ["joint-task-report"], "nobody of ours signs for what is asked outside"
    (looked,) = sandbox.received("hospital")
    assert "龙佳怡" not in str(looked)
    assert "红色外套" in looked["message"]["data"]["disclosed"]
    (rescued,) = sandbox.received("rescue")
    assert "龙佳怡" in rescued["message"]["data"]["disclosed"]

    # The shelter says nothing: somebody calls there, and writes down what was said.
    items = (await commander.read("/api/matters", kind="joint-task", stage="issued"))["items"]
    shelter = next(each["number"] for each in items if each["unit"] == "chengguan")
    assert (await officer.try_(shelter, "sign-joint-task")).status_code == 409
    told = await officer.take(shelter, "answer-joint-task", outcome="nothing", said="电话答复：未接收")
    assert told["stage"] == "reported"


async def test_who_is_gone_again_is_searched_for_anew_told_of_and_handed_over_again(county: World) -> None:
    officer, commander = await county.as_("liusiyuan"), await county.as_("panzhiheng")
    at = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(hours=30)
    number = await reported(officer, at, name="小宇", sex="男", age=12, relation="母亲", last_seen_at=at - timedelta(hours=1))
    five = asked("patrol", "video", "telecom", "rescue", "neighbour")
    await officer.take(number, "start-search", tasks=five, at=at + timedelta(minutes=1))
    await officer.take(number, "confirm-grade", grade="flash", reasons="不满14周岁", at=at + timedelta(minutes=2))
    again = await officer.try_(number, "confirm-grade", grade="flash", reasons="不满14周岁")
    assert (again.status_code, again.json()["errors"][0]["field"]) == (422, "grade"), "what changes nothing puts off no review"
    excluded = await officer.try_(number, "exclude-crime", findings="应该只是走失")
    assert (excluded.status_code, excluded.json()["required"]) == (403, ["legal-reviewer"])

    await officer.take(number, "find-person", **FOUND | {"wishes": "declines"}, at=at + timedelta(hours=2))
    await officer.take(number, "tell-reporter", told="孩子在东河派出所")
    await officer.take(number, "hand-over-person", to="母亲", document="身份证", signed=True)
    closing = {"by": "family", "means": "当面", "cause": "runaway"}
    await officer.take(number, "confirm-closure", **closing)
    journal = (await officer.read(f"/api/matters/{number}/journal"))["items"]
    assert "孩子在东河派出所" in str(journal), "a child's parents hear where it is"

    back = at + timedelta(hours=28)
    reopened = await officer.take(number, "reopen-search", findings="再次走失", at=back)
    assert any("重新定级并下达任务" in note for note in reopened["notes"])
    clocks = await officer.read(f"/api/matters/{number}/clocks")
    running = {each["limit"]: each for each in clocks if each["state"] in ("running", "overdue")}
    assert "missing-file-case" in running
    assert datetime.fromisoformat(running["missing-review"]["due_at"]) == back + timedelta(minutes=30), "its first day begins anew"
    late = {"grade": "flash", "reasons": "不满14周岁"}
    left_out = await officer.try_(number, "confirm-grade", **late)
    assert (left_out.status_code, left_out.json()["errors"][0]["field"]) == (422, "why_not"), "what was asked before was taken back"
    await officer.take(number, "confirm-grade", **late, tasks=five, at=back + timedelta(minutes=5))
    assert len(await tasks_of(commander, number, 10)) == 10
    await commander.take(number, "review-search", **LOOKED, at=back + timedelta(minutes=20))
    clocks = await officer.read(f"/api/matters/{number}/clocks")
    (running_review,) = [each for each in clocks if each["limit"] == "missing-review" and each["state"] in ("running", "overdue")]
    assert datetime.fromisoformat(running_review["due_at"]) == back + timedelta(minutes=50)

    await _closed_again(officer, number, closing)


async def _closed_again(officer: Hand, number: str, closing: dict[str, str]) -> None:
    """The second time the child is handed over and its mother told as the first."""
    await officer.take(number, "find-person", **FOUND | {"wishes": "not-asked"})
    for step, form in (
        ("hand-over-person", {"to": "母亲", "document": "身份证", "signed": True}),
        ("tell-reporter", {"told": "孩子找到了"}),
    ):
        early = await officer.try_(number, "confirm-closure", **closing)
        assert early.status_code == 409, f"{step} was taken of the first time alone"
        await officer.take(number, step, **form)
    assert (await officer.take(number, "confirm-closure", **closing))["stage"] == "closed"


async def test_who_is_found_while_the_first_tasks_are_being_asked_for_leaves_each_recorded_and_taken_back(county: World) -> None:
    officer, commander = await county.as_("liusiyuan"), await county.as_("panzhiheng")
    number = await reported(officer, datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(hours=1))
    await officer.take(number, "start-search", tasks=asked(*["patrol", "video", "telecom", "rescue", "neighbour", "verify"] * 2))
    await officer.take(number, "find-person", **FOUND | {"how": "self-returned"})
    tasks = await until(
        lambda: commander.read("/api/matters", kind="joint-task", parent=number, stage="cancelled"),
        lambda found: len(found["items"]) == 12,
        within=20,
    )
    assert {each["stage"] for each in tasks["items"]} == {"cancelled"}
    assert await county.ask("SELECT words FROM task WHERE sort = 'undelivered'") == []
    figures = (await commander.read("/api/boards/searches"))["figures"]
    assert [figures[each] for each in ("found", "self_returned", "mean_minutes")] == [1, 1, None], "nobody found them"


async def test_whoever_was_asked_outside_hears_that_it_is_taken_back(county: World, sandbox: Sandbox) -> None:
    officer = await county.as_("liusiyuan")
    number = await reported(officer, datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(hours=1))
    tasks = [*asked("patrol", "video"), {"sort": "rescue", "to_system": "rescue"}]
    await officer.take(number, "start-search", tasks=tasks)

    async def told(many: int) -> list[dict[str, Any]]:
        async def received() -> list[dict[str, Any]]:
            return [each["message"] for each in sandbox.received("rescue")]

        return await until(received, lambda found: len(found) == many, within=20)

    await told(1)
    await officer.take(number, "find-person", **FOUND)
    _, back = await told(2)
    assert (back["type"], back["data"]["reason"]) == ("task.cancelled", "主事项已结束")
    assert sandbox.received("hospital") == sandbox.received("shelter") == [], "nobody hears of what they were not asked for"


async def test_a_search_is_listed_in_the_colour_of_the_limit_whose_time_stands_beside_it(county: World) -> None:
    officer = await county.as_("liusiyuan")
    at = datetime.now(UTC).replace(second=0, microsecond=0)
    number = await reported(officer, at, name="小宇", sex="男", age=6, relation="母亲", last_seen_at=at - timedelta(minutes=6))
    card = await officer.card(number)
    assert card["marks"] == ["minor"]
    clocks = await officer.read(f"/api/matters/{number}/clocks")
    hands = (officer, await county.as_("linxiaoyu"), await county.as_("panzhiheng"))
    rows = [each for hand in hands for each in (await hand.read("/api/tasks", order="due"))["items"]]
    turns = [each for each in rows if (each["matter"], each["sort"]) == (number, "turn")]
    assert turns
    for row in turns:
        (beside,) = {each["colour"] for each in clocks if each["due_at"] == row["due_at"]}
        assert row["colour"] == beside != card["colour"]


async def test_who_is_reported_twice_and_who_is_gone_often_is_known_again(county: World) -> None:
    officer, commander = await county.as_("liusiyuan"), await county.as_("panzhiheng")
    at = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(hours=2)
    first = await reported(officer, at)
    told = await officer.open("missing-person", **WIFE | {"last_seen_at": at - timedelta(hours=3), "reporter": "龙母"}, at=at)
    assert any(first in note and "同一人" in note for note in told["notes"])
    assert any(first in each["words"] for each in (await commander.read("/api/notices"))["items"])
    for number in (first, told["number"]):
        await officer.take(number, "find-person", **FOUND)
    third = await officer.open("missing-person", **WIFE | {"last_seen_at": at - timedelta(hours=3)}, at=at)
    assert any("第3次失联" in note for note in third["notes"])
    assert not any("同一人" in note for note in third["notes"]), "whoever was found is looked for no more"
    await officer.take(third["number"], "find-person", **FOUND)
    await officer.take(third["number"], "tell-reporter", told="人已找到，平安")
    closing = {"by": "family", "means": "当面", "cause": "quarrel"}
    bare = await officer.try_(third["number"], "confirm-closure", **closing)
    assert (bare.status_code, bare.json()["errors"][0]["field"]) == (422, "prevention")
    await officer.take(third["number"], "confirm-closure", **closing, prevention="发放手环")
    groups = (await officer.read("/api/boards/searches"))["groups"]
    assert [(each["by"], each["zh"], each["reported"], each["found"]) for each in groups] == [
        ("unit", "城关派出所", 3, 3),
        ("age", "18至70周岁", 3, 3),
        ("cause", "纠纷", 1, 1),
    ]
