"""S13: a citizen number typed with one digit wrong, and an hour typed wrong, set right wherever they were carried."""

import json
from datetime import datetime, timedelta
from typing import Any

from law.calendar import SHANGHAI
from operations.verify import verify
from tests.sandbox import Sandbox
from tests.scenarios.fraud import SUSPECT, Team, detain, filed_case, named_suspect, opened, team
from tests.scenarios.passing import Passing, eventually
from tests.world import Answer, World

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Another number of the same birthday, whose check digit is right as well (GB 11643-1999).
WRONG, RIGHT = "330102198506121020", SUSPECT["citizen_number"]
CORRECTION = {"party": "suspect", "citizen_number": RIGHT, "reason": "录入时误将顺序码输错一位，已核对身份证原件"}


def _now() -> datetime:
    return datetime.now(SHANGHAI).replace(second=0, microsecond=0)


async def _journal(people: Team, number: str) -> list[Answer]:
    return (await people.officer.read(f"/api/matters/{number}/journal", limit=100))["items"]


async def _corrected(people: Team, number: str) -> list[dict[str, Any]]:
    return [said for each in await _journal(people, number) for said in each["content"].get("corrected", ())]


async def _suspect_with_the_wrong_number(people: Team) -> tuple[str, str]:
    case = await filed_case(people, _now() - 2 * DAY)
    receipt = await people.officer.take(case, "name-suspect", **{**SUSPECT, "citizen_number": WRONG})
    return case, await opened(people.officer, receipt)


async def test_a_number_whose_check_digit_fails_is_refused_when_typed_and_when_corrected(county: World) -> None:
    people = await team(county)
    case, suspect = await _suspect_with_the_wrong_number(people)
    mistyped = {**SUSPECT, "citizen_number": "11010519491231002" + "1"}
    refused = await people.officer.try_(case, "name-suspect", **mistyped)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "citizen_number")
    again = await people.officer.try_(suspect, "correct-record", **{**CORRECTION, "citizen_number": RIGHT[:-1] + "3"})
    assert (again.status_code, again.json()["errors"][0]["field"]) == (422, "citizen_number")
    assert (await people.officer.card(suspect))["people"][0]["citizen_id"] == WRONG


async def test_a_wrong_number_is_corrected_by_approval_and_the_old_one_stays_in_the_journal(county: World) -> None:
    people = await team(county)
    _, suspect = await _suspect_with_the_wrong_number(people)
    asked = await people.officer.take(suspect, "correct-record", **CORRECTION)
    assert asked["standing"] == "awaiting-approval"
    assert (await people.officer.card(suspect))["people"][0]["citizen_id"] == WRONG
    assert (await people.officer.try_(suspect, "approve", request="correct-record")).status_code == 403

    await people.head.approve(suspect, "correct-record")
    assert (await people.officer.card(suspect))["people"][0]["citizen_id"] == RIGHT
    assert await _corrected(people, suspect) == [
        {"of": "person", "id": "suspect", "old": {"citizen_id": WRONG}, "new": {"citizen_id": RIGHT}}
    ]
    named = next(each for each in await _journal(people, suspect) if each["step"] == "open-suspect" and each["sort"] == "step")
    assert named["content"]["form"]["citizen_number"] == WRONG
    assert verify(county.settings).faults == []


async def test_a_wrong_name_is_corrected_in_the_title_too_and_in_every_matter_that_knows_the_person(county: World) -> None:
    people = await team(county)
    incident = (
        await people.desk.open(
            "incident",
            kind="盗窃",
            place="河滨路",
            narrative="电动自行车被盗",
            unit="chengguan",
            reporter="沈国粱",
            reporter_citizen_number=WRONG,
        )
    )["number"]
    await people.desk.take(incident, "dispatch-incident", unit="chengguan", officer="liusiyuan")
    receipt = await people.officer.take(
        incident, "classify-incident", classification="criminal", charge="xf-264", reason="涉嫌盗窃"
    )
    case = await opened(people.officer, receipt)
    await people.officer.take(case, "file-case", charge="xf-264", grounds="有犯罪事实")
    await people.chief.approve(case, "file-case")
    # The reporter is suspected of having feigned the theft, and is named under the same wrong name and number.
    suspect = await opened(people.officer, await people.officer.take(case, "name-suspect", name="沈国粱", citizen_number=WRONG))

    await people.officer.take(suspect, "correct-record", party="suspect", name="沈国梁", reason="与身份证核对")
    await people.head.approve(suspect, "correct-record")
    card = await people.officer.card(suspect)
    assert (card["title"], card["people"][0]["name"]) == ("沈国梁", "沈国梁")

    async def followed() -> bool:
        return (await people.officer.card(incident))["people"][0]["name"] == "沈国梁"

    assert await eventually(followed)
    assert await _corrected(people, incident) == [
        {"of": "person", "id": "reporter", "old": {"name": "沈国粱"}, "new": {"name": "沈国梁"}}
    ]
    told = [each["sort"] for each in await _journal(people, incident) if each["step"] in ("correct-record", "approve")]
    assert told == ["told"]
    assert verify(county.settings).faults == []


async def test_what_nobody_said_or_everybody_knows_already_is_no_correction(county: World) -> None:
    people = await team(county)
    _, suspect = await _suspect_with_the_wrong_number(people)
    for said, rule in (
        ({**CORRECTION, "party": "witness"}, "unknown-party"),
        ({**CORRECTION, "citizen_number": WRONG}, "nothing-to-correct"),
        ({"fact_seq": 99, "happened_at": _now(), "reason": "录入错误"}, "unknown-fact"),
        ({"fact_seq": 1, "happened_at": _now() + DAY, "reason": "录入错误"}, "not-in-the-future"),
    ):
        refused = await people.officer.try_(suspect, "correct-record", **said)
        assert (refused.status_code, refused.json()["errors"][0]["rule"]) == (422, rule)


async def _detained(passing: Passing, people: Team) -> tuple[str, str, datetime, int]:
    at = await passing.now()
    case = await filed_case(people, at - 2 * DAY)
    suspect = await named_suspect(people, case)
    await detain(people, suspect, at)
    entries = await _journal(people, suspect)
    seq = next(each["seq"] for each in entries for fact in each["content"].get("facts", ()) if fact["fact"] == "detention.executed")

    async def told() -> list[Any]:
        journal = await _journal(people, case)
        return [fact for each in journal if each["sort"] == "told" for fact in each["content"]["facts"] if fact["about"] == suspect]

    await eventually(told)
    return case, suspect, at, seq


async def test_an_hour_typed_wrong_moves_the_clocks_here_and_the_fact_wherever_it_was_told(passing: Passing) -> None:
    people = await team(passing.county)
    case, suspect, at, seq = await _detained(passing, people)
    before = await people.officer.clock(suspect, "criminal-detention-submit-for-arrest")
    assert datetime.fromisoformat(before["due_at"]) == at + 3 * DAY

    right = at - 5 * HOUR
    await people.officer.take(suspect, "correct-record", fact_seq=seq, happened_at=right, reason="拘留证上的执行时间为凌晨")
    await people.head.approve(suspect, "correct-record")
    after = await people.officer.clock(suspect, "criminal-detention-submit-for-arrest")
    assert (after["id"], datetime.fromisoformat(after["due_at"])) == (before["id"], right + 3 * DAY)
    (kept,) = await _corrected(people, suspect)
    assert (kept["seq"], datetime.fromisoformat(kept["old"]), datetime.fromisoformat(kept["new"])) == (seq, at, right)
    moved = [each for each in (await _journal(people, suspect))[-1]["content"]["clocks"] if each["id"] == before["id"]]
    assert [datetime.fromisoformat(each["due_at"]) for each in moved] == [right + 3 * DAY]

    async def followed() -> bool:
        rows = await passing.county.ask(
            "SELECT at FROM fact WHERE matter = %(case)s AND fact = 'detention.executed' AND about = %(suspect)s",
            case=case,
            suspect=suspect,
        )
        return [row.at for row in rows] == [right]

    assert await eventually(followed)
    assert verify(passing.county.settings).faults == []
    # The earlier instant lets the clock ring earlier as well: the yellow rung of the last day but one.
    await passing.until(right + 2 * DAY + HOUR)

    async def yellow() -> bool:
        return (await people.officer.clock(suspect, "criminal-detention-submit-for-arrest"))["colour"] == "yellow"

    assert await eventually(yellow)


async def test_an_instant_that_would_turn_the_order_of_things_round_is_refused_and_a_told_fact_is_corrected_where_it_happened(
    passing: Passing,
) -> None:
    people = await team(passing.county)
    _, suspect, at, seq = await _detained(passing, people)
    early = await people.officer.try_(suspect, "correct-record", fact_seq=seq, happened_at=at - 30 * DAY, reason="录入错误")
    assert (early.status_code, early.json()["type"]) == (409, "/problems/law-forbids")
    assert "第一百七十四条" in early.json()["basis"]
    filed = next(
        (each["seq"], n)
        for each in await _journal(people, suspect)
        for n, fact in enumerate(each["content"].get("facts", ()))
        if fact["fact"] == "criminal.filed"
    )
    told = await people.officer.try_(
        suspect, "correct-record", fact_seq=filed[0], fact_n=filed[1], happened_at=at - DAY, reason="录入错误"
    )
    assert (told.status_code, told.json()["errors"][0]["rule"]) == (422, "told-fact")


async def test_what_is_archived_is_corrected_too(county: World) -> None:
    people = await team(county)
    said = {"kind": "求助", "place": "河滨路", "narrative": "钥匙遗失", "unit": "chengguan", "reporter": "沈国粱"}
    incident = (await people.desk.open("incident", **said))["number"]
    await people.desk.take(incident, "dispatch-incident", unit="chengguan", officer="liusiyuan")
    await people.officer.take(incident, "arrive-on-scene")
    await people.officer.take(incident, "classify-incident", classification="help", reason="群众求助")
    await people.officer.take(incident, "close-incident", outcome="已帮助解决")
    await people.officer.take(incident, "archive")

    await people.officer.take(incident, "correct-record", party="reporter", name="沈国梁", reason="与身份证核对")
    await people.head.approve(incident, "correct-record")
    card = await people.officer.card(incident)
    assert (card["stage"], card["people"][0]["name"]) == ("archived", "沈国梁")
    refused = await people.officer.try_(incident, "classify-incident", classification="help", reason="群众求助")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/step-not-open")


def _corrections(sandbox: Sandbox, system: str) -> list[dict[str, Any]]:
    return [each for each in sandbox.received(system) if each["message"]["type"] == "person.corrected"]


async def test_whoever_outside_was_told_the_wrong_number_is_told_the_right_one_once_and_nobody_else(
    county: World, sandbox: Sandbox
) -> None:
    people = await team(county)
    case, suspect = await _suspect_with_the_wrong_number(people)
    await detain(people, suspect, _now() - HOUR)
    await people.officer.take(case, "close-investigation", report="事实清楚")
    await people.chief.approve(case, "close-investigation")
    await people.officer.take(case, "send-case", opinion="应当追究刑事责任")
    await people.chief.approve(case, "send-case")
    await people.procurator.take(case, "prosecute-case", charge="诈骗罪")

    async def first_told() -> bool:
        return all(sandbox.received(system) for system in ("custody-centre", "procuratorate", "court"))

    await eventually(first_told)
    assert sandbox.received("court")[0]["message"]["data"]["accused"][0]["citizen_id"] == WRONG
    await people.officer.take(suspect, "correct-record", **CORRECTION)
    await people.head.approve(suspect, "correct-record")

    async def told() -> bool:
        return all(_corrections(sandbox, system) for system in ("custody-centre", "procuratorate", "court"))

    await eventually(told)
    for system, named in (("procuratorate", "suspects"), ("court", "accused")):
        (heard,) = _corrections(sandbox, system)
        said = heard["message"]["data"]
        assert (said["matter"], said["about"], said[named][0]["citizen_id"]) == (case, suspect, RIGHT)
        assert heard is sandbox.received(system)[-1]
    (centre,) = _corrections(sandbox, "custody-centre")
    assert (centre["message"]["data"]["matter"], centre["message"]["data"]["citizen_id"]) == (suspect, RIGHT)
    assert WRONG not in json.dumps(centre["message"])
    assert [each for each in ("bank", "justice-bureau", "household-registry") if sandbox.received(each)] == []
    facts = [fact["fact"] for entry in await _journal(people, case) for fact in entry["content"].get("facts", ())]
    assert facts.count("person.corrected") == 1
    assert verify(county.settings).faults == []


async def test_a_corrected_telephone_number_is_nobodys_business_outside(county: World, sandbox: Sandbox) -> None:
    people = await team(county)
    _, suspect = await _suspect_with_the_wrong_number(people)
    await detain(people, suspect, _now() - HOUR)
    await people.officer.take(suspect, "correct-record", party="suspect", phone="13900000001", reason="换号")
    await people.head.approve(suspect, "correct-record")
    await people.officer.take(suspect, "release", grounds="不需要继续羁押")
    await people.chief.approve(suspect, "release")

    async def released() -> bool:
        return "person.released" in [each["message"]["type"] for each in sandbox.received("custody-centre")]

    await eventually(released)
    assert _corrections(sandbox, "custody-centre") == []
