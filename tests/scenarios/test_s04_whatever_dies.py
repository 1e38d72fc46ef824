"""S4, on real processes: the worker, the database and the API are each killed on the way to a deadline."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from law.calendar import SHANGHAI
from tests.sandbox import Sandbox
from tests.scenarios.fraud import Team, detain, filed_case, named_suspect, team
from tests.scenarios.passing import eventually
from tests.scenarios.processes import Processes, processes

HELD = "criminal-detention-submit-for-arrest"
# Long enough to kill a process before it, short enough to wait for.
_SOON = timedelta(seconds=4)

RUNG = """
SELECT r.clock_id, r.rung_by FROM ring r JOIN clock c ON c.id = r.clock_id
WHERE r.matter = %(suspect)s AND c.limit_id = %(limit)s AND r.colour = 'overdue'
"""
# Every step of the ladder of every clock that has passed, and how often it was rung and told to each office.
TOLD = """
SELECT c.id, step ->> 'colour' AS colour,
    (SELECT count(*) FROM ring r WHERE r.clock_id = c.id AND r.colour = step ->> 'colour') AS rings,
    (SELECT count(*) FROM notice n WHERE n.clock_id = c.id AND n.colour = step ->> 'colour') AS notices,
    (SELECT count(DISTINCT office) FROM notice n WHERE n.clock_id = c.id AND n.colour = step ->> 'colour') AS offices
FROM clock c, jsonb_array_elements(c.rungs) AS step WHERE c.matter = ANY(%(suspects)s) AND (step ->> 'at')::timestamptz < now()
"""


# Nobody is named twice in one case.
_TURN = count(1)


async def _held_until_soon(people: Team, case: str) -> str:
    """A suspect whose three days are over in a moment."""
    suspect = await named_suspect(people, case, name=f"嫌疑人{next(_TURN)}")
    await detain(people, suspect, datetime.now(SHANGHAI) - timedelta(days=3) + _SOON)
    return suspect


async def _expired(county: Processes, suspect: str) -> Any:
    async def rung() -> list[Any]:
        return county.ask(RUNG, suspect=suspect, limit=HELD)

    (ring,) = await eventually(rung)
    return ring


@pytest.fixture
async def county(tmp_path: Path, temporal_address: str, sandbox: Sandbox) -> AsyncIterator[Processes]:
    async with processes(tmp_path, temporal_address, sandbox.settings) as running:
        yield running


async def _ordered_and_told(county: Processes, sandbox: Sandbox, suspects: list[str]) -> None:
    """Over each suspect one rectification order has opened, and the custody centre's system has been told once."""

    async def all_there() -> list[str]:
        orders = [row.parent for row in county.ask("SELECT parent FROM matter WHERE kind = 'rectification-order'")]
        messages = [each["message"] for each in sandbox.received("custody-centre")]
        told = [each["data"]["about"] for each in messages if each["type"] == "person.measure-overdue"]
        return told if sorted(orders) == sorted(told) == suspects else []

    await eventually(all_there)


async def test_worker_database_and_api_are_killed_on_the_way_and_nothing_is_lost_or_told_twice(
    county: Processes, sandbox: Sandbox
) -> None:
    people = await team(county)
    case = await filed_case(people, datetime.now(SHANGHAI) - timedelta(days=5))

    first = await _held_until_soon(people, case)
    county.kill("worker")
    assert (await _expired(county, first)).rung_by == "watchdog"
    await county.start("worker")

    second = await _held_until_soon(people, case)
    county.kill("postgres")
    away = await people.officer.get(f"/api/matters/{second}")
    assert (away.status_code, away.json()["type"]) == (503, "/problems/orchestrator-unavailable")
    delivering = asyncio.create_task(people.officer.take(second, "deliver-to-custody-centre", centre="青岚县看守所"))
    await county.start("postgres")
    await delivering
    assert await _expired(county, second)

    third = await _held_until_soon(people, case)
    county.kill("api")
    clock = (await _expired(county, third)).clock_id
    await county.start("api")
    assert (await people.officer.read(f"/api/clocks/{clock}"))["colour"] == "overdue"

    journal = (await people.officer.read(f"/api/matters/{second}/journal"))["items"]
    assert [each["step"] for each in journal].count("deliver-to-custody-centre") == 1
    suspects = [first, second, third]
    told = county.ask(TOLD, suspects=suspects)
    assert {each.colour for each in told} == {"blue", "yellow", "orange", "red", "overdue"}
    await _ordered_and_told(county, sandbox, suspects)
    assert [each for each in told if each.rings != 1 or each.notices != each.offices or not each.notices] == []
    for suspect in suspects:
        await people.officer.take(suspect, "release", grounds="羁押期限届满")
        await people.chief.approve(suspect, "release")
        card = await people.officer.card(suspect)
        assert (card["stage"], card["colour"], card["tasks"]) == ("at_liberty", "none", [])
