"""Accountability: a lead is put before whoever decides, the person is heard before anything follows, and nobody else knows that there is one."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from law.calendar import SHANGHAI
from tests.api.test_rectification_orders import ordered, problem
from tests.world import Hand, World, until
from watchdog.duties.draft_leads import DraftLeads

ABOUT: dict[str, Any] = {"person": "liusiyuan", "unit": "chengguan", "way": "talk", "problem": "三次分流定性不准"}
TALK: dict[str, Any] = {
    "place": "城关派出所",
    "facts_put": "三次将殴打他人登记为纠纷",
    "promises": "今后按照事实定性",
    "review_on": "2027-01-31",
}


async def registered(bureau: World, **said: object) -> str:
    """A lead about an officer of 城关 that the supervisor has registered."""
    return (await (await bureau.as_("leijianfeng")).open("accountability", **ABOUT | said))["number"]


async def opined(bureau: World, number: str, **said: object) -> None:
    """The person was heard, and the legal department has given an opinion."""
    await (await bureau.as_("leijianfeng")).take(number, "hear-person", place="城关派出所", statement="当日警情集中")
    form = {"opinion": "flaw", "extent": "full", "role": "direct", "reasons": "定性不准，已经纠正"} | said
    await (await bureau.as_("fangzhengping")).take(number, "opine-fault", **form)


async def verified(bureau: World, many: int, category: str = "104") -> list[str]:
    """So many orders of a category over the same officer, each verified."""
    orders = [(await ordered(bureau, category=category))[0] for _ in range(many)]
    officer, issuer = await bureau.as_("liusiyuan"), await bureau.as_("qinwanqing")
    for each in orders:
        await officer.take(each, "report-rectification", done="已重新定性")
        await issuer.take(each, "verify-rectification")
    return orders


async def drafts(bureau: World, hand: Hand, now: datetime | None = None) -> list[dict[str, Any]]:
    """The leads that this person is shown, once the duty has drafted what is due."""

    async def shown() -> list[dict[str, Any]]:
        return (await hand.read("/api/matters", kind="accountability"))["items"]

    before = len(await shown())
    begun = await bureau.watch().get_duty(DraftLeads).do(now)
    return await until(shown, lambda items: len(items) == before + begun)


async def test_the_same_problem_a_third_time_is_put_before_the_head_of_the_unit_and_not_before_the_officer(bureau: World) -> None:
    head, officer, peer = [await bureau.as_(name) for name in ("zhaotiejun", "liusiyuan", "xuyating")]
    await verified(bureau, 2)
    assert await drafts(bureau, head) == []
    await verified(bureau, 1)
    (lead,) = await drafts(bureau, head)
    number = lead["number"]
    assert await bureau.watch().get_duty(DraftLeads).do() == 0
    assert [each["step"] for each in (await head.read("/api/tasks"))["items"] if each["matter"] == number] == ["confirm-lead"]
    for nobody in (officer, peer, await bureau.as_("qinwanqing")):
        assert (await nobody.get(f"/api/matters/{number}")).status_code == 404
        assert (await nobody.read("/api/matters", kind="accountability"))["items"] == []
    await head.take(number, "confirm-lead", reason="三次核实")
    assert (await officer.card(number))["stage"] == "registered"
    assert (await peer.get(f"/api/matters/{number}")).status_code == 404
    assert any(each["matter"] == number for each in (await officer.read("/api/notices"))["items"])
    assert [each["step"] for each in (await head.read("/api/tasks"))["items"] if each["matter"] == number] == ["hear-person"]


async def test_an_order_that_stays_late_drafts_a_lead_about_the_head_of_the_unit_of_whom_the_head_of_the_bureau_decides(
    bureau: World,
) -> None:
    at = datetime.now(SHANGHAI) - timedelta(days=5)
    await ordered(bureau, term="1 day", at=at.isoformat())
    chief, head = await bureau.as_("zhouminghui"), await bureau.as_("zhaotiejun")
    over = at + timedelta(days=1)
    assert await drafts(bureau, chief, over + timedelta(hours=71)) == []
    (lead,) = await drafts(bureau, chief, over + timedelta(hours=73))
    assert (await head.get(f"/api/matters/{lead['number']}")).status_code == 404
    await chief.take(lead["number"], "confirm-lead", reason="逾期三日")
    card = await head.card(lead["number"])
    assert (card["stage"], card["unit"]) == ("registered", "chengguan")
    await head.take(lead["number"], "state-own-part", statement="本周连续处置群体性事件")


async def test_a_red_order_that_is_late_waits_eight_hours(bureau: World) -> None:
    at = datetime.now(SHANGHAI) - timedelta(days=3)
    await ordered(bureau, "leijianfeng", severity="red", term="1 day", at=at.isoformat())
    chief = await bureau.as_("zhouminghui")
    assert await drafts(bureau, chief, at + timedelta(days=1, hours=7)) == []
    assert len(await drafts(bureau, chief, at + timedelta(days=1, hours=9))) == 1


async def test_whoever_shows_that_the_system_was_down_does_not_answer_and_what_is_excused_counts_for_them_no_more(
    bureau: World,
) -> None:
    head, officer, legal = [await bureau.as_(name) for name in ("zhaotiejun", "liusiyuan", "fangzhengping")]
    orders = await verified(bureau, 3)
    (lead,) = await drafts(bureau, head)
    number = lead["number"]
    await head.take(number, "confirm-lead", reason="三次核实")
    await officer.take(number, "state-own-part", statement="其中二次系系统故障")
    await head.take(number, "hear-person", place="城关派出所", statement="其中二次系系统故障", colleague="许雅婷")
    await legal.take(number, "opine-fault", opinion="none", reasons="系统故障属实")
    status, slug, why = await problem(head, number, "hold-talk", talkers=["zhaotiejun", "leijianfeng"], **TALK)
    assert (status, slug, "不予追究" in why) == (409, "law-forbids", True)
    grounds = [{"ground": "system-down", "matter": orders[0], "entry": 99, "words": "系统中断"}]
    assert (await problem(head, number, "find-no-fault", exemptions=grounds, reasons="系统故障"))[:2] == (422, "form-invalid")
    grounds[0]["entry"] = 2
    foreign = await problem(head, number, "find-no-fault", exemptions=grounds, excused=["ZG202600000999"], reasons="系统故障")
    assert foreign[:2] == (422, "form-invalid")
    settled = await head.take(number, "find-no-fault", exemptions=grounds, excused=orders[:2], reasons="系统故障")
    assert settled["stage"] == "no_fault"
    await head.take(number, "close-accountability", outcome="none", decided_on="2026-11-30", organ="城关派出所")
    # One of the three still counts: with one more it is the second, and with two the third.
    await verified(bureau, 1)
    assert len(await drafts(bureau, head)) == 1
    await verified(bureau, 1)
    assert len(await drafts(bureau, head)) == 2


async def test_two_people_speak_to_somebody_and_the_record_keeps_no_more_than_that(bureau: World) -> None:
    number = await registered(bureau)
    head = await bureau.as_("zhaotiejun")
    await opined(bureau, number)
    assert (await problem(head, number, "hold-talk", talkers=["zhaotiejun"], **TALK))[:2] == (422, "form-invalid")
    assert (await problem(head, number, "hold-talk", talkers=["zhaotiejun", "zhaotiejun"], **TALK))[:2] == (422, "form-invalid")
    assert (await problem(head, number, "hold-talk", talkers=["leijianfeng", "mengqiu"], **TALK))[:2] == (422, "form-invalid")
    assert (await head.take(number, "hold-talk", talkers=["zhaotiejun", "leijianfeng"], **TALK))["stage"] == "talk"
    closing = {"outcome": "talked", "decided_on": "2026-11-30"}
    status, _, why = await problem(head, number, "close-accountability", organ="记过，县局", **closing)
    assert (status, "不登记处分内容" in why) == (422, True)
    assert (await head.take(number, "close-accountability", organ="城关派出所", **closing))["stage"] == "closed"
    papers = await bureau.ask("SELECT title, context FROM document WHERE matter = %(number)s ORDER BY id", number=number)
    assert [each.title for each in papers] == ["听取说明记录", "责任线索法制意见书", "提醒谈话记录"]
    assert (papers[2].context["责任人"], papers[2].context["谈话人"]) == ("刘思源", ["赵铁军", "雷剑锋"])


async def test_what_may_be_a_breach_of_discipline_is_referred_within_a_day_without_being_asked_about_first(bureau: World) -> None:
    number = await registered(bureau, way="referral", category="802")
    supervisor = await bureau.as_("leijianfeng")
    clock = await supervisor.clock(number, "accountability-refer")
    assert datetime.fromisoformat(clock["due_at"]) - datetime.fromisoformat(clock["started_at"]) == timedelta(hours=24)
    sent = {"organ": "discipline", "name": "派驻纪检监察组", "materials": ["整改指令单"]}
    assert (await supervisor.take(number, "refer-lead", **sent))["stage"] == "referred"
    other = await registered(bureau)
    assert (await problem(supervisor, other, "refer-lead", **sent))[:2] == (409, "law-forbids")


async def test_whoever_objects_is_answered_by_one_who_took_no_part_and_what_is_revoked_is_let_be(bureau: World) -> None:
    orders = await verified(bureau, 1)
    number = await registered(bureau, sources=orders)
    officer, supervisor = await bureau.as_("liusiyuan"), await bureau.as_("leijianfeng")
    await opined(bureau, number)
    await supervisor.take(number, "hold-talk", talkers=["zhaotiejun", "leijianfeng"], **TALK)
    refused = await problem(await bureau.as_("zhaotiejun"), number, "appeal-accountability", statement="不服")
    assert refused[:2] == (403, "office-may-not-act")
    await officer.take(number, "appeal-accountability", statement="系统故障期间无法登记")
    decided = {"result": "revoked", "excused": orders, "reasons": "系统故障属实"}
    chief = await bureau.as_("zhouminghui")
    assert (await chief.take(number, "decide-lead-appeal", **decided))["stage"] == "no_fault"
    (excused,) = await bureau.ask(
        "SELECT about FROM fact WHERE matter = %(number)s AND fact = 'accountability.problem-excused'", number=number
    )
    assert excused.about == orders[0]
    # What fell to the objection counts for the officer no more: with three others it is the third time.
    head = await bureau.as_("zhaotiejun")
    await verified(bureau, 2)
    known = await drafts(bureau, head)
    await verified(bureau, 1)
    assert len(await drafts(bureau, head)) == len(known) + 1


async def test_what_is_maintained_or_changed_is_closed_as_it_stands(bureau: World) -> None:
    number = await registered(bureau)
    await opined(bureau, number, opinion="fault")
    supervisor = await bureau.as_("leijianfeng")
    await supervisor.take(number, "refer-lead", organ="inspection", name="警务督察大队", materials=["整改指令单"])
    await (await bureau.as_("liusiyuan")).take(number, "appeal-accountability", statement="只是瑕疵")
    chief = await bureau.as_("zhouminghui")
    assert (await problem(chief, number, "decide-lead-appeal", result="changed", reasons="改为瑕疵"))[:2] == (422, "form-invalid")
    assert (await chief.take(number, "decide-lead-appeal", result="changed", opinion="flaw", reasons="改为瑕疵"))[
        "stage"
    ] == "upheld"


@pytest.mark.parametrize(
    ("way", "by", "step", "form"),
    [
        ("interview", "zhaotiejun", "hear-person", {"place": "城关派出所", "statement": "无"}),
        ("referral", "zhouminghui", "refer-lead", {"organ": "inspection", "name": "督察大队", "materials": ["指令单"]}),
        ("talk", "zhaotiejun", "opine-fault", {"opinion": "none", "reasons": "没有过错"}),
    ],
)
async def test_a_lead_is_seen_to_by_whoever_sees_to_its_kind(
    bureau: World, way: str, by: str, step: str, form: dict[str, Any]
) -> None:
    number = await registered(bureau, way=way)
    assert (await problem(await bureau.as_(by), number, step, **form))[:2] in ((403, "office-may-not-act"), (409, "step-not-open"))


async def test_nobody_registers_drafts_or_decides_a_lead_about_themselves(bureau: World) -> None:
    head = await bureau.as_("zhaotiejun")
    own = ABOUT | {"person": "zhaotiejun"}
    assert (await head.post("/api/matters/accountability", **own)).status_code == 422
    number = await registered(bureau, person="zhaotiejun")
    assert (await problem(head, number, "hear-person", place="本所", statement="无"))[:2] == (403, "duties-not-separated")
    unknown = await (await bureau.as_("leijianfeng")).post("/api/matters/accountability", **ABOUT, sources=["ZG202600000999"])
    assert unknown.status_code == 422


async def test_whoever_is_heard_says_something_or_says_that_they_do_not(bureau: World) -> None:
    number = await registered(bureau)
    supervisor = await bureau.as_("leijianfeng")
    assert (await problem(supervisor, number, "hear-person", place="督察大队"))[:2] == (422, "form-invalid")
    assert (await supervisor.take(number, "hear-person", place="督察大队", declined=True))["stage"] == "heard"


async def test_what_is_not_registered_ends_there_and_the_officer_never_hears_of_it(bureau: World) -> None:
    await verified(bureau, 3)
    head, officer = await bureau.as_("zhaotiejun"), await bureau.as_("liusiyuan")
    (lead,) = await drafts(bureau, head)
    assert (await head.take(lead["number"], "drop-lead", reason="均为同一次系统故障所致"))["stage"] == "dropped"
    assert (await officer.get(f"/api/matters/{lead['number']}")).status_code == 404
    assert await bureau.watch().get_duty(DraftLeads).do() == 0
