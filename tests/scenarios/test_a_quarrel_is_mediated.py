"""A quarrel is mediated through the interface: both parties want it, the head of the unit permits it, and it is performed by a day."""

from typing import Any

from tests.scenarios.fraud import team
from tests.world import World

QUARREL: dict[str, Any] = {
    "act": "殴打他人",
    "ground": "亲友、邻里、同事、同学之间因琐事引起",
    "dispute": "邻里因停车发生争执",
    "offender": "王某",
    "victim": "李某",
    "excluded": False,
}
AGREED: dict[str, Any] = {"dispute": "邻里纠纷", "terms": "赔偿五百元，十日以内付清"}


async def test_no_mediation_without_both_parties_the_head_and_a_day_of_performance(county: World) -> None:
    people = await team(county)
    officer = await county.as_("liusiyuan")
    case = (await officer.open("public-order-case", violation="za-51-1", summary="打架", injured=False))["number"]
    early = await officer.try_(case, "agree-mediation", **AGREED)
    assert (early.status_code, early.json()["type"]) == (409, "/problems/law-forbids")
    unwilling = await officer.try_(case, "permit-mediation", **QUARREL, both_willing=False)
    assert (unwilling.status_code, unwilling.json()["errors"][0]["field"]) == (422, "both_willing")
    assert (await officer.take(case, "permit-mediation", **QUARREL, both_willing=True))["standing"] == "awaiting-approval"
    await (await county.as_("zhaotiejun")).approve(case, "permit-mediation")
    endless = await officer.try_(case, "agree-mediation", **AGREED, term="90 day")
    assert endless.status_code in (409, 422)
    assert (await officer.take(case, "agree-mediation", **AGREED, term="10 day"))["stage"] == "mediated"
    clocks = {each["limit"]: each for each in (await people.officer.get(f"/api/matters/{case}/clocks")).json()}
    assert clocks["mediation-performance"]["state"] == "running"
