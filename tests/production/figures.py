"""How fast production is, beside one machine's engines by turns, so that whatever else the machine does hits both."""

import asyncio
from contextlib import ExitStack

from bench.engines import Engines, engines
from bench.filling import DESK, settle
from bench.http import Connections
from bench.load import Pair, Window, by_turns, crowd, queue
from bench.sides import Requests
from bench.steps import api, warm
from runtime.database import connect
from runtime.embedded.up import WATCHING
from runtime.settings import Settings
from tests.production.cluster import OURS, Production

_CALLERS, _TURNS, _SECONDS = 32, 4, 5.0
_CALLS, _SHORT_TURNS = 15, 10


async def figures(county: Production) -> list[str]:
    """Lines of the report."""
    with connect(county.databases.url, "bench") as connection:
        settle(connection)
    with ExitStack() as stack:
        beside = await asyncio.to_thread(_begin, stack)
        async with api(beside) as there, Connections(county.port, county.token(DESK)) as here:
            return await _compared(await warm(Requests(there)), await warm(Requests(here)))


def _begin(stack: ExitStack) -> Engines:
    """Engines as on one machine, with one worker and one watchdog, as `louke up` has them."""
    beside = stack.enter_context(engines())
    stack.enter_context(beside.worker("worker", Settings().task_queue, "cli", "worker"))
    stack.enter_context(beside.program("watch", "cli", "watch", ready=lambda child: WATCHING in child.read_output()))
    return beside


async def _compared(machine: Requests, cluster: Requests) -> list[str]:
    many = ", ".join(f"{many} × {name}" for name, many in OURS.items())
    lines = [f"one machine: dev server, one PostgreSQL, 1 × worker, watch, api; cluster: {many}, synchronous standby"]
    for name, one, other in (("open", machine.open, cluster.open), ("step", machine.step, cluster.step)):
        crowds = await by_turns(_TURNS, lambda a=one: crowd(_CALLERS, _SECONDS, a), lambda a=other: crowd(_CALLERS, _SECONDS, a))
        alone = await by_turns(_SHORT_TURNS, lambda a=one: queue(_CALLS, a), lambda a=other: queue(_CALLS, a))
        lines.append(f"{name}, {_CALLERS} callers: {_said(crowds)}")
        lines.append(f"{name}, one after another: {_said(alone)}")
    return lines


def _said(pair: Pair) -> str:
    def three(what: str, measure: str, unit: str) -> str:
        machine, cluster, ratio = pair.figures(lambda window: _of(window, measure))
        return f"{what} one machine {machine:.0f}{unit}, cluster {cluster:.0f}{unit}, ratio {ratio:.2f}"

    return "; ".join((three("rate", "rate", "/s"), three("p50", "p50", " ms"), three("p99", "p99", " ms")))


def _of(window: Window, measure: str) -> float:
    return float(getattr(window, measure))
