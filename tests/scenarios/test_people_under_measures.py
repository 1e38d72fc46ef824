"""A person under criminal measures, through the interface: handed on, detained again, broken out and recaptured, dead."""

from datetime import datetime, timedelta
from typing import Any

from httpx import codes

from law.calendar import SHANGHAI
from tests.organ import organ
from tests.sandbox import Sandbox
from tests.scenarios.fraud import Team, detain, filed_case, named_suspect, team
from tests.scenarios.passing import eventually
from tests.world import Hand, World

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
CANCELLED: dict[str, Any] = {"grounds": "没有犯罪事实"}
BAIL: dict[str, Any] = {"surety": "保证人", "guarantor": "父亲", "grounds": "采取取保候审不致发生社会危险性"}


async def clocks(hand: Hand, number: str) -> dict[str, dict[str, Any]]:
    """The newest clock of each limit that this person sees there."""
    found = (await hand.get(f"/api/matters/{number}/clocks")).json()
    return {each["limit"]: each for each in sorted(found, key=lambda each: each["started_at"] or "")}


async def a_suspect(people: Team, at: datetime) -> tuple[str, str]:
    """A filed case and its suspect."""
    case = await filed_case(people, at)
    return case, await named_suspect(people, case)


async def approved(people: Team, number: str, step: str, at: datetime, **form: Any) -> None:
    """A step of the officer that the county head approves."""
    await people.officer.take(number, step, at=at, **form)
    await people.chief.approve(number, step)


async def sent(people: Team, case: str, at: datetime) -> None:
    """The case goes to the procuratorate."""
    await approved(people, case, "close-investigation", at, report="犯罪事实清楚，证据确实、充分")
    await approved(people, case, "send-case", at + HOUR, opinion="建议依法提起公诉")


async def test_the_receiving_organ_enters_its_own_bail_with_a_term_of_its_own(county: World, sandbox: Sandbox) -> None:
    people, now = await team(county), datetime.now(SHANGHAI).replace(second=0, microsecond=0)
    case, suspect = await a_suspect(people, now - 90 * DAY)
    await approved(people, suspect, "decide-bail", now - 80 * DAY, **BAIL)
    assert (await people.procurator.get(f"/api/matters/{suspect}")).status_code == codes.NOT_FOUND
    await sent(people, case, now - 6 * DAY)

    async def reached() -> bool:
        return (await people.procurator.get(f"/api/matters/{suspect}")).status_code == codes.OK

    await eventually(reached)
    await people.procurator.take(suspect, "receive-bail-case", at=now - 5 * DAY, organ="青岚县人民检察院")
    receipt = await people.procurator.take(suspect, "continue-bail", at=now - 3 * DAY, decision="继续取保候审", term="6 month")
    assert receipt["stage"] == "on_bail"
    seen = await clocks(people.officer, suspect)
    assert seen["bail-max"]["state"] == "lapsed"
    ours, decided = seen["bail-max-procuratorate"], now - 3 * DAY
    assert (ours["state"], ours["answerable"]) == ("running", "procuratorate")
    assert datetime.fromisoformat(ours["due_at"]).date() <= (decided + 185 * DAY).date()
    (person,) = (await people.officer.get(f"/api/matters/{suspect}/measures")).json()
    assert [each["zh"] for each in person["measures"]] == ["取保候审", "取保候审（检察院决定）"]
    # The case has not come back: the police decide nothing on the person, and the bail of the procuratorate goes on.
    again: dict[str, Any] = {"new_facts": "另有供述", "place": "城关派出所", "grounds": "可能逃跑"}
    tried: dict[str, dict[str, Any]] = {
        "decide-bail": BAIL,
        "decide-surveillance": {"place": "住处", "grounds": "无保证人"},
        "lift-bail": {"grounds": "不需要"},
        "execute-detention": again,
    }
    for step, form in tried.items():
        refused = await people.officer.try_(suspect, step, **form)
        assert (refused.status_code, "应由人民检察院决定" in refused.json()["detail"]) == (codes.CONFLICT, True), refused.text
    assert (await clocks(people.officer, suspect))["bail-max-procuratorate"]["state"] == "running"
    receipt = await people.procurator.take(suspect, "lift-organ-bail", organ="青岚县人民检察院", grounds="不需要继续取保候审")
    assert receipt["stage"] == "at_liberty"


async def test_a_second_bail_is_offered_what_is_left_of_the_twelve_months(county: World, sandbox: Sandbox) -> None:
    people, now = await team(county), datetime.now(SHANGHAI).replace(second=0, microsecond=0)
    _, suspect = await a_suspect(people, now - 380 * DAY)
    await approved(people, suspect, "decide-bail", now - 370 * DAY, **BAIL)
    await approved(people, suspect, "lift-bail", now - 10 * DAY, grounds="期限将满")
    refused = await people.officer.try_(suspect, "decide-bail", at=now - 2 * DAY, term="6 month", **BAIL)
    assert refused.status_code == codes.CONFLICT
    assert "累计360日" in refused.json()["detail"] and refused.json()["field"] == "term"
    await approved(people, suspect, "decide-bail", now - 2 * DAY, **BAIL)
    left = (await clocks(people.officer, suspect))["bail-max"]
    assert datetime.fromisoformat(left["due_at"]).date() <= (now + 4 * DAY).date()


async def test_a_second_detention_asks_for_what_is_new_and_the_watchers_are_told(county: World, sandbox: Sandbox) -> None:
    people, now = await team(county), datetime.now(SHANGHAI).replace(second=0, microsecond=0)
    _, suspect = await a_suspect(people, now - 9 * DAY)
    await detain(people, suspect, now - 8 * DAY)
    await approved(people, suspect, "release", now - 7 * DAY, grounds="证据不足")
    form: dict[str, Any] = {"place": "青岚县城关镇", "grounds": "有重大嫌疑"}
    refused = await people.officer.try_(suspect, "execute-detention", at=now - HOUR, **form)
    assert refused.status_code == codes.CONFLICT
    assert "累计羁押1日" in refused.json()["detail"] and refused.json()["field"] == "new_facts"
    await approved(people, suspect, "execute-detention", now - HOUR, new_facts="同案人到案后指认其参与", **form)
    for watcher in (people.legal, people.supervisor):
        told = (await watcher.get("/api/notices")).json()
        assert any("再次拘留" in str(each) for each in (told["items"] if isinstance(told, dict) else told))


async def test_an_escape_stops_the_custody_clock_and_a_recapture_goes_on_with_it(county: World, sandbox: Sandbox) -> None:
    people, now = await team(county), datetime.now(SHANGHAI).replace(second=0, microsecond=0)
    _, suspect = await a_suspect(people, now - 3 * DAY)
    await detain(people, suspect, now - 2 * DAY)
    receipt = await people.custody.take(suspect, "record-escape", at=now - 30 * HOUR, place="县医院", circumstances="就医途中脱逃")
    assert receipt["stage"] == "escaped"
    for watcher in (people.chief, people.supervisor):
        told = (await watcher.get("/api/notices")).json()
        assert any("在押脱逃" in str(each) for each in (told["items"] if isinstance(told, dict) else told))
    limit = "criminal-detention-submit-for-arrest"
    assert (await clocks(people.officer, suspect))[limit]["state"] == "suspended"
    await approved(people, suspect, "issue-wanted-order", now - 29 * HOUR, grounds="在押脱逃", features="身高一米七", scope="本县")
    wrong = await people.officer.try_(suspect, "recapture", at=now - 2 * HOUR, place="邻县", reason="逮捕羁押")
    assert wrong.status_code == codes.CONFLICT
    receipt = await people.officer.take(suspect, "recapture", at=now - 2 * HOUR, place="邻县", reason="刑事拘留")
    assert receipt["stage"] == "detained"
    seen = await clocks(people.officer, suspect)
    assert (seen[limit]["state"], seen["wanted-order-lift"]["state"]) == ("running", "running")
    receipt = await people.custody.take(suspect, "record-death", at=now - HOUR, place="看守所", cause="突发疾病，待鉴定")
    assert receipt["stage"] == "dead"
    seen = await clocks(people.officer, suspect)
    assert seen[limit]["state"] in ("lapsed", "overrun")
    assert seen["death-in-custody-notice"]["state"] == "running"
    await people.officer.take(suspect, "notify-death", relative="父亲贺某", procuratorate="青岚县人民检察院")
    await approved(people, suspect, "terminate-investigation", now, reason="犯罪嫌疑人死亡", grounds="犯罪嫌疑人已死亡")


async def test_whoever_broke_out_of_a_case_that_is_cancelled_is_there_when_caught_and_must_be_let_go(
    county: World, sandbox: Sandbox
) -> None:
    people, now = await team(county), datetime.now(SHANGHAI).replace(second=0, microsecond=0)
    case, suspect = await a_suspect(people, now - 3 * DAY)
    await detain(people, suspect, now - 2 * DAY)
    await people.custody.take(suspect, "record-escape", at=now - 30 * HOUR, place="县医院", circumstances="就医途中脱逃")
    await approved(people, case, "cancel-case", now - 20 * HOUR, **CANCELLED)
    caught = await people.officer.take(suspect, "recapture", at=now - 10 * HOUR, place="邻县", reason="刑事拘留")
    assert caught["stage"] == "detained"

    async def owed() -> bool:
        return (await clocks(people.officer, suspect)).get("case-over-release", {}).get("state") == "running"

    await eventually(owed)


async def test_whoever_looks_at_a_held_suspect_sees_the_clock_that_holds_them_also_when_the_case_has_gone_on(
    county: World, sandbox: Sandbox
) -> None:
    people, now = await team(county), datetime.now(SHANGHAI).replace(second=0, microsecond=0)
    case, suspect = await a_suspect(people, now - 30 * DAY)
    await detain(people, suspect, now - 20 * DAY)
    await approved(people, suspect, "request-arrest", now - 19 * DAY, grounds="可能判处徒刑以上刑罚")
    await people.procurator.take(suspect, "receive-arrest-request", at=now - 19 * DAY)
    await people.procurator.take(suspect, "approve-arrest", at=now - 18 * DAY)
    await people.officer.take(suspect, "execute-arrest", at=now - 18 * DAY, place="看守所")
    await sent(people, case, now - 5 * DAY)
    await people.procurator.take(case, "receive-prosecution-case", at=now - 4 * DAY)

    async def shown() -> dict[str, Any]:
        return (await clocks(people.custody, suspect)).get("prosecution-review", {})

    holding = await eventually(shown)
    assert (holding["matter"], holding["state"], holding["liberty"]) == (case, "running", True)
    card = (await people.custody.get(f"/api/matters/{suspect}")).json()
    assert "prosecution-review" in [each["limit"] for each in card["clocks"]]

    # Another procuratorate takes the case over; its review counts anew from when it has it.
    to_another = {"sender": "青岚县人民检察院", "to": "安澜市人民检察院", "explanation": "依级别管辖"}
    await people.procurator.take(case, "transfer-prosecution", at=now - 3 * DAY, **to_another)
    await people.procurator.take(case, "receive-prosecution-case", at=now - 2 * DAY, procuratorate="安澜市人民检察院")
    again = [
        each for each in (await people.officer.get(f"/api/matters/{case}/clocks")).json() if each["limit"] == "prosecution-review"
    ]
    assert [each["state"] for each in again if each["started_at"] > holding["started_at"]] == ["running"]

    # The approval of the arrest turns out to be wrong: by a signed message, and the person is to be free at once.
    procuratorate = await organ(county, "procuratorate")
    answer = await procuratorate.decide(suspect, "revoke-arrest-approval", at=now - HOUR, grounds="确有错误")
    assert answer.status_code == codes.OK, answer.text
    freed = (await clocks(people.officer, suspect))["arrest-revoked-release"]
    assert (freed["state"], freed["colour"]) == ("running", "overdue")
    await approved(people, suspect, "release", now, grounds="检察院撤销批准逮捕决定")
    assert "prosecution-review" not in await clocks(people.custody, suspect)


async def test_an_order_to_cancel_a_case_is_followed_or_contested_within_fifteen_days(county: World, sandbox: Sandbox) -> None:
    people, now = await team(county), datetime.now(SHANGHAI).replace(second=0, microsecond=0)
    case = await filed_case(people, now - 20 * DAY)
    await people.officer.take(case, "order-cancellation", at=now - 10 * DAY, grounds="不应当立案")
    answer = (await clocks(people.officer, case))["filing-supervision-cancel"]
    assert (answer["state"], answer["answerable"]) == ("running", "county-head")
    await approved(people, case, "request-cancellation-reconsideration", now - 8 * DAY, explanation="有犯罪事实")
    await people.procurator.take(case, "receive-cancellation-reconsideration", at=now - 7 * DAY)
    await people.procurator.take(case, "reconsider-cancellation", at=now - 3 * DAY, decision="维持撤销案件通知")
    seen = await clocks(people.officer, case)
    assert (seen["filing-supervision-cancel"]["state"], seen["filing-supervision-cancel-reconsider-decide"]["state"]) == (
        "met",
        "met",
    )
