"""Whoever is named in a form can do what they are named for, where the matter is then; or the form is refused, and says who and why."""

import re
from typing import Any

import httpx
import pytest

from models.forms.form import Can, get_forms
from tests.api.matters import THEFT, accepted, reported
from tests.api.test_administration import fault, patch
from tests.world import Hand, World

# What these forms name is looked up where requests are judged: who may approve, who may be sent a copy, who has a hand already.
_OF_REQUESTS = {"return", "transfer", "delegate", "add-signer", "take-off-signer", "countersign", "copy-to"}
# Whoever leaves need not be there any more.
_LEAVING = {"dismiss-handler"}
# Reviewers come from any unit, and whoever takes a disputed case is of the unit to which it goes: both are asked for where that is known.
# A drive gives a matter to whoever has it, or to the successor whom its launch looked up.
_OF_ANOTHER_UNIT = {
    "open-drive-item",
    "plan-review-round",
    "replace-reviewer",
    "accept-designation",
    "change-jurisdiction",
}
# Who went along may be of any unit, and is told by name.
_BY_NAME = {"tell-family-of-death"}
# From whom a matter is kept is to do nothing in it, whoever they are.
_KEPT_FROM = {"change-kept-from"}


def refused(answer: httpx.Response) -> tuple[str, str, str]:
    """The field, the rule and the sentence of the one fault of a form."""
    (error,) = answer.json()["errors"]
    return error["field"], error["rule"], error["detail"]


def test_every_field_for_a_user_name_says_what_whoever_is_named_must_be_able_to_do() -> None:
    unmarked = [
        f"{step}.{name}"
        for step, form in get_forms().items()
        for name, field in form.model_fields.items()
        if re.search("用户名", f"{field.description}") or name in ("officer", "officers", "keeper", "borrower")
        if not any(isinstance(mark, Can) and mark.offices for mark in field.metadata)
    ]
    assert {each.partition(".")[0] for each in unmarked} == _OF_REQUESTS | _LEAVING | _OF_ANOTHER_UNIT | _BY_NAME | _KEPT_FROM


@pytest.mark.parametrize(
    ("officer", "rule", "said"),
    [
        ("wuhaoran", "out-of-reach", ("吴昊然", "东河派出所", "城关派出所", "办案民警")),
        ("niuguodong", "out-of-reach", ("牛国栋", "看守所")),
        ("zhouminghui", "out-of-reach", ("周明辉", "辅警")),
        ("yeqingheng", "out-of-reach", ("检察院",)),
        ("nobody", "unknown-officer", ("nobody",)),
    ],
)
async def test_nobody_is_sent_who_could_not_open_the_incident_or_is_no_patrol(
    bureau: World, officer: str, rule: str, said: tuple[str, ...]
) -> None:
    desk = await bureau.as_("linxiaoyu")
    number = (await desk.open("incident", **THEFT))["number"]
    field, why, detail = refused(await desk.try_(number, "dispatch-incident", unit="chengguan", officer=officer))
    assert (field, why, [each for each in said if each not in detail]) == ("officer", rule, [])
    assert "wuhaoran" not in detail
    assert (await desk.card(number))["stage"] == "received"
    await desk.take(number, "dispatch-incident", unit="donghe", officer="wuhaoran")
    assert (await (await bureau.as_("wuhaoran")).card(number))["officer"] == "wuhaoran"


@pytest.mark.parametrize("unit", ["custody", "detention", "command"])
async def test_nothing_is_sent_to_a_unit_where_nobody_could_take_it_in_hand(bureau: World, unit: str) -> None:
    desk = await bureau.as_("linxiaoyu")
    number = (await desk.open("incident", **THEFT))["number"]
    assert refused(await desk.try_(number, "dispatch-incident", unit=unit))[:2] == ("unit", "nobody-there")
    said: dict[str, Any] = THEFT | {"unit": unit}
    assert refused(await desk.post("/api/matters/incident", **said))[:2] == ("unit", "nobody-there")


async def test_whoever_has_left_is_given_nothing(bureau: World) -> None:
    desk, admin = await bureau.as_("linxiaoyu"), await bureau.as_("guanli")
    number = (await desk.open("incident", **THEFT))["number"]
    assert (await patch(admin, "/api/admin/people/liusiyuan", active=False)).status_code == 200
    answer = await desk.try_(number, "dispatch-incident", unit="chengguan", officer="liusiyuan")
    assert refused(answer) == ("officer", "unknown-officer", "刘思源已不在任，请另行指定处警民警")


async def test_an_order_names_whoever_can_carry_it_out_in_the_unit_that_gets_it(bureau: World) -> None:
    number, _ = await reported(bureau)
    supervisor = await bureau.as_("leijianfeng")
    form: dict[str, Any] = {"subject": number, "problem": "处警超时", "demand": "说明情况", "term": "3 day"}
    for officer in ("wuhaoran", "dongxiaodong"):  # of another station; of no office that could answer it
        answer = await supervisor.post("/api/matters/rectification-order", **form, officer=officer)
        assert refused(answer)[:2] == ("officer", "out-of-reach")
    order = (await supervisor.open("rectification-order", **form, officer="liusiyuan"))["number"]
    assert (await (await bureau.as_("liusiyuan")).card(order))["officer"] == "liusiyuan"


async def test_whoever_is_named_in_a_request_and_leaves_before_it_is_approved_is_not_given_the_matter(bureau: World) -> None:
    case, officer = await accepted(bureau)
    admin, chief = await bureau.as_("guanli"), await bureau.as_("zhouminghui")
    await officer.take(case, "admit-handler", handler="xuyating", reason="协助办理")
    head = await bureau.as_("zhaotiejun")
    assert (await patch(admin, "/api/admin/people/xuyating", active=False)).status_code == 200
    answer = await head.try_(case, "approve", request="admit-handler")
    field, rule, detail = refused(answer)
    assert (answer.status_code, field, rule) == (422, "request", "unknown-officer")
    assert ("许雅婷" in detail, "退回" in answer.json()["detail"]) == (True, True)
    assert (await chief.card(case))["handlers"] == []
    await head.take(case, "return", request="admit-handler", reason="人员已变动")


async def test_a_matter_that_is_moved_to_another_unit_is_no_longer_its_old_officers(bureau: World) -> None:
    number, _ = await reported(bureau)
    desk: Hand = await bureau.as_("linxiaoyu")
    form: dict[str, Any] = {"unit": "donghe"}
    await desk.take(number, "dispatch-incident", **form)
    assert (await desk.card(number))["officer"] == ""
    await (await bureau.as_("dengmin")).take(number, "arrive-on-scene")
    assert (await desk.card(number))["officer"] == "dengmin"


async def test_people_are_called_by_their_names_where_a_request_is_refused(bureau: World) -> None:
    case, officer = await accepted(bureau)
    await officer.take(case, "file-case", charge="xf-264", grounds="有犯罪事实")
    chief, legal = await bureau.as_("zhouminghui"), await bureau.as_("fangzhengping")
    await chief.take(case, "add-signer", request="file-case", place="before", person="fangzhengping", reason="先审核")
    answer = await chief.try_(case, "approve", request="file-case")
    assert (fault(answer), answer.json()["detail"]) == ((403, "office-may-not-act"), "“立案”应由方正平审批")
    taken = await legal.try_(case, "delegate", request="file-case", person="fangzhengping", reason="转")
    assert refused(taken)[2] == "方正平已在审批人之列"
    other = await legal.try_(case, "take-off-signer", request="file-case", signer="fangzhengping", reason="撤")
    assert other.json()["detail"] == "加签应由加签人周明辉撤销"
    assert (await officer.try_(case, "approve", request="file-case")).status_code == 403
    withdrawn = await chief.try_(case, "withdraw", request="file-case", reason="撤")
    assert withdrawn.json()["detail"] == "只有呈请人刘思源可以撤回或者催办"
    # What is journaled of the attempts says the same.
    rows = await bureau.ask("SELECT content FROM entry WHERE chain = %(c)s AND sort = 'refusal'", c=case)
    assert not [row for row in rows if "⟦" in row.content]
