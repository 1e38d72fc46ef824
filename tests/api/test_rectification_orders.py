"""Rectification orders: each is signed for, answered by acts, looked at by somebody else, and open to objection."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from activities.rings import claim
from activities.upkeep.escalate_late_orders import escalate
from law.calendar import SHANGHAI
from tests.api.appointing import appointed
from tests.api.matters import reported
from tests.world import Hand, World, until

DEMANDS = [
    {"what": "关联视音频", "seen_by": "entry"},
    {"what": "补充询问报警人", "seen_by": "paper", "named": "询问笔录"},
    {"what": "说明原因", "seen_by": "explanation"},
]
SAID: dict[str, Any] = {"problem": "视音频缺失", "demand": "补齐并说明原因"}
DONE = [{"demand": n, "result": "done"} for n in (1, 2, 3)]
TICKED = [{"demand": n, "checked": True} for n in (1, 2, 3)]


async def ordered(bureau: World, by: str = "qinwanqing", **said: object) -> tuple[str, str]:
    """An order over an incident of 城关, and that incident."""
    incident, _ = await reported(bureau)
    hand = await bureau.as_(by)
    form = SAID | {"subject": incident, "officer": "liusiyuan"} | said
    return (await hand.open("rectification-order", **form))["number"], incident


async def problem(hand: Hand, number: str, step: str, **form: object) -> tuple[int, str, str]:
    """How a step is refused: status, problem and sentence."""
    answer = await hand.try_(number, step, **form)
    told = answer.json()
    details = [each["detail"] for each in told.get("errors", ())]
    return answer.status_code, told["type"].rpartition("/")[2], "；".join((told["detail"], *details))


def lasts(clock: dict[str, Any]) -> timedelta:
    return datetime.fromisoformat(clock["due_at"]) - datetime.fromisoformat(clock["started_at"])


async def test_an_orange_order_is_answered_by_acts_done_since_and_closed_by_whoever_issued_it(bureau: World) -> None:
    order, incident = await ordered(bureau, severity="orange", category="109", demands=DEMANDS)
    officer, head, issuer = [await bureau.as_(name) for name in ("liusiyuan", "zhaotiejun", "qinwanqing")]
    assert lasts(await officer.clock(order, "rectification-sign")) == timedelta(hours=24)
    assert lasts(await officer.clock(order, "rectification-report")) == timedelta(days=3)
    await head.take(order, "sign-rectification", doer="liusiyuan")
    arrived = await officer.take(incident, "arrive-on-scene")
    handled = await officer.take(incident, "handle-scene", measures="已补录视音频")
    entries = [arrived["seq"], handled["seq"]]
    answers = [DONE[0] | {"entries": entries}, DONE[1] | {"papers": ["询问笔录"]}, DONE[2] | {"words": "更换记录仪时遗漏"}]

    # What the officer reports of a grave order, the head of the unit has to have seen, who may report it at once.
    reporting = {each["step"] for each in await officer.steps(order)} & {"report-rectification", "report-grave-rectification"}
    assert reporting == {"report-grave-rectification"}
    assert "report-rectification" in {each["step"] for each in await head.steps(order)}
    status, slug, why = await problem(officer, order, "report-rectification", done="已补齐", answers=answers)
    assert (status, slug, "呈请反馈整改结果" in why) == (403, "office-may-not-act", True)
    asked = await officer.take(order, "report-grave-rectification", done="已补齐", answers=answers)
    assert asked["standing"] == "awaiting-approval"
    assert (await head.approve(order, "report-grave-rectification"))["stage"] == "reported"
    assert (await issuer.take(order, "verify-rectification", quality=5))["stage"] == "closed"
    clocks = await issuer.read(f"/api/matters/{order}/clocks")
    assert {each["limit"]: each["state"] for each in clocks} == {
        "rectification-sign": "met",
        "rectification-report": "met",
        "rectification-verify": "met",
        "rectification-appeal": "lapsed",
    }
    card = await issuer.card(order)
    assert card["links"]["parent"] == incident
    papers = {each["title"]: each["number"] for each in (await issuer.read(f"/api/matters/{order}/documents"))["items"]}
    assert {"整改指令单", "整改反馈单", "核查意见书"} <= papers.keys()
    assert "整〔" in papers["整改指令单"]


@pytest.mark.parametrize(("demands", "shown"), [([], ["1. 补齐并说明原因"]), (DEMANDS[:2], ["1. 关联视音频", "2. 补充询问报警人"])])
async def test_each_demand_is_there_to_be_answered_with_the_acts_since_to_choose_from(
    bureau: World, demands: list[dict[str, str]], shown: list[str]
) -> None:
    order, incident = await ordered(bureau, demands=demands)
    officer = await bureau.as_("liusiyuan")
    seq = (await officer.take(incident, "arrive-on-scene"))["seq"]
    (form,) = [each["form"] for each in await officer.steps(order) if each["step"] == "report-rectification"]
    assert form["properties"]["answers"]["default"] == [{"demand": n} for n, _ in enumerate(shown, 1)]
    fields = form["$defs"]["Answer"]["properties"]
    assert [*fields["demand"]["x-names"].values()] == shown
    assert fields["entries"]["items"]["x-names"] == {str(seq): f"第{seq}步 到达现场"}


async def test_what_was_done_before_the_order_or_nowhere_is_no_answer_to_it(bureau: World) -> None:
    order, _ = await ordered(bureau, demands=DEMANDS)
    officer = await bureau.as_("liusiyuan")

    async def refused(answers: object) -> str:
        status, slug, why = await problem(officer, order, "report-rectification", done="已补齐", answers=answers)
        assert (status, slug) == (422, "form-invalid")
        return why

    assert "没有指令下达以后办理的第1、90步" in await refused([DONE[0] | {"entries": [1, 90]}, *DONE[1:]])
    assert "第3项要求没有反馈" in await refused(DONE[:2])
    assert "没有第4项要求" in await refused([*DONE, {"demand": 4, "result": "done"}])
    assert "请逐项反馈" in await refused([])


async def test_a_report_without_any_act_is_looked_at_demand_by_demand(bureau: World) -> None:
    order, _ = await ordered(bureau, demands=DEMANDS)
    officer, issuer = await bureau.as_("liusiyuan"), await bureau.as_("qinwanqing")
    receipt = await officer.take(order, "report-rectification", done="已补齐", answers=DONE)
    assert any("没有列出" in note for note in receipt["notes"])
    status, slug, why = await problem(issuer, order, "verify-rectification", findings=TICKED[:2])
    assert (status, slug, "第3项尚未核对" in why) == (422, "form-invalid", True)
    assert (await issuer.take(order, "verify-rectification", findings=TICKED))["stage"] == "closed"


async def test_an_order_that_is_returned_a_third_time_is_brought_before_those_who_may_have_it_watched(bureau: World) -> None:
    order, _ = await ordered(bureau)
    officer, issuer, legal = [await bureau.as_(name) for name in ("liusiyuan", "qinwanqing", "fangzhengping")]

    async def told() -> list[str]:
        return [each["words"] for each in (await legal.read("/api/notices"))["items"] if each["matter"] == order]

    for nth in (1, 2, 3):
        assert not any("请考虑督办" in words for words in await told()), nth
        await officer.take(order, "report-rectification", done="已补齐")
        await issuer.take(order, "return-rectification", reason="没有附件", term="1 day")
    assert any("整改已第3次退回，请考虑督办" in words for words in await told())


async def test_nobody_looks_after_what_they_did_themselves(bureau: World) -> None:
    incident, _ = await reported(bureau)
    supervisor, manager = await bureau.as_("leijianfeng"), await bureau.as_("qinwanqing")
    form = SAID | {"subject": incident, "unit": "case-centre", "officer": "qinwanqing"}
    order = (await supervisor.open("rectification-order", **form))["number"]
    await manager.take(order, "report-rectification", done="已补齐")
    for step, said in (("verify-rectification", {}), ("return-rectification", {"reason": "不全"})):
        status, slug, _ = await problem(manager, order, step, **said)
        assert (status, slug) == (403, "duties-not-separated")
    assert (await (await bureau.as_("douyiming")).take(order, "verify-rectification"))["stage"] == "closed"


async def test_nobody_orders_themselves_and_no_order_is_about_an_order(bureau: World) -> None:
    order, incident = await ordered(bureau)
    manager = await bureau.as_("qinwanqing")
    for said, field in (
        ({"subject": incident, "officer": "qinwanqing", "unit": "case-centre"}, "officer"),
        ({"subject": order}, "subject"),
        ({"subject": incident, "alert": "FX202600000001"}, "alert"),
    ):
        answer = await manager.post("/api/matters/rectification-order", **SAID | said)
        assert answer.status_code == 422
        assert [each["field"] for each in answer.json()["errors"]] == [field]


async def test_a_red_order_is_never_extended_and_two_people_find_it_put_right(bureau: World) -> None:
    order, _ = await ordered(bureau, by="fangzhengping", severity="red", category="401")
    officer, head, legal = [await bureau.as_(name) for name in ("liusiyuan", "zhaotiejun", "fangzhengping")]
    assert lasts(await officer.clock(order, "rectification-sign")) == timedelta(hours=2)
    assert lasts(await officer.clock(order, "rectification-report")) == timedelta(days=1)
    await officer.take(order, "sign-rectification")
    status, slug, why = await problem(officer, order, "extend-rectification", extension="+1 day", reason="人手不足")
    assert (status, slug, "红色整改指令" in why) == (409, "law-forbids", True)
    await head.take(order, "report-rectification", done="已释放")
    assert lasts(await officer.clock(order, "rectification-verify")) == timedelta(hours=24)
    status, slug, _ = await problem(legal, order, "verify-rectification")
    assert (status, slug) == (409, "step-not-open")
    manager = await bureau.as_("qinwanqing")
    offered = {each["step"] for each in await manager.steps(order)}
    assert ("verify-urgent-rectification" in offered, "verify-rectification" in offered) == (True, False)
    assert (await manager.take(order, "verify-urgent-rectification"))["standing"] == "awaiting-approval"
    assert (await problem(manager, order, "approve", request="verify-urgent-rectification"))[0] == 403
    assert (await legal.approve(order, "verify-urgent-rectification"))["stage"] == "closed"


async def test_an_extension_is_given_once_and_never_doubles_more_than_the_term(bureau: World) -> None:
    order, _ = await ordered(bureau, severity="yellow", term="2 day")
    officer, manager, step = await bureau.as_("liusiyuan"), await bureau.as_("qinwanqing"), "extend-case-management-order"
    await officer.take(order, "sign-rectification")
    status, slug, why = await problem(officer, order, step, extension="+3 day", reason="证人外出")
    assert (status, slug, "不得超过原整改期限" in why) == (422, "form-invalid", True), why
    await officer.take(order, step, extension="+2 day", reason="证人外出")
    await manager.approve(order, step)
    assert lasts(await officer.clock(order, "rectification-report")) == timedelta(days=4)
    assert (await problem(officer, order, step, extension="+1 day", reason="证人外出"))[0] == 409


async def test_an_objection_that_is_right_moves_the_order_and_its_clocks_begin_anew(bureau: World) -> None:
    at = datetime.now(SHANGHAI).replace(second=0, microsecond=0) - timedelta(hours=30)
    order, _ = await ordered(bureau, severity="orange", at=at.isoformat())
    head, legal = await bureau.as_("zhaotiejun"), await bureau.as_("fangzhengping")
    due = (await head.clock(order, "rectification-report"))["due_at"]
    await head.take(order, "appeal-rectification", ground="not-ours", statement="由东河派出所处置")
    assert (await head.clock(order, "rectification-report"))["due_at"] == due
    assert (await problem(head, order, "decide-appeal", result="revoked", reasons="不属本所"))[:2] == (403, "office-may-not-act")
    now = datetime.now(SHANGHAI).replace(second=0, microsecond=0)
    receipt = await legal.take(order, "decide-appeal", result="changed", reasons="由东河派出所处置", unit="donghe", at=now)
    assert receipt["stage"] == "ordered"
    card = await legal.card(order)
    assert card["unit"]["id"] == "donghe" if isinstance(card["unit"], dict) else card["unit"] == "donghe"
    sign, report = [await legal.clock(order, limit) for limit in ("rectification-sign", "rectification-report")]
    assert [datetime.fromisoformat(each["started_at"]) for each in (sign, report)] == [now, now]
    assert lasts(report) == timedelta(days=3)


async def test_whoever_issued_an_order_does_not_judge_the_objection_to_it(bureau: World) -> None:
    order, _ = await ordered(bureau, by="fangzhengping")
    head, chief = await bureau.as_("zhaotiejun"), await bureau.as_("zhouminghui")
    await head.take(order, "appeal-rectification", ground="facts", statement="视音频已上传")
    decision = {"result": "revoked", "reasons": "视音频已上传"}
    assert (await problem(await bureau.as_("fangzhengping"), order, "decide-appeal", **decision))[1] == "duties-not-separated"
    assert (await problem(await bureau.as_("jiangruolan"), order, "decide-appeal", **decision))[1] == "office-may-not-act"
    assert (await chief.take(order, "decide-appeal", **decision))["stage"] == "cancelled"


async def test_work_goes_on_while_an_objection_is_open_and_nothing_is_closed_over_it(bureau: World) -> None:
    order, _ = await ordered(bureau)
    officer, issuer, legal = [await bureau.as_(name) for name in ("liusiyuan", "qinwanqing", "fangzhengping")]
    await officer.take(order, "appeal-rectification", ground="done", statement="已经办理")
    assert (await officer.take(order, "report-rectification", done="已补齐"))["stage"] == "reported"
    assert (await problem(issuer, order, "verify-rectification"))[:2] == (409, "law-forbids")
    assert (await legal.take(order, "decide-appeal", result="maintained", reasons="事实清楚"))["stage"] == "reported"
    assert (await issuer.take(order, "verify-rectification"))["stage"] == "closed"


async def test_an_order_passes_through_two_hands_and_no_more(bureau: World) -> None:
    order, _ = await ordered(bureau)
    head, manager = await bureau.as_("zhaotiejun"), await bureau.as_("qinwanqing")
    await head.take(order, "reassign-rectification", officer="xuyating", reason="责任民警外出")
    assert (await head.card(order))["officer"] == "xuyating"
    status, slug, why = await problem(head, order, "reassign-rectification", unit="donghe", reason="不属本所")
    assert (status, slug) == (403, "office-may-not-act"), why
    await manager.take(order, "reassign-rectification", unit="donghe", reason="由东河派出所整改")
    assert (await problem(manager, order, "reassign-rectification", unit="baita", reason="再转"))[:2] == (409, "law-forbids")


async def test_whoever_is_named_as_responsible_is_told_and_heard_once(bureau: World) -> None:
    named = [{"person": "xuyating", "part": "direct", "why": "当日接警"}]
    order, _ = await ordered(bureau, responsible=named)
    officer, other = await bureau.as_("xuyating"), await bureau.as_("machao")

    async def told() -> list[str]:
        tasks = await officer.read("/api/tasks")
        return [each["words"] for each in tasks["items"] if each["matter"] == order]

    assert await until(told, lambda words: any("列为责任人" in each for each in words))
    turn = (await officer.card(order))["turn"]
    assert turn and turn["step"] == "sign-rectification", "to ask somebody to be heard takes nobody's turn"
    assert (await problem(other, order, "state-responsibility", statement="与我无关"))[:2] == (403, "office-may-not-act")
    await officer.take(order, "state-responsibility", statement="当日记录仪故障，已报修")
    assert (await problem(officer, order, "state-responsibility", statement="补充"))[:2] == (409, "law-forbids")


async def test_what_cannot_be_put_right_any_more_ends_so_by_the_legal_department_and_the_head(bureau: World) -> None:
    order, _ = await ordered(bureau)
    officer, legal, chief = [await bureau.as_(name) for name in ("liusiyuan", "fangzhengping", "zhouminghui")]
    await officer.take(order, "declare-unrectifiable", why="视音频已被覆盖", consequence="另取询问笔录")
    assert (await legal.approve(order, "declare-unrectifiable"))["standing"] == "awaiting-approval"
    assert (await chief.approve(order, "declare-unrectifiable"))["stage"] == "closed_unrectified"


async def test_what_turns_out_not_to_be_put_right_is_ordered_anew_and_the_old_order_stays_closed(bureau: World) -> None:
    order, incident = await ordered(bureau, severity="orange", demands=DEMANDS)
    head, issuer, supervisor = [await bureau.as_(name) for name in ("zhaotiejun", "qinwanqing", "leijianfeng")]
    await head.take(order, "report-rectification", done="已补齐", answers=DONE)
    await issuer.take(order, "verify-rectification", findings=TICKED)
    receipt = await supervisor.take(order, "reopen-rectification", found="补传的不完整", term="2 day")
    assert receipt["stage"] == "closed"
    (again,) = receipt["opened"]

    async def opened() -> int:
        return (await issuer.get(f"/api/matters/{again}")).status_code

    assert await until(opened, lambda status: status == 200)
    card = await issuer.card(again)
    assert (card["stage"], card["links"]["parent"], "补传的不完整" in card["title"]) == ("ordered", incident, True)
    assert lasts(await issuer.clock(again, "rectification-report")) == timedelta(days=2)


async def test_an_order_that_decides_the_case_or_repeats_another_is_told_so_to_whoever_issues_it(bureau: World) -> None:
    order, incident = await ordered(bureau, category="105")
    manager = await bureau.as_("qinwanqing")
    form = SAID | {"subject": incident, "category": "105", "demand": "必须立案"}
    notes = (await manager.open("rectification-order", **form))["notes"]
    assert any("不代替办案单位作出决定" in note for note in notes)
    assert any(order in note for note in notes)


async def test_an_order_goes_where_its_matter_goes(bureau: World) -> None:
    order, incident = await ordered(bureau)
    desk = await bureau.as_("linxiaoyu")
    await desk.take(incident, "dispatch-incident", unit="donghe")
    chief = await bureau.as_("zhouminghui")

    async def unit() -> str:
        return next(
            each["unit"]
            for each in (await chief.read("/api/matters", kind="rectification-order"))["items"]
            if each["number"] == order
        )

    assert await until(unit, lambda there: there == "donghe")


@pytest.mark.parametrize("by", ["liusiyuan", "zhaotiejun"])
async def test_nobody_takes_back_the_order_that_they_are_late_with(bureau: World, by: str) -> None:
    order, _ = await ordered(bureau)
    assert (await problem(await bureau.as_(by), order, "cancel-rectification", reason="没有问题"))[0] == 403


async def test_what_stays_overdue_comes_before_the_legal_department_once(bureau: World) -> None:
    at = datetime.now(SHANGHAI) - timedelta(days=5)
    order, _ = await ordered(bureau, term="1 day", at=at.isoformat())
    pool, over = bureau.ctx.pool, at + timedelta(days=1)
    steps = [(23, 0), (25, 1), (25, 0), (73, 0)]
    assert [await escalate(pool, over + timedelta(hours=hour)) for hour, _ in steps] == [many for _, many in steps]
    tasks = (await (await bureau.as_("fangzhengping")).read("/api/tasks"))["items"]
    assert [each["matter"] for each in tasks if "请考虑升级、督办" in each["words"]] == [order]


async def test_a_batch_opens_joins_or_refuses_each_row_and_repeated_doubles_nothing(bureau: World) -> None:
    _, taken = await ordered(bureau, category="804")
    fresh = [(await reported(bureau))[0] for _ in range(2)]
    manager = await bureau.as_("qinwanqing")
    template = SAID | {"category": "804", "severity": "yellow"}
    rows = [{"subject": each} for each in (*fresh, taken, "JQ202600000000")]

    async def issued() -> dict[str, Any]:
        answer = await manager.post("/api/rectification-orders/batch", {"Idempotency-Key": "d06"}, template=template, rows=rows)
        assert answer.status_code == 200, answer.text
        return answer.json()

    first = await issued()
    assert [[each["row"] for each in first[part]] for part in ("opened", "joined", "refused")] == [[1, 2], [3], [4]]
    assert first["refused"][0]["type"] == "form-invalid"
    assert await issued() == first
    open_ = (await manager.read("/api/matters", kind="rectification-order"))["items"]
    assert len(open_) == 3


async def test_nobody_gets_more_than_ten_orders_a_day_unless_a_case_manager_means_it(bureau: World) -> None:
    incident, _ = await reported(bureau)
    legal, manager = await bureau.as_("fangzhengping"), await bureau.as_("qinwanqing")
    rows = [{"subject": incident, "officer": "liusiyuan"}] * 12
    told = (await legal.post("/api/rectification-orders/batch", template=SAID, rows=rows)).json()
    assert (len(told["opened"]), [each["row"] for each in told["refused"]]) == (10, [11, 12])
    refused = await legal.post("/api/rectification-orders/batch", template=SAID, rows=rows, confirmed=True)
    assert refused.status_code == 403
    told = (await manager.post("/api/rectification-orders/batch", template=SAID, rows=rows[:2], confirmed=True)).json()
    assert (len(told["opened"]), told["refused"]) == (2, [])


async def test_whoever_issued_an_order_decides_whether_it_has_longer(bureau: World) -> None:
    officer = await bureau.as_("liusiyuan")
    for issuer, step, decides in (
        ("qinwanqing", "extend-case-management-order", "qinwanqing"),
        ("leijianfeng", "extend-rectification", "fangzhengping"),
        ("fangzhengping", "extend-rectification", "fangzhengping"),
    ):
        order, _ = await ordered(bureau, by=issuer)
        await officer.take(order, "sign-rectification")
        offered = {each["step"] for each in await officer.steps(order)}
        assert [each for each in offered if each.startswith("extend-")] == [step]
        await officer.take(order, step, extension="+1 day", reason="当事人在外地")
        hand = await bureau.as_(decides)
        await hand.approve(order, step, opinion="同意")
        assert lasts(await hand.clock(order, "rectification-report")) == timedelta(days=4)


async def test_a_case_manager_does_not_verify_what_their_own_station_put_right(bureau: World) -> None:
    order, _ = await ordered(bureau)
    await (await bureau.as_("liusiyuan")).take(order, "report-rectification", done="已补齐")
    await appointed(bureau, "zhaotiejun", "chengguan", "case-management-officer")
    status, slug, why = await problem(await bureau.as_("zhaotiejun"), order, "verify-rectification")
    assert (status, slug, "本所" in why) == (403, "duties-not-separated", True)
    assert (await (await bureau.as_("qinwanqing")).take(order, "verify-rectification"))["stage"] == "closed"


async def test_an_order_from_an_alert_has_its_colour_and_its_card_says_what_is_wrong_and_what_is_asked(bureau: World) -> None:
    incident, _ = await reported(bureau)
    manager = await bureau.as_("qinwanqing")
    found = {"severity": "orange", "topic": "视音频缺失", "what": "现场执法视音频未关联"}
    alert = (await manager.open("risk-alert", subject=incident, **found))["number"]
    await manager.take(alert, "acknowledge-alert")
    itself = await manager.try_(alert, "issue-order", **SAID, officer="qinwanqing")
    assert (itself.status_code, itself.json()["errors"][0]["field"]) == (422, "officer")
    (order,) = (await manager.take(alert, "issue-order", **SAID))["opened"]
    await until(lambda: manager.get(f"/api/matters/{order}"), lambda answer: answer.is_success)
    assert lasts(await manager.clock(order, "rectification-report")) == timedelta(days=3)
    told = (await manager.read(f"/api/matters/{order}/summary"))["told"]
    assert told[0]["form"] == SAID | {"severity": "orange"}
    assert [each["matter"] for each in told] == [order, incident]


async def test_an_alert_is_handed_on_to_a_supervision_once_and_the_alert_stays(bureau: World) -> None:
    incident, _ = await reported(bureau)
    manager, legal = await bureau.as_("qinwanqing"), await bureau.as_("fangzhengping")
    found = {"severity": "red", "topic": "久拖不决", "what": "受理后没有办理记录"}
    alert = (await manager.open("risk-alert", subject=incident, **found))["number"]
    await manager.take(alert, "acknowledge-alert")
    handed = await legal.take(alert, "supervise-alert", reason="需要多部门督办", level="county", lead="legal-reviewer")
    (watch,) = handed["opened"]
    assert handed["stage"] == "checking"
    card = await until(lambda: legal.get(f"/api/matters/{watch}"), lambda answer: answer.is_success)
    assert (card.json()["stage"], card.json()["links"]["parent"]) == ("signing", incident)
    status, slug, why = await problem(manager, alert, "supervise-alert", reason="再次督办")
    assert (status, slug, watch in why) == (409, "law-forbids", True)


async def test_the_head_of_the_unit_hears_by_name_halfway_and_at_the_end_that_an_order_is_not_signed(bureau: World) -> None:
    order, _ = await ordered(bureau, severity="orange")
    clocks = {each["limit"]: each for each in await (await bureau.as_("qinwanqing")).read(f"/api/matters/{order}/clocks")}
    signed_by = datetime.fromisoformat(clocks["rectification-sign"]["due_at"])
    heard = (
        "SELECT colour, words FROM notice WHERE matter = %(order)s AND office = 'station-head'"
        " AND starts_with(clock_id, 'rectification-sign@') ORDER BY id"
    )
    counts = list[int]()
    for hours in (-13, -12, -12, 0, 0):
        now = signed_by + timedelta(hours=hours, minutes=1)
        async with bureau.ctx.pool.connection() as connection:
            await claim(connection, now, now, "test", order)
        counts.append(len(await bureau.ask(heard, order=order)))
    assert counts == [0, 1, 1, 2, 2]
    assert all("整改签收" in row.words for row in await bureau.ask(heard, order=order))
    after = {each["limit"]: each for each in await (await bureau.as_("qinwanqing")).read(f"/api/matters/{order}/clocks")}
    assert after["rectification-report"]["due_at"] == clocks["rectification-report"]["due_at"]
