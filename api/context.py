"""Application context: connection pool, Temporal client, keys and caches, opened when the application starts and closed when it stops."""

from asyncio import Semaphore
from datetime import timedelta

from cachetools import TTLCache
from fastapi import Request
from temporalio.client import Client

from api.access_log import AccessLog
from api.concurrency import Concurrency
from api.directory import Directory
from api.event_bus import EventBus
from api.health import HealthMonitor
from api.health_checks.cache import HealthCheckCache
from api.login_throttle import LoginThrottle
from api.rate_limits import Most, RateLimits
from api.sheets.reading import CONCURRENT_READS
from law.calendar import Calendar
from models.store.calendar_years import load_calendar
from runtime.database import Pool, open_pool
from runtime.encryption import load_key_ring
from runtime.passwords import load_passwords
from runtime.process_signatures import API, load_speaker
from runtime.query_codes import load_query_codes
from runtime.settings import Settings
from runtime.temporal import connect
from runtime.tokens import load_local_secret, make_tokens

# A person waits: an engine that does not answer within this is away.
_PATIENCE = timedelta(seconds=3)
# A calendar year is published weeks before it matters.
_CALENDAR_S = 30.0


class AppContext:
    """Pool, client, keys and caches of the process, for every request."""

    def __init__(self, settings: Settings, pool: Pool, client: Client) -> None:
        """Build the context; nothing connects to an engine yet."""
        self.settings = settings
        self.pool = pool
        self.client = client
        self.tokens = make_tokens(settings)
        self.speaker = load_speaker(settings, API)
        self.ring = load_key_ring(settings)
        self.passwords = load_passwords(settings)
        self.query_codes = load_query_codes(settings)
        self.local_secret = load_local_secret(settings)
        self.login_throttle = LoginThrottle(pool)
        self.rate_limits = RateLimits(
            Most(settings.requests_per_minute, settings.writes_per_minute, settings.uploads_mb_per_day * 1_000_000)
        )
        self.directory = Directory(pool, self.tokens, settings)
        self.concurrency = Concurrency(settings.steps_at_once)
        self.sheet_slots = Semaphore(CONCURRENT_READS)
        self.health_checks = HealthCheckCache()
        self.access_log = AccessLog(pool, self.ring)
        self.health = HealthMonitor(settings, pool, client, lambda: self.access_log.failing)
        self.event_bus = EventBus(settings.database_url, self.directory.forget)
        self._calendar: TTLCache[str, Calendar] = TTLCache(1, _CALENDAR_S)

    async def get_calendar(self) -> Calendar:
        """The calendar everyone counts by, at most half a minute old."""
        calendar = self._calendar.get("")
        if calendar is None:
            async with self.pool.connection() as connection:
                calendar = self._calendar[""] = await load_calendar(connection)
        return calendar

    def forget_calendar(self) -> None:
        """Drop the cached calendar."""
        self._calendar.clear()


async def open_context(settings: Settings) -> AppContext:
    """A context over both engines, neither of which need answer yet."""
    pool = await open_pool(settings.database_url, settings.pool_size, "api")
    return AppContext(settings, pool, await connect(settings, lazy=True, patience=_PATIENCE))


def get_context(request: Request) -> AppContext:
    """The context of the application that serves this request."""
    return request.app.state.ctx
