"""A unit is asked to do something for another's matter: it signs, answers, is judged by who asked, and knows what it was told."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.scenarios.fraud import CALL
from tests.scenarios.test_s06_a_letter_to_the_chief import signed
from tests.scenarios.test_s07_missing import reported
from tests.world import Hand, World, until

OPENS = "/api/matters/joint-task"
TASK: dict[str, Any] = {"sort": "patrol", "unit": "traffic", "what": "查找白色面包车", "term": "4 hour", "priority": "urgent"}


async def _asked(desk: Hand, subject: str, **said: Any) -> str:
    return (await desk.open("joint-task", **TASK | {"subject": subject} | said))["number"]


async def test_a_unit_signs_and_answers_by_the_minute_and_who_asked_judges_it(county: World) -> None:
    desk, doer, head = await county.as_("linxiaoyu"), await county.as_("luochang"), await county.as_("duanhongwei")
    incident = (await desk.open("incident", **CALL))["number"]
    task = await _asked(desk, incident, disclose=["place"], not_by=["gehaiyang"])
    card = await doer.card(task)
    assert (card["unit"], card["stage"], card["title"]) == ("traffic", "issued", "路面查找：查找白色面包车")
    told = (await doer.read(f"/api/matters/{task}/summary"))["told"]
    assert [each["form"]["disclosed"] for each in told] == [f"发生地点：{CALL['place']}"]
    assert (await doer.get(f"/api/matters/{incident}")).status_code == 404, "of the incident it knows no more"
    sign = await desk.clock(task, "joint-task-sign")
    opened = datetime.fromisoformat(sign["started_at"])
    assert datetime.fromisoformat(sign["due_at"]) - opened == timedelta(minutes=5)
    assert (await desk.clock(task, "joint-task-report"))["state"] == "running"

    for person in ("linxiaoyu", "gehaiyang"):
        assert (await (await county.as_(person)).try_(task, "sign-joint-task")).status_code in (403, 409), person
    await doer.take(task, "sign-joint-task", people=3)
    assert (await desk.clock(task, "joint-task-sign"))["state"] == "met"
    assert (await head.try_(task, "accept-joint-task")).status_code in (403, 409), "who does it does not judge it"
    await doer.take(task, "report-joint-task", outcome="clue", said="卡口有线索")
    assert (await desk.take(task, "return-joint-task", reason="继续查找", term="30 minute"))["stage"] == "under_way"
    again = [each for each in await desk.read(f"/api/matters/{task}/clocks") if each["limit"] == "joint-task-report"]
    assert sorted(each["state"] for each in again) == ["met", "running"]
    await doer.take(task, "report-joint-task", outcome="found", said="已找到")
    assert (await (await county.as_("panzhiheng")).take(task, "accept-joint-task"))["stage"] == "closed"
    told_of = await until(
        lambda: desk.read(f"/api/matters/{incident}/journal"),
        lambda journal: any(each["step"] == "accept-joint-task" for each in journal["items"]),
    )
    assert told_of, "the incident hears of each step"


async def test_what_is_refused_is_told_to_the_commander_and_what_is_open_ends_with_its_matter(county: World) -> None:
    desk, doer, commander = await county.as_("linxiaoyu"), await county.as_("luochang"), await county.as_("panzhiheng")
    incident = (await desk.open("incident", **CALL))["number"]
    nowhere = await desk.post(OPENS, **TASK)
    assert (nowhere.status_code, nowhere.json()["errors"][0]["field"]) == (422, "subject")
    unknown = await desk.post(OPENS, **TASK | {"subject": incident, "disclose": ["bank_account"]})
    assert (unknown.status_code, unknown.json()["errors"][0]["field"]) == (422, "disclose")
    short = await desk.post(OPENS, **TASK | {"subject": incident, "term": "5 minute"})
    assert (short.status_code, "15分钟" in short.text) == (422, True)

    refused = await _asked(desk, incident)
    assert (await doer.take(refused, "decline-joint-task", why="no-people"))["stage"] == "declined"
    heard = (await commander.read("/api/notices"))["items"]
    assert any("不能执行" in each["words"] for each in heard)

    left = await _asked(desk, incident)
    await desk.take(incident, "dispatch-incident", unit="chengguan", officer="liusiyuan")
    officer = await county.as_("liusiyuan")
    await officer.take(incident, "tell-not-ours", competent="县城管局", told="已告知向县城管局反映")
    await until(lambda: desk.card(left), lambda card: card["stage"] == "cancelled")
    after = await desk.post(OPENS, **TASK | {"subject": incident})
    assert (after.status_code, after.json()["type"]) == (409, "/problems/law-forbids")


async def test_whoever_is_asked_for_a_sealed_matter_reads_the_task_and_nothing_of_the_file(county: World) -> None:
    officer, doer = await county.as_("liusiyuan"), await county.as_("luochang")
    case = (await officer.open("criminal-case", charge="xf-264", summary="被害人是未成年人"))["number"]
    task = await _asked(officer, case, disclose=["charge"])
    await officer.take(case, "seal-file", grounds="涉及未成年人")
    await (await county.as_("zhaotiejun")).approve(case, "seal-file")
    after = await _asked(officer, case, what="核查监控")
    silent = await county.as_("luochang", reason="")
    unsaid = await silent.get(f"/api/matters/{after}")
    assert (unsaid.status_code, unsaid.json()["type"]) == (403, "/problems/reading-reason-missing"), (
        "what it tells stands in a sealed file"
    )
    for each in (task, after):
        assert (await doer.card(each))["links"]["parent"] is None
        assert "被害人" not in str(await doer.read(f"/api/matters/{each}/journal"))
    assert [each["parent"] for each in (await doer.read("/api/matters", kind="joint-task"))["items"]] == [None, None]
    assert (await doer.get(f"/api/matters/{case}")).status_code == 404


async def test_no_task_tells_who_a_protected_writer_is_or_outside_whose_number_is_what(county: World) -> None:
    asker, officer = await county.as_("mengxiaolan"), await county.as_("liusiyuan")
    tip = {
        "channel": "post",
        "sort": "tip",
        "narrative": "反映人韩素芬称邻居家中聚众赌博",
        "writer_name": "韩素芬",
        "writer_phone": "13900008811",
    }
    number = (await asker.open("letter", **tip))["number"]
    for field in ("writer_name", "writer_phone"):
        named = await asker.post(OPENS, **TASK | {"subject": number, "disclose": [field]})
        assert (named.status_code, named.json()["errors"][0]["field"]) == (422, "disclose"), named.text
    task = await _asked(asker, number, disclose=["narrative", "sort"])
    (told,) = (await asker.read(f"/api/matters/{task}/summary"))["told"]
    assert "韩素芬" not in told["form"]["disclosed"]
    assert "举报线索" in told["form"]["disclosed"], "as people call it"

    at = datetime.now(UTC).replace(second=0, microsecond=0)
    number = await reported(officer, at, travel_document="E12345678")
    outside = TASK | {"subject": number, "unit": ""}
    for system, field in (
        ("hospital", "name"),
        ("hospital", "reporter_phone"),
        ("hospital", "phones"),
        ("shelter", "reporter"),
        ("rescue", "travel_document"),
    ):
        refused = await officer.post(OPENS, **outside | {"to_system": system, "disclose": [field]})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "disclose"), (system, field, refused.text)


async def test_whom_a_task_leaves_out_does_not_lead_it_and_what_is_merged_goes_on(county: World) -> None:
    desk, doer = await county.as_("linxiaoyu"), await county.as_("luochang")
    incident = (await desk.open("incident", **CALL))["number"]
    task = await _asked(desk, incident, not_by=["gehaiyang"])
    led = await doer.try_(task, "sign-joint-task", leader="gehaiyang")
    assert (led.status_code, led.json()["errors"][0]["field"]) == (422, "leader")

    officer, leading, _ = await signed(county)
    _, repeat, _ = await signed(county)
    asked = await _asked(officer, repeat)
    await officer.take(repeat, "merge-letter", into=leading, reason="同一事由")
    taken = await _asked(officer, leading)
    await officer.take(taken, "cancel-joint-task", reason="不再需要")
    assert (await officer.card(asked))["stage"] == "issued", "what is merged goes on with the other"
