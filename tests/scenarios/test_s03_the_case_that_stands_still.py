"""S3: a theft in which nothing has been done for twenty days is flagged, and watched by three offices until the suspect is at hand."""

from datetime import datetime, timedelta
from typing import Any

from activities.inspecting import Inspecting
from tests.looking import looked
from tests.scenarios.fraud import Team, opened, team
from tests.scenarios.passing import Passing, eventually
from tests.scenarios.supervised import alerts, instant, told, turns
from tests.world import Hand, until

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
STOLEN = {"kind": "盗窃", "place": "城关镇河滨路", "narrative": "电动自行车被盗", "unit": "chengguan"}
FOUND = "案件停滞"
WATCHED = {
    "level": "station",
    "reason": "立案后二十日没有新的侦查工作",
    "members": ["case-management-officer", "station-head", "legal-reviewer"],
    "lead": "case-management-officer",
    "conditions": ["at-hand"],
}


async def filed_theft(people: Team, at: datetime) -> str:
    """A theft that was filed then, and nobody is known to have done."""
    incident = (await people.desk.open("incident", at=at, **STOLEN))["number"]
    await people.desk.take(incident, "dispatch-incident", at=at, unit="chengguan", officer="liusiyuan")
    kind = {"classification": "criminal", "charge": "xf-264", "reason": "财物被秘密窃取"}
    case = await opened(people.officer, await people.officer.take(incident, "classify-incident", at=at, **kind))
    await people.officer.take(case, "file-case", at=at, charge="xf-264", grounds="有犯罪事实，需要追究刑事责任")
    await people.chief.approve(case, "file-case")
    return case


async def daily_round(passing: Passing) -> None:
    """The inspections of the morning, and what they find is told."""
    await Inspecting(passing.county.ctx.pool).inspect("")
    await looked(passing.county)


async def progress_due(officer: Hand, number: str) -> datetime:
    """Until when the next report on progress is owed."""
    clocks = await officer.read(f"/api/matters/{number}/clocks")
    (running,) = [each for each in clocks if each["limit"] == "supervision-progress" and each["state"] == "running"]
    return instant(running["due_at"])


async def test_a_case_nobody_works_on_is_flagged_and_watched_with_a_report_each_week_until_the_suspect_is_at_hand(
    passing: Passing,
) -> None:
    people, manager = await team(passing), await passing.as_("douyiming")
    at = await passing.now()
    case = await filed_theft(people, at)
    await passing.until(at + 19 * DAY)
    await daily_round(passing)
    assert await flagged(manager) == []
    await passing.until(at + 20 * DAY + MINUTE)
    await daily_round(passing)
    (alert,) = await until(lambda: flagged(manager), bool)
    assert (alert["subject"], alert["severity"]) == (case, "yellow")

    await manager.take(alert["number"], "acknowledge-alert")
    watch, began = await watched(passing, people, manager, alert["number"])

    # Nobody reports: each who answers for it hears, once.
    await passing.until(began + 7 * DAY + 2 * MINUTE)
    heard = (people.officer, people.head, manager)
    await eventually(lambda: told(heard, watch, "督办进展报告"))

    # What is reported rests on what was done in the case, and begins the next seven days; then the suspect is at hand.
    named = await people.officer.take(case, "name-suspect", name="罗大勇", grounds="监控锁定")
    suspect = await opened(people.officer, named)
    reported = await passing.now()
    await people.officer.take(watch, "report-progress", done="调取监控，确定嫌疑人", entries=[named["seq"]])
    assert abs(await progress_due(people.officer, watch) - (reported + 7 * DAY)) <= MINUTE
    await daily_round(passing)
    assert await flagged(manager) == [], "somebody has worked on it"
    assert (await manager.card(alert["number"]))["stage"] == "cleared"

    await passing.until(reported + 5 * DAY)
    asked = {"conditions": ["at-hand"], "proof": "已传唤到案"}
    refused = await lifted(manager, people, watch, asked)
    assert "已到案" in refused
    await people.officer.take(suspect, "summon", at=await passing.now(), place="城关派出所", grounds="监控锁定的嫌疑人")
    await people.head.approve(suspect, "summon")
    assert (await manager.take(watch, "lift-supervision", result="嫌疑人已到案"))["stage"] == "lift_review"
    assert (await people.head.take(watch, "confirm-lift"))["stage"] == "lifted"
    states = {each["state"] for each in await people.officer.read(f"/api/matters/{watch}/clocks")}
    assert "running" not in states


async def watched(passing: Passing, people: Team, manager: Hand, alert: str) -> tuple[str, datetime]:
    """The supervision to which the manager hands that alert on: who may decide does, and each of the three signs; and since when it runs."""
    watch = await opened(manager, await manager.take(alert, "supervise-alert", **WATCHED))
    assert await turns((people.legal, people.officer), watch) == {"fangzhengping": "轮到办理：决定是否督办"}
    await people.legal.take(watch, "decide-supervision", adopted=True, reason="确有必要")
    began = await passing.now()
    await manager.take(watch, "lead-supervision", office="case-management-officer", words="每周看侦查工作")
    for hand, office in ((people.head, "station-head"), (people.legal, "legal-reviewer")):
        await hand.take(watch, "join-supervision", office=office, words="盯办")
    assert abs(await progress_due(people.officer, watch) - (began + 7 * DAY)) <= MINUTE
    return watch, began


async def flagged(manager: Hand) -> list[dict[str, Any]]:
    """The alerts over cases that stand still."""
    return [each for each in await alerts(manager) if each["title"] == FOUND]


async def lifted(manager: Hand, people: Team, watch: str, asked: dict[str, Any]) -> str:
    """The officer asks to have it lifted; why the lead may not yet."""
    await people.officer.take(watch, "ask-to-lift", **asked)
    answer = await manager.try_(watch, "lift-supervision", result="嫌疑人已到案")
    assert answer.status_code == 422
    return answer.text
