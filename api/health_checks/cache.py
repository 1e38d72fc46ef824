"""The last examination of this process: whoever looks again so soon sees that one."""

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
    """The last examination of this process, made anew when it is asked for and no longer fresh."""

    def __init__(self) -> None:
        """Nothing has been examined."""
        self._lock = asyncio.Lock()
        self._latest: TTLCache[str, tuple[datetime, list[Finding]]] = TTLCache(1, _FRESH_S)

    async def latest(self, settings: Settings) -> tuple[datetime, list[Finding]]:
        """When it was made, and what was found. Connections to both engines of its own are asked, off this process's loop."""
        async with self._lock:
            latest = self._latest.get("")
            if latest is None:
                at = datetime.now(SHANGHAI)
                latest = self._latest[""] = (at, await asyncio.to_thread(lambda: asyncio.run(_all(settings))))
            return latest


async def _all(settings: Settings) -> list[Finding]:
    return [finding async for finding in run_checks(settings)]
