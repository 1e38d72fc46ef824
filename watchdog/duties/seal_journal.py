"""Sealing the journal (封签): the heads of the chains that grew are signed into a file outside the database."""

import asyncio
import time
from datetime import timedelta
from typing import NamedTuple

from models.store.connection import Connection, Query, fetch_all
from models.store.seals import READING_CHAIN, SEAL_HEADS, SEAL_READING_DAYS
from runtime.logging import log
from runtime.rollback_detection import has_lost
from runtime.seals import Head
from watchdog.duty import Duty, Tools

# As many heads as one seal names.
_BATCH = 5000
# Traces of reading are sealed with the journal, or by themselves no more often than this: reading at night need not fill the file of seals.
_TRACES_ALONE_S = 60.0


class _Grown(NamedTuple):
    """A chain that has grown since it was sealed, and its newest entry."""

    chain: str
    position: int
    hash: bytes


UNSEALED = Query[_Grown]("SELECT chain, position, hash FROM chain WHERE position > sealed ORDER BY chain LIMIT %(most)s")
UNSEALED_TRACES = Query[_Grown](
    f"SELECT {READING_CHAIN.format(day='day')} AS chain, position, hash FROM reading_day WHERE position > sealed ORDER BY day"
)


class SealJournal(Duty[int]):
    """Sign the heads of all chains that grew since the last seal; returns how many heads."""

    name = "seal-journal"
    # What was recorded since the last seal could be cut off without trace: the shorter, the smaller that window.
    every = timedelta(seconds=5)

    def __init__(self, tools: Tools) -> None:
        """Seal with the tools' sealer."""
        super().__init__(tools)
        self._traces_sealed = -_TRACES_ALONE_S

    async def do(self) -> int:
        """Seal once; nothing is sealed in a database that has lost what was sealed before."""
        async with self.tools.pool.connection() as connection:
            rows = await fetch_all(connection, UNSEALED, {"most": _BATCH})
            read = await self._list_unsealed_traces(connection, at_once=bool(rows))
            if not rows and not read:
                return 0
            if await has_lost(connection, self.tools.sealer.path):
                # It was put back to an earlier state: what it holds now is not to be attested before somebody says that it was meant.
                log.error("journal.broken", outcome="rolled-back")
                return 0
            heads = [Head(row.chain, row.position, row.hash.hex()) for row in (*rows, *read)]
            hash_ = await asyncio.to_thread(self.tools.sealer.append, heads)
            for statement in (SEAL_HEADS, SEAL_READING_DAYS) if read else (SEAL_HEADS,):
                await connection.execute(statement, {"chains": [h.chain for h in heads], "positions": [h.position for h in heads]})
        log.info("head.sealed", count=len(heads), hash=hash_)
        return len(heads)

    async def _list_unsealed_traces(self, connection: Connection, *, at_once: bool) -> list[_Grown]:
        """The heads of the chains of reading traces that grew: with the journal's, or alone once in a while."""
        now = time.monotonic()
        if not at_once and now - self._traces_sealed < _TRACES_ALONE_S:
            return []
        self._traces_sealed = now
        return await fetch_all(connection, UNSEALED_TRACES)
