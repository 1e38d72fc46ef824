"""What keeps reports (报告): a report is written once, and its digest stands in the bureau's chain."""

from datetime import datetime

from models.journal import BUREAU, format_canonical, hash_sm3
from models.reports import Due, ReportContent
from models.store.api_writes import append
from models.store.connection import Connection, Query, fetch_first

MAKE_REPORT = "make-report"
"""The step of the entry that is written when a report is made."""

KEEP = Query[int]("""
INSERT INTO report (type, unit_id, period, due_at, made_at, content, sm3)
VALUES (%(type)s, %(unit)s, %(period)s, %(due_at)s, %(made_at)s, %(content)s, %(sm3)s)
ON CONFLICT (type, unit_id, period) DO NOTHING RETURNING id
""")


async def keep(connection: Connection, content: ReportContent, due: Due, now: datetime) -> bool:
    """Keep a report and journal its digest; False where that of its period is there already, which then stays."""
    said = format_canonical(content)
    digest = hash_sm3(said.encode()).hex()
    names = {"type": content.type, "unit": content.unit, "period": due.period, "sm3": digest}
    arguments = names | {"due_at": due.at, "made_at": now, "content": said}
    async with connection.transaction():
        if await fetch_first(connection, KEEP, arguments) is None:
            return False
        key = f"report/{content.type}/{content.unit}/{due.period}"
        await append(connection, BUREAU, "report", MAKE_REPORT, None, {"key": key, **names}, now)
    return True
