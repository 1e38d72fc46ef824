"""What lies before somebody who has a thousand things to do, beside somebody who has ten: the answer, and the first screen in Chromium."""

import asyncio
from statistics import median

from playwright.async_api import Browser

from bench.browser import served, window
from bench.engines import Engines
from bench.load import queue
from bench.steps import api
from bench.web import furnish
from runtime.database import connect
from runtime.embedded import pages
from tests.web.browser import chromium, driver

MATTERS = 10_000
FEW, MANY = 10, 1_000
_CALLS, _ROUNDS = 40, 7
_PATH = "/api/tasks?order=due&limit=100"
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
    answers: dict[int, float] = {}
    for n in (FEW, MANY):
        async with api(engines, f"has-{n}") as connections:
            answers[n] = (await queue(_CALLS, lambda connections=connections: connections.ask("GET", _PATH))).p50
    lines = [f"to do, the first hundred: p50 of the answer {answers[FEW]:.1f} ms with {FEW}, {answers[MANY]:.1f} ms with {MANY:,}"]
    async with served(engines) as address, driver() as at_work:
        started = await chromium().launch(at_work)
        shown = {n: [await _shown(started, address, n) for _ in range(_ROUNDS)] for n in (FEW, MANY)}
        await started.close()
    first = "; ".join(f"with {n:,} {median(each):.0f} ms (best {min(each):.0f})" for n, each in shown.items())
    return [*lines, f"the first screen, here before, until counts and rows are there, median of {_ROUNDS}: {first} (aim < 1000)"]


async def _shown(started: Browser, address: str, n: int) -> float:
    async with window(started, address, f"has-{n}") as page:
        for _ in range(2):
            await page.goto(address)
            milliseconds = await page.evaluate("noted.shown")
    return milliseconds
