"""Metrics that only the database knows: open matters, outbox entries, and how long the canary has been silent."""

import time
from datetime import timedelta
from typing import NamedTuple

from activities import outbox
from models.readmodel.board_screen import LAST_CANARY
from models.store.connection import Query, fetch_all, fetch_first
from runtime.database_time import read
from runtime.logging import log
from runtime.metrics import OPEN_MATTERS, note_canary_awaited, note_canary_rang
from watchdog.duties.arm_canary import ArmCanary
from watchdog.duty import Duty

# A canary's clock is one minute long; twice that without a ring means that arming, ringing or notifying does not work.
_SILENT = timedelta(minutes=2)


class _Open(NamedTuple):
    """How many matters of a kind are open."""

    kind: str
    open: int


COUNT = Query[_Open]("SELECT kind, count(*) AS open FROM matter WHERE NOT final GROUP BY kind")


class ReportMetrics(Duty[None]):
    """Set the gauges that are read from the database, and log a canary that is silent for too long.

    A duty and no upkeep: it guards the guard, so it needs no Temporal, and the gauges are this process's.
    """

    name = "report-metrics"
    every = timedelta(seconds=30)

    async def do(self) -> None:
        """Report once."""
        async with self.tools.pool.connection() as connection:
            for row in await fetch_all(connection, COUNT):
                OPEN_MATTERS.labels(kind=row.kind).set(row.open)
            last = await fetch_first(connection, LAST_CANARY)
            await outbox.count(connection)
            now = (await read(connection)).now
        if last:
            silent = now - last.rung_at
            note_canary_rang(last.rung_by, silent)
        else:
            silent = timedelta(seconds=time.monotonic() - self.tools.began)
            note_canary_awaited(self.tools.began)
        if silent > ArmCanary.every + _SILENT:
            log.error("canary.silent")
