"""People leave while their requests are under way: nobody's work is lost with them, and nobody gains a say that was not theirs."""

from typing import Any

from tests.api.matters import requested
from tests.api.test_administration import fault, patch
from tests.scenarios.fraud import SUSPECT, opened
from tests.world import Hand, World

DETENTION: dict[str, Any] = {"place": "城关派出所", "grounds": "企图逃跑"}
OF_IT: dict[str, Any] = {"request": "execute-detention"}


async def _tasks(hand: Hand, number: str) -> list[tuple[str, str]]:
    tasks = (await hand.read("/api/tasks", limit=100))["items"]
    return [(each["sort"], each["step"]) for each in tasks if each["matter"] == number]


async def _told(hand: Hand, number: str) -> list[str]:
    notices = (await hand.read("/api/notices", limit=100))["items"]
    return [each["words"] for each in notices if each["matter"] == number and not each["clock"]]


async def _asked(county: World) -> tuple[str, Hand, Hand]:
    """A suspect whose detention 马朝 asks for; he, and the county head."""
    case, officer = await requested(county)
    chief, asker = await county.as_("zhouminghui"), await county.as_("machao")
    await chief.approve(case, "file-case")
    suspect = await opened(officer, await officer.take(case, "name-suspect", **SUSPECT))
    await asker.take(suspect, "execute-detention", **DETENTION)
    return suspect, asker, chief


async def _leaves(county: World, username: str, successor: str) -> None:
    admin = await county.as_("guanli")
    answer = await patch(admin, f"/api/admin/people/{username}", active=False, successor=successor)
    assert answer.status_code == 200, answer.text


async def test_a_request_whose_asker_and_approver_both_left_is_ended_by_those_who_took_over(county: World) -> None:
    suspect, _, chief = await _asked(county)
    await chief.take(suspect, "transfer", **OF_IT, person="hejingyuan", reason="外出")
    admin, xu = await county.as_("guanli"), await county.as_("xuyating")
    nobody = await patch(admin, "/api/admin/people/machao", active=False)
    assert (fault(nobody), nobody.json()["requests_open"]) == ((409, "still-needed"), 1)
    await _leaves(county, "machao", "xuyating")
    awaited = await chief.try_(suspect, "approve", **OF_IT)
    assert awaited.json()["detail"] == "“执行拘留”应由何静远审批"
    await _leaves(county, "hejingyuan", "zhouminghui")

    assert await _tasks(chief, suspect) == [("approval", "execute-detention")]
    assert [words for words in await _told(xu, suspect) if "马朝" in words or "何静远" in words] == [
        "何静远已不在任，“执行拘留”改由周明辉审批",
        "您已接手马朝的呈请“执行拘留”，由您撤回、催办和补正",
    ]
    verbs = {each["step"] for each in await xu.steps(suspect) if each["request"] == "execute-detention"}
    assert verbs == {"withdraw", "urge", "copy-to"}
    refused = await (await county.as_("zhaotiejun")).try_(suspect, "withdraw", **OF_IT, reason="撤")
    assert refused.json()["detail"] == "只有呈请人许雅婷可以撤回或者催办"
    await xu.take(suspect, "urge", **OF_IT)
    assert (await chief.approve(suspect, "execute-detention"))["standing"] == "done"
    assert (await xu.card(suspect))["stage"] == "detained"


async def test_what_is_returned_after_its_asker_left_is_the_successors_to_do_anew(county: World) -> None:
    suspect, _, chief = await _asked(county)
    await _leaves(county, "machao", "xuyating")
    xu = await county.as_("xuyating")
    await chief.take(suspect, "return", **OF_IT, reason="理由不足")
    assert await _tasks(xu, suspect) == [("returned", "execute-detention")]
    assert "“执行拘留”被退回：理由不足" in await _told(xu, suspect)
    await xu.take(suspect, "execute-detention", **DETENTION)
    assert await _tasks(xu, suspect) == []


async def test_who_took_over_from_the_asker_may_not_approve_it_and_another_of_the_office_may(county: World) -> None:
    suspect, _, chief = await _asked(county)
    await _leaves(county, "machao", "zhouminghui")
    refused = await chief.try_(suspect, "approve", **OF_IT)
    assert (fault(refused), "接手马朝" in refused.json()["detail"]) == ((403, "duties-not-separated"), True)
    assert (await (await county.as_("hejingyuan")).approve(suspect, "execute-detention"))["standing"] == "done"


async def test_whoever_returns_is_the_asker_again(county: World) -> None:
    suspect, _, _ = await _asked(county)
    await _leaves(county, "machao", "xuyating")
    admin = await county.as_("guanli")
    await patch(admin, "/api/admin/people/machao", active=True)
    back = await county.as_("machao")
    refused = await (await county.as_("xuyating")).try_(suspect, "withdraw", **OF_IT, reason="撤")
    assert refused.json()["detail"] == "只有呈请人马朝可以撤回或者催办"
    await back.take(suspect, "withdraw", **OF_IT, reason="不再需要")


async def test_a_turn_of_somebody_who_lost_the_office_is_that_of_whoever_took_it_over(county: World) -> None:
    suspect, _, chief = await _asked(county)
    await chief.take(suspect, "transfer", **OF_IT, person="hejingyuan", reason="外出")
    admin = await county.as_("guanli")
    seat: dict[str, Any] = {"username": "hejingyuan", "unit": "qinglan", "office": "county-head"}
    assert (await admin.post("/api/admin/holdings/withdraw", **seat, successor="zhouminghui")).status_code == 200
    assert await _tasks(chief, suspect) == [("approval", "execute-detention")]
    assert (await chief.approve(suspect, "execute-detention"))["standing"] == "done"


async def test_a_copy_and_an_added_signer_pass_to_whoever_took_over(county: World) -> None:
    suspect, asker, chief = await _asked(county)
    deng = await county.as_("dengmin")
    await asker.take(suspect, "copy-to", **OF_IT, persons=["wuhaoran"], words="请协助")
    await chief.take(suspect, "add-signer", **OF_IT, place="before", person="fangzhengping", reason="先审核")
    assert (await deng.get(f"/api/matters/{suspect}")).status_code == 404
    await _leaves(county, "wuhaoran", "dengmin")
    await _leaves(county, "fangzhengping", "jiangruolan")
    assert (await deng.card(suspect))["number"] == suspect
    assert suspect in [each["matter"] for each in (await deng.read("/api/work/copied"))["items"]]
    legal = await county.as_("jiangruolan")
    assert await _tasks(legal, suspect) == [("approval", "execute-detention")]
    await legal.approve(suspect, "execute-detention")
    assert await _tasks(chief, suspect) == [("approval", "execute-detention")]


async def test_whoever_added_a_signer_takes_them_off_and_goes_on(county: World) -> None:
    suspect, _, chief = await _asked(county)
    legal = await county.as_("fangzhengping")
    await chief.take(suspect, "add-signer", **OF_IT, place="before", person="fangzhengping", reason="先审核")
    (off,) = [each for each in await chief.steps(suspect) if each["request"] == "execute-detention"]
    assert (off["step"], off["form"]["properties"]["signer"]["enum"]) == ("take-off-signer", ["fangzhengping"])
    assert (await _tasks(legal, suspect), await _tasks(chief, suspect)) == ([("approval", "execute-detention")], [])
    await chief.take(suspect, "take-off-signer", **OF_IT, signer="fangzhengping", reason="已当面征求意见")
    assert (await _tasks(legal, suspect), await _tasks(chief, suspect)) == ([], [("approval", "execute-detention")])
    assert "不再请您审批“执行拘留”：已当面征求意见" in await _told(legal, suspect)
    assert (await chief.approve(suspect, "execute-detention"))["stage"] == "detained"
