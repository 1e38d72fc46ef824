"""What ends, and what hangs on it: nobody is held in a case that has ended, and nothing is archived over what is open."""

import asyncio
from typing import Any

import pytest

from models.matter import Kind
from tests.replay.lives import ROOM, Team, team
from tests.sandbox import Sandbox
from tests.scenarios.passing import eventually
from tests.world import Hand, World

CANCEL = {"grounds": "不构成犯罪"}
# Whoever fled is detained by the police also while the procuratorate has the case.
FLED = {"circumstances": "传唤未到，查找无下落"}


@pytest.fixture
async def people(county: World, sandbox: Sandbox) -> Team:
    """Everyone at their desks."""
    return await team(county, sandbox)


async def refused(hand: Hand, number: str, step: str, **form: Any) -> dict[str, Any]:
    """The refusal of a step."""
    answer = await hand.try_(number, step, **form)
    assert answer.status_code == 409, answer.text
    return answer.json()


async def running(hand: Hand, number: str, limit: str) -> dict[str, Any]:
    """The clock of that limit, once it has been armed."""

    async def there() -> dict[str, Any] | None:
        found = [each for each in await hand.read(f"/api/matters/{number}/clocks") if each["limit"] == limit]
        return found[-1] if found else None

    return await eventually(there)


async def test_nobody_is_detained_in_a_case_that_was_cancelled_not_even_before_their_matter_hears_of_it(people: Team) -> None:
    case = await people.filed()
    suspect = await people.suspect(case)
    await people.approved(case, "cancel-case", **CANCEL)
    said = await refused(people.officer, suspect, "execute-detention", **ROOM)
    assert (said["type"], case in said["detail"], "撤销案件" in said["detail"]) == ("/problems/law-forbids", True, True)
    assert "第一百八十七条" in said["basis"]


async def test_what_was_asked_for_before_the_case_ended_is_refused_when_it_is_to_be_approved(people: Team) -> None:
    case = await people.filed()
    suspect = await people.suspect(case)
    await people.officer.take(suspect, "execute-detention", **ROOM)
    await people.approved(case, "cancel-case", **CANCEL)
    said = await refused(people.chief, suspect, "approve", request="execute-detention")
    assert (said["type"], case in said["detail"]) == ("/problems/law-forbids", True)


async def test_cancelling_a_case_makes_the_release_of_whoever_is_held_a_mandatory_task_at_once(people: Team) -> None:
    case = await people.filed()
    suspect = await people.suspect(case)
    await people.approved(suspect, "execute-detention", **ROOM)
    await people.approved(case, "cancel-case", **CANCEL)
    clock = await running(people.officer, suspect, "case-over-release")
    assert (clock["state"], clock["about"]) == ("running", suspect)

    async def task() -> list[Any]:
        tasks = (await people.officer.card(suspect))["tasks"]
        return [each for each in tasks if each["mandatory"]]

    (owed,) = await eventually(task)
    assert owed["words"] == "必须立即释放（案件终结后释放）"
    held = await refused(people.officer, case, "archive")
    assert (held["type"], suspect in held["detail"], "王某" in held["detail"]) == ("/problems/law-forbids", True, True)
    await people.approved(suspect, "release", grounds="案件已撤销")
    assert (await running(people.officer, suspect, "case-over-release"))["state"] == "met"
    assert await task() == []


async def test_a_case_is_archived_once_its_duties_are_done_and_not_before(people: Team) -> None:
    case = await people.filed()
    await people.approved(case, "cancel-case", **CANCEL)
    said = await refused(people.officer, case, "archive")
    assert [(each["sort"], each["limit"]) for each in said["open"]] == [("duty", "cancel-case-notice")]
    assert "第一百八十九条" in said["basis"]
    await people.officer.take(case, "notify-cancellation", told="原犯罪嫌疑人，当面告知")
    assert (await people.officer.take(case, "archive"))["stage"] == "archived"
    assert (await people.officer.clock(case, "cancel-case-notice"))["state"] == "met"


async def test_bail_is_to_be_lifted_and_the_case_is_not_archived_before(people: Team) -> None:
    case, suspect = await people.sent()
    await people.procurator.take(case, "decide-not-to-prosecute", kind="statutory", explanation="不构成犯罪")
    assert (await running(people.officer, suspect, "case-over-lift-measure"))["state"] == "running"
    await people.approved(case, "close-case", people.head, outcome="不起诉")
    said = await refused(people.officer, case, "archive")
    assert ("measure", suspect, "取保候审") in [(each["sort"], each["number"], each["standing"]) for each in said["open"]]
    await people.approved(suspect, "lift-bail", grounds="不起诉")
    assert (await running(people.officer, suspect, "case-over-lift-measure"))["state"] == "met"


async def test_measures_are_possible_again_in_a_case_that_is_reopened(people: Team) -> None:
    case = await people.filed()
    suspect = await people.suspect(case)
    await people.approved(case, "cancel-case", **CANCEL)
    await people.approved(case, "reopen-case", explanation="发现新证据")

    async def asked() -> bool:
        return (await people.officer.try_(suspect, "execute-detention", **ROOM)).is_success

    await eventually(asked)
    assert (await people.chief.approve(suspect, "execute-detention"))["stage"] == "detained"


async def test_who_was_held_when_the_case_was_cancelled_is_not_arrested_once_it_is_reopened_but_released(people: Team) -> None:
    case = await people.filed()
    suspect = await people.suspect(case)
    await people.approved(suspect, "execute-detention", **ROOM)
    await people.approved(case, "cancel-case", **CANCEL)
    await running(people.officer, suspect, "case-over-release")
    await people.approved(case, "reopen-case", explanation="发现新证据")
    said = await refused(people.officer, suspect, "request-arrest", grounds="可能判处徒刑以上刑罚")
    assert (said["type"], said["limit"], "立即释放" in said["detail"]) == ("/problems/law-forbids", "case-over-release", True)
    await people.approved(suspect, "release", grounds="案件曾经撤销")
    assert (await running(people.officer, suspect, "case-over-release"))["state"] == "met"


async def test_a_case_in_which_somebody_is_held_is_not_closed_when_it_is_asked_for_nor_when_it_is_approved(people: Team) -> None:
    case = await people.filed()
    suspect = await people.suspect(case)
    await people.approved(case, "close-investigation", report="事实清楚")
    await people.approved(case, "send-case", opinion="应当起诉")
    await people.officer.take(case, "close-case", outcome="判决有罪")
    await people.officer.take(suspect, "record-flight", **FLED)
    await people.approved(suspect, "execute-detention", **ROOM)
    later = await refused(people.head, case, "approve", request="close-case")
    await people.officer.take(case, "withdraw", request="close-case", reason="有人在押")
    sooner = await refused(people.officer, case, "close-case", outcome="判决有罪")
    for said in (later, sooner):
        assert (said["type"], suspect in said["detail"], "不能结案" in said["detail"]) == ("/problems/law-forbids", True, True)


async def test_nothing_is_archived_under_an_order_an_open_request_or_with_a_thing_that_nobody_disposed_of(people: Team) -> None:
    case = await people.filed()
    lists = {"officers": ["liusiyuan", "xuyating"], "witness": "桑晓梅", "place": "城关镇", "grounds": "需要作为证据"}
    await people.approved(case, "seize-property", people.head, items=[{"name": "手机", "quantity": "1件"}], **lists)
    (thing,) = await people.things(case, 1)
    order = (await people.supervisor.open(Kind.RECTIFICATION_ORDER, subject=case, problem="卷宗不全", demand="补齐"))["number"]
    await people.approved(case, "cancel-case", **CANCEL)
    await people.officer.take(case, "notify-cancellation", told="当面告知")
    await people.officer.take(case, "reopen-case", explanation="发现新证据")
    said = await refused(people.officer, case, "archive")
    open_ = {(each["sort"], each["number"]) for each in said["open"]}
    assert {("order", order), ("request", case), ("exhibit", thing["number"])} <= open_
    await people.officer.take(case, "withdraw", request="reopen-case", reason="证据不足")
    await people.supervisor.take(order, "cancel-rectification", reason="已补齐")
    await people.approved(thing["number"], "return-exhibit", receiver="失主", explanation="与案件无关")
    assert (await people.officer.take(case, "archive"))["stage"] == "archived"


async def test_a_detention_and_the_closing_of_its_case_at_one_moment_never_leave_somebody_held_in_a_closed_case(
    people: Team,
) -> None:
    for _ in range(4):
        case = await people.filed()
        suspect = await people.suspect(case)
        await people.approved(case, "close-investigation", report="事实清楚")
        await people.approved(case, "send-case", opinion="应当起诉")
        await people.officer.take(suspect, "record-flight", **FLED)
        await people.officer.take(suspect, "execute-detention", **ROOM)
        await people.officer.take(case, "close-case", outcome="判决有罪")
        answers = await asyncio.gather(
            people.chief.try_(suspect, "approve", request="execute-detention"),
            people.head.try_(case, "approve", request="close-case"),
        )
        assert sorted(each.status_code for each in answers) == [200, 409]


async def test_people_and_things_go_with_a_transferred_case_which_is_archived_then(people: Team) -> None:
    case = await people.filed()
    suspect = await people.suspect(case)
    await people.approved(suspect, "execute-detention", **ROOM)
    lists = {"officers": ["liusiyuan", "xuyating"], "witness": "桑晓梅", "place": "城关镇", "grounds": "需要作为证据"}
    await people.approved(case, "seize-property", people.head, items=[{"name": "手机", "quantity": "1件"}], **lists)
    thing = (await people.things(case, 1))[0]["number"]
    gone = {"to": "邻县公安局", "receiver": "孙某"}
    for number, step, more in ((suspect, "hand-over-suspect", {"standing": "刑事拘留"}), (thing, "hand-over-exhibit", {})):
        early = await refused(people.officer, number, step, **gone, **more)
        assert (early["type"], "没有移送" in early["detail"]) == ("/problems/law-forbids", True)
    await people.approved(case, "transfer-case", to="邻县公安局", grounds="管辖", materials="卷宗")
    held = await refused(people.officer, case, "archive")
    assert {suspect, thing} <= {each["number"] for each in held["open"]}

    async def left() -> bool:
        answer = await people.officer.try_(suspect, "hand-over-suspect", standing="刑事拘留，已羁押1日", **gone)
        return answer.is_success

    await eventually(left)
    assert (await running(people.officer, suspect, "criminal-detention-submit-for-arrest"))["state"] == "lapsed"
    assert (await people.officer.take(thing, "hand-over-exhibit", **gone))["stage"] == "handed_over"
    await people.officer.take(case, "notify-transfer", told="报案人和犯罪嫌疑人家属")
    assert (await people.officer.take(case, "archive"))["stage"] == "archived"


async def test_whoever_comes_back_with_a_retaken_case_goes_on_with_the_days_used(people: Team) -> None:
    case = await people.filed()
    suspect = await people.suspect(case)
    await people.approved(suspect, "execute-detention", **ROOM)
    due = (await running(people.officer, suspect, "criminal-detention-submit-for-arrest"))["due_at"]
    await people.designated(case, "designate-case-jurisdiction", handler="elsewhere", police="邻县公安局", grounds="管辖有争议")

    async def taken(step: str, **form: Any) -> bool:
        return (await people.officer.try_(suspect, step, **form)).is_success

    gone = {"to": "邻县公安局", "receiver": "孙某", "standing": "刑事拘留，已羁押1日"}
    await eventually(lambda: taken("hand-over-suspect", **gone))
    await people.designated(case, "retake-case", resumes="investigation", grounds="重新指定")
    back = {"police": "邻县公安局", "reason": "刑事拘留", "used": "持续羁押"}
    await eventually(lambda: taken("take-back-suspect", **back))
    assert (await people.officer.card(suspect))["stage"] == "detained"
    clock = await running(people.officer, suspect, "criminal-detention-submit-for-arrest")
    assert (clock["state"], clock["due_at"]) == ("running", due)
