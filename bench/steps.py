"""Opening and stepping: the product beside the floor, by turns, in one run."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from temporalio.client import Client

from bench.engines import Engines
from bench.floor import TASK_QUEUE as FLOOR_QUEUE
from bench.load import Pair, by_turns, crowd, queue
from bench.sides import Floor, Product
from runtime.settings import Settings
from runtime.temporal import connect

_CALLERS = 32
_TURNS = 5
_SECONDS = 4.0
_CALLS = 60
_QUEUE = "bench"


def steps(engines: Engines) -> list[str]:
    """Lines of the report: open and step, at 32 callers and one after another."""
    with engines.worker("floor", FLOOR_QUEUE, "bench.floor"), engines.worker("worker", _QUEUE, "cli", "worker"):
        return asyncio.run(_steps(engines))


async def _steps(engines: Engines) -> list[str]:
    async with sides(engines) as (floor, product):
        opened = await by_turns(
            _TURNS, lambda: crowd(_CALLERS, _SECONDS, floor.open), lambda: crowd(_CALLERS, _SECONDS, product.open)
        )
        stepped = await by_turns(
            _TURNS, lambda: crowd(_CALLERS, _SECONDS, floor.step), lambda: crowd(_CALLERS, _SECONDS, product.step)
        )
        open_alone = await by_turns(_TURNS, lambda: queue(_CALLS, floor.open), lambda: queue(_CALLS, product.open))
        step_alone = await by_turns(_TURNS, lambda: queue(_CALLS, floor.step), lambda: queue(_CALLS, product.step))
    return [
        *throughput("open", opened),
        *throughput("step", stepped),
        *latency("open", open_alone),
        *latency("step", step_alone),
    ]


@asynccontextmanager
async def sides(engines: Engines) -> AsyncIterator[tuple[Floor, Product]]:
    """Both sides, warmed up."""
    floor = Floor(await Client.connect(engines.temporal_address))
    product = Product(await connect(Settings()), _QUEUE)
    for side in (floor, product):
        for _ in range(20):
            await side.open()
        for _ in range(60):
            await side.step()
    yield floor, product


def throughput(name: str, pair: Pair) -> list[str]:
    """One line: calls per second and their latencies, with many callers."""
    floor, product, ratio = pair.figures(lambda window: window.rate)
    _, p50, _ = pair.figures(lambda window: window.p50)
    _, p99, _ = pair.figures(lambda window: window.p99)
    return [
        f"{name}, {_CALLERS} callers: floor {floor:.0f}/s, product {product:.0f}/s, ratio {ratio:.2f} (aim ≥ 0.8); "
        f"product p50 {p50:.0f} ms, p99 {p99:.0f} ms"
    ]


def latency(name: str, pair: Pair) -> list[str]:
    """One line: how long a call takes when nothing else happens."""

    def figures(measure: str) -> str:
        floor, product, ratio = pair.figures(lambda window: getattr(window, measure))
        return f"{measure} floor {floor:.1f} ms, product {product:.1f} ms, ratio {ratio:.2f}"

    return [f"{name}, one after another: {figures('p50')} (aim ≤ 1.25); {figures('p99')}"]

