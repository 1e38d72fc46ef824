"""A clock that jumps: whoever's own disagrees with the database's rings nothing, says so, and goes on when it is set right."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from activities.recording.records import Records
from activities.timekeeper import Timekeeper
from models.messages import Proposal, RecordResult
from operations.verify import verify
from runtime.settings import Settings
from tests.world import World, found, until, world
from watchdog.duties.arm_canary import ArmCanary
from watchdog.duties.give_back_rings import GiveBackRings
from watchdog.duties.open_orders import OpenOrders
from watchdog.duties.ring_deadlines import RingDeadlines
from watchdog.duties.seal_journal import SealJournal

ROOT = Path(__file__).parents[2]
AHEAD = timedelta(days=3)
# Two warnings that come within the three days by which a clock is ahead, and one that is past.
ARM = """
INSERT INTO rung (clock_id, colour, at, matter, armed_at)
SELECT 'c' || n, 'red', now() + n * interval '1 day', 'RY1', now() - interval '2 days' FROM unnest(ARRAY[-1, 1, 2]) n
"""
CLOCK = """
INSERT INTO clock (id, matter, unit_id, officer, limit_id, zh, edition, basis, about, due_at, date_only, liberty, state, colour, calendar,
                   answerable, at_expiry)
SELECT 'c' || n, 'RY1', 'station', 'li.na', 'some-limit', '某期限', '2018-10-26', '某条', 'RY1', now() + n * interval '1 day', false, true,
       'running', 'none', 'final', 'case-officer', 'release-or-change' FROM unnest(ARRAY[-1, 1, 2]) n
"""
# What a watchdog, and PostgreSQL with it, have rung a day ahead.
EARLY = """
INSERT INTO ring (clock_id, colour, at, matter, rung_at, late_ms, rung_by)
SELECT clock_id, colour, at, matter, at + interval '1 hour', 3600000, 'watchdog' FROM rung WHERE clock_id = 'c1'
"""
RUNG = "SELECT clock_id FROM ring WHERE matter = 'RY1' ORDER BY 1"


@pytest.fixture
async def bureau(peopled: str, temporal_address: str, tmp_path: Path) -> AsyncIterator[World]:
    async with world(found(peopled, temporal_address, tmp_path), working=False) as bureau:
        await bureau.ask(CLOCK)
        await bureau.ask(ARM)
        yield bureau


def watching(settings: Settings, out: Path) -> subprocess.Popen[bytes]:
    """A watchdog in a process of its own, by a clock that is three days ahead."""
    environment = os.environ | {
        "LOUKE_DATABASE_URL": settings.database_url,
        "LOUKE_TEMPORAL_ADDRESS": settings.temporal_address,
        "LOUKE_DATA_DIR": str(settings.data_dir),
        # What measures how long something takes goes on at its pace.
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    command = ["faketime", "-f", f"+{AHEAD.days}d", sys.executable, "-m", "cli", "watch"]
    with out.open("wb") as log:
        # `faketime` starts it as a child of its own, so whoever ends it has to end both.
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)


def lines(out: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.read_text().splitlines() if line.startswith("{")]


@pytest.mark.skipif(shutil.which("faketime") is None, reason="faketime (of the Debian package of that name) is not installed")
async def test_a_watchdog_three_days_ahead_rings_nothing_says_why_and_is_named_by_the_doctor(bureau: World, tmp_path: Path) -> None:
    out = tmp_path / "watch.log"
    process = watching(bureau.settings, out)
    try:
        ((who, ahead_ms),) = await until(lambda: bureau.ask("SELECT process, ahead_ms FROM disputed_time"), bool, within=30)
        # It has gone its round by then; what comes after would ring in the same round, four times a second.
        await until(lambda: asyncio.to_thread(lines, out), lambda said: any(each["event"] == "time.disputed" for each in said))
        assert await bureau.ask(RUNG) == []
        assert await bureau.ask("SELECT 1 FROM notice") == []
        assert await bureau.ask("SELECT 1 FROM matter WHERE kind = 'canary'") == []
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(10)
    assert (who, round(ahead_ms / 1000 / 86400)) == ("watch", AHEAD.days)
    (said,) = (each for each in lines(out) if each["event"] == "time.disputed")
    assert said["level"] == "error"
    # A colleague by the right clock rings what is due, and only that.
    assert await bureau.watch().get_duty(RingDeadlines).do() == 1
    assert [row.clock_id for row in await bureau.ask(RUNG)] == ["c-1"]


async def test_a_watchdog_whose_clock_is_set_right_goes_on_by_itself(bureau: World) -> None:
    off = AHEAD
    timekeeper = Timekeeper("watch", lambda: datetime.now(UTC) + off)
    watch = bureau.watch(timekeeper)
    assert await watch.get_duty(RingDeadlines).do() == 0
    assert await watch.get_duty(OpenOrders).do() == 0
    assert await watch.get_duty(ArmCanary).do() == ""
    off = timedelta()
    assert await watch.get_duty(RingDeadlines).do() == 1
    assert await bureau.ask("SELECT 1 FROM disputed_time") == []


async def test_what_rang_too_early_is_given_back_by_whose_clock_is_right_and_the_journal_holds(bureau: World) -> None:
    await bureau.ask(EARLY)
    astray = Timekeeper("watch", lambda: datetime.now(UTC) + AHEAD)
    assert await bureau.watch(astray).get_duty(GiveBackRings).do() == 0
    assert await bureau.watch().get_duty(GiveBackRings).do() == 1
    assert await bureau.ask("SELECT 1 FROM ring") == []
    await bureau.watch().get_duty(SealJournal).do()
    # The clocks were planted without the journal of their matter, and that alone is noticed.
    assert [fault.chain for fault in verify(bureau.settings).faults] == ["RY1"]


async def test_a_workflow_whose_clock_is_ahead_waits_for_the_database_without_asking_again_and_again(
    peopled: str, temporal_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By Temporal's clock a warning comes in a second; by the database's, which is three seconds behind, in four."""
    asked, recorded = list[datetime](), Records._record

    async def now(_self: Timekeeper, _connection: object) -> datetime:
        asked.append(datetime.now(UTC) - timedelta(seconds=3))
        return asked[-1]

    async def record(self: Records, connection: Any, proposal: Proposal) -> RecordResult:
        answer = await recorded(self, connection, proposal)
        soon = datetime.now(UTC) + timedelta(seconds=1)
        await connection.execute("UPDATE rung SET at = %(soon)s, armed_at = %(soon)s", {"soon": soon})
        return answer.model_copy(update={"next_alarm": soon})

    monkeypatch.setattr(Timekeeper, "read_now", now)
    monkeypatch.setattr(Records, "_record", record)
    async with world(found(peopled, temporal_address, tmp_path)) as bureau:
        await bureau.watch().get_duty(ArmCanary).do()
        asked.clear()
        (rung,) = await until(lambda: bureau.ask("SELECT at, rung_at, rung_by FROM ring"), bool, within=15)
    assert rung.rung_by == "workflow"
    assert timedelta() <= rung.rung_at - rung.at < timedelta(seconds=1)
    assert len(asked) <= 4
