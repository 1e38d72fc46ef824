"""Opening and stepping: the product beside the floor, by turns, through the Temporal client as the API uses it, and through the API."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeVar

from temporalio.client import Client

from bench.engines import Engines
from bench.filling import DESK
from bench.floor import TASK_QUEUE as FLOOR_QUEUE
from bench.http import Connections
from bench.load import Action, Pair, by_turns, crowd, queue
from bench.sides import LETTER, Floor, Product, Requests, Side
from runtime.embedded.ports import find_free_port, is_free
from runtime.settings import Settings
from runtime.temporal import connect
from runtime.tokens import make_demo_tokens

Warmed = TypeVar("Warmed", bound=Side)

_CALLERS = 32
_TURNS = 5
# One after another, the turns are short and many: what else the machine does comes and goes within seconds, and hits both sides alike.
_SHORT_TURNS = 25
_SECONDS = 4.0
_CALLS = 30
# Everything is loaded, planned and connected after so many calls.
_WARM = 50


def steps(engines: Engines) -> list[str]:
    """Lines of the report: open and step, at 32 callers and one after another."""
    with engines.worker("floor", FLOOR_QUEUE, "bench.floor"), engines.worker("worker", Settings().task_queue, "cli", "worker"):
        return asyncio.run(_steps(engines))


async def _steps(engines: Engines) -> list[str]:
    async with floor_and_product(engines) as (floor, product):
        letters = await warm(Product(await connect(Settings()), Settings().task_queue, LETTER))
        lines = await _compared("Temporal client", floor, product) + await _compared("each step moves a clock", floor, letters)
        # Only now: the API hears of every step, and there are but two cores.
        async with api(engines) as connections:
            return lines + await _compared("API", floor, await warm(Requests(connections)))


async def _compared(through: str, floor: Side, product: Side) -> list[str]:
    opened, stepped = await _crowds(floor.open, product.open), await _crowds(floor.step, product.step)
    return [
        throughput(f"open, {through}", opened),
        throughput(f"step, {through}", stepped),
        latency(f"open, {through}", await alone(floor.open, product.open)),
        latency(f"step, {through}", await alone(floor.step, product.step)),
    ]


@asynccontextmanager
async def floor_and_product(engines: Engines) -> AsyncIterator[tuple[Side, Side]]:
    """Both sides, warmed up; their workers must be running."""
    product = Product(await connect(Settings()), Settings().task_queue)
    yield await warm(Floor(await Client.connect(engines.temporal_address))), await warm(product)


@asynccontextmanager
async def api(engines: Engines, username: str = DESK) -> AsyncIterator[Connections]:
    """The API as a process, and connections to it by which that person is signed in."""
    port = find_free_port()
    with engines.program("api", "cli", "api", ready=lambda _: not is_free("127.0.0.1", port), LOUKE_PORT=str(port)):
        token, _ = make_demo_tokens(Settings()).issue(username)
        async with Connections(port, token) as connections:
            yield connections


async def warm(side: Warmed) -> Warmed:
    """The same side, once everything it needs is loaded, planned and connected."""
    for _ in range(_WARM):
        await side.open()
        await side.step()
    return side


async def _crowds(floor: Action, product: Action) -> Pair:
    return await by_turns(_TURNS, lambda: crowd(_CALLERS, _SECONDS, floor), lambda: crowd(_CALLERS, _SECONDS, product))


async def alone(floor: Action, product: Action) -> Pair:
    """The same calls by turns, when nothing else happens."""
    return await by_turns(_SHORT_TURNS, lambda: queue(_CALLS, floor), lambda: queue(_CALLS, product))


def throughput(name: str, pair: Pair) -> str:
    """A line: calls per second and their latencies, with many callers."""
    floor, product, ratio = pair.figures(lambda window: window.rate)
    cheap, dear, cost = pair.figures(lambda window: window.cost)
    _, p50, _ = pair.figures(lambda window: window.p50)
    _, p99, _ = pair.figures(lambda window: window.p99)
    return (
        f"{name}, {_CALLERS} callers: floor {floor:.0f}/s, product {product:.0f}/s, ratio {ratio:.2f} (aim ≥ 0.8); "
        f"processor time of a call: floor {cheap:.1f} ms, product {dear:.1f} ms, ratio {cost:.2f} (aim ≤ 1.25); "
        f"product p50 {p50:.0f} ms, p99 {p99:.0f} ms"
    )


def latency(name: str, pair: Pair) -> str:
    """A line: how long a call takes when nothing else happens."""
    floor, product, ratio = pair.figures(lambda window: window.p50)
    slow_floor, slow_product, _ = pair.figures(lambda window: window.p99)
    return (
        f"{name}, one after another: p50 floor {floor:.1f} ms, product {product:.1f} ms, ratio {ratio:.2f} (aim ≤ 1.25); "
        f"p99 floor {slow_floor:.1f} ms, product {slow_product:.1f} ms"
    )
