"""Somebody stopped or summoned in an incident is held once at a time, and nobody is brought in once it is settled."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.scenarios.fraud import opened
from tests.workflows.test_trunk import HELP, an_incident, standing_of
from tests.world import World

STOP: dict[str, Any] = {"name": "盘问甲", "grounds": "形迹可疑", "vulnerable": False}
SUMMONS: dict[str, Any] = {"name": "盘问甲", "grounds": "殴打他人"}
DONE: dict[str, Any] = {"outcome": "已办结"}


async def test_nobody_is_stopped_or_summoned_again_before_they_were_let_go_or_at_once_after(county: World) -> None:
    number, officer = await an_incident(county)
    head, now = await county.as_("zhaotiejun"), datetime.now(UTC)
    await officer.take(number, "stop-person", at=now - timedelta(hours=3), **STOP)
    await head.approve(number, "stop-person")
    before = await officer.card(number)
    for step, said in (("stop-person", STOP), ("stop-person", {**STOP, "vulnerable": True}), ("summon-for-inquiry", SUMMONS)):
        refused = await officer.try_(number, step, **said)
        assert (refused.status_code, refused.json()["type"], refused.json()["field"]) == (409, "/problems/law-forbids", "at")
        assert "尚未结束" in refused.json()["detail"]
    assert (await officer.card(number))["seq"] == before["seq"]
    await officer.take(number, "end-stop", at=now - timedelta(hours=1))
    chained = await officer.try_(number, "stop-person", **STOP)
    assert chained.status_code == 409
    assert "间隔不满12小时" in chained.json()["detail"]


async def test_nobody_is_brought_in_once_the_incident_is_closed_nor_by_approving_what_was_asked_before(county: World) -> None:
    number, officer = await an_incident(county)
    head = await county.as_("zhaotiejun")
    await officer.take(number, "classify-incident", **HELP)
    await officer.take(number, "stop-person", **STOP)
    assert (await officer.take(number, "close-incident", **DONE))["stage"] == "closed"
    assert (await standing_of(county, number)).requests == []
    fallen = await head.try_(number, "approve", request="stop-person")
    assert (fallen.status_code, fallen.json()["type"]) == (409, "/problems/step-not-open")
    for step, said in (("stop-person", STOP), ("summon-for-inquiry", SUMMONS), ("start-sobering", {})):
        refused = await officer.try_(number, step, **said)
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/step-not-open")


async def test_whoever_is_held_as_the_incident_is_closed_can_still_be_let_go(county: World) -> None:
    number, officer = await an_incident(county)
    await officer.take(number, "classify-incident", **HELP)
    await officer.take(number, "stop-person", **STOP)
    await (await county.as_("zhaotiejun")).approve(number, "stop-person")
    assert (await officer.take(number, "close-incident", **DONE))["stage"] == "closed"
    assert (await officer.take(number, "end-stop"))["standing"] == "done"


async def test_whoever_is_stopped_in_an_incident_is_not_summoned_meanwhile_in_the_case_made_of_it(county: World) -> None:
    number, officer = await an_incident(county)
    head, now = await county.as_("zhaotiejun"), datetime.now(UTC)
    await officer.take(number, "stop-person", at=now - timedelta(hours=3), **STOP)
    await head.approve(number, "stop-person")
    beaten = {"violation": "za-51-1", "reason": "殴打他人", "injured": False}
    await officer.take(number, "classify-incident", classification="administrative", **beaten)
    case = await opened(officer, await officer.take(number, "file-administrative-case", violation="za-51-1", injured=False))
    for said in (SUMMONS, {**SUMMONS, "name": "盘 问甲"}):
        refused = await officer.try_(case, "summon-for-inquiry", **said)
        assert (refused.status_code, refused.json()["type"], refused.json()["field"]) == (409, "/problems/law-forbids", "at")
        assert "尚未结束" in refused.json()["detail"]
        assert number in refused.json()["detail"]
    assert (await officer.take(case, "summon-for-inquiry", **{**SUMMONS, "name": "盘问乙"}))["standing"] == "awaiting-approval"
    await officer.take(case, "withdraw", request="summon-for-inquiry", reason="改由他人办理")
    other = await officer.take(case, "summon-for-inquiry", **SUMMONS, namesake=True)
    assert other["standing"] == "awaiting-approval"
    await officer.take(case, "withdraw", request="summon-for-inquiry", reason="系同一人")
    await officer.take(number, "end-stop", at=now - timedelta(hours=1))
    await officer.take(case, "summon-for-inquiry", **SUMMONS)
    assert (await head.approve(case, "summon-for-inquiry"))["standing"] == "done"
