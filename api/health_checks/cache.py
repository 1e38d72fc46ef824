"""The cached result of the health checks, so that people who look often do not repeat them."""

import asyncio
from datetime import datetime

from cachetools import TTLCache

from api.health_checks.finding import Finding
from api.health_checks.report import run_checks
from law.calendar import SHANGHAI
from runtime.settings import Settings

# An examination asks both engines for some seconds' work.
_FRESH_S = 15.0


class HealthCheckCache:
    """The last result in this process, made anew when asked for and no longer fresh."""

    def __init__(self) -> None:
        """Nothing has been checked."""
        self._lock = asyncio.Lock()
        self._latest: TTLCache[str, tuple[datetime, list[Finding]]] = TTLCache(1, _FRESH_S)

    async def get_latest(self, settings: Settings) -> tuple[datetime, list[Finding]]:
        """When the checks ran, and what they found. They connect to both engines by themselves, off this process's event loop."""
        async with self._lock:
            latest = self._latest.get("")
            if latest is None:
                at = datetime.now(SHANGHAI)
                latest = self._latest[""] = (at, await asyncio.to_thread(lambda: asyncio.run(_run_all(settings))))
            return latest


async def _run_all(settings: Settings) -> list[Finding]:
    return [finding async for finding in run_checks(settings)]
