"""Deadlines in a storm: thousands of clocks due within the same ten seconds, and how late each of them rings."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from psycopg.types.json import Jsonb

from bench.engines import Engines
from bench.load import percentile
from law.clock import ClockState, Colour, Consequence
from law.offices import Office
from runtime.database import connect
from runtime.embedded.up import WATCHING

CLOCKS = 5000
SPAN = timedelta(seconds=10)
# The storm begins when everything is in place and has come to rest.
_LEAD = timedelta(seconds=5)
# Nothing rings this long after it was due, or the bench says so.
_PATIENCE_S = 60.0
_LOOK_S = 0.05


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung that rang: how late its ring is by the record, and how late anybody else could see it, in seconds."""

    recorded: float
    visible: float
    by: str


def rings(engines: Engines) -> list[str]:
    """Lines of the report: rings of clocks that no workflow minds, and so the watchdog's alone."""
    with connect(engines.url) as connection:
        _warm(connection)
        with engines.program("watch", "cli", "watch", ready=lambda watch: WATCHING in watch.output()):
            begins = datetime.now(UTC) + _LEAD
            due = [begins + SPAN * n / CLOCKS for n in range(CLOCKS)]
            arm(connection, due, "storm")
            rung = listen(connection, due, "storm")
    return [f"rings, {CLOCKS} clocks due within {SPAN.seconds} s, watchdog alone: {_lateness(rung)}"]


def arm(connection: Any, due: list[datetime], name: str) -> None:
    """Put one matter with one clock and one rung into the record for each instant."""
    rows = [_rows(f"{name}/{n}", at) for n, at in enumerate(due)]
    for table in ("matter", "clock", "rung"):
        statement = f"INSERT INTO {table} SELECT * FROM jsonb_populate_recordset(NULL::{table}, %s)"
        connection.execute(statement, [Jsonb([row[table] for row in rows])])


def listen(connection: Any, due: list[datetime], name: str) -> list[Rung]:
    """Look at the record from outside, twenty times a second, until everything has rung."""
    seen: dict[str, datetime] = {}
    new = "SELECT clock_id FROM ring WHERE clock_id LIKE %s AND clock_id <> ALL(%s)"
    ends = time.monotonic() + (due[-1] - datetime.now(UTC)).total_seconds() + _PATIENCE_S
    while len(seen) < len(due) and time.monotonic() < ends:
        rung = connection.execute(new, [f"{name}/%", list(seen)]).fetchall()
        seen |= dict.fromkeys((row.clock_id for row in rung), datetime.now(UTC))
        time.sleep(_LOOK_S)
    told = connection.execute("SELECT clock_id, at, late_ms, rung_by FROM ring WHERE clock_id LIKE %s", [f"{name}/%"]).fetchall()
    return [Rung(row.late_ms / 1000, (seen[row.clock_id] - row.at).total_seconds(), row.rung_by) for row in told]


def _lateness(rung: list[Rung]) -> str:
    by = {guard: sum(each.by == guard for each in rung) for guard in sorted({each.by for each in rung})}
    recorded, visible = [each.recorded for each in rung], [each.visible for each in rung]
    return (
        f"{len(rung)} rang, by {by}; recorded p50 {percentile(recorded, 50):.2f} s, p99 {percentile(recorded, 99):.2f} s, "
        f"max {max(recorded):.2f} s; visible to others p50 {percentile(visible, 50):.2f} s, p99 {percentile(visible, 99):.2f} s, "
        f"max {max(visible):.2f} s (aim: p99 ≤ 2 s)"
    )


def _rows(number: str, at: datetime) -> dict[str, dict[str, Any]]:
    armed, due = (at - timedelta(days=1)).isoformat(), at.isoformat()
    rung = {"clock_id": number, "colour": Colour.OVERDUE, "at": due}
    clock = {"id": number, "matter": number, "unit_id": "bench", "officer": "", "limit_id": "criminal-detention-submit-for-arrest"}
    clock |= {
        "zh": "提请审查批准逮捕",
        "edition": "2018-10-26",
        "basis": "刑事诉讼法第九十一条",
        "about": number,
        "date_only": False,
    }
    clock |= {
        "started_at": armed,
        "due_at": due,
        "liberty": True,
        "state": ClockState.RUNNING,
        "colour": Colour.RED,
        "calendar": "final",
    }
    clock |= {"answerable": Office.CASE_OFFICER, "at_expiry": Consequence.RELEASE_OR_CHANGE, "reasons": [], "rungs": [rung]}
    matter = {"number": number, "kind": "suspect", "stage": "detained", "final": False, "seq": 1, "unit_id": "bench", "title": ""}
    matter |= {"officer": "", "colour": Colour.RED, "shared_with": [], "requests": [], "opened_at": armed, "updated_at": armed}
    return {"matter": matter, "clock": clock, "rung": rung | {"matter": number, "armed_at": armed}}


def _warm(connection: Any) -> None:
    """Rings as a bureau of some age has them: an empty table is planned for differently."""
    connection.execute("ANALYZE")
