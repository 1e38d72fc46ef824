"""Deadlines in a storm: thousands of clocks due within the same ten seconds, and how late each of them rings."""

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from psycopg.types.json import Jsonb
from temporalio.client import WithStartWorkflowOperation
from temporalio.common import WorkflowIDConflictPolicy

from bench.engines import Engines
from bench.filling import DESK
from bench.load import percentile
from law.clock import ClockId, ClockState, Colour, Consequence
from law.offices import Office
from models.matter import Kind, build_workflow_id
from models.messages import Actor, Opening, Receipt, Submission
from models.proofs import add_proof
from runtime.database import connect
from runtime.embedded.up import WATCHING
from runtime.process_signatures import WATCHDOG, load_speaker
from runtime.settings import Settings
from runtime.temporal import connect as connect_temporal

CLOCKS = 5000
# So many of them belong to running workflows, whose timers compete with the watchdog.
_MINDED = 2000
SPAN = timedelta(seconds=10)
# The storm begins when everything is in place and has come to rest.
_LEAD = timedelta(seconds=5)
# A canary's one clock is a minute long, and its fact may be dated a minute ahead of now: so it can be opened this long before it rings.
_CANARY = timedelta(seconds=60)
_OPENING = timedelta(seconds=105)
_AT_ONCE = 32
# Nothing rings this long after it was due, or the bench says so.
_PATIENCE_S = 60.0
_LOOK_S = 0.05


@dataclass(frozen=True, slots=True)
class MeasuredRing:
    """One rung that rang: how late its ring is by the record, and how late anybody else could see it, in seconds."""

    recorded: float
    visible: float
    by: str


def rings(engines: Engines) -> list[str]:
    """Lines of the report: clocks that no workflow minds, and so the watchdog's alone; then both guards together."""
    lines = []
    with connect(engines.url) as connection:
        connection.execute("ANALYZE")
        with engines.program("watch", "cli", "watch", ready=lambda watch: WATCHING in watch.read_output()):
            due = arm(connection, CLOCKS, datetime.now(UTC) + _LEAD, "alone")
            lines += [f"rings, {CLOCKS} clocks due within {SPAN.seconds} s, watchdog alone: {_lateness(listen(connection, due))}"]
            with engines.worker("worker", Settings().task_queue, "cli", "worker"):
                begins = datetime.now(UTC) + _OPENING
                due = arm(connection, CLOCKS - _MINDED, begins, "beside")
                due |= asyncio.run(_sing(begins))
                lines += [f"rings, {CLOCKS} clocks, {_MINDED} with a workflow's timer: {_in_place(connection, due, begins)}"]
    return lines


def _in_place(connection: Any, due: dict[str, datetime], begins: datetime) -> str:
    late = (datetime.now(UTC) - begins).total_seconds()
    return _lateness(listen(connection, due)) if late < 0 else f"not measured, all was in place {late:.0f} s after the storm began"


def arm(connection: Any, clocks: int, begins: datetime, name: str) -> dict[str, datetime]:
    """Put that many matters with one clock and one rung each into the record; their ids, and when each is due."""
    due = {f"{name}/{n}": at for n, at in enumerate(_spread(clocks, begins))}
    rows = [_rows(number, at) for number, at in due.items()]
    for table in ("matter", "clock", "rung"):
        statement = f"INSERT INTO {table} SELECT * FROM jsonb_populate_recordset(NULL::{table}, %s)"
        connection.execute(statement, [Jsonb([row[table] for row in rows])])
    return due


async def _sing(begins: datetime) -> dict[str, datetime]:
    """Open canaries through Temporal, whose timers ring in the storm; their clocks, and when each is due."""
    client, task_queue, watchdog = await connect_temporal(Settings()), Settings().task_queue, load_speaker(Settings(), WATCHDOG)
    free = asyncio.Semaphore(_AT_ONCE)

    async def open_canary(n: int, at: datetime) -> tuple[str, datetime]:
        number = f"{Kind.CANARY.prefix}1999{n:08}"
        form = {"at": (at - _CANARY).isoformat()}
        actor = Actor(person=DESK, unit=DESK, offices=(Office.ADMINISTRATOR,))
        submission = Submission(key=number, body_hash="", step="arm-canary", form=form, actor=actor)
        start: Any = WithStartWorkflowOperation(
            Kind.CANARY.value,
            Opening(number=number, unit=DESK),
            id=build_workflow_id(Kind.CANARY, number),
            task_queue=task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
        )
        async with free:
            await client.execute_update_with_start_workflow(
                "submit", add_proof(submission, number, watchdog), start_workflow_operation=start, result_type=Receipt
            )
        return str(ClockId("canary", number, 1)), at

    return dict(await asyncio.gather(*(open_canary(n, at) for n, at in enumerate(_spread(_MINDED, begins)))))


def listen(connection: Any, due: dict[str, datetime]) -> list[MeasuredRing]:
    """Look at the record from outside, twenty times a second, until everything has rung."""
    seen: dict[str, datetime] = {}
    rung = "SELECT clock_id, late_ms, rung_by FROM ring WHERE clock_id = ANY(%s)"
    ends = time.monotonic() + (max(due.values()) - datetime.now(UTC)).total_seconds() + _PATIENCE_S
    while (waiting := list(due.keys() - seen.keys())) and time.monotonic() < ends:
        new = connection.execute(rung, [waiting]).fetchall()
        seen |= dict.fromkeys((row.clock_id for row in new), datetime.now(UTC))
        time.sleep(_LOOK_S)
    told = connection.execute(rung, [list(seen)]).fetchall()
    return [MeasuredRing(row.late_ms / 1000, (seen[row.clock_id] - due[row.clock_id]).total_seconds(), row.rung_by) for row in told]


def _spread(clocks: int, begins: datetime) -> list[datetime]:
    return [begins + SPAN * n / clocks for n in range(clocks)]


def _lateness(rung: list[MeasuredRing]) -> str:
    by = ", ".join(f"{sum(each.by == guard for each in rung)} by the {guard}" for guard in sorted({each.by for each in rung}))
    recorded, visible = [each.recorded for each in rung], [each.visible for each in rung]
    return (
        f"{len(rung)} rang ({by}); recorded p50 {percentile(recorded, 50):.2f} s, p99 {percentile(recorded, 99):.2f} s, "
        f"max {max(recorded):.2f} s; visible to others p50 {percentile(visible, 50):.2f} s, p99 {percentile(visible, 99):.2f} s, "
        f"max {max(visible):.2f} s (aim: p99 ≤ 2 s)"
    )


def _rows(number: str, at: datetime) -> dict[str, dict[str, Any]]:
    armed, due = (at - timedelta(days=1)).isoformat(), at.isoformat()
    rung = {"clock_id": number, "colour": Colour.OVERDUE, "at": due}
    clock = {"id": number, "matter": number, "unit_id": DESK, "officer": "", "limit_id": "criminal-detention-submit-for-arrest"}
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
    matter = {"number": number, "kind": "suspect", "stage": "detained", "final": False, "seq": 1, "unit_id": DESK, "title": ""}
    matter |= {
        "officer": "",
        "colour": Colour.RED,
        "shared_with": [],
        "shared_at": {},
        "sealed": False,
        "handlers": [],
        "kept_from": [],
        "marks": [],
        "requests": [],
        "late_entries": 0,
        "category": "",
        "opened_at": armed,
        "updated_at": armed,
        "stage_since": armed,
    }
    return {"matter": matter, "clock": clock, "rung": rung | {"matter": number, "armed_at": armed}}
