"""The bureau in memory is the bureau: what it was told comes to the same in PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any
from unittest.mock import AsyncMock

import pytest
from psycopg.rows import dict_row

from activities.recording.records import Records
from activities.rings import RingActivities
from activities.timekeeper import Timekeeper
from models.messages import Proposal, RecordResult
from runtime.database import Pool, open_pool
from tests.law.hostile.bureau import UNIT, Bureau, left_aside
from tests.law.hostile.stories import told_by

STORIES = 30
# Matters of each story are numbered apart, and so are the keys.
_APART = 100_000
_COLUMNS = ("id", "state", "colour", "about", "basis", "at_expiry", "officer", "unit_id", "date_only", "liberty")


@pytest.fixture
async def pool(database: str) -> AsyncIterator[Pool]:
    """A bureau of one unit."""
    pool = await open_pool(database, 2, "test")
    async with pool.connection() as connection:
        await connection.execute(
            "INSERT INTO unit (id, path, zh, kind) VALUES (%s, %s, '派出所', 'station')", (UNIT, f"/bureau/{UNIT}/")
        )
    yield pool
    await pool.close()


async def test_what_the_bureau_in_memory_answered_postgresql_answers(pool: Pool) -> None:
    refused = accepted = 0
    for n in range(STORIES):
        _, bureau = await asyncio.to_thread(told_by, f"agreement:{n}", 40, (n + 1) * _APART)
        await _anew(pool, (n + 1) * _APART)
        with left_aside():
            for asked, came in bureau.written:
                if isinstance(asked, Proposal):
                    # Letters are late in memory, and nobody waits for them.
                    answer = await Records(pool).record(asked.model_copy(update={"waits": False}))
                    assert _said(answer) == _said(came), (n, asked.number, asked.step)
                    refused, accepted = refused + (answer.refusal is not None), accepted + (answer.refusal is None)
                else:
                    await RingActivities(pool, _as_told(came)).ring(asked, came)
        await _hold_the_same(pool, bureau)
    assert refused > STORIES
    assert accepted > 10 * STORIES


def _as_told(now: datetime) -> Timekeeper:
    """A timekeeper for whom it is as late as the bureau in memory thought."""
    timekeeper = Timekeeper("worker")
    timekeeper.read_now = AsyncMock(return_value=now)
    return timekeeper


def _said(answer: RecordResult) -> Any:
    recorded = [each.model_dump() for each in answer.recorded]
    for each in recorded:  # who is only called the same as somebody held elsewhere, the bureau in memory does not look for
        each["receipt"]["notes"] = tuple(note for note in each["receipt"]["notes"] if not note.startswith("本局另案有同名的"))
    return answer.refusal, recorded


async def _anew(pool: Pool, first: int) -> None:
    """Numbers from there on, and nobody known from another story."""
    async with pool.connection() as connection:
        await connection.execute("DELETE FROM party")
        await connection.execute("SELECT setval('matter_number', %s, false)", (first,))


async def _hold_the_same(pool: Pool, bureau: Bureau) -> None:
    """The same facts, clocks and standing of every matter."""
    async with pool.connection() as connection, connection.cursor(row_factory=dict_row) as cursor:
        for number, matter in bureau.memory.matters.items():
            rows = await (await cursor.execute("SELECT * FROM fact WHERE matter = %s ORDER BY seq, n", (number,))).fetchall()
            facts = [tuple(row[name] for name in ("fact", "at", "about", "seq", "n", "said")) for row in rows]
            assert facts == [(row.fact, row.at, row.about, row.seq, row.n, row.said) for row in bureau.memory.facts[number]]
            rows = await (await cursor.execute("SELECT * FROM clock WHERE matter = %s", (number,))).fetchall()
            clocks = bureau.memory.clocks[number]
            assert {row["id"] for row in rows} == clocks.keys()
            for row in rows:
                kept = clocks[row["id"]]
                assert {name: row[name] for name in _COLUMNS} == {name: kept[name] for name in _COLUMNS}
                for name in ("started_at", "due_at", "ended_at", "overrun_due_at", "overrun_until", "overrun_entered_at"):
                    assert row[name] == (datetime.fromisoformat(kept[name]) if kept[name] else None), (row["id"], name)
            row = await (await cursor.execute("SELECT * FROM matter WHERE number = %s", (number,))).fetchone()
            assert row is not None
            stands = (matter.stage, matter.final, matter.parent, matter.colour, matter.officer)
            assert tuple(row[name] for name in ("stage", "final", "parent", "colour", "officer")) == stands, number
