"""Boards and reports of supervision in a bureau of a hundred thousand matters, beside the plainest SQL that gives the same figures."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Any, NamedTuple

from activities.reporting import Reporting
from bench.bureau import fill_supervised
from bench.engines import Engines
from bench.filling import DESK, STATIONS
from bench.load import Pair, by_turns, queue
from bench.steps import api
from law.calendar import SHANGHAI
from models.readmodel.assessed import ITEMS
from models.readmodel.assessment_sheets import Month
from models.readmodel.board_counts import DisplayNames
from models.readmodel.board_tallies import RUNNING
from models.readmodel.figure_tallies import SETTLED_AT
from models.readmodel.offices import read_units
from models.readmodel.pagination import fetch_planned
from models.readmodel.queues import BY_ID, QUEUES, SIX, Element, Queue
from models.readmodel.report_types import read_report, report_types
from models.readmodel.six_elements import build_arguments
from models.store.connection import Query
from runtime.database import Pool, connect, open_pool
from watchdog.duties.tally_boards import tally
from workflows.registry import get_settled_stages, get_stage_names

MATTERS = 100_000
_CALLS, _TURNS = 5, 5
_REPORT_TURNS = 3
_PAGE = 50


class _Row(NamedTuple):
    """A figure of the floor, by what it is of."""

    of: str
    unit: str
    n: int


# The floor counts, by unit, and does nothing else: neither for whom, nor what is sealed, nor what ends first.
_OF = {"matters": ("m.number", "m.unit_id", "matter m WHERE true"), "limits": ("c.matter", "c.unit_id", f"clock c WHERE {RUNNING}")}
_BARE: dict[str, str] = {
    "station": "SELECT kind || '/' || stage || '/' || colour AS of, '' AS unit, count(*)::int AS n FROM matter WHERE NOT final GROUP BY 1",
    "deadlines": f"SELECT limit_id || '/' || colour AS of, unit_id AS unit, count(*)::int AS n FROM clock c WHERE {RUNNING} GROUP BY 1, 2",
    "ranking": f"SELECT colour AS of, unit_id AS unit, count(*)::int AS n FROM clock c WHERE {RUNNING} GROUP BY 1, 2",
    "stages": "SELECT kind || '/' || stage AS of, '' AS unit, count(*)::int AS n FROM matter WHERE NOT final GROUP BY 1",
    "calls": "SELECT category AS of, unit_id AS unit, count(*)::int AS n FROM matter WHERE kind = 'incident' AND opened_at >= now() - interval '60 days' GROUP BY 1, 2",
    "alerts": """SELECT f.rule AS of, m.unit_id AS unit, count(*)::int AS n FROM matter m LEFT JOIN finding f ON f.alert = m.number
        WHERE m.kind = 'risk-alert' AND NOT m.final GROUP BY 1, 2""",
    "orders": "SELECT stage AS of, unit_id AS unit, count(*)::int AS n FROM matter WHERE kind = 'rectification-order' AND NOT final GROUP BY 1, 2",
}
_QUEUED = {"six-elements": SIX, "agenda": frozenset({Element.AGENDA})}


def boards(engines: Engines) -> list[str]:
    """Lines of the report."""
    with connect(engines.url) as connection:
        fill_supervised(connection, MATTERS)
    return asyncio.run(_boards(engines))


async def _boards(engines: Engines) -> list[str]:
    lines = [f"{MATTERS:,} matters, {STATIONS} stations, by somebody who sees the whole bureau"]
    async with await open_pool(engines.url, 1, "bench") as pool:
        await tally(pool)
        async with api(engines) as connections, pool.connection() as connection:

            async def beside(name: str, path: str, sql: str) -> None:
                arguments = build_arguments(datetime.now(UTC), get_settled_stages())
                pair = await by_turns(
                    _TURNS,
                    lambda: queue(_CALLS, lambda: fetch_planned(connection, Query[_Row](sql), arguments)),
                    lambda: queue(_CALLS, lambda: connections.ask("GET", path)),
                )
                lines.append(_tell(name, pair))

            for board, elements in _QUEUED.items():
                queues = [each for each in QUEUES if each.element in elements]
                sql = " UNION ALL ".join(map(_count, queues))
                told = await connections.ask("GET", f"/api/boards/{board}")
                counted = await fetch_planned(
                    connection, Query[_Row](sql), build_arguments(datetime.now(UTC), get_settled_stages())
                )
                assert {each["queue"]: each["count"] for element in told["elements"] for each in element["queues"]} == {
                    each.id: sum(row.n for row in counted if row.of == each.id) for each in queues
                }, "the floor gives the same figures"
                await beside(f"board {board}", f"/api/boards/{board}", sql)
            for name, sql in _BARE.items():
                await beside(f"board {name}", f"/api/boards/{name}", sql)
            for which in ("incident-undecided", "case-alerts", "person-held"):
                await beside(f"queue {which}", f"/api/boards/six-elements/queued?which={which}&limit={_PAGE}", _list(BY_ID[which]))
    async with await open_pool(engines.url, 4, "bench") as pool:
        return [*lines, *[await _report(pool, each) for each in ("weekly-report", "monthly-close")]]


def _count(of: Queue) -> str:
    _, unit, rows = _OF[of.of]
    return f"SELECT '{of.id}' AS of, {unit} AS unit, count(*)::int AS n FROM {rows} AND {of.which} GROUP BY 2"


def _list(of: Queue) -> str:
    """A page of a queue, what ends first first."""
    number, unit, rows = _OF[of.of]
    ends = "c.due_at" if of.of == "limits" else f"(SELECT min(c.due_at) FROM clock c WHERE c.matter = m.number AND {RUNNING})"
    return f"SELECT {number} AS of, {unit} AS unit, 1 AS n FROM {rows} AND {of.which} ORDER BY {ends}, 1 LIMIT {_PAGE + 1}"


# What the reports of all units tell in figures, over all units at once.
_FIGURES = {
    "weekly-report": """SELECT f.fact AS of, m.unit_id AS unit, count(*)::int AS n FROM fact f JOIN matter m ON m.number = f.matter
        WHERE f.at >= %(from_day)s AND f.at < %(to_day)s GROUP BY 1, 2""",
    "monthly-close": "SELECT indicator AS of, unit_id AS unit, count(*)::int AS n FROM ({items}) t GROUP BY 1, 2".format(
        items=ITEMS.format(clocks=f"{SETTLED_AT} >= %(from_day)s AND {SETTLED_AT} < %(to_day)s", visible="true")
    ),
}


async def _report(pool: Pool, name: str) -> str:
    """The report of the whole bureau beside the figures in it, and how long those of all units take."""
    report = report_types()[name]
    async with pool.connection() as connection:
        tree = await read_units(connection)
        names = DisplayNames(tree, get_stage_names(), get_settled_stages())
        due = report.times.find_due(datetime.now(SHANGHAI))
        month = Month(due.since.date())
        days: dict[str, Any] = {"from_day": due.since, "to_day": due.at}
        if name == "monthly-close":
            days = {"from_day": month.begins, "to_day": month.ends}
        pair = await by_turns(
            _REPORT_TURNS,
            lambda: queue(1, lambda: fetch_planned(connection, Query[_Row](_FIGURES[name]), days)),
            lambda: queue(1, lambda: read_report(connection, report, due, tree[DESK], names)),
        )
    began = time.perf_counter()
    many = await Reporting(pool, get_stage_names(), get_settled_stages()).make(report)
    return f"{_tell(f'report {name}', pair)}; those of all {many} units made and kept in {time.perf_counter() - began:.1f} s"


def _tell(name: str, pair: Pair) -> str:
    floor, product, ratio = pair.figures(lambda window: sorted(window.calls)[len(window.calls) // 2] * 1000)
    return f"{name}: SQL {floor:.1f} ms, product {product:.1f} ms, ratio {ratio:.2f} (aim ≤ 2)"
