"""How load is made and what came of it."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from bench.engines import spent

Action = Callable[[], Awaitable[object]]


def percentile(values: Sequence[float], n: int) -> float:
    """The value that n of a hundred stay below."""
    return quantiles(values, n=100, method="inclusive")[n - 1]


@dataclass(frozen=True, slots=True)
class Window:
    """What one stretch of load showed, in seconds: how long each call took, the whole stretch, and the processor time of all of it."""

    calls: tuple[float, ...]
    seconds: float
    processor: float = 0.0

    @property
    def rate(self) -> float:
        """Calls answered per second."""
        return len(self.calls) / self.seconds

    @property
    def cost(self) -> float:
        """Processor time of a call, on all sides together, in milliseconds: the rate's limit on a machine that does nothing else."""
        return self.processor / len(self.calls) * 1000

    @property
    def p50(self) -> float:
        """What half of the calls stayed below, in milliseconds."""
        return percentile(self.calls, 50) * 1000

    @property
    def p95(self) -> float:
        """What 95 of a hundred calls stayed below, in milliseconds."""
        return percentile(self.calls, 95) * 1000

    @property
    def p99(self) -> float:
        """What 99 of a hundred calls stayed below, in milliseconds."""
        return percentile(self.calls, 99) * 1000


@dataclass(frozen=True, slots=True)
class Pair:
    """Windows of the floor and of the product, taken by turns; a ratio is the median over the turns, so that noise hits both."""

    floor: Sequence[Window]
    product: Sequence[Window]

    def figures(self, measure: Callable[[Window], float]) -> tuple[float, float, float]:
        """A measure of the floor, of the product (medians over the turns), and the ratio product ÷ floor."""
        floor, product = [measure(w) for w in self.floor], [measure(w) for w in self.product]
        return median(floor), median(product), median(p / f for f, p in zip(floor, product, strict=True))


async def crowd(callers: int, seconds: float, action: Action) -> Window:
    """So many callers, each calling again as soon as it is answered, for so long."""
    calls: list[float] = []
    before, began = spent(), time.perf_counter()

    async def caller() -> None:
        while (start := time.perf_counter()) < began + seconds:
            await action()
            calls.append(time.perf_counter() - start)

    await asyncio.gather(*(caller() for _ in range(callers)))
    return Window(tuple(calls), time.perf_counter() - began, spent() - before)


async def queue(calls: int, action: Action) -> Window:
    """One caller, so many calls one after another."""
    took: list[float] = []
    began = time.perf_counter()
    for _ in range(calls):
        start = time.perf_counter()
        await action()
        took.append(time.perf_counter() - start)
    return Window(tuple(took), time.perf_counter() - began)


async def by_turns(turns: int, floor: Callable[[], Awaitable[Window]], product: Callable[[], Awaitable[Window]]) -> Pair:
    """Take the floor, the product, the floor, the product, so many times."""
    pairs = [(await floor(), await product()) for _ in range(turns)]
    return Pair([f for f, _ in pairs], [p for _, p in pairs])
