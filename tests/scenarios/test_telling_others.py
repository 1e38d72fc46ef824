"""What happens is told to the systems outside, in order and once in effect, whatever state they are in."""

from datetime import timedelta
from typing import Any

from tests.sandbox import Sandbox
from tests.scenarios.fraud import Team, detain, filed_case, named_suspect, team
from tests.scenarios.passing import Passing, eventually

CENTRE = "custody-centre"


async def _held(passing: Passing, people: Team) -> str:
    now = await passing.now()
    suspect = await named_suspect(people, await filed_case(people, now - timedelta(days=1)))
    await detain(people, suspect, now)
    return suspect


async def _deliveries(people: Team, stage: str, many: int) -> list[dict[str, Any]]:
    """Once there are so many deliveries at that stage: they, the oldest first."""

    async def there() -> list[dict[str, Any]]:
        found = (await people.chief.read("/api/matters", kind="delivery", stage=stage))["items"]
        return found[::-1] if len(found) == many else []

    return await eventually(there)


async def test_a_system_that_is_away_gets_everything_in_order_once_it_is_back(passing: Passing, sandbox: Sandbox) -> None:
    sandbox.feels(CENTRE, "down")
    people = await team(passing.county)
    suspect = await _held(passing, people)
    await people.officer.take(
        suspect, "extend-detention", extension="to 30 day", grounds="流窜作案、多次作案、结伙作案的重大嫌疑分子"
    )
    await people.chief.approve(suspect, "extend-detention")
    await people.officer.take(suspect, "release", grounds="不需要继续羁押")
    await people.chief.approve(suspect, "release")
    await _deliveries(people, "sending", 3)
    await passing.until(await passing.now() + timedelta(minutes=10))
    assert sandbox.received(CENTRE) == []

    sandbox.feels(CENTRE, "well")
    await passing.until(await passing.now() + timedelta(hours=1))
    await _deliveries(people, "delivered", 3)
    received = sandbox.received(CENTRE)
    assert [each["message"]["type"] for each in received] == ["detention.executed", "detention.extended", "person.released"]
    assert [each["times"] for each in received] == [1, 1, 1]
    assert received[1]["message"]["data"]["extension"] == "to 30 day"
    assert {each["message"]["data"]["about"] for each in received} == {suspect}


async def test_what_a_system_refuses_is_left_to_a_person_who_sends_it_again(passing: Passing, sandbox: Sandbox) -> None:
    sandbox.feels(CENTRE, "refusing")
    people = await team(passing.county)
    await _held(passing, people)
    (delivery,) = await _deliveries(people, "undeliverable", 1)
    manager = await passing.as_("qinwanqing")

    async def asked() -> list[dict[str, Any]]:
        return [each for each in (await manager.read("/api/tasks"))["items"] if each["matter"] == delivery["number"]]

    (task,) = await eventually(asked)
    assert (task["step"], task["mandatory"]) == ("repeat-delivery", True)
    why = (await manager.read(f"/api/matters/{delivery['number']}/journal"))["items"][-1]["content"]["form"]["why"]
    assert "422" in why

    sandbox.feels(CENTRE, "well")
    await manager.take(delivery["number"], "repeat-delivery", remark="对方已修复")
    await _deliveries(people, "delivered", 1)
    assert await asked() == []
    receipt = (await manager.read(f"/api/matters/{delivery['number']}/journal"))["items"][-1]["content"]["form"]["receipt"]
    assert f"{CENTRE}-000001" in receipt
