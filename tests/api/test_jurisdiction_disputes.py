"""Disputes over jurisdiction: both heads speak, agree or ask whoever stands above both; the first receiver works on until it is settled."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.api.matters import accepted, reported
from tests.api.test_rectification_orders import problem
from tests.world import Hand, World, until
from watchdog.duties.draft_leads import DraftLeads

DISPUTE: dict[str, Any] = {"other": "东河派出所", "units": ["donghe"], "reason": "案发地在界河路，分属两所", "ground": "territory"}
SUBMITTED: dict[str, Any] = {
    "case_facts": "界河路路口电动自行车被盗",
    "dispute": "两所均认为案发地在对方辖区",
    "consultation": "电话协商二次，未能一致",
    "reasons": "案发地跨辖区",
}
CONSULTED: dict[str, Any] = {"position": "theirs", "spoke_with": "孙家伟", "words": "案发地在界河以东"}


async def disputed(bureau: World) -> tuple[str, str]:
    """A dispute that the officer of 城关 raised with 东河 over an incident, and that incident."""
    incident, officer = await reported(bureau)
    await officer.take(incident, "arrive-on-scene")
    (number,) = (await officer.take(incident, "raise-jurisdiction-dispute", **DISPUTE))["opened"]
    return await there(officer, number), incident


async def there(hand: Hand, number: str) -> str:
    """The number, once its matter has come into being."""

    async def opened() -> int:
        return (await hand.get(f"/api/matters/{number}")).status_code

    await until(opened, lambda status: status == 200)
    return number


async def unit_of(hand: Hand, number: str) -> str:
    """The unit of a matter."""
    return (await hand.card(number))["unit"]


async def heads(bureau: World) -> tuple[Hand, Hand, Hand]:
    """The heads of 城关, of 东河, and of the bureau."""
    first, other, chief = [await bureau.as_(name) for name in ("zhaotiejun", "sunjiawei", "zhouminghui")]
    return first, other, chief


def lasts(clock: dict[str, Any]) -> timedelta:
    return datetime.fromisoformat(clock["due_at"]) - datetime.fromisoformat(clock["started_at"])


async def test_what_is_disputed_stays_with_its_first_receiver_until_their_common_superior_says_whose_it_is(bureau: World) -> None:
    dispute, incident = await disputed(bureau)
    first, other, chief = await heads(bureau)
    officer = await bureau.as_("liusiyuan")
    assert lasts(await first.clock(dispute, "dispute-consult")) == timedelta(hours=24)
    assert [each["step"] for each in (await other.read("/api/tasks"))["items"] if each["matter"] == dispute] == [
        "consult-jurisdiction"
    ]
    status, slug, why = await problem(officer, incident, "transfer-incident", to="东河派出所", materials="接报案登记")
    assert (status, slug, "首接单位继续办理" in why) == (409, "law-forbids", True)
    await officer.take(incident, "handle-scene", measures="已询问报案人，固定现场")
    await first.take(dispute, "consult-jurisdiction", **CONSULTED)
    await other.take(dispute, "consult-jurisdiction", **CONSULTED | {"spoke_with": "赵铁军", "words": "案发地在界河以西"})
    assert (await first.take(dispute, "submit-dispute", **SUBMITTED))["stage"] == "submitted"
    assert (await problem(first, dispute, "decide-jurisdiction", unit="donghe", reason="案发地"))[:2] == (403, "office-may-not-act")
    await chief.take(dispute, "decide-jurisdiction", unit="donghe", reason="案发地在界河以东")
    assert await until(lambda: unit_of(chief, incident), lambda unit: unit == "donghe")
    assert lasts(await other.clock(dispute, "dispute-accept")) == timedelta(hours=24)
    assert (await problem(first, dispute, "accept-designation", officer="wuhaoran"))[:2] == (403, "office-may-not-act")
    assert (await problem(other, dispute, "accept-designation", officer="liusiyuan"))[:2] == (422, "form-invalid")
    assert (await other.take(dispute, "accept-designation", officer="wuhaoran", papers=["接报案登记表"]))["stage"] == "settled"
    new = await bureau.as_("wuhaoran")

    async def officer_of() -> str:
        return (await chief.card(incident))["officer"]

    assert await until(officer_of, lambda name: name == "wuhaoran")
    assert (await new.clock(incident, "case-jurisdiction-change-notify"))["state"] == "running"
    await new.take(incident, "tell-of-jurisdiction", told="电话告知报案人由东河派出所办理")
    assert (await new.clock(incident, "case-jurisdiction-change-notify"))["state"] == "met"
    assert (await officer.get(f"/api/matters/{incident}")).status_code == 404
    (paper,) = [
        row
        for row in await bureau.ask("SELECT title, context FROM document WHERE matter = %(n)s", n=dispute)
        if "决定书" in row.title
    ]
    assert (paper.title, paper.context["指定单位"]) == ("指定管辖决定书", "东河派出所")


async def test_nobody_speaks_with_the_other_and_after_a_day_it_is_the_task_of_the_legal_department(bureau: World) -> None:
    dispute, _ = await disputed(bureau)
    clock = await (await bureau.as_("zhaotiejun")).clock(dispute, "dispute-consult")
    assert clock["answerable"] == "legal-reviewer"
    first, _, _ = await heads(bureau)
    assert (await first.card(dispute))["stage"] == "raised"
    legal = await bureau.as_("fangzhengping")
    assert (await legal.take(dispute, "submit-dispute", **SUBMITTED))["stage"] == "submitted"


async def test_both_agree_and_it_is_settled_without_anybody_above(bureau: World) -> None:
    dispute, incident = await disputed(bureau)
    first, other, chief = await heads(bureau)
    await first.take(dispute, "consult-jurisdiction", **CONSULTED)
    assert (await problem(other, dispute, "agree-jurisdiction", unit="baita", reason="无关"))[:2] == (422, "form-invalid")
    await other.take(dispute, "agree-jurisdiction", unit="donghe", reason="案发地在界河以东")
    assert (await problem(other, dispute, "confirm-agreement"))[:2] == (403, "duties-not-separated")
    assert (await first.take(dispute, "decline-agreement", reason="材料尚未核对"))["stage"] == "consulting"
    await other.take(dispute, "agree-jurisdiction", unit="donghe", reason="案发地在界河以东")
    assert (await first.take(dispute, "confirm-agreement"))["stage"] == "settled"
    assert await until(lambda: unit_of(chief, incident), lambda unit: unit == "donghe")


async def test_what_they_agree_the_first_receiver_keeps_stays_where_it_is(bureau: World) -> None:
    dispute, incident = await disputed(bureau)
    first, other, chief = await heads(bureau)
    await first.take(dispute, "consult-jurisdiction", **CONSULTED)
    await first.take(dispute, "agree-jurisdiction", unit="chengguan", reason="首接单位继续办理")
    assert (await other.take(dispute, "confirm-agreement"))["stage"] == "settled"
    assert await unit_of(chief, incident) == "chengguan"


async def test_the_first_receiver_may_go_on_with_it_after_all_and_nobody_else_says_so(bureau: World) -> None:
    dispute, incident = await disputed(bureau)
    first, other, _ = await heads(bureau)
    assert (await problem(other, dispute, "handle-ourselves", reason="由我所办理"))[:2] == (403, "office-may-not-act")
    assert (await first.take(dispute, "handle-ourselves", reason="先行办理"))["stage"] == "withdrawn"
    await (await bureau.as_("liusiyuan")).take(incident, "transfer-incident", to="邻县公安局", materials="接报案登记")


async def test_a_designation_that_is_refused_stands_and_a_supervision_is_proposed(bureau: World) -> None:
    dispute, incident = await disputed(bureau)
    first, other, chief = await heads(bureau)
    await first.take(dispute, "submit-dispute", **SUBMITTED)
    await chief.take(dispute, "decide-jurisdiction", unit="donghe", reason="案发地在界河以东")
    refused = await other.take(dispute, "refuse-designation", reason="警力不足")
    assert refused["stage"] == "decided"
    (supervision,) = refused["opened"]
    assert (await chief.card(await there(chief, supervision)))["stage"] == "proposed"
    assert await until(lambda: unit_of(chief, incident), lambda unit: unit == "donghe")


async def test_who_shirked_is_judged_once_heard_and_an_order_and_a_lead_follow(bureau: World) -> None:
    dispute, incident = await disputed(bureau)
    _, other, chief = await heads(bureau)
    supervisor = await bureau.as_("leijianfeng")
    judged = {"found": True, "unit": "donghe", "reasons": "明知案发地在本辖区而拒绝受理"}
    assert (await problem(supervisor, dispute, "judge-shirking", **judged))[:2] == (409, "law-forbids")
    await other.take(dispute, "consult-jurisdiction", **CONSULTED)
    assert (await problem(supervisor, dispute, "judge-shirking", found=True, unit="baita", reasons="拒绝受理"))[0] == 422
    (order,) = (await supervisor.take(dispute, "judge-shirking", **judged))["opened"]
    card = await supervisor.card(await there(supervisor, order))
    assert (card["links"]["parent"], card["unit"]) == (incident, "donghe")
    assert await bureau.watch().get_duty(DraftLeads).do() == 1

    async def leads() -> list[str]:
        return [each["stage"] for each in (await chief.read("/api/matters", kind="accountability"))["items"]]

    assert await until(leads, lambda stages: stages == ["drafted"])


async def test_a_case_takes_its_suspects_along_and_whoever_takes_over_a_held_person_has_two_hours(bureau: World) -> None:
    case, officer = await accepted(bureau)
    first, other, chief = await heads(bureau)
    await officer.take(case, "file-case", charge="xf-264", grounds="有犯罪事实，需要追究刑事责任")
    await chief.approve(case, "file-case")
    (suspect,) = (await officer.take(case, "name-suspect", name="王某"))["opened"]
    await there(officer, suspect)
    await officer.take(suspect, "execute-detention", place="城关派出所", grounds="可能毁灭证据")
    await chief.approve(suspect, "execute-detention")
    (dispute,) = (await officer.take(case, "raise-case-dispute", **DISPUTE))["opened"]
    await there(officer, dispute)
    await first.take(dispute, "submit-dispute", **SUBMITTED)
    before = {each["limit"]: each["due_at"] for each in await chief.read(f"/api/matters/{suspect}/clocks")}
    await chief.take(dispute, "decide-jurisdiction", unit="donghe", reason="案发地在界河以东")
    assert lasts(await other.clock(dispute, "dispute-accept")) == timedelta(hours=2)
    for number in (case, suspect):
        assert await until(lambda number=number: unit_of(chief, number), lambda unit: unit == "donghe")
    assert {each["limit"]: each["due_at"] for each in await chief.read(f"/api/matters/{suspect}/clocks")} == before


@pytest.mark.parametrize("units", ["chengguan", "nowhere", "custody"])
async def test_a_dispute_is_with_another_unit_that_handles_cases(bureau: World, units: str) -> None:
    incident, officer = await reported(bureau)
    assert (await problem(officer, incident, "raise-jurisdiction-dispute", **DISPUTE | {"units": [units]}))[:2] == (
        422,
        "form-invalid",
    )


async def test_what_is_in_dispute_is_disputed_once_and_changes_hands_by_its_dispute_alone(bureau: World) -> None:
    dispute, incident = await disputed(bureau)
    officer, _, chief = await bureau.as_("liusiyuan"), *(await heads(bureau))[1:]
    assert (await problem(officer, incident, "raise-jurisdiction-dispute", **DISPUTE))[:2] == (409, "law-forbids")
    assert (await problem(chief, incident, "designate-jurisdiction", unit="donghe", reason="直接指定"))[:2] == (409, "law-forbids")
    change = {"dispute": dispute, "unit": "donghe", "reason": "自行变更"}
    assert (await problem(chief, incident, "change-jurisdiction", **change))[:2] == (409, "law-forbids")


async def test_police_outside_of_this_house_decide_on_paper(bureau: World) -> None:
    incident, officer = await reported(bureau)
    outside = {"other": "铁路公安处", "reason": "发生在站区", "ground": "special"}
    (dispute,) = (await officer.take(incident, "raise-jurisdiction-dispute", **outside))["opened"]
    await there(officer, dispute)
    legal = await bureau.as_("fangzhengping")
    await legal.take(dispute, "submit-dispute", **SUBMITTED)
    decided = {"handler": "elsewhere", "police": "铁路公安处", "reason": "发生在站区"}
    assert (await problem(legal, dispute, "decide-jurisdiction", **decided))[:2] == (422, "form-invalid")
    await legal.take(dispute, "decide-jurisdiction", **decided, number="公指管字〔2026〕3号")
    assert (await legal.take(dispute, "accept-designation", papers=["移交清单"]))["stage"] == "settled"
