"""A letter that is not simply answered: not taken up, led into a procedure of its own, withdrawn, its writer not reached, its answer looked at again."""

from datetime import UTC, datetime, timedelta
from typing import Any

from operations.verify import verify
from tests.organ import organ
from tests.sandbox import Sandbox
from tests.scenarios.test_letters_are_kept_from_whom_they_are_about import DENOUNCED
from tests.scenarios.test_s06_a_letter_to_the_chief import ANSWER, COMPLAINT, concluded, register, signed
from tests.world import World, until

HOUR = timedelta(hours=1)


async def test_a_petition_that_was_finally_reviewed_is_not_taken_up_again_and_one_with_a_procedure_goes_there(
    county: World,
) -> None:
    desk, number, _ = await signed(county)
    legal, head = await county.as_("jiangruolan"), await county.as_("hejingyuan")
    said = {"way": "finally-reviewed", "earlier": "LX202500000017", "told": "同一事项已经复核，不再受理，可以向信访局查询"}
    await desk.take(number, "refuse-petition", **said)
    await head.approve(number, "refuse-petition")
    assert (await desk.card(number))["stage"] == "refused"
    shown = {each["limit"]: each["state"] for each in await desk.read(f"/api/matters/{number}/clocks")}
    assert (shown["petition-acceptance-notice"], shown["sla-mailbox-first-feedback"]) == ("met", "lapsed")
    await desk.take(number, "reopen-letter", why="核实为另一事由")
    assert (await desk.card(number))["stage"] == "handling_again", "what was refused wrongly is taken up"

    _, help_, _ = await signed(county, sort="help", subject_officer="")
    no_petition = await desk.try_(help_, "refuse-petition", **said)
    assert (no_petition.status_code, "不是信访事项" in no_petition.json()["detail"]) == (409, True)

    _, routed, _ = await signed(county)
    told = "对不予立案不服的，可以自收到通知之日起七日内向本局申请复议"
    await legal.take(routed, "route-into-procedure", procedure="filing-remedy", told=told)
    after = {each["limit"]: each["state"] for each in await desk.read(f"/api/matters/{routed}/clocks")}
    assert ((await desk.card(routed))["stage"], after["petition-acceptance-notice"]) == ("in_procedure", "met")


async def test_what_is_withdrawn_is_closed_but_for_what_is_denounced(county: World) -> None:
    desk, number, _ = await signed(county)
    assert (await desk.take(number, "withdraw-letter", how_said="来电表示已经解决，不再反映"))["stage"] == "closed"
    denounced = (await desk.open("letter", **DENOUNCED))["number"]
    await desk.take(denounced, "sign-letter")
    refused = await desk.try_(denounced, "withdraw-letter", how_said="来电撤回")
    assert (refused.status_code, "检举控告" in refused.json()["detail"]) == (409, True)
    _, reported, _ = await signed(county, subject_officer="")
    await desk.take(reported, "classify-letter", labels=["2.03.05"])
    refused = await desk.try_(reported, "withdraw-letter", how_said="来电撤回")
    assert (refused.status_code, "违法犯罪" in refused.json()["detail"]) == (409, True), "what tells of a crime is looked into"
    added = await desk.take(denounced, "supplement-letter", narrative="补充照片三张，时间为上月五日")
    assert added["stage"] == "signed"


async def test_whom_a_letter_is_about_does_nothing_with_it(county: World) -> None:
    counter, subject = await county.as_("linxiaoyu"), await county.as_("xuyating")
    own = (await counter.open("letter", **COMPLAINT | {"subject_officer": "linxiaoyu", "narrative": "接警员态度生硬"}))["number"]
    desk, given, _ = await signed(county, subject_officer="xuyating")
    await desk.take(given, "classify-letter", labels=["1.03.01"])
    await desk.take(given, "assign-letter", unit="chengguan", officer="machao")
    tried = (
        await counter.try_(own, "withdraw-letter", how_said="来电撤回，不再反映"),
        await subject.try_(given, "record-unreached", means="phone", outcome="无人接听"),
        await subject.try_(given, "contact-writer", outcome="已经电话联系"),
        await subject.try_(given, "supplement-letter", narrative="来信人说已经解决"),
    )
    assert [(each.status_code, "反映的是本人" in each.text) for each in tried] == [(409, True)] * len(tried)
    assert (await (await county.as_("sutingting")).take(own, "withdraw-letter", how_said="来电撤回"))["stage"] == "closed"
    # Nor does their unit say what its writer wants, or thinks of the answer.
    of_unit = COMPLAINT | {"channel": "complaint-110", "subject_officer": "", "subject_unit": "command", "narrative": "110接警拖延"}
    whole = (await desk.open("letter", **of_unit))["number"]
    refused = await counter.try_(whole, "withdraw-letter", how_said="来电撤回，不再反映")
    assert (refused.status_code, "本单位" in refused.json()["detail"]) == (409, True)
    assert (await desk.take(whole, "withdraw-letter", how_said="来电撤回，不再反映"))["stage"] == "closed"


async def test_what_was_merged_into_a_letter_ends_with_it_and_is_let_down_by_no_withdrawal(county: World) -> None:
    desk, leading, _ = await signed(county, subject_officer="")
    _, merged, _ = await signed(county, subject_officer="")
    head = await county.as_("hejingyuan")
    await desk.take(merged, "merge-letter", into=leading, reason="同一事由")
    withdrawn = await desk.try_(leading, "withdraw-letter", how_said="来电表示不再反映")
    assert (withdrawn.status_code, "补充来信" in withdrawn.json()["detail"]) == (409, True), "another writer waits for its answer"
    said = {"way": "under-way", "earlier": "LX202500000017", "told": "市局已经受理同一事项，可以向其查询"}
    await desk.take(leading, "refuse-petition", **said)
    await head.approve(leading, "refuse-petition")

    async def left() -> set[str]:
        clocks = await desk.read(f"/api/matters/{merged}/clocks")
        return {each["limit"] for each in clocks if each["state"] == "running"}

    assert await until(left, lambda running: not running) == set()


async def test_the_sixty_days_of_an_accepted_petition_end_where_another_organ_has_it_and_with_no_letter_that_has_none(
    county: World,
) -> None:
    desk, accepted, _ = await signed(county, subject_officer="")
    _, plain, _ = await signed(county, subject_officer="")
    await desk.take(accepted, "accept-petition", told="您反映的事项已经受理")
    unheard = await desk.try_(accepted, "merge-letter", into=plain, reason="同一事由")
    assert (unheard.status_code, "同样已经受理" in unheard.text) == (422, True), "it is owed a written opinion"
    await desk.take(accepted, "hand-over-letter", to="住房和城乡建设局", why="属其职责", told="已经转住房和城乡建设局办理")
    await (await county.as_("hejingyuan")).approve(accepted, "hand-over-letter")
    assert (await desk.clock(accepted, "petition-conclude"))["state"] == "lapsed"


async def test_a_denunciation_is_merged_into_no_letter_that_whom_it_denounces_may_read(county: World) -> None:
    desk, plain, _ = await signed(county, subject_officer="", subject_unit="donghe")
    first, again = [(await desk.open("letter", **DENOUNCED))["number"] for _ in range(2)]
    for each in (first, again):
        await desk.take(each, "sign-letter")
    lost = await desk.try_(first, "merge-letter", into=plain, reason="反映同一单位")
    assert (lost.status_code, "同样保密" in lost.text) == (422, True), "it would be answered by those whom it denounces"
    assert (await desk.take(again, "merge-letter", into=first, reason="同一举报"))["stage"] == "merged"


async def test_a_referral_is_objected_to_in_five_working_days_and_no_later(county: World) -> None:
    desk, came = await county.as_("mengxiaolan"), datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(days=20)
    said = COMPLAINT | {"channel": "petition-system", "channel_number": "XF20260017", "subject_officer": ""}
    number = (await desk.open("letter", **said, at=came))["number"]
    await desk.take(number, "sign-letter")
    late = await desk.try_(number, "object-referral", reason="不归本局管辖", competent="住房和城乡建设局")
    assert (late.status_code, "五个工作日" in late.json()["detail"], "第二十三条" in late.json()["basis"]) == (409, True, True)

    _, prompt, _ = await signed(county, channel="superior", subject_officer="")
    await desk.take(prompt, "object-referral", reason="不归本局管辖", competent="住房和城乡建设局")
    await desk.take(prompt, "accept-petition", told="您反映的事项已经受理")
    both = await (await county.as_("hejingyuan")).try_(prompt, "approve", request="object-referral")
    assert (both.status_code, "已经告知来信人受理" in both.json()["detail"]) == (409, True)


async def test_a_writer_is_given_up_after_three_attempts_at_hours_of_their_own(county: World) -> None:
    desk, came = await county.as_("mengxiaolan"), datetime.now(UTC).replace(second=0, microsecond=0) - 10 * HOUR
    number = (await desk.open("letter", **COMPLAINT, at=came))["number"]
    await desk.take(number, "sign-letter", at=came + timedelta(minutes=7))
    for after in (HOUR, HOUR + timedelta(minutes=20), 5 * HOUR):
        await desk.take(number, "record-unreached", means="phone", outcome="无人接听", at=came + after)
    early = await desk.try_(number, "proceed-unreached", note="短信告知查询方式")
    assert (early.status_code, "现有2次" in early.json()["detail"]) == (409, True), "twice within the hour is once"
    await desk.take(number, "record-unreached", means="phone", outcome="关机", at=came + 9 * HOUR)
    assert (await desk.take(number, "proceed-unreached", note="短信告知查询方式"))["stage"] == "handling"
    assert (await desk.clock(number, "sla-mailbox-respond"))["state"] == "met-late"


async def test_who_is_not_satisfied_turns_to_the_organ_above_in_thirty_days_and_it_answers_in_thirty(county: World) -> None:
    desk, number, came = await signed(county)
    handler, head = await county.as_("xuyating"), await county.as_("zhaotiejun")
    await desk.take(number, "classify-letter", labels=["1.03.01"])
    await desk.take(number, "assign-letter", unit="chengguan", officer="xuyating")
    early = await desk.try_(number, "receive-reexamination", served_on=f"{came:%Y-%m-%d}", to="安澜市公安局", reason="不服")
    assert early.status_code == 409, "nothing was answered yet"
    await handler.take(number, "accept-petition", told="您反映的事项已经受理")
    await handler.take(number, "answer-letter", answer=ANSWER)
    await concluded(handler, head, number)
    asked = {"to": "安澜市公安局", "reason": "处理意见没有回应诉求"}
    late = await desk.try_(number, "receive-reexamination", served_on=f"{came - timedelta(days=60):%Y-%m-%d}", **asked)
    assert (late.status_code, late.json()["field"], "第三十五条" in late.json()["basis"]) == (409, "served_on", True)
    await desk.take(number, "receive-reexamination", served_on=f"{came:%Y-%m-%d}", **asked)
    again = await desk.try_(number, "receive-reexamination", served_on=f"{came:%Y-%m-%d}", **asked)
    assert (again.status_code, "只有一次" in again.json()["detail"]) == (409, True)
    assert [(await desk.clock(number, each))["state"] for each in ("petition-conclude", "petition-review")] == ["met", "running"]
    await desk.take(number, "evaluate-letter", score="dissatisfied")
    assert (await desk.clock(number, "letter-conclude-again"))["state"] == "running", "it is done again within a time of its own"
    await desk.take(number, "assign-letter", unit="chengguan", officer="machao")
    await concluded(await county.as_("machao"), head, number)
    states = [(await desk.clock(number, each))["state"] for each in ("letter-conclude-again", "petition-review")]
    assert states == ["met", "running"], "a new answer is no opinion of the organ above"
    await desk.take(number, "evaluate-letter", score="dissatisfied")
    assert (await desk.try_(number, "reopen-letter", why="复查前不再重办")).status_code == 409
    await desk.take(number, "issue-reexamination", result="revoked", opinion="事实不清，重新办理", told="已书面答复来信人")
    assert (await desk.take(number, "reopen-letter", why="复查撤销原处理意见"))["stage"] == "handling_again"


async def test_a_tip_is_rewarded_by_its_code_and_paid_by_two_without_any_name(county: World) -> None:
    desk, handler, head = await county.as_("mengxiaolan"), await county.as_("xuyating"), await county.as_("zhaotiejun")
    said = {"channel": "wechat-tip", "sort": "tip", "narrative": "和平路12号地下赌场，每晚九点以后", "anonymous": True}
    number = (await desk.open("letter", **said))["number"]
    assert (await county.ask("SELECT sealed FROM matter WHERE number = %(n)s", n=number))[0].sealed
    await desk.take(number, "sign-letter")
    await desk.take(number, "classify-letter", labels=["2.03.02"])
    await desk.take(number, "contact-writer", outcome="以查询码在网上回复：已经收到")
    assert (await desk.clock(number, "tip-verify"))["state"] == "running"
    await desk.take(number, "assign-letter", unit="chengguan", officer="xuyating")
    found = {"finding": "true", "result": "supported", "answer": "经核查，和平路12号聚众赌博属实，已经依法查处，涉案人员另案处理。"}
    await handler.take(number, "conclude-letter", **found)
    await head.approve(number, "conclude-letter")
    asked = await desk.try_(number, "evaluate-letter", score="very")
    assert (asked.status_code, "不作评价" in asked.json()["detail"]) == (409, True)
    reward = {"code": "甲-7731", "amount_yuan": 2000, "collect": "red-packet", "reason": "据此查获赌场一处"}
    for wrong in ({"code": "王某13900001001电话"}, {"amount_yuan": 5000}):
        refused = await desk.try_(number, "propose-reward", **reward | wrong)
        assert refused.status_code == 422, wrong
    await desk.take(number, "propose-reward", **reward)
    await (await county.as_("hejingyuan")).approve(number, "propose-reward")
    other = await desk.try_(number, "pay-reward", code="乙-0001", voucher="HB20261201")
    assert other.status_code == 422
    await desk.take(number, "pay-reward", code="甲-7731", voucher="HB20261201")
    own = await desk.try_(number, "approve", request="pay-reward")
    assert own.status_code in (403, 409), "whoever pays does not say that it was paid"
    await (await county.as_("zhouminghui")).approve(number, "pay-reward")
    assert (await desk.clock(number, "tip-reward-collect"))["state"] == "met"
    twice = await desk.try_(number, "pay-reward", code="甲-7731", voucher="HB20261202")
    assert twice.status_code == 409
    await desk.take(number, "reopen-letter", why="举报人补充了新的线索")
    await desk.take(number, "assign-letter", unit="chengguan", officer="machao")
    await (await county.as_("machao")).take(number, "conclude-letter", **found)
    await head.approve(number, "conclude-letter")
    again = await desk.try_(number, "propose-reward", **reward)
    await (await county.as_("hejingyuan")).try_(number, "approve", request="propose-reward")
    assert (again.status_code, "已经批准奖励" in again.text) == (409, True), "one tip is rewarded once"
    assert (await desk.take(number, "decline-reward", why="rewarded"))["stage"] == "closed"
    assert (await county.ask("SELECT count(*) AS n FROM party WHERE matter = %(n)s", n=number))[0].n == 0


async def test_the_citys_line_hears_what_came_of_its_orders_and_of_no_other_letter(county: World, sandbox: Sandbox) -> None:
    hotline, desk = await organ(county, "hotline"), await county.as_("mengxiaolan")
    told, _ = await register(hotline, "msg_31", channel_number="HX31", sort="help")
    number = told.json()["receipt"]["number"]
    own = (await desk.open("letter", **COMPLAINT | {"sort": "help", "channel": "hotline-12345"}))["number"]
    for each in (own, number):
        await desk.take(each, "sign-letter")
        await desk.take(each, "withdraw-letter", how_said="来电撤回，不再要求办理")

    async def heard() -> list[Any]:
        return sandbox.received("hotline")

    (message,) = await until(heard, bool)
    said = message["message"]
    assert (said["type"], said["data"]["order"], said["data"]["matter"]) == ("letter.withdrawn", "HX31", number)
    assert "来电撤回" not in str(said), "nobody's words go out"


async def test_a_tip_that_nobody_took_up_is_the_task_of_who_supervises_and_verification_knows_it(county: World) -> None:
    desk = await county.as_("mengxiaolan")
    said = {"channel": "wechat-tip", "sort": "tip", "narrative": "和平路12号地下赌场，每晚九点以后", "anonymous": True}
    number = (await desk.open("letter", **said, at=datetime.now(UTC) - timedelta(days=740)))["number"]
    tasks = "SELECT office FROM task WHERE matter = %(number)s AND sort = 'expired' AND done_at IS NULL"
    late = await until(lambda: county.ask(tasks, number=number), lambda found: len(found) == 2)
    assert {each.office for each in late} == {"supervisor"}
    assert verify(county.settings).faults == []
