"""An injury is asked about, taken up once, and watched until its examination is commissioned, whichever case comes of the report."""

from typing import Any

from tests.scenarios.fraud import Team, opened, team
from tests.world import World, until

FIGHT = {"kind": "打架", "place": "城关镇夜市", "narrative": "两人因停车争执，一人头部流血", "unit": "chengguan"}
BEATING: dict[str, Any] = {"classification": "administrative", "violation": "za-51-1", "reason": "殴打他人"}
LIMIT = "injury-appraisal-commission"


async def _called(people: Team, **more: Any) -> str:
    number = (await people.desk.open("incident", **{**FIGHT, **more}))["number"]
    await people.desk.take(number, "dispatch-incident", unit="chengguan", officer="liusiyuan")
    return number


async def test_an_injury_is_watched_in_the_administrative_branch_and_its_commission_meets_both_clocks(county: World) -> None:
    people = await team(county)
    incident = await _called(people)
    unanswered = await people.officer.try_(incident, "classify-incident", **BEATING)
    assert (unanswered.status_code, [each["field"] for each in unanswered.json()["errors"]]) == (422, ["injured"])
    await people.officer.take(incident, "classify-incident", **BEATING, injured=True)
    assert (await people.officer.clock(incident, LIMIT))["state"] == "running"

    denied = await people.officer.try_(incident, "file-administrative-case", violation="za-51-1", injured=False)
    assert (denied.status_code, denied.json()["field"]) == (409, "injured")
    filed = {"violation": "za-51-1", "injured": True, "mediable": False}
    case = await opened(people.officer, await people.officer.take(incident, "file-administrative-case", **filed))
    assert (await people.officer.clock(case, LIMIT))["state"] == "running"

    appraisal = {"question": "伤情程度", "institution": "青岚县公安司法鉴定中心", "injury": True}
    await people.officer.take(case, "order-admin-appraisal", **appraisal)
    assert (await people.officer.clock(case, LIMIT))["state"] == "met"
    await until(lambda: people.officer.clock(incident, LIMIT), lambda clock: clock["state"] == "met")


async def test_blood_in_the_call_is_asked_about_though_the_charge_is_a_fraud(county: World) -> None:
    people = await team(county)
    incident = await _called(people)
    crime = {"classification": "criminal", "charge": "xf-266", "reason": "虚构货源骗取货款"}
    asked = await people.officer.try_(incident, "classify-incident", **crime)
    assert (asked.status_code, [each["field"] for each in asked.json()["errors"]]) == (422, ["injured"])
    assert "流血" in asked.json()["errors"][0]["detail"]
    assert (await people.officer.card(incident))["stage"] == "dispatched"
    quiet = await _called(people, narrative="收款后未发货，无人受伤")
    await people.officer.take(quiet, "classify-incident", **crime)
