"""A ledger of a thousand incidents entered as the page enters it, beside as many bare workflows opened by as many at once."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from temporalio.client import Client

from bench.engines import Engines, spent
from bench.filling import DESK
from bench.floor import TASK_QUEUE as FLOOR_QUEUE
from bench.sides import Floor
from bench.steps import api, warm
from models.bulk_intake import compute_row_key
from models.forms.incident import OpenIncident
from runtime.settings import Settings

ROWS = 1000
# As many rows as the page has on their way at once (`web/src/pages/intake/imports/sheet.ts`).
AT_ONCE = 8
_TURNS = 3


def importing(engines: Engines) -> list[str]:
    """Lines of the report: how long a ledger takes, and the floor beside it."""
    with engines.worker("floor", FLOOR_QUEUE, "bench.floor"), engines.worker("worker", Settings().task_queue, "cli", "worker"):
        return asyncio.run(_compared(engines))


async def _compared(engines: Engines) -> list[str]:
    floor = await warm(Floor(await Client.connect(engines.temporal_address)))
    took, least, processor, cheapest = list[float](), list[float](), list[float](), list[float]()
    async with api(engines) as connections:
        for turn in range(_TURNS):
            seconds, cost = await _entered(range(ROWS), lambda _: floor.open())
            least.append(seconds)
            cheapest.append(cost)

            async def enter(n: int, turn: int = turn) -> None:
                form = _row(turn * ROWS + n)
                await connections.ask("POST", "/api/matters/incident", form, idempotency_key=compute_row_key(form))

            seconds, cost = await _entered(range(ROWS), enter)
            took.append(seconds)
            processor.append(cost)
    ratio = sorted(product / bare for product, bare in zip(took, least, strict=True))[_TURNS // 2]
    return [
        f"{ROWS:,} past incidents, {AT_ONCE} at once: {_all(took)} s, floor {_all(least)} s, ratio {ratio:.2f} (aim < 60 s); "
        f"processor time of a row: floor {min(cheapest) / ROWS * 1000:.1f} ms, product {min(processor) / ROWS * 1000:.1f} ms"
    ]


async def _entered(rows: range, enter: Callable[[int], Awaitable[None]]) -> tuple[float, float]:
    """Seconds, and seconds of processor time, until all rows are entered."""
    waiting: Iterator[int] = iter(rows)
    began, before = time.perf_counter(), spent()

    async def some() -> None:
        for n in waiting:
            await enter(n)

    await asyncio.gather(*(some() for _ in range(AT_ONCE)))
    return time.perf_counter() - began, spent() - before


def _row(n: int) -> dict[str, Any]:
    """A row as the check of the ledger gives it back."""
    form = OpenIncident(
        kind="纠纷",
        category="dispute",
        place=f"人民路{n + 1}号",
        narrative=f"报警人称在人民路{n + 1}号发生纠纷",
        reporter="张三",
        reporter_phone=f"139{n:08}",
        unit=DESK,
        outcome="已现场调解",
        day_only=True,
        at="2026-01-03T00:00:00+08:00",  # type: ignore[arg-type] - as JSON has it
    )
    return form.model_dump(mode="json", exclude_unset=True)


def _all(seconds: list[float]) -> str:
    return "、".join(f"{each:.0f}" for each in seconds)
