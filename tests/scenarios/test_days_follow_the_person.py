"""A case that turns from crime to violation: the days in custody go along to the detention centre, and who serves days is known."""

from datetime import datetime, timedelta
from typing import Any

from httpx import codes

from law.calendar import SHANGHAI
from tests.scenarios.fraud import SUSPECT, Team, detain, filed_case, named_suspect, opened, team
from tests.world import World

DAY = timedelta(days=1)
DISORDER = "za-26-1"
PERSON = {"name": SUSPECT["name"], "citizen_number": SUSPECT["citizen_number"]}
# What is asked of every penalty: nobody was hurt, nothing is grave, and the person is Chinese.
ANSWERS = {"hearing_due": False, "review_due": False, "discussion_due": False, "victim": False, "foreigner": False}
ENTERING: dict[str, Any] = {"centre": "青岚县拘留所"}


def _ago(days: float) -> datetime:
    return datetime.now(SHANGHAI).replace(second=0, microsecond=0) - days * DAY


async def _held_and_turned(people: Team, begun: float, ended: float) -> str:
    """A suspect is held from so many days ago to so many, and the case goes on as one of public order; that case."""
    now = _ago(0)  # once, for a minute more in custody would be another day
    case = await filed_case(people, now - (begun + 1) * DAY)
    suspect = await named_suspect(people, case)
    await detain(people, suspect, now - begun * DAY)
    await people.officer.take(suspect, "release", at=now - ended * DAY, grounds="情节显著轻微")
    await people.chief.approve(suspect, "release")
    await people.officer.take(case, "turn-administrative", explanation="属于违反治安管理", violation=DISORDER)
    return await opened(people.officer, await people.chief.approve(case, "turn-administrative"))


async def _punished(people: Team, case: str, days: int) -> None:
    """The person is told of it, and so many days of detention are decided."""
    said = {"violation": DISORDER, "penalty": "detention", "detention_days": days, "grounds": "扰乱单位秩序", **ANSWERS}
    notice = {"penalty": f"行政拘留{days}日", "grounds": "扰乱单位秩序", "hearing": False, "minor": False}
    await people.officer.take(case, "name-offender", **PERSON)
    await people.officer.take(case, "notify-penalty", **notice)
    await people.officer.take(case, "decide-penalty", **said)
    await people.chief.approve(case, "decide-penalty")


async def test_a_case_that_turns_points_to_those_before_it_with_the_days_they_took(county: World) -> None:
    people = await team(county)
    case = await _held_and_turned(people, begun=5, ended=3)
    (before,) = (await people.officer.card(case))["links"]["earlier"]
    # Filed six days ago but for the forty minutes in which it was reviewed, which may lie over midnight.
    assert before["kind"] == "criminal-case"
    assert before["days"] in {5, 6}
    await people.officer.take(case, "turn-criminal", charge="xf-266", reason="数额查明已达追诉标准")
    third = await opened(people.officer, await people.chief.approve(case, "turn-criminal"))
    earlier = (await people.officer.card(third))["links"]["earlier"]
    assert [each["number"] for each in earlier] == [before["number"], case]
    assert [each["kind"] for each in earlier] == ["criminal-case", "public-order-case"]


async def test_days_in_custody_for_the_same_act_are_taken_off_the_detention(county: World) -> None:
    people = await team(county)
    case = await _held_and_turned(people, begun=5, ended=3)
    await _punished(people, case, 10)
    refused = await people.officer.try_(case, "enter-detention-centre", **ENTERING, term="10 day")
    assert refused.status_code == codes.CONFLICT
    problem = refused.json()
    assert (problem["field"], "第一百一十条" in problem["basis"]) == ("term", True)
    assert "限制人身自由2日" in problem["detail"]
    assert "执行日数填8 day" in problem["detail"]
    assert (await people.officer.take(case, "enter-detention-centre", **ENTERING, term="8 day"))["standing"] == "done"


async def test_whoever_was_held_as_long_as_the_detention_serves_no_more_of_it_unless_it_was_for_something_else(
    county: World,
) -> None:
    people = await team(county)
    case = await _held_and_turned(people, begun=8, ended=2)
    await _punished(people, case, 5)
    refused = await people.officer.try_(case, "enter-detention-centre", **ENTERING, term="5 day")
    assert "行政拘留不再执行" in refused.json()["detail"]
    said = ENTERING | {"term": "5 day", "not_credited": "羁押系因另一起诈骗"}
    assert (await people.officer.take(case, "enter-detention-centre", **said))["standing"] == "done"


async def test_whoever_detains_a_person_that_serves_days_is_told_and_not_stopped(county: World) -> None:
    people = await team(county)
    served = await _held_and_turned(people, begun=5, ended=4)
    await _punished(people, served, 10)
    await people.officer.take(served, "enter-detention-centre", **ENTERING, term="9 day")
    other = await filed_case(people, _ago(1))
    suspect = await named_suspect(people, other)
    asked = await people.officer.take(suspect, "execute-detention", place="青岚县城关镇", grounds="可能逃跑")
    assert any("正在执行行政拘留" in note for note in asked["notes"])
    done = await people.chief.approve(suspect, "execute-detention")
    assert (done["stage"], done["standing"]) == ("detained", "done")
    assert any("正在执行行政拘留" in each["words"] for each in (await people.chief.read("/api/notices"))["items"])


async def test_a_receipt_says_whom_a_half_approved_request_awaits(county: World) -> None:
    people, above = await team(county), await county.as_("yanshouzheng")
    case = await filed_case(people, _ago(1))
    said = {"handler": "elsewhere", "police": "邻县公安局", "grounds": "管辖有争议，协商不成"}
    asked = await people.officer.take(case, "designate-case-jurisdiction", **said)
    assert asked["awaits"] == ["县级以上公安机关负责人（青岚县公安局：何静远、周明辉）"]
    half = await people.chief.approve(case, "designate-case-jurisdiction")
    assert (half["standing"], half["stage"]) == ("awaiting-approval", "investigation")
    assert half["awaits"] == ["上一级公安机关负责人（安澜市公安局：严守正）"]
    done = await above.approve(case, "designate-case-jurisdiction")
    assert (done["standing"], done["stage"], done["awaits"]) == ("done", "transferred", [])


async def test_nobody_is_punished_twice_for_one_act_nor_held_longer_than_was_decided(county: World) -> None:
    people = await team(county)
    case = await _held_and_turned(people, begun=5, ended=3)
    await _punished(people, case, 5)
    longer = (await people.officer.try_(case, "enter-detention-centre", **ENTERING, term="20 day", not_credited="另案")).json()
    assert (longer["type"], longer["field"]) == ("/problems/law-forbids", "term")
    assert "不超过5日" in longer["detail"]
    notice = {"penalty": "行政拘留十日", "grounds": "扰乱单位秩序", "hearing": False, "minor": False}
    await people.officer.take(case, "notify-penalty", **notice)
    said = {"violation": DISORDER, "penalty": "detention", "detention_days": 10, "grounds": "扰乱单位秩序", **ANSWERS}
    twice = (await people.officer.try_(case, "decide-penalty", **said)).json()
    assert (twice["type"], "应当先撤销处罚决定" in twice["detail"]) == ("/problems/law-forbids", True)
    await people.officer.take(case, "revoke-penalty", by_whom="本机关自行纠正", grounds="量罚明显不当")
    await people.chief.approve(case, "revoke-penalty")
    await people.officer.take(case, "decide-penalty", **said)
    assert (await people.chief.approve(case, "decide-penalty"))["stage"] == "decided"
    assert (await people.officer.take(case, "enter-detention-centre", **ENTERING, term="8 day"))["standing"] == "done"
