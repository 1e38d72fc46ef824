"""The timekeeper: tells one process what time it is by the database's clock, and whether its own may be believed."""

import os
import socket
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache

from models.store.connection import Connection
from models.store.processes import DISPUTE_TIME, TRUST_TIME
from runtime.database_time import get_local_time, read
from runtime.logging import log
from runtime.metrics import CLOCK_AHEAD

# Whoever looks believes what was said within the last minute.
_SAID_AGAIN_S = 10.0


class Timekeeper:
    """Tells one process what time it is.

    Where its own clock disagrees by more than a second, one of the two is wrong: nobody can say which, so nothing is rung meanwhile.
    """

    def __init__(self, process: str, here: Callable[[], datetime] = get_local_time) -> None:
        """For the process of that name, whose own clock is `here`."""
        self._here = here
        self._who = {"process": process, "machine": socket.gethostname(), "pid": os.getpid()}
        self._disputed = False
        self._said_at = 0.0

    async def read_now(self, connection: Connection) -> datetime | None:
        """The instant by the database's clock; None while ours is more than a second off, which the log, a metric and a table then say."""
        reading = await read(connection, self._here)
        CLOCK_AHEAD.set(reading.ahead.total_seconds())
        if reading.disputed:
            await self._dispute(connection, reading.ahead)
            return None
        if self._disputed:
            self._disputed = False
            await connection.execute(TRUST_TIME, self._who)
            log.info("time.agreed")
        return reading.now

    async def _dispute(self, connection: Connection, ahead: timedelta) -> None:
        # Several duties of a process ask at once, and one says it.
        first, self._disputed = not self._disputed, True
        if first:
            log.error("time.disputed", ahead_s=ahead.total_seconds())
        if first or time.monotonic() - self._said_at > _SAID_AGAIN_S:
            self._said_at = time.monotonic()
            await connection.execute(DISPUTE_TIME, self._who | {"ahead_ms": int(ahead / timedelta(milliseconds=1))})


@cache
def get_timekeeper(process: str) -> Timekeeper:
    """The one timekeeper of this process, which is called so: what one of its duties finds, the others need not say again."""
    return Timekeeper(process)
