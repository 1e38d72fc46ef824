"""Workers in processes of their own, killed without warning, each followed by the next."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event

from runtime.database import connect as connect_database
from runtime.database import open_pool
from runtime.settings import Settings
from runtime.temporal import connect
from tests.forks import FORKS
from worker import make_worker

# A machine with much else to do takes some seconds to start a worker.
_PATIENCE_S = 30
_LOOK_AGAIN_S = 0.05
# So much is recorded between two kills, however slow the machine is: a matter that lost its worker waits until the engine notices, and
# the longer the more often that happened to it in a row.
_DONE_MEANWHILE = 10


def _work(settings: Settings, at_work: Event) -> None:
    async def forever() -> None:
        pool = await open_pool(settings.database_url, settings.pool_size, "worker")
        worker = make_worker(settings, await connect(settings), pool)
        at_work.set()
        await worker.run()

    asyncio.run(forever())


class Workers:
    """Two workers, of which the older one is killed again and again; `killed` counts those that are gone."""

    def __init__(self, settings: Settings) -> None:
        """Both begin."""
        self._settings = settings
        self._alive: deque[BaseProcess] = deque()
        self.killed = 0
        for _ in range(2):
            self._begin()

    def _begin(self) -> None:
        at_work = FORKS.Event()
        process = FORKS.Process(target=_work, args=(self._settings, at_work), daemon=True)
        process.start()
        self._alive.append(process)
        assert at_work.wait(_PATIENCE_S)

    def _kill(self) -> None:
        process = self._alive.popleft()
        process.kill()
        process.join()

    def _kill_and_begin(self) -> None:
        self._kill()
        self.killed += 1
        self._begin()

    def end(self) -> None:
        """SIGKILL, and none follows."""
        while self._alive:
            self._kill()

    async def kill_every(self, seconds: float, enough: asyncio.Event) -> None:
        """Kill until it is enough: so long after the last kill, if something has been recorded since, lest nothing ever gets done."""
        with connect_database(self._settings.database_url) as connection:

            def recorded() -> int:
                row = connection.execute("SELECT count(*) FROM entry").fetchone()
                return row[0] if row else 0

            while not enough.is_set():
                before = recorded()
                await asyncio.sleep(seconds)
                while recorded() < before + _DONE_MEANWHILE and not enough.is_set():
                    await asyncio.sleep(_LOOK_AGAIN_S)
                if not enough.is_set():
                    await asyncio.to_thread(self._kill_and_begin)


@asynccontextmanager
async def killed_every(seconds: float, settings: Settings) -> AsyncIterator[Workers]:
    """Workers of which one is killed each time so many seconds have passed; in the end all are."""
    workers, enough = await asyncio.to_thread(Workers, settings), asyncio.Event()
    killing = asyncio.create_task(workers.kill_every(seconds, enough))
    try:
        yield workers
    finally:
        # Not cancelled: a worker that is just beginning would never say so, and be waited for.
        enough.set()
        await killing
        await asyncio.to_thread(workers.end)
