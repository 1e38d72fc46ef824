"""Database time: PostgreSQL's clock is authoritative; a process whose own clock differs by more than a second reports it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from psycopg import AsyncConnection
from psycopg.rows import TupleRow, args_row

# A ring is promised within two seconds; what disagrees by more than half of that is no longer the network's delay.
SKEW = timedelta(seconds=1)

NOW = "SELECT clock_timestamp()"
# Whoever is astray says so every ten seconds.
DISPUTED = (
    "SELECT process, machine, ahead_ms FROM disputed_time WHERE seen_at > clock_timestamp() - interval '1 minute' ORDER BY 1, 2"
)


class Disputed(NamedTuple):
    """A process whose clock is astray, by so many milliseconds ahead of the database's."""

    process: str
    machine: str
    ahead_ms: int


class Reading(NamedTuple):
    """One look at the database's clock: the instant there, and by how much ours was surely ahead of it (negative: behind)."""

    now: datetime
    ahead: timedelta

    @property
    def disputed(self) -> bool:
        """Whether the two clocks are too far apart for either to be believed."""
        return abs(self.ahead) > SKEW


class _Now(NamedTuple):
    now: datetime


def get_local_time() -> datetime:
    """The instant by this process's own clock."""
    return datetime.now(UTC)


async def read(connection: AsyncConnection[TupleRow], here: Callable[[], datetime] = get_local_time) -> Reading:
    """Look at the database's clock once, and at ours, which is `here`, before and after."""
    before = here()
    answer = await connection.cursor(row_factory=args_row(_Now)).execute(NOW)
    found = await answer.fetchone()
    after = here()
    assert found is not None
    there = found.now
    # The answer was on its way for some time, and a process may be held up: only what that cannot explain counts.
    return Reading(there, before - there if before > there else min(after - there, timedelta()))
