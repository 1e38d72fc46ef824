"""The desk: everything a request is answered with, opened when the application starts and closed when it stops."""

import time
from datetime import timedelta

from fastapi import Request
from temporalio.client import Client

from api.bell import Bell
from api.examined import Examined
from api.queue import Queues
from api.register import Register
from api.vitals import Vitals
from law.calendar import Calendar
from models import queries
from runtime.database import Pool, open_pool
from runtime.passwords import LoginGate
from runtime.settings import Settings
from runtime.temporal import connect
from runtime.tokens import tokens

# A person waits: an engine that does not answer within this is away.
_PATIENCE = timedelta(seconds=3)
# A calendar year is published weeks before it matters.
_CALENDAR_S = 30.0


class Desk:
    """The engines, and what this process remembers."""

    def __init__(self, settings: Settings, pool: Pool, client: Client) -> None:
        """Answer with these; nothing is asked of an engine yet."""
        self.settings = settings
        self.pool = pool
        self.client = client
        self.tokens = tokens(settings)
        self.gate = LoginGate()
        self.register = Register(pool, self.tokens)
        self.queues = Queues(settings.steps_at_once)
        self.examined = Examined()
        self.vitals = Vitals(settings, pool, client)
        self.bell = Bell(settings.database_url)
        self._calendar: tuple[float, Calendar] | None = None

    async def calendar(self) -> Calendar:
        """The calendar everyone counts by, at most half a minute old."""
        if self._calendar is None or self._calendar[0] < time.monotonic():
            async with self.pool.connection() as connection:
                self._calendar = (time.monotonic() + _CALENDAR_S, await queries.calendar(connection))
        return self._calendar[1]

    def forget_calendar(self) -> None:
        """Read the calendar anew when it is next asked for."""
        self._calendar = None


async def set_up(settings: Settings) -> Desk:
    """A desk over both engines, neither of which need answer yet."""
    pool = await open_pool(settings.database_url, settings.pool_size, "api")
    return Desk(settings, pool, await connect(settings, lazy=True, patience=_PATIENCE))


def desk(request: Request) -> Desk:
    """The desk that this request is answered at."""
    return request.app.state.desk
