"""Whoever dies between a finding and its alert leaves one alert: none is lost, and none is doubled."""

import asyncio
from collections import Counter

import pytest

from activities.inspecting import Inspecting
from runtime.settings import Settings
from tests.amounts import amount
from tests.faults.killing import killed_every
from tests.faults.rush import fresh, insist, patiently
from tests.world import Hand, World, world
from watchdog.duties.inspect_entries import InspectEntries

FIGHT = {"kind": "打架", "place": "青岚县城关镇", "narrative": "在烧烤店门口被打，有人流血", "unit": "chengguan"}
MEDIATED = {"classification": "mediation", "reason": "双方愿意调解"}
MATTERS = amount(10, 60)
ALERTS = "SELECT parent, number, (SELECT count(*) FROM entry WHERE chain = m.number AND sort = 'step') AS steps FROM matter m WHERE kind = 'risk-alert'"


async def mediated(desk: Hand, officer: Hand) -> str:
    """A fight that is settled by mediation."""
    number: str = (await insist(desk, "/api/matters/incident", fresh(), **FIGHT)).json()["number"]
    await insist(officer, f"/api/matters/{number}/steps/classify-incident", fresh(), **MEDIATED)
    return number


async def alerts(bureau: World) -> Counter[str]:
    """How many alerts each matter has that anything was found in."""
    return Counter(row.parent for row in await bureau.ask(ALERTS) if row.steps)


@pytest.mark.long
async def test_each_finding_has_one_alert_though_worker_after_worker_dies_over_it(restless: Settings) -> None:
    async with killed_every(0.5, restless) as workers, world(restless, working=False) as bureau:
        desk, officer = await bureau.as_("linxiaoyu"), await bureau.as_("liusiyuan")
        duty = bureau.watch().get_duty(InspectEntries)
        numbers = await asyncio.gather(*(mediated(desk, officer) for _ in range(MATTERS)))

        async def all_raised() -> bool:
            # What was begun and lost is owed again ten seconds later; here at once.
            await bureau.ask("UPDATE finding SET retry_at = '-infinity' WHERE state = 'due'")
            await duty.do()
            return set(await alerts(bureau)) == set(numbers)

        await patiently(all_raised)
        assert workers.killed >= 1
        await Inspecting(bureau.ctx.pool).inspect("")
        await duty.do()
        assert await alerts(bureau) == Counter(numbers)
