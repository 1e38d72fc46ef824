"""The record when it has grown: a step at a thousand entries and at a million, and the list of clocks beside its own SQL."""

import asyncio
import time
from urllib.parse import urlencode

from bench.engines import Engines
from bench.filling import CLOCKS_EACH, DESK, MATTERS, fill
from bench.floor import TASK_QUEUE as FLOOR_QUEUE
from bench.http import Connections
from bench.load import by_turns, queue
from bench.steps import alone, api, floor_and_product, latency
from models.access.scope import build_scope, list_units_below
from models.readmodel.clocks import list_clocks
from models.readmodel.offices import find_person, read_units
from runtime.database import connect, open_pool
from runtime.settings import Settings
from watchdog.duties.tally_boards import tally

# Incidents opened before the first measurement, each with an entry, and stepped five times during it.
_FEW = 700
_TURNS = 3
_CALLS = 200
_PAGE = 50
_LOOKS = 20
_BOARDS: dict[str, dict[str, str]] = {"deadlines": {}, "ranking": {}, "stages": {}, "red-cards": {}, "screen": {}}
_LISTS: dict[str, dict[str, str]] = {
    "the whole bureau": {},
    "one station": {"unit": "station-7"},
    "one colour": {"colour": "red"},
    "one station's colour": {"unit": "station-7", "colour": "red"},
}


def age(engines: Engines) -> list[str]:
    """Lines of the report: a step in a young record and in an old one, and lists in the old one."""
    with engines.worker("floor", FLOOR_QUEUE, "bench.floor"), engines.worker("worker", Settings().task_queue, "cli", "worker"):
        return asyncio.run(_age(engines))


async def _age(engines: Engines) -> list[str]:
    async with floor_and_product(engines) as (floor, product):
        for _ in range(_FEW):
            await product.open()
            await floor.open()
        young = await alone(floor.step, product.step)
        with connect(engines.url) as connection:
            fill(connection)
        old = await alone(floor.step, product.step)
    async with api(engines) as connections:
        lists = [await _listed(engines, connections, name, filters) for name, filters in _LISTS.items()]
        lists += await _boards(engines, connections)
    return [latency("step, about 1,000 entries", young), latency(f"step, {MATTERS:,} entries more", old), *lists]


async def _listed(engines: Engines, connections: Connections, name: str, filters: dict[str, str]) -> str:
    path = f"/api/clocks?{urlencode(filters | {'limit': _PAGE})}"
    colour = {key: value for key, value in filters.items() if key == "colour"}
    pool = await open_pool(engines.url, 1, "bench")
    async with pool, pool.connection() as connection:
        tree = await read_units(connection)
        person = await find_person(connection, DESK, tree)
        assert person is not None  # the bench itself founded the desk
        scope = build_scope(person, list_units_below(filters["unit"], tree) if "unit" in filters else None)
        pair = await by_turns(
            _TURNS,
            lambda: queue(_CALLS, lambda: list_clocks(connection, scope, colour, None, _PAGE)),
            lambda: queue(_CALLS, lambda: connections.ask("GET", path)),
        )
    floor, product, ratio = pair.figures(lambda window: window.p50)
    _, slow, _ = pair.figures(lambda window: window.p99)
    return (
        f"clocks of {name}, {_PAGE} of {MATTERS * CLOCKS_EACH:,}: SQL p50 {floor:.1f} ms, GET p50 {product:.1f} ms, "
        f"ratio {ratio:.2f} (aim ≤ 2); GET p99 {slow:.1f} ms (aim < 50)"
    )


async def _boards(engines: Engines, connections: Connections) -> list[str]:
    """Boards of the whole bureau, which are read from tallies, and how long counting those takes."""
    pool = await open_pool(engines.url, 1, "bench")
    async with pool:
        began = time.monotonic()
        many = await tally(pool)
        lines = [f"tallies of {many:,} running clocks and open matters: {time.monotonic() - began:.1f} s"]
    for name, filters in _BOARDS.items():
        path = f"/api/boards/{name}?{urlencode(filters)}"
        took = await queue(_LOOKS, lambda path=path: connections.ask("GET", path))
        lines.append(f"board {path}: GET p50 {took.p50:.1f} ms, p99 {took.p99:.1f} ms (aim < 300)")
    return lines
