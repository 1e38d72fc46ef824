"""Tallying: the watchdog counts running clocks and open matters now and then, and writes down only what has changed."""

import time
from datetime import UTC, datetime
from typing import Any

from models.store.board_tallies import TALLIED, TALLY_CLOCKS, TALLY_STAYS
from runtime.database import Pool

# A board that is ten seconds old is young; a bureau so large that counting it takes long is counted less often.
_PACE_S = 10.0
_SHARE = 10

# Two watchdogs may count one bureau; the second finds little to write, and they take turns.
LOCK = "SELECT pg_advisory_xact_lock(hashtext('tally'))"
PATIENT = "SET LOCAL statement_timeout = '5min'"


class Tally:
    """The tallies of one bureau, over a pool of connections."""

    def __init__(self, pool: Pool) -> None:
        """Count through that pool."""
        self._pool = pool
        self._next = 0.0

    async def round(self) -> bool:
        """Count, unless that was done a moment ago; whether it was done."""
        if time.monotonic() < self._next:
            return False
        began = time.monotonic()
        await self.count()
        self._next = time.monotonic() + max(_PACE_S, _SHARE * (time.monotonic() - began))
        return True

    async def count(self) -> int:
        """Count now; how many clocks and matters there are."""
        connection: Any
        at = datetime.now(UTC)
        async with self._pool.connection() as connection, connection.transaction():
            await connection.execute(PATIENT)
            await connection.execute(LOCK)
            many = 0
            for statement in (TALLY_CLOCKS, TALLY_STAYS):
                row = await (await connection.execute(statement, prepare=False)).fetchone()
                many += row.many
            await connection.execute(TALLIED, {"at": at, "many": many})
        return many
