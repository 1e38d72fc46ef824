"""A public-order case with a hearing and two extensions, from the call to the archive, as the days of four months pass."""

from datetime import date, datetime, timedelta
from typing import Any

from law.calendar import SHANGHAI
from models.store.mappers import build_calendar
from operations.verify import verify
from tests.sandbox import Sandbox
from tests.scenarios.fraud import Team, opened, team
from tests.scenarios.passing import Passing, eventually
from tests.world import Hand

DAY = timedelta(days=1)
BEATING = "za-51-1"
FIGHT = {"kind": "殴打他人", "place": "城关镇夜市", "narrative": "两人因停车争执，一人被打伤", "unit": "chengguan"}
NOTICE = {"penalty": "罚款四千五百元", "grounds": "多次殴打他人", "minor": False}
FINE: dict[str, Any] = {
    "violation": BEATING,
    "penalty": "fine",
    "fine_yuan": 4500,
    "merged": True,
    "hearing_due": True,
    "review_due": True,
    "discussion_due": True,
    "victim": True,
    "grounds": "多次殴打他人，合并执行",
}
CALENDAR = build_calendar(())


def _last_day(clock: dict[str, Any]) -> date:
    return datetime.fromisoformat(clock["due_at"]).astimezone(SHANGHAI).date()


def _after(start: date, days: int) -> date:
    """The last of so many days, or the working day after it (行政处罚 periods end on no day of rest)."""
    return CALENDAR.get_working_day_from(start + days * DAY)


async def _filed(passing: Passing, people: Team) -> str:
    """A fight called in, answered and filed by the station."""
    now = await passing.now()
    incident = (await people.desk.open("incident", at=now, **FIGHT))["number"]
    await people.desk.take(incident, "dispatch-incident", at=now, unit="chengguan", officer="liusiyuan")
    await people.officer.take(incident, "arrive-on-scene", at=now)
    said = {"classification": "administrative", "violation": BEATING, "reason": "殴打他人", "injured": False}
    await people.officer.take(incident, "classify-incident", at=now, **said)
    receipt = await people.officer.take(incident, "file-administrative-case", at=now, violation=BEATING, station=True)
    return await opened(people.officer, receipt)


async def _handling(officer: Hand, case: str) -> dict[str, Any]:
    return await officer.clock(case, "public-order-case-handling")


async def _extended(passing: Passing, people: Team, case: str, grounds: str) -> None:
    await people.officer.take(case, "extend-station-handling", at=await passing.now(), grounds=grounds)
    await people.chief.approve(case, "extend-station-handling")


async def _asked_and_answered(people: Team, sandbox: Sandbox, case: str) -> None:
    """Who the offender is, the household registry is asked, and says."""
    sandbox.decides("household-registry", "receipt")
    asked = {"name": "李大力", "citizen_number": "330102198506121012", "purpose": "核实违法嫌疑人身份"}
    await people.officer.take(case, "ask-household", **asked)

    async def answered() -> bool:
        journal = (await people.officer.read(f"/api/matters/{case}/journal", limit=100))["items"]
        return "answer-household" in [each["step"] for each in journal]

    await eventually(answered)
    assert [each["message"]["type"] for each in sandbox.received("household-registry")] == ["outside.household-asked"]


async def _heard(passing: Passing, people: Team, case: str) -> int:
    """A hearing asked for in time, announced seven working days ahead, and held; for how many days the case's own time stood still."""
    officer, legal = people.officer, people.legal
    told = await passing.now()
    await officer.take(case, "notify-penalty", at=told, **NOTICE, hearing=True)
    assert _last_day(await officer.clock(case, "hearing-request")) == CALENDAR.add_working_days(told.date(), 5)
    unheard = await officer.try_(case, "decide-penalty", at=told, **FINE)
    assert (unheard.status_code, unheard.json()["type"]) == (409, "/problems/law-forbids")
    await passing.until(told + 2 * DAY)
    assert (await officer.take(case, "request-hearing", at=await passing.now()))["stage"] == "hearing"
    opened_at = await passing.now()
    await legal.take(case, "accept-hearing", at=opened_at, presiding="方正平")
    assert (await _handling(officer, case))["state"] == "suspended"
    assert (await officer.clock(case, "hearing-request"))["state"] == "met"
    on = datetime.combine(CALENDAR.add_working_days(opened_at.date(), 10), opened_at.timetz())
    await legal.take(case, "appoint-hearing", at=opened_at, hearing_at=on, place="县局听证室")
    await legal.take(case, "serve-hearing-notice", at=await passing.now(), recipients="李大力")
    assert (await officer.clock(case, "hearing-notice"))["state"] == "met"
    await passing.until(on)
    await legal.take(case, "hold-hearing", at=await passing.now(), record="双方质证，无新的事实")
    assert (await _handling(officer, case))["state"] == "running"
    return (on.date() - opened_at.date()).days


async def _decided(passing: Passing, people: Team, case: str) -> None:
    officer, chief = people.officer, people.chief
    await officer.take(case, "send-for-legal-review", at=await passing.now(), opinion="拟罚款四千五百元")
    await people.legal.take(case, "pass-legal-review", at=await passing.now(), opinion="事实清楚")
    await chief.take(case, "discuss-penalty", at=await passing.now(), taking_part="局领导三人", conclusion="同意处罚意见")
    await officer.take(case, "decide-penalty", at=await passing.now(), **FINE)
    assert (await chief.approve(case, "decide-penalty"))["stage"] == "decided"


async def _executed(passing: Passing, officer: Hand, case: str) -> None:
    """The decision served in its two days, the fine paid, the papers put away."""
    assert (await _handling(officer, case))["state"] == "met"
    decided = (await passing.now()).date()
    assert _last_day(await officer.clock(case, "penalty-decision-service")) == _after(decided, 2)
    await passing.until(await passing.now() + DAY)
    await officer.take(case, "serve-penalty", at=await passing.now(), fine=True)
    await officer.take(case, "serve-victim", at=await passing.now(), recipient="王小平")
    assert (await officer.clock(case, "penalty-decision-service"))["state"] == "met"
    await passing.until(await passing.now() + 5 * DAY)
    await officer.take(case, "pay-fine", at=await passing.now(), receipt="罚没0001")
    assert (await officer.clock(case, "fine-payment"))["state"] == "met"
    await officer.take(case, "close-public-order-case", at=await passing.now(), outcome="罚款缴清")
    assert (await officer.take(case, "archive"))["stage"] == "archived"


async def test_a_case_with_a_hearing_and_two_extensions_goes_from_the_call_to_the_archive(
    passing: Passing, sandbox: Sandbox
) -> None:
    people = await team(passing.county)
    officer = people.officer
    case = await _filed(passing, people)
    began = (await passing.now()).date()
    assert _last_day(await _handling(officer, case)) == _after(began, 30)
    await officer.take(case, "name-offender", at=await passing.now(), name="李大力", minor=False)
    await _asked_and_answered(people, sandbox, case)

    await passing.until(datetime.fromisoformat((await _handling(officer, case))["due_at"]) - 9 * DAY)
    assert (await _handling(officer, case))["colour"] != "none"
    await _extended(passing, people, case, "涉案人员多，需异地取证")
    assert _last_day(await _handling(officer, case)) == _after(began, 60)

    await passing.until(await passing.now() + 22 * DAY)
    stood_still = await _heard(passing, people, case)
    assert stood_still >= 10
    assert _last_day(await _handling(officer, case)) == _after(began, 60 + stood_still)
    await _extended(passing, people, case, "听证中提出新的线索，需要核实")
    assert _last_day(await _handling(officer, case)) == _after(began, 90 + stood_still)
    third = await officer.try_(case, "extend-station-handling", at=await passing.now(), grounds="仍未查清")
    assert (third.status_code, third.json()["type"]) == (409, "/problems/law-forbids")
    assert "第一百一十八条" in third.json()["basis"]

    await passing.until(await passing.now() + 15 * DAY)
    await _decided(passing, people, case)
    await _executed(passing, officer, case)
    assert [each["limit"] for each in await officer.read(f"/api/matters/{case}/clocks") if each["state"] == "running"] == []
    assert verify(passing.county.settings).faults == []
