"""Messages that wait for a predecessor that does not come (来文等待): after a while a person gets a task, once, and it is journaled."""

from datetime import datetime, timedelta
from typing import NamedTuple

from law.offices import Office
from models.access.sealing import build_failure_office_sql
from models.journal import BUREAU
from models.outside import build_machine_name
from models.store import api_writes
from models.store.connection import Connection, Query, fetch_all, fetch_first
from models.store.inbound import CONCERNED, WAITING_TASK, build_waiting_task_key
from models.store.tasks import OPEN_STALLED_MESSAGE
from runtime.database import Pool
from runtime.database_time import read
from runtime.logging import log
from runtime.settings import get_settings
from watchdog.duty import Duty

# Looked through in one round; the oldest first, and what has a task no more.
_MOST = 100


class _Stalled(NamedTuple):
    """A message that waits for the one `after` which it was sent; `number` empty: about no matter that we know."""

    system: str
    message_id: str
    after: str
    received_at: datetime
    number: str
    unit_id: str
    office: str | None
    zh: str | None


OVERDUE = Query[_Stalled](f"""
SELECT i.system, i.message_id, i.after, i.received_at, coalesce(m.number, '') AS number,
    {CONCERNED.format(system="i.system")} AS unit_id, {build_failure_office_sql("m.number")} AS office, p.zh
FROM inbound i LEFT JOIN matter m ON m.number = i.body::jsonb #>> '{{data,matter}}'
    LEFT JOIN person p ON p.username = 'system:' || i.system
WHERE i.status IS NULL AND i.after IS NOT NULL AND i.received_at < %(since)s
    AND NOT EXISTS (SELECT FROM inbound earlier WHERE (earlier.system, earlier.message_id) = (i.system, i.after) AND earlier.status IS NOT NULL)
    AND NOT EXISTS (SELECT FROM task WHERE key = {WAITING_TASK})
ORDER BY i.received_at LIMIT %(most)s
""")


class ReportStalledMessages(Duty[int]):
    """Open a task over each message from outside that has waited too long for the one before it; returns how many were opened."""

    name = "report-stalled-messages"
    # They have waited for hours.
    every = timedelta(minutes=1)

    async def do(self) -> int:
        """Look through the oldest."""
        return await report_stalled(self.tools.pool, timedelta(hours=get_settings().inbound_patience_hours))


async def report_stalled(pool: Pool, patience: timedelta) -> int:
    """Open a task over each message that has waited longer than that for the one before it; how many were opened."""
    opened = 0
    async with pool.connection() as connection:
        now = (await read(connection)).now
        rows = await fetch_all(connection, OVERDUE, {"since": now - patience, "most": _MOST})
        for row in rows:
            async with connection.transaction():
                opened += await _report(connection, row, now)
    return opened


async def _report(connection: Connection, row: _Stalled, now: datetime) -> bool:
    about = "" if row.number else "（所指事项本局查无）"
    words = f"{row.zh or row.system}的报文{row.message_id}{about}一直等待前一报文{row.after}，尚未办理：请与对方核实，或者直接办理"
    task = {
        "matter": row.number,
        "key": build_waiting_task_key(row.system, row.message_id),
        "words": words,
        "unit": row.unit_id,
        "office": row.office if row.number else Office.ADMINISTRATOR,
        "now": now,
    }
    if not await fetch_first(connection, OPEN_STALLED_MESSAGE, task):
        return False  # another watchdog was first
    content = {"system": build_machine_name(row.system), "message": row.message_id, "after": row.after, "received": row.received_at}
    await api_writes.append(connection, row.number or BUREAU, "inbound", "await-message", None, content, now)
    log.warning("task.opened", matter=row.number, system=row.system, outcome="held")
    return True
