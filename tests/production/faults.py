"""What goes wrong while officers work: one of each kind is killed, the workers are replaced one after another, and the primary is lost."""

import asyncio
import time
from collections.abc import Awaitable
from dataclasses import dataclass, field

from tests.faults.campaign.findings import Findings, findings
from tests.faults.campaign.officers import Officers
from tests.production.cluster import OURS, Production
from tests.sandbox import Sandbox

# In which order, and which of the two.
STRUCK = (
    "frontend-1",
    "history-1",
    "api-1",
    "matching-2",
    "internal-frontend-1",
    "worker-2",
    "watch-1",
    "frontend-2",
    "history-2",
    "api-2",
)
_BETWEEN_S = 4.0
# So long the primary is away before somebody, or something, has the standby take over.
_UNNOTICED_S = 4.0


@dataclass
class Done:
    """What was done to it, and how long each took."""

    lines: list[str] = field(default_factory=list)

    async def timed(self, what: str, doing: Awaitable[None]) -> None:
        """Do it, and note how long that took."""
        began = time.monotonic()
        await doing
        self.lines.append(f"{what}: {time.monotonic() - began:.1f} s")


async def campaign(county: Production, outside: Sandbox, officers: int, cases: int) -> Findings:
    """Officers carry case after case while all of it goes wrong, and so many cases at least; what has become of everything."""
    at_work, done, enough = Officers(county, "production"), Done(), asyncio.Event()  # type: ignore[arg-type] - does what the campaign asks of it
    begun = 0

    async def one_after_another() -> None:
        nonlocal begun
        while begun < cases or not enough.is_set():
            begun += 1
            await at_work.carry()

    async def go_wrong() -> None:
        try:
            await _strike(county)
            await done.timed(f"rolling upgrade of {OURS['worker']} workers under load", _replace_workers(county))
            await done.timed("primary database lost, standby promoted", _lose_primary(county))
            await asyncio.sleep(_BETWEEN_S)
            await done.timed("the lost database laid anew as a standby, under load", county.databases.pair())
        finally:
            enough.set()

    async with asyncio.TaskGroup() as desks:
        desks.create_task(go_wrong())
        for _ in range(officers):
            desks.create_task(one_after_another())
    found = await findings(county, at_work.ledger, lambda: _received(outside))  # type: ignore[arg-type] - likewise
    await at_work.close()
    found.figures += [f"killed one after another: {', '.join(STRUCK)}", *done.lines]
    found.figures.append(f"started again without having been killed: {dict(county.restarts)}")
    return found


async def _strike(county: Production) -> None:
    for name in STRUCK:
        await asyncio.sleep(_BETWEEN_S)
        county.strike(name)


async def _replace_workers(county: Production) -> None:
    for name in county.names("worker-"):
        await county.replace(name)


async def _lose_primary(county: Production) -> None:
    county.databases.lose()
    await asyncio.sleep(_UNNOTICED_S)
    await county.databases.promote()


def _received(outside: Sandbox) -> list[dict[str, str]]:
    return [each for system in outside.settings for each in outside.received(system)]
