"""The board of rates in a large record: read from tallies, beside the same SQL over the tables, and the list behind a figure."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from bench.engines import Engines
from bench.filling import CLOCKS_EACH, DESK, STATIONS, fill
from bench.load import queue
from bench.steps import api
from law.calendar import SHANGHAI
from models.access.scope import build_scope
from models.readmodel import board_counts
from models.readmodel.board_counts import DisplayNames
from models.readmodel.board_figures import Period, read_supervision
from models.readmodel.offices import find_person, read_units
from runtime.database import connect, open_pool
from watchdog.duties.tally_boards import tally

MATTERS = 200_000
_CALLS = 20
# Every clock is one of a dispatch: met within a minute, or ten, or not at all and due long ago.
_DISPATCHES = f"""
UPDATE clock SET limit_id = (ARRAY['sla-dispatch-sign', 'sla-dispatch-arrive', 'sla-dispatch-feedback'])[right(limit_id, 1)::int],
    due_at = started_at + interval '30 seconds' * 10 ^ (right(limit_id, 1)::int - 1), at_expiry = 'service-only',
    ended_at = started_at + interval '1 second' * (hashtext(id) & 63), state = CASE WHEN state = 'running' THEN 'met' ELSE 'met-late' END
WHERE right(limit_id, 1)::int BETWEEN 1 AND {CLOCKS_EACH}
"""
_MONTH = 30


def rates(engines: Engines) -> list[str]:
    """Lines of the report."""
    with connect(engines.url) as connection:
        fill(connection, MATTERS)
        connection.execute(_DISPATCHES)
        connection.execute("VACUUM ANALYZE")
    return asyncio.run(_rates(engines))


async def _rates(engines: Engines) -> list[str]:
    today = datetime.now(SHANGHAI).date()
    period = Period(today - timedelta(days=_MONTH - 1), today)
    days = {"from": str(period.since), "to": str(period.until)}
    async with await open_pool(engines.url, 1, "bench") as pool, pool.connection() as connection:
        tree = await read_units(connection)
        person = await find_person(connection, DESK, tree)
        assert person is not None  # the bench itself founded the desk
        names = DisplayNames(tree, {}, frozenset())

        async def board() -> None:
            await read_supervision(connection, build_scope(person), period, names, datetime.now(UTC))

        # As long as nothing is tallied the very same SQL counts the tables.
        raw = await queue(_CALLS, board)
        async with await open_pool(engines.url, 1, "bench") as other:
            began = time.monotonic()
            await tally(other)
            counting = time.monotonic() - began
        read = await queue(_CALLS, board)
    async with api(engines) as connections:
        got = await queue(_CALLS, lambda: connections.ask("GET", f"/api/boards/supervision?{urlencode(days)}"))
        asked = urlencode({"figure": "dispatch-signed", "part": "missed", "unit": "station-7", "alone": "true", **days})
        listed = await queue(_CALLS, lambda: connections.ask("GET", f"/api/boards/supervision/counted?{asked}"))
    return [
        f"{MATTERS:,} matters, {MATTERS * CLOCKS_EACH:,} clocks, {STATIONS} stations, {_MONTH} days and as many before; "
        f"all tallies {counting:.1f} s (those of more than {board_counts.LARGE:,} rows are read)",
        f"board of rates: over the tables p50 {raw.p50:.0f} ms; from tallies SQL p50 {read.p50:.0f} ms, GET p50 {got.p50:.0f} ms, "
        f"p99 {got.p99:.0f} ms (aim < 300)",
        f"what a figure of one station counted: GET p50 {listed.p50:.0f} ms, p99 {listed.p99:.0f} ms (aim < 300)",
    ]
