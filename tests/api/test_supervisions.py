"""Supervision: several offices sign, the unit reports what it did every few days, and two people lift it once its conditions are seen."""

from datetime import datetime, timedelta
from typing import Any

from law.calendar import SHANGHAI
from tests.api.matters import accepted
from tests.api.test_rectification_orders import problem
from tests.world import World, until

SAID: dict[str, Any] = {
    "level": "station",
    "category": "301",
    "reason": "立案后二十日没有新的侦查工作",
    "members": ["case-management-officer", "station-head", "legal-reviewer"],
    "lead": "case-management-officer",
    "conditions": ["at-hand", "three-reports"],
}


async def watched(bureau: World, **said: object) -> tuple[str, str]:
    """A supervision of a case of 城关 that its lead has signed, and the case."""
    case, _ = await accepted(bureau)
    legal = await bureau.as_("fangzhengping")
    number = (await legal.open("supervision", **SAID | {"subject": case, "decided": True} | said))["number"]
    await (await bureau.as_("douyiming")).take(number, "lead-supervision", office="case-management-officer", words="每周看侦查工作")
    return number, case


async def test_three_offices_sign_and_each_report_starts_the_next_seven_days_holidays_or_not(bureau: World) -> None:
    at = datetime.now(SHANGHAI).replace(second=0, microsecond=0) - timedelta(days=2)
    number, case = await watched(bureau, at=at.isoformat())
    head, legal, officer = [await bureau.as_(name) for name in ("zhaotiejun", "fangzhengping", "liusiyuan")]
    assert (await head.take(number, "join-supervision", office="station-head", words="盯办"))["stage"] == "watched"
    await legal.take(number, "join-supervision", office="legal-reviewer", words="看证据")
    clocks = await legal.read(f"/api/matters/{number}/clocks")
    assert {each["about"]: each["state"] for each in clocks if each["limit"] == "supervision-sign"}.keys() == set(SAID["members"])
    first = await officer.clock(number, "supervision-progress")
    assert datetime.fromisoformat(first["due_at"]) == at + timedelta(days=7)
    done = await officer.take(case, "file-case", charge="xf-264", grounds="有犯罪事实，需要追究刑事责任")
    now = datetime.now(SHANGHAI).replace(second=0, microsecond=0)
    await officer.take(number, "report-progress", done="查明犯罪事实，呈请立案", entries=[done["seq"]], at=now)
    running = [each for each in await officer.read(f"/api/matters/{number}/clocks") if each["limit"] == "supervision-progress"]
    assert [datetime.fromisoformat(each["due_at"]) for each in running if each["state"] == "running"] == [now + timedelta(days=7)]


async def test_who_may_not_decide_proposes_and_it_begins_with_the_decision_and_the_signature_of_the_lead(bureau: World) -> None:
    case, _ = await accepted(bureau)
    manager, legal, officer = [await bureau.as_(name) for name in ("douyiming", "fangzhengping", "liusiyuan")]
    form = SAID | {"subject": case}
    answer = await manager.post("/api/matters/supervision", **form, decided=True)
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/office-may-not-act")
    number = (await manager.open("supervision", **form))["number"]
    assert await officer.read(f"/api/matters/{number}/clocks") == []
    assert (await legal.take(number, "decide-supervision", adopted=True, reason="确有必要"))["stage"] == "signing"
    assert (await officer.clock(number, "supervision-progress"))["state"] == "running"
    status, slug, _ = await problem(legal, number, "lead-supervision", office="case-management-officer", words="看证据")
    assert (status, slug) == (403, "office-may-not-act")
    assert (await manager.take(number, "lead-supervision", office="case-management-officer", words="每周看侦查工作"))[
        "stage"
    ] == "watched"
    (letter,) = await bureau.ask("SELECT title, context FROM document WHERE matter = %(number)s", number=number)
    assert (letter.title, letter.context["牵头单位"], letter.context["解除条件"]) == (
        "督办函",
        "案管员",
        "已到案、连续三次有效进展",
    )
    # Whoever has not signed is still awaited, and it goes on without them.
    unsigned = {
        each["about"]
        for each in await legal.read(f"/api/matters/{number}/clocks")
        if each["limit"] == "supervision-sign" and each["state"] == "running"
    }
    assert unsigned == {"station-head", "legal-reviewer"}


async def test_a_report_without_an_act_says_why_and_a_second_one_is_brought_before_the_lead(bureau: World) -> None:
    number, _ = await watched(bureau)
    officer, lead = await bureau.as_("liusiyuan"), await bureau.as_("douyiming")
    assert (await problem(officer, number, "report-progress", done="继续侦查"))[:2] == (422, "form-invalid")
    assert (await problem(officer, number, "report-progress", done="继续侦查", entries=[1]))[:2] == (422, "form-invalid")
    for _ in range(2):
        await officer.take(number, "report-progress", done="继续侦查", why_none="等待鉴定意见")

    async def told() -> list[str]:
        return [each["words"] for each in (await lead.read("/api/notices"))["items"] if each["matter"] == number]

    assert await until(told, lambda words: any("请考虑提级" in each for each in words))


async def test_two_people_lift_it_once_its_conditions_are_seen_or_it_is_said_why_not(bureau: World) -> None:
    number, _ = await watched(bureau)
    officer, lead, legal = [await bureau.as_(name) for name in ("liusiyuan", "douyiming", "fangzhengping")]
    asked = await officer.take(number, "ask-to-lift", conditions=["at-hand"], proof="已传唤到案")
    assert any("尚无记录证实：已到案" in note for note in asked["notes"])
    assert (await problem(legal, number, "confirm-lift"))[:2] == (409, "law-forbids")
    status, slug, why = await problem(lead, number, "lift-supervision", result="已办结")
    assert (status, slug, "已到案、连续三次有效进展" in why) == (422, "form-invalid", True)
    signed = await lead.take(number, "lift-supervision", result="已办结", unproved="嫌疑人已死亡")
    assert signed["stage"] == "lift_review"
    assert (await problem(lead, number, "confirm-lift"))[:2] == (403, "duties-not-separated")
    assert (await legal.take(number, "confirm-lift"))["stage"] == "lifted"
    assert not [each for each in await legal.read(f"/api/matters/{number}/clocks") if each["state"] == "running"]


async def test_what_is_not_lifted_is_watched_on_and_may_be_raised(bureau: World) -> None:
    number, _ = await watched(bureau)
    officer, lead = await bureau.as_("liusiyuan"), await bureau.as_("douyiming")
    await officer.take(number, "ask-to-lift", conditions=["at-hand"], proof="已传唤到案")
    assert (await lead.take(number, "refuse-lift", reason="尚未到案", term="3 day"))["stage"] == "watched"
    running = [
        each
        for each in await lead.read(f"/api/matters/{number}/clocks")
        if each["limit"] == "supervision-progress" and each["state"] == "running"
    ]
    assert [datetime.fromisoformat(each["due_at"]) - datetime.fromisoformat(each["started_at"]) for each in running] == [
        timedelta(days=3)
    ]
    raised = await lead.take(number, "raise-level", level="county", joining=["county-head"], reason="两次没有进展")
    assert raised["stage"] == "signing"


async def test_an_order_within_a_supervision_stands_under_the_matter_that_is_watched(bureau: World) -> None:
    number, case = await watched(bureau)
    legal = await bureau.as_("fangzhengping")
    (order,) = (await legal.take(number, "order-within", problem="没有询问证人", demand="询问证人"))["opened"]

    async def parent() -> str:
        answer = await legal.get(f"/api/matters/{order}")
        return answer.json()["links"]["parent"] if answer.status_code == 200 else ""

    assert await until(parent, lambda there: there == case)


async def test_what_another_organ_decides_is_no_condition_of_lifting(bureau: World) -> None:
    case, _ = await accepted(bureau)
    legal = await bureau.as_("fangzhengping")
    for said in ({"further": "检察院批捕"}, {"lead": "county-head"}):
        answer = await legal.post("/api/matters/supervision", **SAID | {"subject": case} | said)
        assert answer.status_code == 422
