"""A person is one person: one suspect matter in a case, one party of a matter in several roles, held once at a time."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from law.calendar import SHANGHAI
from tests.scenarios.fraud import SUSPECT, Team, detain, filed_case, named_suspect, opened, scanned, team
from tests.world import Answer, World, until

HOUR = timedelta(hours=1)
NUMBER = "11010519491231002X"
NAMED: dict[str, Any] = {"name": "测试甲", "citizen_number": NUMBER}


@pytest.fixture
def now() -> datetime:
    return datetime.now(SHANGHAI).replace(second=0, microsecond=0)


async def _person(people: Team, case: str) -> Answer:
    (person,) = [each for each in (await people.officer.card(case))["people"] if each["id"].startswith("person-")]
    return person


async def test_the_same_number_makes_no_second_suspect_of_a_case_however_it_is_typed(county: World, now: datetime) -> None:
    people = await team(county)
    case = await filed_case(people, now - 24 * HOUR)
    first = await opened(people.officer, await people.officer.take(case, "name-suspect", **NAMED))
    again = await people.officer.try_(case, "name-suspect", name="另一个名字", citizen_number=NUMBER.lower(), namesake=True)
    assert (again.status_code, again.json()["type"], again.json()["field"]) == (409, "/problems/law-forbids", "citizen_number")
    assert first in again.json()["detail"]
    assert [each["number"] for each in (await people.officer.card(case))["links"]["children"]] == [first]


async def test_a_name_without_a_number_is_asked_about_and_another_person_of_that_name_is_let_in(
    county: World, now: datetime
) -> None:
    people = await team(county)
    case = await filed_case(people, now - 24 * HOUR)
    first = await opened(people.officer, await people.officer.take(case, "name-suspect", name="欧阳·文"))
    again = await people.officer.try_(case, "name-suspect", name="歐陽 文", citizen_number=NUMBER)
    assert (again.status_code, again.json()["field"]) == (409, "namesake")
    assert first in again.json()["detail"]
    other = await opened(
        people.officer, await people.officer.take(case, "name-suspect", name="欧阳文", citizen_number=NUMBER, namesake=True)
    )
    assert other != first


async def test_a_foreigner_is_known_by_the_travel_document(county: World, now: datetime) -> None:
    people = await team(county)
    case = await filed_case(people, now - 24 * HOUR)
    first = await opened(people.officer, await people.officer.take(case, "name-suspect", name="Ivan", travel_document="e 12345678"))
    again = await people.officer.try_(case, "name-suspect", name="Иван", travel_document="E12345678")
    assert (again.status_code, again.json()["field"]) == (409, "travel_document")
    assert first in again.json()["detail"]


async def test_nobody_is_detained_in_two_cases_at_once_without_a_word(county: World, now: datetime) -> None:
    people = await team(county)
    one, other = await filed_case(people, now - 24 * HOUR), await filed_case(people, now - 24 * HOUR)
    await detain(people, await named_suspect(people, one), now - 2 * HOUR)
    there = await named_suspect(people, other)
    warrant = {"at": now - HOUR, "place": "青岚县城关镇", "grounds": "可能逃跑"}
    refused = await people.officer.try_(there, "execute-detention", **warrant)
    assert (refused.status_code, refused.json()["field"]) == (409, "elsewhere")
    await people.officer.take(there, "execute-detention", **warrant, elsewhere="已商定并案，由本案办案单位办理换押")
    await people.chief.approve(there, "execute-detention")
    assert (await people.officer.card(there))["stage"] == "detained"


async def test_whoever_names_a_suspect_of_another_case_is_told_as_far_as_they_may_know(county: World, now: datetime) -> None:
    people = await team(county)
    one, other = await filed_case(people, now - 24 * HOUR), await filed_case(people, now - 24 * HOUR)
    await named_suspect(people, one)
    notes = (await people.officer.take(other, "name-suspect", **SUSPECT))["notes"]
    assert any(one in each for each in notes)
    await county.ask("UPDATE matter SET sealed = true, officer = 'nobody' WHERE parent = %(case)s AND kind = 'suspect'", case=one)
    third = await filed_case(people, now - 24 * HOUR)
    told = (await people.officer.take(third, "name-suspect", **SUSPECT))["notes"]
    assert not any(one in each for each in told)


async def test_the_same_person_after_a_merger_is_neither_held_nor_summoned_twice(county: World, now: datetime) -> None:
    people = await team(county)
    one, other = await filed_case(people, now - 24 * HOUR), await filed_case(people, now - 24 * HOUR)
    held, twin = await named_suspect(people, one), await named_suspect(people, other)
    await people.officer.take(other, "merge-case", into=one, ground="several-crimes", grounds="同一人所犯")
    await people.chief.approve(other, "merge-case")
    await people.officer.take(held, "summon", at=now - 5 * HOUR, place="城关派出所", grounds="讯问")
    await people.head.approve(held, "summon")
    await people.officer.take(held, "end-summons", at=now - 4 * HOUR)
    summons = await people.officer.try_(twin, "summon", at=now - HOUR, place="城关派出所", grounds="讯问")
    assert (summons.status_code, summons.json()["limit"]) == (409, "criminal-summons-interval")
    assert held in summons.json()["detail"]
    await detain(people, held, now - 3 * HOUR)
    twice = await people.officer.try_(
        twin, "execute-detention", at=now - HOUR, place="城关派出所", grounds="可能逃跑", elsewhere="无"
    )
    assert (twice.status_code, twice.json()["field"]) == (409, "at")
    assert held in twice.json()["detail"]


async def test_a_merger_asks_whether_suspects_of_one_name_are_one_person(county: World, now: datetime) -> None:
    people = await team(county)
    one, other = await filed_case(people, now - 24 * HOUR), await filed_case(people, now - 24 * HOUR)
    here = await opened(people.officer, await people.officer.take(one, "name-suspect", name="并重甲"))
    there = await opened(people.officer, await people.officer.take(other, "name-suspect", name="并重甲"))
    merger = {"into": one, "ground": "connected", "grounds": "同一伙人所犯"}
    refused = await people.officer.try_(other, "merge-case", **merger)
    assert (refused.status_code, refused.json()["field"]) == (409, "namesake")
    assert here in refused.json()["detail"]
    assert there in refused.json()["detail"]
    await people.officer.take(other, "merge-case", **merger, namesake=True)
    assert (await people.chief.approve(other, "merge-case"))["stage"] == "merged"


async def test_a_namesake_who_comes_in_before_the_merger_is_approved_is_asked_about_too(county: World, now: datetime) -> None:
    people = await team(county)
    one, other = await filed_case(people, now - 24 * HOUR), await filed_case(people, now - 24 * HOUR)
    await people.officer.take(one, "name-suspect", name="并重甲")
    await people.officer.take(other, "merge-case", into=one, ground="connected", grounds="同一伙人所犯")
    await people.officer.take(other, "name-suspect", name="并重甲")
    refused = await people.chief.try_(other, "approve", request="merge-case")
    assert (refused.status_code, refused.json()["field"]) == (409, "namesake")


async def _public_order_case(people: Team) -> str:
    case = (await people.officer.open("public-order-case", violation="za-51-1", injured=False))["number"]
    await people.officer.take(case, "name-offender", minor=False, **NAMED)
    return case


async def test_a_summons_keeps_the_offenders_number_and_role(county: World) -> None:
    people = await team(county)
    case = await _public_order_case(people)
    await people.officer.take(case, "summon-for-inquiry", grounds="殴打他人")
    await people.head.approve(case, "summon-for-inquiry")
    person = await _person(people, case)
    assert (person["name"], person["citizen_id"], person["role"]) == ("测试甲", NUMBER, "offender")
    assert person["roles"] == ["offender", "questioned"]
    found = await people.officer.find("/api/search", q=NUMBER)
    assert case in [each["matter"] for each in found["people"]]


async def test_another_name_under_a_known_number_is_refused_before_anybody_signs(county: World) -> None:
    people = await team(county)
    case = await _public_order_case(people)
    refused = await people.officer.try_(case, "summon-for-inquiry", name="测试乙", grounds="殴打他人")
    assert (refused.status_code, refused.json()["field"]) == (409, "name")
    assert "更正" in refused.json()["detail"]
    assert (await people.officer.card(case))["requests"] == []
    unknown = await people.officer.try_(case, "summon-for-inquiry", person=2, grounds="殴打他人")
    assert [(each["field"], each["rule"]) for each in unknown.json()["errors"]] == [("name", "missing")]
    twice = await people.officer.try_(case, "name-offender", person=2, minor=False, **NAMED)
    assert (twice.status_code, twice.json()["field"]) == (409, "person")


async def test_a_correction_of_somebody_in_several_roles_reaches_the_other_matters(county: World, now: datetime) -> None:
    people = await team(county)
    case = await filed_case(people, now - 24 * HOUR)
    suspect = await opened(people.officer, await people.officer.take(case, "name-suspect", **SUSPECT))
    await people.officer.take(suspect, "correct-record", party="suspect", citizen_number=NUMBER, reason="核对身份证")
    await people.head.approve(suspect, "correct-record")
    again = await people.officer.try_(case, "name-suspect", name="甲", citizen_number=NUMBER)
    assert again.status_code == 409
    assert suspect in again.json()["detail"]


async def test_whoever_may_be_foreign_is_asked_about_once_more_as_they_are_detained(county: World, now: datetime) -> None:
    people = await team(county)
    case = await filed_case(people, now - 24 * HOUR)
    suspect = await opened(people.officer, await people.officer.take(case, "name-suspect", name="JOHN DOE"))
    asked = await people.officer.take(suspect, "execute-detention", at=now - HOUR, place="城关派出所", grounds="可能逃跑")
    assert any("尚未问明国籍" in note for note in asked["notes"])
    notices = (await people.chief.read("/api/notices", limit=100))["items"]
    assert any("尚未问明国籍" in each["words"] for each in notices if each["matter"] == suspect)


async def test_whoever_names_a_suspect_is_asked_what_the_law_makes_depend_on_who_that_is(county: World, now: datetime) -> None:
    people = await team(county)
    case = await filed_case(people, now - 5 * HOUR)
    unknown = (await people.officer.take(case, "name-suspect", name="JOHN DOE", grounds="在场人指认"))["notes"]
    for asked in ("人大代表", "不知出生日期", "尚未问明国籍"):
        assert any(asked in note for note in unknown), unknown
    known = {"citizen_number": "330102198506121012", "deputy": "都不是", "nationality": "中国"}
    told = (await people.officer.take(case, "name-suspect", name="贺文涛", grounds="收款账户由其注册", **known))["notes"]
    assert not any(asked in note for note in told for asked in ("人大代表", "不知出生日期", "国籍"))


async def test_a_correction_that_makes_two_suspects_of_a_case_one_person_is_refused(county: World, now: datetime) -> None:
    people = await team(county)
    case = await filed_case(people, now - 24 * HOUR)
    first = await named_suspect(people, case)
    other = await opened(people.officer, await people.officer.take(case, "name-suspect", name="另一人"))
    said = {"party": "suspect", "citizen_number": SUSPECT["citizen_number"], "reason": "核对身份证"}
    refused = await people.officer.try_(other, "correct-record", **said)
    assert (refused.status_code, refused.json()["type"], refused.json()["field"]) == (
        409,
        "/problems/law-forbids",
        "citizen_number",
    )
    assert first in refused.json()["detail"]
    assert not (await people.officer.card(other))["people"][0]["citizen_id"]


async def test_a_correction_that_makes_two_of_the_numbered_people_of_a_matter_one_is_refused(county: World) -> None:
    people = await team(county)
    case = await _public_order_case(people)
    await people.officer.take(case, "name-offender", person=2, minor=False, name="另一人")
    refused = await people.officer.try_(case, "correct-record", party="person-2", citizen_number=NUMBER, reason="核对身份证")
    assert (refused.status_code, refused.json()["field"]) == (409, "citizen_number")


async def test_a_correction_that_makes_somebody_known_in_two_cases_tells_both_officers_and_is_refused_while_both_hold_them(
    county: World, now: datetime
) -> None:
    people = await team(county)
    one, other = await filed_case(people, now - 24 * HOUR), await filed_case(people, now - 24 * HOUR)
    first = await named_suspect(people, one)
    second = await opened(people.officer, await people.officer.take(other, "name-suspect", name="化名人"))
    await detain(people, first, now - 3 * HOUR)
    await detain(people, second, now - 2 * HOUR)
    said = {"party": "suspect", "citizen_number": SUSPECT["citizen_number"], "reason": "核对身份证"}
    refused = await people.officer.try_(second, "correct-record", **said)
    assert (refused.status_code, refused.json()["field"]) == (409, "citizen_number")
    assert "刑事拘留" in refused.json()["detail"]
    await people.officer.take(second, "release", grounds="不应当拘留")
    await people.chief.approve(second, "release")
    receipt = await people.officer.take(second, "correct-record", **said)
    assert any(first in note for note in receipt["notes"])
    await people.head.approve(second, "correct-record")
    notices = (await people.officer.read("/api/notices", limit=100))["items"]
    assert any(each["matter"] == first and "同一人" in each["words"] for each in notices)


async def test_after_a_merger_one_matter_of_the_person_goes_on_with_the_days_of_both(county: World, now: datetime) -> None:
    people = await team(county)
    one, other = await filed_case(people, now - 2000 * HOUR), await filed_case(people, now - 2000 * HOUR)
    first, second = await named_suspect(people, one), await named_suspect(people, other)
    bail = {"surety": "保证人", "guarantor": "李四", "grounds": "可能判处管制"}
    for suspect, days in ((first, 60), (second, 40)):
        await people.officer.take(suspect, "decide-bail", **bail, at=now - 24 * days * HOUR)
        await scanned(people.officer, suspect, "呈批表")
        paper = {"paper_number": "城公取保〔2026〕1号", "paper_scan": "呈批表"}
        await people.chief.approve(suspect, "decide-bail", at=now - 24 * days * HOUR, **paper)
        await people.officer.take(suspect, "lift-bail", grounds="不需要", at=now - 24 * (days - 10) * HOUR)
        await people.chief.approve(suspect, "lift-bail", at=now - 24 * (days - 10) * HOUR, **paper)
    await people.officer.take(other, "merge-case", into=one, ground="several-crimes", grounds="同一人所犯")
    await people.chief.approve(other, "merge-case")

    async def parent() -> str:
        ((number,),) = await county.ask("SELECT parent FROM matter WHERE number = %(number)s", number=second)
        return number

    await until(parent, lambda number: number == one, within=20)
    refused = await people.officer.try_(first, "decide-bail", **bail)
    assert refused.status_code == 409
    assert second in refused.json()["detail"], "the matter in which the person last was under a measure goes on"
    await people.officer.take(second, "decide-bail", **bail)
    await people.chief.approve(second, "decide-bail")
    clock = await people.officer.clock(second, "bail-max")
    assert any("已使用20日" in each for each in clock["reasons"]), clock["reasons"]
