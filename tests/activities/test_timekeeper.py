"""It is as late as the database says, and whoever's clock says otherwise is told of."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from activities.timekeeper import Timekeeper
from runtime.database import Pool, open_pool
from runtime.database_time import DISPUTED, read
from runtime.metrics import CLOCK_AHEAD


@pytest.fixture
async def pool(database: str) -> AsyncIterator[Pool]:
    pool = await open_pool(database, 2, "test")
    yield pool
    await pool.close()


class Clock:
    """A clock that is off."""

    def __init__(self, by: timedelta = timedelta(), step: timedelta = timedelta()) -> None:
        self.by, self.step = by, step

    def __call__(self) -> datetime:
        self.by += self.step
        return datetime.now(UTC) + self.by


async def disputed(connection: Any) -> list[tuple[str, int]]:
    return [(row.process, row.ahead_ms) for row in await (await connection.execute(DISPUTED)).fetchall()]


async def test_it_is_as_late_as_the_database_says(pool: Pool) -> None:
    async with pool.connection() as connection:
        before, _ = await read(connection)
        now = await Timekeeper("watch", Clock(timedelta(milliseconds=900))).read_now(connection)
        after, _ = await read(connection)
    assert now
    assert before <= now <= after


@pytest.mark.parametrize("by", [timedelta(days=3), timedelta(seconds=1.5), timedelta(seconds=-1.5), timedelta(days=-400)])
async def test_whoevers_clock_is_more_than_a_second_off_is_told_no_time_and_everybody_hears_of_it(
    pool: Pool, by: timedelta
) -> None:
    async with pool.connection() as connection:
        assert await Timekeeper("watch", Clock(by)).read_now(connection) is None
        ((process, ahead_ms),) = await disputed(connection)
    assert process == "watch"
    assert abs(ahead_ms - by / timedelta(milliseconds=1)) < 400
    assert abs(CLOCK_AHEAD._value.get() - by.total_seconds()) < 0.4


async def test_a_clock_that_was_set_right_is_believed_again_and_nothing_is_left_said(pool: Pool) -> None:
    clock = Clock(timedelta(days=3))
    timekeeper = Timekeeper("worker", clock)
    async with pool.connection() as connection:
        assert await timekeeper.read_now(connection) is None
        clock.by = timedelta()
        assert await timekeeper.read_now(connection)
        assert await disputed(connection) == []


async def test_an_answer_that_was_long_on_its_way_accuses_nobody(pool: Pool) -> None:
    async with pool.connection() as connection:
        # Between the question and the answer a minute passes: both clocks may be right.
        assert await Timekeeper("watch", Clock(timedelta(seconds=-30), step=timedelta(seconds=30))).read_now(connection)


async def test_what_was_said_by_a_process_that_is_gone_is_forgotten_within_a_minute(pool: Pool) -> None:
    async with pool.connection() as connection:
        await Timekeeper("watch", Clock(timedelta(days=3))).read_now(connection)
        await connection.execute("UPDATE disputed_time SET seen_at = seen_at - interval '61 seconds'")
        assert await disputed(connection) == []
