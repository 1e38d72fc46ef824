"""Counting for boards: clocks, open matters and rates, counted at intervals; only what changed is written."""

import time
from datetime import UTC, datetime, timedelta

from models.store.board_tallies import TALLIED, TALLY_CLOCKS, TALLY_FIGURES, TALLY_STAYS
from models.store.connection import fetch_one
from runtime.database import Pool
from watchdog.duty import Duty, Tools

# A board that is ten seconds old is young; a bureau so large that counting it takes long is counted less often.
_PACE_S = 10.0
_SHARE = 10

# Two watchdogs may count one bureau; the second finds little to write, and they take turns.
LOCK = "SELECT pg_advisory_xact_lock(hashtext('tally'))"
PATIENT = "SET LOCAL statement_timeout = '5min'"


class TallyBoards(Duty[bool]):
    """Count running clocks and open matters into the tables that boards of a large bureau are read from; returns whether it was done.

    A duty and no upkeep: the wall is looked at by the second, most of all while Temporal is away.
    """

    name = "tally-boards"
    every = timedelta(seconds=1)

    def __init__(self, tools: Tools) -> None:
        """The first round counts."""
        super().__init__(tools)
        self._next = 0.0

    async def do(self) -> bool:
        """Count, unless that was done a moment ago."""
        if time.monotonic() < self._next:
            return False
        began = time.monotonic()
        await tally(self.tools.pool)
        self._next = time.monotonic() + max(_PACE_S, _SHARE * (time.monotonic() - began))
        return True


async def tally(pool: Pool) -> int:
    """Count now; how many clocks and matters there are."""
    at = datetime.now(UTC)
    async with pool.connection() as connection, connection.transaction():
        await connection.execute(PATIENT)
        await connection.execute(LOCK)
        many = 0
        for statement in (TALLY_CLOCKS, TALLY_STAYS):
            many += await fetch_one(connection, statement, prepare=False)
        await fetch_one(connection, TALLY_FIGURES, prepare=False)
        await connection.execute(TALLIED, {"at": at, "many": many})
    return many
