"""A case is merged into another, or the police above say whose it is: its people, papers and clocks go with it, and none is lost."""

from datetime import datetime, timedelta
from typing import Any

from law.calendar import SHANGHAI
from operations.verify import verify
from tests.scenarios.fraud import Team, detain, filed_case, named_suspect, opened, team
from tests.scenarios.passing import eventually
from tests.world import Hand, World

DAY = timedelta(days=1)
OTHER = {"name": "鲁大海", "sex": "男", "citizen_number": "330102198311074412", "grounds": "提供收款账户"}
MERGER = {"ground": "joint-crime", "grounds": "两案系同一伙人共同实施"}
# Who is above all police of the county.
ABOVE = "yanshouzheng"


def _now() -> datetime:
    return datetime.now(SHANGHAI).replace(second=0, microsecond=0)


async def _came_under(hand: Hand, suspect: str, case: str) -> None:
    async def there() -> bool:
        return (await hand.card(suspect))["links"]["parent"] == case

    await eventually(there)


async def _running(hand: Hand, number: str) -> dict[str, Any]:
    clocks = await hand.read(f"/api/matters/{number}/clocks")
    return {each["id"]: (each["due_at"], each["state"]) for each in clocks if each["state"] == "running"}


async def _steps(hand: Hand, number: str) -> list[tuple[str, str]]:
    journal = (await hand.read(f"/api/matters/{number}/journal", limit=100))["items"]
    return [(each["sort"], each["step"]) for each in journal]


async def _facts(hand: Hand, number: str) -> list[tuple[str, str]]:
    journal = (await hand.read(f"/api/matters/{number}/journal", limit=100))["items"]
    return [(fact["fact"], fact["about"]) for each in journal for fact in each["content"].get("facts", ())]


async def _merged(people: Team, case: str, into: str) -> None:
    await people.officer.take(case, "merge-case", into=into, **MERGER)
    done = await people.chief.approve(case, "merge-case")
    assert done["stage"] == "merged"

    async def taken_up() -> bool:
        return case in (await people.officer.card(into))["links"]["merged"]

    await eventually(taken_up)


async def test_a_merged_case_goes_on_in_the_other_with_its_suspects_and_their_clocks(county: World) -> None:
    people = await team(county)
    first, second = await filed_case(people, _now() - 3 * DAY), await filed_case(people, _now() - 2 * DAY)
    await named_suspect(people, first)
    held = await opened(people.officer, await people.officer.take(second, "name-suspect", **OTHER))
    await detain(people, held, _now() - timedelta(hours=2))
    before = await _running(people.officer, held)
    assert before
    await _merged(people, second, first)
    await _came_under(people.officer, held, first)

    assert await _running(people.officer, held) == before
    links = (await people.officer.card(first))["links"]
    assert (links["merged"], (await people.officer.card(second))["links"]["merged_into"]) == ([second], first)
    assert held in {each["number"] for each in links["children"]}
    assert ("told", "merge-case") in await _steps(people.officer, first)
    assert ("step", "merge-case") in await _steps(people.officer, second)
    # Who is held in the one is held in the other, by which its own limits are counted.
    assert ("detention.executed", held) in await _facts(people.officer, first)


async def test_what_becomes_of_the_case_its_new_suspects_and_the_merged_case_hear_and_its_dossier_is_of_both(county: World) -> None:
    people = await team(county)
    first, second = await filed_case(people, _now() - 3 * DAY), await filed_case(people, _now() - 2 * DAY)
    other = await opened(people.officer, await people.officer.take(second, "name-suspect", **OTHER))
    await detain(people, other, _now() - timedelta(hours=2))
    await _merged(people, second, first)
    await _came_under(people.officer, other, first)
    await people.officer.take(first, "close-investigation", report="犯罪事实清楚")
    await people.chief.approve(first, "close-investigation")
    await people.officer.take(first, "send-case", opinion="应当追究刑事责任")
    await people.chief.approve(first, "send-case")

    async def heard() -> bool:
        return ("told", "send-case") in await _steps(people.officer, other) and ("told", "send-case") in await _steps(
            people.officer, second
        )

    await eventually(heard)
    papers = (await people.officer.read(f"/api/matters/{first}/dossier"))["places"]
    numbers = {each["matter"] for place in papers for each in place["documents"]}
    assert {first, second, other} <= numbers
    await people.officer.take(second, "archive")
    assert verify(county.settings).faults == []


async def test_a_case_is_merged_only_into_one_that_is_being_investigated(county: World) -> None:
    people = await team(county)
    case = await filed_case(people, _now() - 2 * DAY)
    review = (await people.officer.open("criminal-case", charge="xf-266", summary="转账后失联"))["number"]
    for into in (case, review, "XA202600000000", (await named_suspect(people, case))):
        refused = await people.officer.try_(case, "merge-case", into=into, **MERGER)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "into")
        assert "第二十一条" in refused.json()["basis"]
    assert (await people.officer.try_(review, "merge-case", into=case, **MERGER)).status_code == 409


async def test_nobody_learns_by_a_merger_of_a_sealed_case_that_they_do_not_handle(county: World) -> None:
    people = await team(county)
    ours, sealed = await filed_case(people, _now() - 3 * DAY), await filed_case(people, _now() - 2 * DAY)
    await county.ask("UPDATE matter SET sealed = true, officer = 'machao', handlers = '{}' WHERE number = %(n)s", n=sealed)
    refused = await people.officer.try_(ours, "merge-case", into=sealed, **MERGER)
    unknown = await people.officer.try_(ours, "merge-case", into="XA202600000000", **MERGER)
    assert (refused.status_code, refused.json()["detail"].replace(sealed, "")) == (
        422,
        unknown.json()["detail"].replace("XA202600000000", ""),
    )


async def test_of_two_cases_each_to_be_merged_into_the_other_one_goes_on(county: World) -> None:
    people = await team(county)
    one, other = await filed_case(people, _now() - 3 * DAY), await filed_case(people, _now() - 2 * DAY)
    await people.officer.take(one, "merge-case", into=other, **MERGER)
    await people.officer.take(other, "merge-case", into=one, **MERGER)
    await people.chief.approve(one, "merge-case")
    refused = await people.chief.try_(other, "approve", request="merge-case")
    assert (refused.status_code, refused.json()["errors"][0]["rule"]) == (422, "no-open-case")
    assert [(await people.officer.card(each))["stage"] for each in (one, other)] == ["merged", "investigation"]


async def test_a_sealed_case_seals_the_one_that_takes_it_up(county: World) -> None:
    people = await team(county)
    first, second = await filed_case(people, _now() - 3 * DAY), await filed_case(people, _now() - 2 * DAY)
    minor = {"name": "何小舟", "born_on": "2010-05-15"}
    await opened(people.officer, await people.officer.take(second, "name-suspect", **minor))
    await _merged(people, second, first)

    async def sealed() -> bool:
        return (await people.officer.card(first))["sealed"]

    await eventually(sealed)


async def _designated(people: Team, above: Hand, case: str, step: str = "designate-case-jurisdiction", **form: Any) -> Any:
    await people.officer.take(case, step, grounds="管辖有争议，协商不成", **form)
    await people.chief.approve(case, step)
    return await above.approve(case, step)


async def test_a_case_designated_to_another_unit_moves_there_with_its_suspects_and_clocks(county: World) -> None:
    people, above = await team(county), await county.as_(ABOVE)
    case = await filed_case(people, _now() - 2 * DAY)
    suspect = await named_suspect(people, case)
    await detain(people, suspect, _now() - timedelta(hours=2))
    before = await _running(people.officer, suspect)
    done = await _designated(people, above, case, handler="unit", unit="criminal", officer="gaoyuan")
    assert done["stage"] == "investigation"

    async def moved() -> bool:
        return (await people.chief.card(suspect))["unit"] == "criminal"

    await eventually(moved)
    there = await people.chief.card(suspect)
    assert {each["unit"] for each in there["clocks"] if each["state"] == "running"} == {"criminal"}
    assert {each["officer"] for each in there["clocks"] if each["state"] == "running"} == {there["officer"]}
    assert await _running(people.chief, suspect) == before
    assert (await people.chief.card(case))["unit"] == "criminal"
    gone = await people.officer.get(f"/api/matters/{case}")
    assert gone.status_code == 404


async def test_a_designation_needs_the_bureaus_head_and_the_police_above(county: World) -> None:
    people = await team(county)
    case = await filed_case(people, _now() - 2 * DAY)
    await people.officer.take(case, "designate-case-jurisdiction", grounds="管辖有争议", handler="here")
    half = await people.chief.approve(case, "designate-case-jurisdiction")
    assert (half["standing"], len(half["awaits"])) == ("awaiting-approval", 1)
    assert (await people.chief.try_(case, "approve", request="designate-case-jurisdiction")).status_code == 403
    above = await county.as_(ABOVE)
    assert (await above.approve(case, "designate-case-jurisdiction"))["stage"] == "investigation"
    unnamed = await people.officer.try_(case, "designate-case-jurisdiction", grounds="管辖有争议", handler="elsewhere")
    assert unnamed.status_code == 422


async def test_a_case_that_went_to_other_police_comes_back_by_designation(county: World) -> None:
    people, above = await team(county), await county.as_(ABOVE)
    case = await filed_case(people, _now() - 2 * DAY)
    gone = await _designated(people, above, case, handler="elsewhere", police="邻县公安局")
    assert gone["stage"] == "transferred"
    assert (await people.officer.clock(case, "case-jurisdiction-change-notify"))["state"] == "running"
    again = await people.officer.try_(case, "retake-case", resumes="review", grounds="邻县公安局没有管辖权")
    assert (again.status_code, again.json()["type"]) == (409, "/problems/law-forbids")
    back = await _designated(people, above, case, step="retake-case", resumes="investigation")
    assert back["stage"] == "investigation"
    await people.officer.take(case, "notify-transfer", told="已告知报案人")
    assert (await people.officer.clock(case, "case-jurisdiction-change-notify"))["state"] == "met"


async def test_a_case_that_comes_back_unfiled_is_reviewed_by_a_new_clock(county: World) -> None:
    people, above = await team(county), await county.as_(ABOVE)
    case = (await people.officer.open("criminal-case", charge="xf-264", summary="电动自行车被盗"))["number"]
    await _designated(people, above, case, handler="elsewhere", police="邻县公安局")
    assert (await people.officer.clock(case, "criminal-filing-review"))["state"] == "met"
    assert (await people.officer.try_(case, "retake-case", resumes="investigation", grounds="管辖")).status_code == 409
    back = await _designated(people, above, case, step="retake-case", resumes="review")
    assert back["stage"] == "review"
    assert (await people.officer.clock(case, "criminal-filing-review"))["state"] == "running"
    await people.officer.take(case, "file-case", charge="xf-264", grounds="有犯罪事实")
    await people.chief.approve(case, "file-case")
    assert (await people.officer.clock(case, "criminal-filing-review"))["state"] == "met"
