"""Who enters what happened days ago is given the time to enter all of it before anybody is ordered to put it right."""

from datetime import datetime, timedelta
from typing import Any

from law.calendar import SHANGHAI
from tests.scenarios.fraud import Team, detain, filed_case, named_suspect, scanned, team
from tests.scenarios.passing import eventually
from tests.world import World
from watchdog.duties.open_orders import OpenOrders

FIVE_DAYS = timedelta(days=5)
HELD = "criminal-detention-submit-for-arrest"


async def _detained_days_ago(county: World, people: Team) -> tuple[str, datetime]:
    """A suspect whose detention five days ago is entered only now, and whose three days have rung at once."""
    at = datetime.now(SHANGHAI).replace(second=0, microsecond=0) - FIVE_DAYS
    suspect = await named_suspect(people, await filed_case(people, at - timedelta(days=1)))
    await detain(people, suspect, at)

    async def rung() -> list[Any]:
        return await county.ask("SELECT 1 FROM expiry WHERE matter = %(suspect)s", suspect=suspect)

    await eventually(rung)
    return suspect, at


async def test_an_extension_entered_after_the_detention_spares_the_order(county: World) -> None:
    people, watch = await team(county), county.watch()
    suspect, at = await _detained_days_ago(county, people)
    assert await watch.get_duty(OpenOrders).do() == 0
    granted_at = at + timedelta(days=2)
    await people.officer.take(suspect, "extend-detention", at=granted_at, extension="+4 day", grounds="特殊情况")
    await scanned(people.officer, suspect, "延长拘留期限呈批表")
    paper = {"paper_number": "青公刑延〔2026〕9号", "paper_scan": "延长拘留期限呈批表"}
    await people.chief.approve(suspect, "extend-detention", at=granted_at, **paper)
    assert (await people.officer.clock(suspect, HELD))["colour"] != "overdue"
    assert await watch.get_duty(OpenOrders).do(datetime.now(SHANGHAI) + timedelta(minutes=11)) == 0
    assert await county.ask("SELECT 1 FROM expiry") == []


async def test_without_it_the_order_opens_ten_minutes_later(county: World) -> None:
    people, watch = await team(county), county.watch()
    suspect, _ = await _detained_days_ago(county, people)
    assert await watch.get_duty(OpenOrders).do() == 0
    assert await watch.get_duty(OpenOrders).do(datetime.now(SHANGHAI) + timedelta(minutes=11)) == 1

    async def ordered() -> list[Any]:
        return (await people.supervisor.read("/api/matters", kind="rectification-order"))["items"]

    (order,) = await eventually(ordered)
    assert order["parent"] == suspect
