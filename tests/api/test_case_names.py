"""A case is called after whom it befell, whoever says so and whenever; and a case turned into one of another kind knows its people."""

from tests.api.matters import accepted, reported
from tests.world import Hand, World, until

CALLER = {"reporter": "温如玉", "reporter_phone": "13900001234", "reporter_citizen_number": "110101199003070775"}
OFFENDER = {"person": 1, "name": "贺文涛", "citizen_number": "110101198503070777"}


async def _title(hand: Hand, number: str) -> str:
    card = await until(lambda: hand.get(f"/api/matters/{number}"), lambda answer: answer.is_success)
    return card.json()["title"].partition("·")[2].lstrip("0123456789")


async def _offered(hand: Hand, number: str, step: str) -> dict[str, object]:
    form = next(each["form"] for each in await hand.steps(number) if each["step"] == step)
    return {name: field["default"] for name, field in form["properties"].items() if "x-known" in field}


async def test_a_caller_who_was_harmed_gives_the_case_its_name(bureau: World) -> None:
    incident, officer = await reported(bureau, **CALLER)
    await officer.take(incident, "arrive-on-scene")
    robbed = {"classification": "criminal", "reason": "当街被抢", "charge": "xf-263", "injured": False, "reporter_harmed": True}
    (case,) = (await officer.take(incident, "classify-incident", **robbed))["opened"]
    assert await _title(officer, case) == "温某被抢劫案"
    nameless, officer = await reported(bureau)
    await officer.take(nameless, "arrive-on-scene")
    receipt = await officer.take(nameless, "classify-incident", **robbed)
    assert receipt["notes"] == ["报警人没有留下姓名，未记入案件；查明后请在案件中办理“登记被侵害人”"]
    assert await _title(officer, receipt["opened"][0]) == "抢劫案"


async def test_a_case_takes_its_name_anew_from_whoever_is_found_to_be_harmed_and_says_so(bureau: World) -> None:
    case, officer = await accepted(bureau, complainant="温如玉")
    day = (await officer.card(case))["title"].removesuffix("盗窃案")
    assert (await _offered(officer, case, "record-harmed"))["name"] == "温如玉"
    receipt = await officer.take(case, "record-harmed", name="温如玉", citizen_number="110101199003070775")
    assert receipt["notes"] == [f"案件名称由“{day}盗窃案”改为“{day}温某被盗窃案”"]
    (harmed,) = await bureau.ask("SELECT id, role FROM party WHERE matter = %(case)s", case=case)
    assert (harmed.id, harmed.role) == ("complainant", "victim"), "one who complained and was harmed is one person"
    # A second person is found: no longer one alone is named, and a step that says nothing new of anybody changes nothing.
    receipt = await officer.take(case, "record-harmed", name="李小红", born_on="1990-01-01")
    assert receipt["notes"] == [f"案件名称由“{day}温某被盗窃案”改为“{day}盗窃案”"]
    assert (await officer.take(case, "record-harmed", name="李小红", phone="13900001111"))["notes"] == []


async def test_a_name_set_right_is_in_the_name_of_the_case_too(bureau: World) -> None:
    case, officer = await accepted(bureau, complainant="温如玉", complainant_citizen_number="110101199003070775")
    day = (await officer.card(case))["title"].removesuffix("温某被盗窃案")
    correction = {"party": "complainant", "name": "闻如玉", "reason": "听错姓氏"}
    await officer.take(case, "correct-record", **correction)
    assert await _title(officer, case) == "温某被盗窃案", "what is only asked for changes nothing"
    receipt = await (await bureau.as_("zhaotiejun")).approve(case, "correct-record")
    assert f"案件名称由“{day}温某被盗窃案”改为“{day}闻某被盗窃案”" in receipt["notes"]


async def test_a_case_that_turns_criminal_and_back_takes_along_whom_it_knew(bureau: World) -> None:
    officer, chief = await bureau.as_("liusiyuan"), await bureau.as_("zhouminghui")
    offence = (await officer.open("public-order-case", violation="za-51-1", injured=True, mediable=False))["number"]
    await officer.take(offence, "name-offender", **OFFENDER)
    await officer.take(offence, "record-harmed", name="温如玉", citizen_number="110101199003070775")
    await officer.take(offence, "turn-criminal", charge="xf-234", reason="鉴定为轻伤二级", injured=True)
    (case,) = (await chief.approve(offence, "turn-criminal"))["opened"]
    assert await _title(officer, case) == "温某被故意伤害案"
    await officer.take(case, "file-case", charge="xf-234", grounds="鉴定为轻伤二级")
    await chief.approve(case, "file-case")
    suspect = await _offered(officer, case, "name-suspect")
    assert suspect == {"name": "贺文涛", "citizen_number": OFFENDER["citizen_number"]}, "nobody is asked anew who it was"
    # He and another are named; the case turns out to be none of a crime.
    await officer.take(case, "name-suspect", **suspect)
    assert await _offered(officer, case, "name-suspect") == {}
    (second,) = (await officer.take(case, "name-suspect", name="何立", born_on="1990-01-01"))["opened"]
    await until(lambda: officer.get(f"/api/matters/{second}"), lambda answer: answer.is_success)
    await officer.take(case, "turn-administrative", mediable=False, explanation="情节显著轻微", violation="za-51-1")
    (again,) = (await chief.approve(case, "turn-administrative"))["opened"]
    assert await _title(officer, again) == "温某被殴打案"
    told = {"penalty": "行政拘留五日", "grounds": "殴打他人", "minor": False, "hearing": False}
    for person in (1, 2):
        await officer.take(again, "notify-penalty", person=person, **told)
