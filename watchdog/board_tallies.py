"""Tallying: the watchdog counts running clocks and open matters now and then, and writes down only what has changed."""

import time
from datetime import UTC, datetime
from typing import Any

from models.readmodel.board_tallies import CLOCKS, STAYS
from runtime.database import Pool

# A board that is ten seconds old is young; a bureau so large that counting it takes long is counted less often.
_PACE_S = 10.0
_SHARE = 10

_TALLY = """
WITH counted AS MATERIALIZED ({counted}), gone AS (
    DELETE FROM {table} t WHERE NOT EXISTS (SELECT FROM counted c WHERE ({keys_c}) = ({keys_t}))
), kept AS (
    INSERT INTO {table} AS t ({columns}) SELECT {columns} FROM counted
    ON CONFLICT ({keys}) DO UPDATE SET ({values}) = ROW ({excluded}) WHERE ({values_t}) IS DISTINCT FROM ({excluded})
)
SELECT coalesce(sum(n), 0)::int AS many FROM counted
"""
TALLIED = """
INSERT INTO tallied (at, many) VALUES (%(at)s, %(many)s) ON CONFLICT (one) DO UPDATE SET at = excluded.at, many = excluded.many
"""
# Two watchdogs may count one bureau; the second finds little to write, and they take turns.
LOCK = "SELECT pg_advisory_xact_lock(hashtext('tally'))"
PATIENT = "SET LOCAL statement_timeout = '5min'"


def _tally(table: str, counted: str, unsealed: str, keys: tuple[str, ...], values: tuple[str, ...]) -> str:
    def of(alias: str, names: tuple[str, ...]) -> str:
        return ", ".join(f"{alias}{name}" for name in names)

    return _TALLY.format(
        table=table,
        counted=counted.format(where=unsealed, past=unsealed),
        keys=of("", keys),
        keys_c=of("c.", keys),
        keys_t=of("t.", keys),
        columns=of("", (*keys, *values)),
        values=of("", values),
        values_t=of("t.", values),
        excluded=of("excluded.", values),
    )


TALLY_CLOCKS = _tally(
    "clock_tally",
    CLOCKS,
    "c.matter NOT IN (SELECT number FROM matter WHERE sealed)",
    ("unit_id", "kind", "limit_id", "colour", "liberty", "zh"),
    ("n",),
)
TALLY_STAYS = _tally("stay_tally", STAYS, "NOT m.sealed", ("unit_id", "kind", "stage", "since_on"), ("n", "late", "oldest"))


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
