"""Messages that wait for one that never comes (来文等待): after a while a person hears of it, once, and it is in the journal."""

from datetime import UTC, datetime, timedelta
from typing import Any

from models import attempts
from models.inbound import waiting_task
from models.outside import machine
from runtime.database import Pool
from runtime.logging import log

# Looked through in one round; the oldest first, and what has a task no more.
_MOST = 100
# Whose matter it is, where we have one of that number; a message about none is refused whenever it is acted on.
OVERDUE = """
SELECT i.system, i.message_id, i.after, i.received_at, m.number, m.unit_id, p.zh
FROM inbound i JOIN matter m ON m.number = i.body::jsonb #>> '{data,matter}' LEFT JOIN person p ON p.username = 'system:' || i.system
WHERE i.status IS NULL AND i.after IS NOT NULL AND i.received_at < %(since)s
    AND NOT EXISTS (SELECT FROM inbound earlier WHERE (earlier.system, earlier.message_id) = (i.system, i.after) AND earlier.status IS NOT NULL)
    AND NOT EXISTS (SELECT FROM task WHERE key = 'inbound/' || i.system || '/' || i.message_id)
ORDER BY i.received_at LIMIT %(most)s
"""
# Of those who manage the cases, who ask the other side and may have it acted on as it is.
TASK = """
INSERT INTO task (matter, key, sort, words, unit_id, office, step, mandatory, opened_at)
VALUES (%(matter)s, %(key)s, 'held', %(words)s, %(unit)s, 'case-management-officer', '', false, %(now)s)
ON CONFLICT (key) DO NOTHING RETURNING id
"""


async def tell_who_waits(pool: Pool, patience: timedelta) -> int:
    """Open a task over each message that has waited longer than that for the one before it; how many were opened."""
    now, opened = datetime.now(UTC), 0
    connection: Any
    async with pool.connection() as connection:
        rows = await (await connection.execute(OVERDUE, {"since": now - patience, "most": _MOST})).fetchall()
        for row in rows:
            async with connection.transaction():
                opened += await _told(connection, row, now)
    return opened


async def _told(connection: Any, row: Any, now: datetime) -> bool:
    words = f"{row.zh or row.system}的报文{row.message_id}一直等待前一报文{row.after}，尚未办理：请与对方核实，或者直接办理"
    task = {
        "matter": row.number,
        "key": waiting_task(row.system, row.message_id),
        "words": words,
        "unit": row.unit_id,
        "now": now,
    }
    if not await (await connection.execute(TASK, task)).fetchone():
        return False  # another watchdog was first
    said = {"system": machine(row.system), "message": row.message_id, "after": row.after, "received": row.received_at}
    await attempts.append(connection, row.number, "inbound", "await-message", None, said, now)
    log.warning("task.opened", matter=row.number, system=row.system, outcome="held")
    return True
