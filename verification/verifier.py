"""The verifier: carries out the verifications of the journal that were asked for, one at a time, each in a process of its own."""

import asyncio
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from models.store.verifications import BEGIN, END
from runtime.database import Pool
from runtime.logging import log

# Held as long as one is under way: what a watchdog that died left undone, the next begins anew.
LOCK = "SELECT pg_try_advisory_lock(hashtext('verification')) AS mine"
UNLOCK = "SELECT pg_advisory_unlock(hashtext('verification'))"

_ROOT = Path(__file__).parent.parent


class Verifier:
    """Verifications of one bureau, over a pool of connections."""

    def __init__(self, pool: Pool, data_dir: Path) -> None:
        """Find what was asked for through that pool; verify its database against the seals in that data directory."""
        self._pool, self._data_dir = pool, data_dir

    async def round(self) -> bool:
        """Carry out the verification that was asked for, if there is one; whether there was."""
        connection: Any
        async with self._pool.connection() as connection:
            if not (await (await connection.execute(LOCK)).fetchone()).mine:
                return False
            try:
                row = await (await connection.execute(BEGIN, {"now": datetime.now(UTC)})).fetchone()
                if row is None:
                    return False
                report, failure = await self._verified()
                ended = {"id": row.id, "now": datetime.now(UTC), "report": report, "failure": failure}
                await connection.execute(END, ended)
            finally:
                await connection.execute(UNLOCK)
        if report is None:
            log.error("journal.broken", outcome="not-verified")
        else:
            log.info("journal.verified")
        return True

    async def _verified(self) -> tuple[str | None, str | None]:
        """The report in JSON, or why there is none."""
        environment = os.environ | {
            "LOUKE_DATABASE_URL": self._pool.conninfo,
            "LOUKE_DATA_DIR": str(self._data_dir.resolve()),
        }
        command = (sys.executable, "-m", "verification.verification")
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(*command, cwd=_ROOT, env=environment, stdout=pipe, stderr=pipe)
        try:
            told, complained = await process.communicate()
        except asyncio.CancelledError:
            process.kill()
            await process.wait()
            raise
        if process.returncode:
            return None, complained.decode(errors="replace").strip().rpartition("\n")[2][:200] or "核对进程没有说明原因"
        return told.decode(), None
