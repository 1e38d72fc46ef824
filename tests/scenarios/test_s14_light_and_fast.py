"""S14: a minor theft with a guilty plea goes from filing to judgment by the shorter limits, without the steps that do not apply."""

from datetime import date, datetime, timedelta

from law.calendar import SHANGHAI
from tests.scenarios.fraud import Team, opened, team
from tests.scenarios.passing import Passing
from tests.world import Hand, World

DAY = timedelta(days=1)
THIEF = {"name": "邹阿福", "sex": "男", "citizen_number": "110105199805101014", "grounds": "到案后如实供述"}
FAST = {"plea": "自愿如实供述盗窃手机一部，愿意接受处罚，已退赃", "consent": True}


async def _filed(people: Team) -> str:
    case = (await people.officer.open("criminal-case", charge="xf-264", summary="盗窃手机一部，价值二千一百元"))["number"]
    await people.officer.take(case, "file-case", charge="xf-264", grounds="有犯罪事实，需要追究刑事责任")
    await people.chief.approve(case, "file-case")
    return case


async def _marked(people: Team, case: str, **more: object) -> None:
    asked = await people.officer.take(case, "mark-fast-handling", **FAST, **more)
    assert asked["standing"] == "awaiting-approval"
    await people.head.approve(case, "mark-fast-handling")


async def _sent(people: Team, case: str) -> None:
    await people.officer.take(case, "send-case", opinion="犯罪事实清楚，自愿认罪认罚，建议适用速裁程序")
    await people.chief.approve(case, "send-case")


def _last_day(clock: dict[str, str]) -> date:
    return datetime.fromisoformat(clock["due_at"]).astimezone(SHANGHAI).date()


async def _steps(hand: Hand, case: str) -> list[str]:
    journal = (await hand.read(f"/api/matters/{case}/journal", limit=100))["items"]
    return [each["step"] for each in journal if each["sort"] == "step"]


async def test_a_light_case_goes_from_filing_to_judgment_by_the_shorter_limits(passing: Passing) -> None:
    people = await team(passing.county)
    court = await passing.county.as_("mogongyi")
    case = await _filed(people)
    suspect = await opened(people.officer, await people.officer.take(case, "name-suspect", **THIEF))
    await _marked(people, case)
    await _sent(people, case)
    assert (await people.officer.card(case))["stage"] == "prosecution_review"

    received = await passing.now()
    await people.procurator.take(case, "receive-prosecution-case", at=received)
    review = await people.officer.clock(case, "prosecution-review")
    # Nobody is held: the tenth day after that of receipt, or the working day after it.
    assert received.date() + 10 * DAY <= _last_day(review) < received.date() + 18 * DAY
    assert any("10日" in reason for reason in review["reasons"])
    await passing.until(received + 6 * DAY)
    await people.procurator.take(case, "prosecute-case", charge="盗窃罪", court="青岚县人民法院")
    assert (await people.officer.clock(case, "prosecution-review"))["state"] == "met"

    await court.take(case, "receive-trial-case")
    accepted = await passing.now()
    await court.take(case, "accept-trial", at=accepted)
    running = {
        each["limit"]: each for each in await people.officer.read(f"/api/matters/{case}/clocks") if each["state"] == "running"
    }
    assert accepted.date() + 10 * DAY <= _last_day(running["trial-fast-track"]) < accepted.date() + 18 * DAY
    assert not {"trial-first-instance", "trial-summary"} & set(running)
    judged = await court.take(case, "judge-case", outcome="guilty", judgment="被告人犯盗窃罪，判处拘役三个月，缓刑六个月，并处罚金")
    assert judged["stage"] == "judged"
    assert (await people.officer.clock(case, "trial-fast-track"))["state"] == "met"
    assert "close-investigation" not in await _steps(people.officer, case)
    assert (await people.officer.card(suspect))["stage"] == "at_liberty"


async def test_the_ordinary_way_closes_the_investigation_first(county: World) -> None:
    people = await team(county)
    case = await _filed(people)
    refused = await people.officer.try_(case, "send-case", opinion="犯罪事实清楚")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/law-forbids")
    assert "第一百六十二条" in refused.json()["basis"]


async def test_a_case_that_leaves_fast_handling_takes_the_ordinary_limits(county: World) -> None:
    people = await team(county)
    case = await _filed(people)
    await opened(people.officer, await people.officer.take(case, "name-suspect", **THIEF))
    await _marked(people, case, base="15 day")
    await people.officer.take(case, "leave-fast-handling", grounds="犯罪嫌疑人翻供")
    assert (await people.officer.try_(case, "send-case", opinion="犯罪事实清楚")).status_code == 409
    await people.officer.take(case, "close-investigation", report="犯罪事实清楚，证据确实、充分")
    await people.chief.approve(case, "close-investigation")
    await _sent(people, case)
    received = datetime.now(SHANGHAI).replace(second=0, microsecond=0)
    await people.procurator.take(case, "receive-prosecution-case", at=received)
    review = await people.officer.clock(case, "prosecution-review")
    assert _last_day(review) >= received.date() + 28 * DAY


async def test_a_case_with_a_minor_in_it_is_not_handled_fast(county: World) -> None:
    people = await team(county)
    case = await _filed(people)
    await opened(people.officer, await people.officer.take(case, "name-suspect", name="何小舟", born_on="2010-05-15"))
    refused = await people.officer.try_(case, "mark-fast-handling", **FAST)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/law-forbids")
    assert "第二百二十三条" in refused.json()["basis"]


async def test_fast_handling_needs_the_suspects_consent_and_a_head(county: World) -> None:
    people = await team(county)
    case = await _filed(people)
    unasked = await people.officer.try_(case, "mark-fast-handling", plea="自愿认罪", consent=False)
    assert (unasked.status_code, unasked.json()["errors"][0]["field"]) == (422, "consent")
    await people.officer.take(case, "mark-fast-handling", **FAST)
    assert (await people.officer.try_(case, "approve", request="mark-fast-handling")).status_code == 403
