"""From finding to alert: how soon after a step's receipt its alert is there, what a round of inspections costs, and what a step costs meanwhile."""

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from psycopg import AsyncConnection
from temporalio.client import Client

from activities.inspecting import CHILDREN, CHILDREN_FACTS, CLOCKS, FACTS, OPEN_MATTERS, PAPERS, STEPS, Inspecting
from bench.engines import Engines
from bench.filling import DESK, fill
from bench.http import Connections
from bench.load import Window, by_turns, queue
from bench.steps import api
from inspections.inspection import get_inspections
from law.clock import Colour
from models.store.connection import fetch_all
from models.store.mappers import RUNNING
from runtime.database import Pool, connect, open_pool
from runtime.settings import Settings
from runtime.temporal import connect as connect_temporal
from workflows.inspection_round import InspectionRound

_ALERTS, _MATTERS, _CALLS, _ROUNDS = 40, 4_000, 60, 3
# By turns, each as long as a few batches of a round with their rests.
_TURNS, _BEGUN_S, _SETTLED_S = 8, 1.0, 3.0
_PROMISED_S = 5.0
_CALL = {"kind": "打架", "place": "东街1号", "narrative": "报警人称在烧烤店门口被打，有人躺下、流血", "unit": DESK}
_RAISED = "SELECT EXISTS (SELECT FROM matter WHERE parent = %(number)s AND kind = 'risk-alert')"


def alerts(engines: Engines) -> list[str]:
    """Lines of the report."""
    with (
        engines.worker("worker", Settings().task_queue, "cli", "worker"),
        engines.program("watch", "cli", "watch", ready=lambda _: True),
    ):
        lines = asyncio.run(_latency(engines))
    with engines.worker("worker", Settings().task_queue, "cli", "worker"):
        return lines + asyncio.run(_round(engines))


async def _latency(engines: Engines) -> list[str]:
    connection = await AsyncConnection.connect(engines.url, autocommit=True)
    async with api(engines) as desk, connection:
        for _ in range(3):
            await _seconds_to_alert(desk, connection)
        took = sorted([await _seconds_to_alert(desk, connection) for _ in range(_ALERTS)])
    p50, p95 = took[len(took) // 2], took[int(len(took) * 0.95)]
    return [
        f"alert after the receipt of the step, {_ALERTS} one after another: p50 {p50:.2f} s, p95 {p95:.2f} s (aim ≤ {_PROMISED_S:.0f})"
    ]


async def _seconds_to_alert(desk: Connections, connection: AsyncConnection) -> float:
    number = (await desk.ask("POST", "/api/matters/incident", _CALL))["number"]
    await desk.ask("POST", f"/api/matters/{number}/steps/dispatch-incident", {"unit": DESK, "officer": DESK})
    await desk.ask("POST", f"/api/matters/{number}/steps/arrive-on-scene", {})
    mediated = {"classification": "mediation", "reason": "双方愿意调解"}
    await desk.ask("POST", f"/api/matters/{number}/steps/classify-incident", mediated)
    began = time.perf_counter()
    async with asyncio.timeout(60):
        while True:
            row = await (await connection.execute(_RAISED, {"number": number})).fetchone()
            if row and row[0]:
                return time.perf_counter() - began
            await asyncio.sleep(0.02)


async def _round(engines: Engines) -> list[str]:
    async with _filled(engines) as pool:
        looking = Inspecting(pool)
        await _inspected(looking)  # everything is planned, and what is found is found
        took = min([await _timed(_inspected(looking)) for _ in range(_ROUNDS)])
        floor = min([await _timed(_read(pool)) for _ in range(_ROUNDS)])
        a_thousand, least = took / _MATTERS * 1e6, floor / _MATTERS * 1e6
        line = (
            f"round over {_MATTERS:,} open matters: {a_thousand:.0f} ms for 1,000 matters, floor (what is read, and nothing else) {least:.0f} ms, "
            f"ratio {took / floor:.2f}; 50,000 matters {a_thousand * 50 / 60_000:.1f} min (aim ≤ 10)"
        )
        return [line, *await _beside_a_round(engines)]


async def _beside_a_round(engines: Engines) -> list[str]:
    """Opening an incident with a round and without, by turns: the round is the worker's own, as in a bureau."""
    client = await connect_temporal(Settings())
    async with api(engines) as desk:

        async def opened() -> None:
            await desk.ask("POST", "/api/matters/incident", _CALL)

        async def beside() -> Window:
            async with _going_on(client):
                return await queue(_CALLS, opened)

        await queue(_CALLS, opened)
        pair = await by_turns(_TURNS, lambda: queue(_CALLS, opened), beside)
    measures: dict[str, Callable[[Window], float]] = {
        "p50": lambda each: each.p50,
        "mean": lambda each: each.seconds / _CALLS * 1000,
    }
    return [
        f"opening an incident, {name} of {_TURNS} turns: alone {alone:.1f} ms, while a round goes on {meanwhile:.1f} ms, ratio {ratio:.2f} (aim ≤ 1.1)"
        for name, (alone, meanwhile, ratio) in ((name, pair.figures(measure)) for name, measure in measures.items())
    ]


@asynccontextmanager
async def _going_on(client: Client) -> AsyncIterator[None]:
    """A round goes on in the worker until the block ends, and its last batch with it."""
    handle = await client.start_workflow(InspectionRound.run, id=f"bench-{uuid.uuid4()}", task_queue=Settings().task_queue)
    await asyncio.sleep(_BEGUN_S)
    yield
    await handle.terminate()
    await asyncio.sleep(_SETTLED_S)


@asynccontextmanager
async def _filled(engines: Engines) -> AsyncIterator[Pool]:
    with connect(engines.url) as connection:
        fill(connection, _MATTERS)
    pool = await open_pool(engines.url, 4, "bench")
    try:
        yield pool
    finally:
        await pool.close()


async def _inspected(looking: Inspecting) -> None:
    after: str | None = ""
    while after is not None:
        after = (await looking.inspect(after)).after


async def _read(pool: Pool) -> None:
    """What a round reads, batch after batch, and does nothing with."""
    kinds = sorted({kind for rule in get_inspections().values() for kind in rule.kinds})
    after = ""
    async with pool.connection() as connection:
        while matters := await fetch_all(connection, OPEN_MATTERS, {"kinds": kinds, "after": after, "most": 200}):
            numbers = {"numbers": [each.number for each in matters], "running": sorted(RUNNING), "overdue": Colour.OVERDUE}
            for query in (STEPS, FACTS, CHILDREN_FACTS, CHILDREN, PAPERS, CLOCKS):
                await connection.execute(query.sql.encode(), numbers)
            after = matters[-1].number


async def _timed(work: Awaitable[None]) -> float:
    began = time.perf_counter()
    await work
    return time.perf_counter() - began
