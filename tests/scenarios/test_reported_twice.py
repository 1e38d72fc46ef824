"""Somebody reports what is being dealt with already: they are told so, it is not registered twice, and new facts are heard."""

from tests.scenarios.fraud import team
from tests.scenarios.test_s01_a_fight_filed_away import FIGHT
from tests.world import World

TOLD = "已告知报案人：民警已到现场处置，处理结果将一并告知"


async def test_who_reports_it_again_is_told_and_it_belongs_to_what_was_reported_first(county: World) -> None:
    people = await team(county)
    first = (await people.desk.open("incident", **FIGHT))["number"]
    again = (await people.desk.open("incident", **FIGHT, channel="walk-in"))["number"]

    await people.desk.take(again, "explain-duplicate", original=first, told=TOLD)

    assert (await people.desk.card(again))["links"]["parent"] == first
    assert [each["number"] for each in (await people.desk.card(first))["links"]["children"]] == [again]
    assert (await people.desk.card(first))["stage"] == "received"
    registration = await people.desk.clock(again, "incident-onsite-registration")
    assert registration["state"] == "lapsed"
    by_whom = (await people.officer.steps(again), await people.desk.steps(again))
    assert ["dispatch-incident" in {each["step"] for each in steps} for steps in by_whom] == [False, False]

    fact = "新的证人称对方持刀"
    await people.officer.take(
        again, "reclassify-incident", classification="administrative", violation="za-51-1", reason=fact, injured=False
    )
    assert (await people.officer.card(again))["stage"] == "classified"


async def test_what_was_reported_before_must_be_another_matter_that_one_may_know_of(county: World) -> None:
    people = await team(county)
    call = (await people.desk.open("incident", **FIGHT))["number"]
    for original, status, rule in (
        ("JQ209900000001", 422, "unknown-matter"),
        ("ZG202600000001", 422, "string_pattern_mismatch"),
        (call, 409, ""),
    ):
        refused = await people.desk.try_(call, "explain-duplicate", original=original, told=TOLD)
        assert refused.status_code == status, refused.text
        answer = refused.json()
        assert [(each["field"], each["rule"]) for each in answer.get("errors", [])] == ([("original", rule)] if rule else [])
    assert (answer["field"], answer["basis"]) == ("original", "《公安机关办理刑事案件程序规定》第一百七十五条")
    assert (await people.desk.card(call))["stage"] == "received"
