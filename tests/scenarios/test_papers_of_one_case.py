"""What two papers of one case say otherwise is seen before it is signed, and what is known is not asked again."""

from typing import Any

from tests.scenarios.fraud import Team, team
from tests.world import World

ANSWERS: dict[str, Any] = dict.fromkeys(("hearing_due", "review_due", "discussion_due", "victim", "foreigner"), False)
NOTICE: dict[str, Any] = {"penalty": "拘留五日并处罚款二百元", "grounds": "殴打他人", "hearing": False, "minor": False}


async def _noticed(people: Team) -> str:
    case = (await people.officer.open("public-order-case", violation="za-51-1", injured=False))["number"]
    await people.officer.take(case, "name-offender", name="测试甲", minor=False)
    await people.officer.take(case, "notify-penalty", **NOTICE)
    return case


async def test_a_penalty_heavier_than_its_notice_needs_a_new_notice(county: World) -> None:
    people = await team(county)
    case = await _noticed(people)
    said = {**ANSWERS, "violation": "za-51-1", "penalty": "detention", "grounds": "殴打他人"}
    refused = await people.officer.try_(case, "decide-penalty", **said, detention_days=6)
    assert (refused.status_code, refused.json()["field"]) == (409, "detention_days")
    assert "第一百一十二条" in refused.json()["basis"]
    await people.officer.take(case, "notify-penalty", **{**NOTICE, "penalty": "拘留六日"})
    assert (await people.officer.take(case, "decide-penalty", **said, detention_days=6))["notes"] == []


async def test_what_a_decision_says_otherwise_than_the_papers_before_it_is_told(county: World) -> None:
    people = await team(county)
    case = await _noticed(people)
    said = {**ANSWERS, "violation": "za-51-2", "penalty": "detention", "detention_days": 5, "grounds": "故意伤害"}
    notice, violation = (await people.officer.take(case, "decide-penalty", **said))["notes"]
    assert "拘留五日并处罚款二百元" in notice
    assert "殴打他人" in violation


async def test_a_decision_in_a_case_in_which_somebody_was_harmed_names_whom_it_concerns(county: World) -> None:
    people = await team(county)
    case = await _noticed(people)
    said = {"violation": "za-51-1", "penalty": "detention", "detention_days": 5, "grounds": "殴打他人"}
    await people.officer.take(case, "decide-penalty", **{**ANSWERS, **said, "victim": True})
    (request,) = (await people.chief.card(case))["requests"]
    (paper,) = (await people.chief.read(f"/api/matters/{case}/requests/{request['seq']}"))["papers"]
    assert "被处罚人测试甲，" in "".join(line["text"] for line in paper["lines"])


async def test_the_form_of_a_decision_comes_with_what_the_case_knows(county: World) -> None:
    people = await team(county)
    case = await _noticed(people)
    steps = {each["step"]: each["form"]["properties"] for each in await people.officer.steps(case)}
    decision = steps["decide-penalty"]
    assert [decision[name]["default"] for name in ("violation", "penalty", "detention_days", "fine_yuan")] == [
        "za-51-1",
        "detention-and-fine",
        5,
        200,
    ]
    assert "default" not in decision["victim"]
    assert "1 测试甲" in steps["summon-for-inquiry"]["person"]["description"]
    unanswered = await people.officer.try_(case, "decide-penalty", violation="za-51-1", penalty="warning", grounds="殴打他人")
    open_questions = {each["field"]: each["detail"] for each in unanswered.json()["errors"]}
    assert {"hearing_due", "review_due", "discussion_due", "victim"} == set(open_questions)
    assert "第一百一十六条" in open_questions["victim"]


async def test_whoever_decides_with_others_still_waiting_is_told_who(county: World) -> None:
    people = await team(county)
    case = await _noticed(people)
    await people.officer.take(case, "name-offender", person=2, name="测试乙", minor=False)
    said = {
        **ANSWERS,
        "violation": "za-51-1",
        "penalty": "detention-and-fine",
        "detention_days": 5,
        "fine_yuan": 200,
        "grounds": "殴打他人",
    }
    (note,) = (await people.officer.take(case, "decide-penalty", **said))["notes"]
    assert "测试乙（person-2）" in note


async def test_two_of_one_name_in_a_case_are_asked_about(county: World) -> None:
    people = await team(county)
    case = await _noticed(people)
    asked = await people.officer.try_(case, "name-offender", person=2, name="测试 甲", minor=False)
    assert (asked.status_code, asked.json()["field"]) == (409, "namesake")
    await people.officer.take(case, "name-offender", person=2, name="测试甲", minor=False, namesake=True)
    assert [each["id"] for each in (await people.officer.card(case))["people"]] == ["person-1", "person-2"]
