"""What a trace costs whoever reads: the same reads of one API that leaves traces and one that leaves none, by turns."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from itertools import count

from bench.engines import Engines
from bench.filling import DESK, fill
from bench.http import Connections
from bench.load import Pair, by_turns, crowd, queue
from bench.steps import api
from runtime.database import connect
from runtime.embedded.ports import find_free_port, is_free
from runtime.settings import Settings
from runtime.tokens import make_demo_tokens

_MATTERS = 20_000
_TURNS = 15
_CALLS = 100
_CALLERS, _SECONDS = 16, 4.0
_WARM = 50


def reads(engines: Engines) -> list[str]:
    """Lines of the report: a matter's card and a list, each asked for anew so that every read leaves its trace."""
    with connect(engines.url) as connection:
        fill(connection, _MATTERS)
    return asyncio.run(_reads(engines))


async def _reads(engines: Engines) -> list[str]:
    numbers = count(1)

    def card(to: Connections) -> Awaitable[object]:
        return to.ask("GET", f"/api/matters/JQ2019{next(numbers) % _MATTERS + 1:08}")

    def listed(to: Connections) -> Awaitable[object]:
        return to.ask("GET", f"/api/matters?limit=50&officer=officer-{next(numbers)}")

    lines: list[str] = []
    async with _untraced(engines) as without, api(engines) as traced:
        for name, action in (("a matter's card", card), ("a list of matters", listed)):
            for side in (without, traced):
                await queue(_WARM, lambda side=side, action=action: action(side))
            alone = await by_turns(
                _TURNS,
                lambda action=action: queue(_CALLS, lambda: action(without)),
                lambda action=action: queue(_CALLS, lambda: action(traced)),
            )
            many = await by_turns(
                _TURNS // 3,
                lambda action=action: crowd(_CALLERS, _SECONDS, lambda: action(without)),
                lambda action=action: crowd(_CALLERS, _SECONDS, lambda: action(traced)),
            )
            lines += _told(name, alone, many)
    return lines


@asynccontextmanager
async def _untraced(engines: Engines) -> AsyncIterator[Connections]:
    port = find_free_port()
    with engines.program("untraced", "bench.untraced", ready=lambda _: not is_free("127.0.0.1", port), LOUKE_PORT=str(port)):
        token, _ = make_demo_tokens(Settings()).issue(DESK)
        async with Connections(port, token) as connections:
            yield connections


def _told(name: str, alone: Pair, many: Pair) -> list[str]:
    without, traced, ratio = alone.figures(lambda window: window.p50)
    cheap, dear, cost = many.figures(lambda window: window.cost)
    slow, slower, late = many.figures(lambda window: window.p99)
    return [
        f"{name}, one after another: p50 without a trace {without:.2f} ms, with {traced:.2f} ms, ratio {ratio:.2f} (aim ≤ 1.1)",
        f"{name}, {_CALLERS} callers: processor time of a call without {cheap:.2f} ms, with {dear:.2f} ms, ratio {cost:.2f} (aim ≤ 1.25); "
        f"p99 without {slow:.0f} ms, with {slower:.0f} ms, ratio {late:.2f}",
    ]
