"""The campaign itself: officers at work, faults, and what has become of everything afterwards."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from tests.faults.campaign.bureau import bureau
from tests.faults.campaign.faults import Faults
from tests.faults.campaign.findings import Findings, findings
from tests.faults.campaign.officers import Officers
from tests.sandbox import Sandbox, sandbox


@dataclass(frozen=True)
class Plan:
    """How much is done: at least so many cases, for at least so many seconds, by so many officers at once, among such faults."""

    cases: int
    seconds: float
    officers: int
    longest_s: float
    every_s: float
    seed: str = "1"


async def campaign(plan: Plan, folder: Path) -> Findings:
    """Carry it out below that folder; what was found, with the faults among the figures."""
    async with sandbox() as outside, bureau(folder, outside.settings) as house:
        officers = Officers(house, plan.seed)
        faults, enough = Faults(house, plan.seed, longest_s=plan.longest_s, every_s=plan.every_s), asyncio.Event()
        going_wrong = asyncio.create_task(faults.go_on(enough))
        try:
            await _work(officers, plan)
        finally:
            enough.set()
            await going_wrong
        found = await findings(house, officers.ledger, lambda: _received(outside))
        await officers.close()
        found.figures.append(f"{faults.done.total()} faults: {dict(sorted(faults.done.items()))}")
        return found


async def _work(officers: Officers, plan: Plan) -> None:
    """Carry cases until there are enough and the time is over."""
    over, begun = asyncio.get_running_loop().time() + plan.seconds, 0

    async def one_after_another() -> None:
        nonlocal begun
        while begun < plan.cases or asyncio.get_running_loop().time() < over:
            begun += 1
            await officers.carry()

    async with asyncio.TaskGroup() as desks:
        for _ in range(plan.officers):
            desks.create_task(one_after_another())


def _received(outside: Sandbox) -> list[dict[str, str]]:
    return [each for system in outside.settings for each in outside.received(system)]
