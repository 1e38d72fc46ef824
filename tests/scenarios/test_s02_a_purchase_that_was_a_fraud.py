"""S2: a purchase dispute that was a fraud, from the caller's sentence to investigative custody."""

from calendar import monthrange
from datetime import datetime, timedelta

from law.calendar import SHANGHAI
from law.facts import Fact
from tests.scenarios.fraud import CALL, FRAUD, SUSPECT, Team, call, detain, filed_case, named_suspect, opened, team
from tests.scenarios.passing import Passing, eventually
from tests.world import Answer, World

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TRIO = (
    ("criminal-detention-family-notice", "notify-family", {"relative": "妻子 宋雨桐", "means": "当面送达拘留通知书"}),
    ("criminal-detention-deliver-to-custody-centre", "deliver-to-custody-centre", {"centre": "青岚县看守所"}),
    ("criminal-detention-first-interrogation", "interrogate", {"place": "青岚县看守所讯问室", "companion": "许雅婷"}),
)


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(SHANGHAI)


async def _steps(people: Team, number: str, sort: str = "step") -> list[str]:
    journal = (await people.officer.read(f"/api/matters/{number}/journal", limit=100))["items"]
    return [each["step"] for each in journal if each["sort"] == sort]


async def test_a_dispute_that_was_closed_is_reclassified_and_filed_by_two_people(county: World) -> None:
    people = await team(county)
    now = datetime.now(SHANGHAI).replace(second=0, microsecond=0)
    incident = await call(people, now - 2 * DAY)
    assert (await people.officer.card(incident))["people"][0]["name"] == CALL["reporter"]
    await people.officer.take(incident, "classify-incident", classification="dispute", reason="双方存在买卖合同，属经济纠纷")
    closed = await people.officer.take(incident, "close-incident", outcome="告知报警人向人民法院起诉")
    assert closed["stage"] == "closed"

    case = await opened(people.officer, await people.officer.take(incident, "reclassify-incident", **FRAUD))
    assert (await people.officer.card(incident))["stage"] == "upgraded"
    card = await people.officer.card(case)
    assert (card["title"], card["stage"], card["links"]["parent"]) == (f"{now.month}·{now.day}诈骗案", "review", incident)

    asked = await people.officer.take(case, "file-case", charge="xf-266", grounds="有犯罪事实，需要追究刑事责任")
    assert (asked["standing"], asked["stage"]) == ("awaiting-approval", "review")
    assert [(task["sort"], task["office"]) for task in (await people.officer.card(case))["tasks"]] == [("approval", "county-head")]
    assert case in [task["matter"] for task in (await people.chief.read("/api/tasks"))["items"]]
    refused = await people.head.try_(case, "approve", request="file-case")
    assert (refused.status_code, refused.json()["required"]) == (403, ["county-head"])

    approved = await people.chief.approve(case, "file-case")
    assert (approved["standing"], approved["stage"]) == ("done", "investigation")
    assert [task["sort"] for task in (await people.officer.card(case))["tasks"]] == ["turn"]

    async def told() -> list[str]:
        return await _steps(people, incident, "told")

    assert await eventually(told) == ["file-case"]


async def _trio_is_met(people: Team, suspect: str, at: datetime) -> None:
    for limit, step, form in TRIO:
        running = await people.officer.clock(suspect, limit)
        assert (running["state"], _instant(running["due_at"])) == ("running", at + DAY)
        assert "《刑事诉讼法》第八十" in running["basis"]
        await people.officer.take(suspect, step, at=at + 2 * HOUR, **form)
        assert (await people.officer.clock(suspect, limit))["state"] == "met"


async def _detained(passing: Passing, people: Team) -> tuple[str, str, datetime]:
    at = await passing.now()
    case = await filed_case(people, at - DAY)
    suspect = await named_suspect(people, case)
    await people.officer.take(suspect, "summon", at=at - 3 * HOUR, place="城关派出所", grounds="经查有重大诈骗嫌疑")
    await people.head.approve(suspect, "summon")
    summons = await people.officer.clock(suspect, "criminal-summons")
    assert (summons["state"], _instant(summons["due_at"])) == ("running", at + 9 * HOUR)
    await detain(people, suspect, at)
    assert (await people.officer.clock(suspect, "criminal-summons"))["state"] == "met"
    return case, suspect, at


async def _extend(people: Team, suspect: str, extension: str, grounds: str) -> Answer:
    await people.officer.take(suspect, "extend-detention", extension=extension, grounds=grounds)
    await people.chief.approve(suspect, "extend-detention")
    return await people.officer.clock(suspect, "criminal-detention-submit-for-arrest")


def _two_months_on(day: datetime) -> datetime:
    year, month = (day.year, day.month + 2) if day.month <= 10 else (day.year + 1, day.month - 10)
    last = min(day.day, monthrange(year, month)[1])
    return datetime(year, month, last, 23, 59, 59, tzinfo=SHANGHAI)


async def _extended_twice(passing: Passing, people: Team, suspect: str, at: datetime) -> None:
    await passing.until(at + 2 * DAY + HOUR)
    assert (await people.officer.card(suspect))["colour"] == "yellow"
    extended = await _extend(people, suspect, "+4 day", "涉案资金流向复杂，属特殊情况")
    assert (_instant(extended["due_at"]), extended["colour"]) == (at + 7 * DAY, "none")
    extended = await _extend(people, suspect, "to 30 day", "查明其多次作案，系重大嫌疑分子")
    assert _instant(extended["due_at"]) == at + 30 * DAY
    assert [reason.partition("经")[2] for reason in extended["reasons"] if "批准延长" in reason] == [
        "县级以上公安机关负责人批准延长4日（特殊情况）",
        "县级以上公安机关负责人批准延长至30日（流窜作案、多次作案、结伙作案的重大嫌疑分子）",
    ]
    third = await people.officer.try_(suspect, "extend-detention", extension="+4 day", grounds="仍需时间")
    assert (third.status_code, third.json()["type"]) == (409, "/problems/law-forbids")
    assert "第九十一条" in third.json()["basis"]
    journal = (await people.officer.read(f"/api/matters/{suspect}/journal"))["items"]
    granted = [fact for each in journal for fact in each["content"].get("facts", ()) if fact["fact"] == Fact.DETENTION_EXTENDED]
    assert [(fact["extension"], fact["approver"]) for fact in granted] == [("+4 day", "county-head"), ("to 30 day", "county-head")]


async def test_a_suspect_is_detained_the_detention_extended_twice_and_the_arrest_approved(passing: Passing) -> None:
    people = await team(passing.county)
    case, suspect, at = await _detained(passing, people)
    card = await people.officer.card(suspect)
    assert (card["stage"], card["title"], card["people"][0]["citizen_id"]) == (
        "detained",
        SUSPECT["name"],
        SUSPECT["citizen_number"],
    )
    held = await people.officer.clock(suspect, "criminal-detention-submit-for-arrest")
    assert _instant(held["due_at"]) == at + 3 * DAY
    assert any("每满24小时为一日，共3日" in reason for reason in held["reasons"])

    await passing.until(at + 3 * HOUR)
    await _trio_is_met(people, suspect, at)

    await _extended_twice(passing, people, suspect, at)
    await passing.until(at + 20 * DAY)
    await _arrested(passing, people, suspect)
    journal = await _steps(people, suspect)
    assert journal.count("extend-detention") == 2
    assert journal.count("approve") == 5
    assert await _steps(people, case, "told") == ["execute-detention", "execute-arrest"]
    assert await _steps(people, suspect, "told") == []
    told = await passing.county.ask("SELECT matter, fact, at FROM fact WHERE said ? 'told_by'")
    assert told
    assert len(told) == len(set(told))


async def _arrested(passing: Passing, people: Team, suspect: str) -> None:
    assert (await people.procurator.get(f"/api/matters/{suspect}")).status_code == 404
    await people.officer.take(suspect, "request-arrest", grounds="有证据证明有犯罪事实，可能判处徒刑以上刑罚，有逃跑危险")
    assert (await people.chief.approve(suspect, "request-arrest"))["stage"] == "arrest_review"
    assert (await people.officer.clock(suspect, "criminal-detention-submit-for-arrest"))["state"] == "met"

    await people.procurator.take(suspect, "receive-arrest-request")
    review = await people.procurator.clock(suspect, "procuratorate-arrest-review-detained")
    assert _instant(review["due_at"]) - _instant(review["started_at"]) == 7 * DAY
    assert review["answerable"] == "procuratorate"
    assert (await people.officer.try_(suspect, "approve-arrest")).json()["required"] == ["procuratorate"]
    await passing.until(_instant(review["started_at"]) + 5 * DAY)
    assert (await people.procurator.take(suspect, "approve-arrest"))["stage"] == "arrest_approved"

    at = await passing.now() + timedelta(minutes=1)
    await passing.until(at)
    assert (await people.officer.take(suspect, "execute-arrest", at=at, place="青岚县看守所"))["stage"] == "arrested"
    custody = await people.officer.clock(suspect, "investigative-custody")
    assert (custody["state"], _instant(custody["due_at"])) == ("running", _two_months_on(at))
    assert "第一百五十六条" in custody["basis"]
    for limit in ("arrest-family-notice", "arrest-first-interrogation"):
        assert _instant((await people.officer.clock(suspect, limit))["due_at"]) == at + DAY
    running = await people.officer.read("/api/clocks", liberty=True)
    assert custody["id"] in [each["id"] for each in running["items"]]
