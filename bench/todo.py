"""What lies before somebody who has a thousand things to do, beside somebody who has ten: the answer beside its own SQL, and the first screen."""

import asyncio
from datetime import UTC, datetime
from statistics import median

from playwright.async_api import Browser

from api.labels import build_labels_json
from bench.browser import served, window
from bench.engines import Engines
from bench.http import Connections
from bench.load import Pair, by_turns, queue
from bench.steps import api
from bench.web import furnish
from models.readmodel.offices import find_person, read_units
from models.readmodel.todo import Wanted, list_tasks
from runtime.database import connect, open_pool
from runtime.embedded import pages
from tests.web.browser import chromium, driver

MATTERS = 10_000
FEW, MANY = 10, 1_000
_PAGE = 100
_CALLS, _TURNS, _ROUNDS = 40, 3, 7
_PATH = f"/api/tasks?order=due&limit={_PAGE}"
_PEOPLE = f"""
INSERT INTO person (username, zh, badge, active) SELECT 'has-' || n, '有' || n || '件', '', true FROM unnest(ARRAY[{FEW}, {MANY}]) n;
INSERT INTO holding SELECT 'has-' || n, 'station-8', 'case-officer' FROM unnest(ARRAY[{FEW}, {MANY}]) n;
INSERT INTO task (matter, key, sort, words, unit_id, office, username, step, mandatory, opened_at)
SELECT 'JQ2019' || lpad((s * 50 % {MATTERS} + 7)::text, 8, '0'), n || '/' || s, 'turn', '轮到您办理', 'station-8', 'case-officer', 'has-' || n,
    'classify-incident', false, now() - s * interval '1 minute'
FROM unnest(ARRAY[{FEW}, {MANY}]) n, generate_series(1, n) s
"""


def todo(engines: Engines) -> list[str]:
    """Lines of the report."""
    pages.build()
    furnish(engines, MATTERS)
    with connect(engines.url) as connection:
        connection.execute(_PEOPLE)
        connection.execute("VACUUM ANALYZE")
    return asyncio.run(_todo(engines))


async def _todo(engines: Engines) -> list[str]:
    lines = list[str]()
    for n in (FEW, MANY):
        async with api(engines, f"has-{n}") as connections:
            floor, product, ratio = (await _beside_its_sql(engines, connections, f"has-{n}")).figures(lambda window: window.p50)
        lines.append(
            f"to do, the first {_PAGE} of {n:,}: SQL p50 {floor:.1f} ms, GET p50 {product:.1f} ms, ratio {ratio:.2f} (aim ≤ 2)"
        )
    async with served(engines) as address, driver() as at_work:
        started = await chromium().launch(at_work)
        shown = {n: [await _shown(started, address, n) for _ in range(_ROUNDS)] for n in (FEW, MANY)}
        await started.close()
    first = "; ".join(f"with {n:,} {median(each):.0f} ms (best {min(each):.0f})" for n, each in shown.items())
    return [*lines, f"the first screen, here before, until counts and rows are there, median of {_ROUNDS}: {first} (aim < 1000)"]


async def _beside_its_sql(engines: Engines, connections: Connections, username: str) -> Pair:
    pool = await open_pool(engines.url, 1, "bench")
    async with pool, pool.connection() as connection:
        person = await find_person(connection, username, await read_units(connection))
        assert person is not None  # who was put there above
        wanted, words = Wanted(order="due"), build_labels_json()
        return await by_turns(
            _TURNS,
            lambda: queue(_CALLS, lambda: list_tasks(connection, person, words, wanted, None, datetime.now(UTC), _PAGE)),
            lambda: queue(_CALLS, lambda: connections.ask("GET", _PATH)),
        )


async def _shown(started: Browser, address: str, n: int) -> float:
    async with window(started, address, f"has-{n}") as page:
        for _ in range(2):
            await page.goto(address)
            milliseconds = await page.evaluate("noted.shown")
    return milliseconds
