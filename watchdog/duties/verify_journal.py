"""Verifying the journal (核对) where somebody has asked for it, in a process of its own."""

import asyncio
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from models.store.connection import Query, fetch_first, fetch_one
from models.store.verifications import BEGIN, END
from runtime.logging import log
from watchdog.duty import Duty

# Held while one is carried out: what a watchdog that died left unfinished, the next begins anew.
LOCK = Query[bool]("SELECT pg_try_advisory_lock(hashtext('verification')) AS mine")
UNLOCK = "SELECT pg_advisory_unlock(hashtext('verification'))"

_ROOT = Path(__file__).parents[2]


class VerifyJournal(Duty[bool]):
    """Carry out one verification that was asked for; returns whether there was one."""

    name = "verify-journal"
    # Somebody has just pressed a button, and looks.
    every = timedelta(seconds=1)

    async def do(self) -> bool:
        """Verify, which may take minutes, in a process of its own."""
        async with self.tools.pool.connection() as connection:
            if not await fetch_one(connection, LOCK):
                return False
            try:
                id_ = await fetch_first(connection, BEGIN, {"now": datetime.now(UTC)})
                if id_ is None:
                    return False
                report, failure = await self._verify()
                ended = {"id": id_, "now": datetime.now(UTC), "report": report, "failure": failure}
                await connection.execute(END, ended)
            finally:
                await connection.execute(UNLOCK)
        if report is None:
            log.error("journal.broken", outcome="not-verified")
        else:
            log.info("journal.verified")
        return True

    async def _verify(self) -> tuple[str | None, str | None]:
        """The report in JSON, or why there is none."""
        environment = os.environ | {
            "LOUKE_DATABASE_URL": self.tools.pool.conninfo,
            "LOUKE_DATA_DIR": str(self.tools.data_dir.resolve()),
        }
        command = (sys.executable, "-m", "verification.verification")
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(*command, cwd=_ROOT, env=environment, stdout=pipe, stderr=pipe)
        try:
            report, complaint = await process.communicate()
        except asyncio.CancelledError:
            process.kill()
            await process.wait()
            raise
        if process.returncode:
            return None, complaint.decode(errors="replace").strip().rpartition("\n")[2][:200] or "核对进程没有说明原因"
        return report.decode(), None
