"""What keeps reports (报告): a report is written once, and its digest stands in the bureau's chain."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from law.calendar import SHANGHAI
from law.offices import Office
from models.journal import BUREAU, format_canonical, hash_sm3
from models.reports import LATE_AFTER, Due, ReportContent
from models.store.api_writes import append
from models.store.connection import Connection, Query, fetch_all, fetch_first

MAKE_REPORT = "make-report"
"""The step of the entry that is written when a report is made."""

KEEP = Query[int]("""
INSERT INTO report (type, unit_id, period, due_at, made_at, content, sm3)
VALUES (%(type)s, %(unit)s, %(period)s, %(due_at)s, %(made_at)s, %(content)s, %(sm3)s)
ON CONFLICT (type, unit_id, period) DO NOTHING RETURNING id
""")


# Whoever heads a unit reads its report, and has the last of each type to read; whoever sees to its cases hears of it, as those above do of the
# bureau's. The step of the task is the number of the report.
HEADS = {True: Office.COUNTY_HEAD, False: Office.STATION_HEAD}
TOLD = {
    True: (Office.COUNTY_HEAD, Office.LEGAL_REVIEWER, Office.SUPERVISOR),
    False: (Office.STATION_HEAD, Office.CASE_MANAGEMENT_OFFICER),
}
LIES_READY = """
WITH before AS (
    UPDATE task SET done_at = %(now)s FROM report r
    WHERE task.sort = 'report' AND task.done_at IS NULL AND task.unit_id = %(unit)s AND r.id::text = task.step AND r.type = %(type)s
), tasked AS (
    INSERT INTO task (matter, key, sort, words, unit_id, office, step, mandatory, opened_at)
    VALUES ('', 'report/' || %(id)s::text, 'report', %(words)s, %(unit)s, %(head)s, %(id)s::text, false, %(now)s) ON CONFLICT (key) DO NOTHING
)
INSERT INTO notice (matter, clock_id, colour, unit_id, office, username, words, sent_at, type)
SELECT '', '', 'none', %(unit)s, office, '', %(words)s, %(now)s, 'message' FROM unnest(%(told)s::text[]) office
"""
READ = Query[int](
    "UPDATE task SET done_at = now() WHERE sort = 'report' AND done_at IS NULL AND step = %(id)s::text AND office = ANY(%(offices)s) RETURNING id"
)


async def notify_readers(connection: Connection, report: int, content: ReportContent, now: datetime, *, of_bureau: bool) -> None:
    """Let whoever a report is for know that it lies ready, and that it is late where it is."""
    late = now - content.until
    words = f"{content.unit_zh}{content.zh}（{content.until.astimezone(SHANGHAI):%m月%d日}）已制作，请查阅"
    words += f"；迟制{int(late / timedelta(minutes=1))}分钟" if late > LATE_AFTER else ""
    told = {"head": HEADS[of_bureau], "told": list(TOLD[of_bureau])}
    await connection.execute(
        LIES_READY, {"type": content.type, "id": report, "unit": content.unit, "words": words, "now": now, **told}
    )


async def note_read(connection: Connection, report: int, offices: Sequence[str]) -> None:
    """Note that somebody who holds these offices has read a report: who had it to read has read it."""
    await fetch_all(connection, READ, {"id": report, "offices": list(offices)})


async def keep(connection: Connection, content: ReportContent, due: Due, now: datetime, *, of_bureau: bool) -> bool:
    """Keep a report, journal its digest and tell of it; False where that of its period is there already, which then stays."""
    said = format_canonical(content)
    digest = hash_sm3(said.encode()).hex()
    names = {"type": content.type, "unit": content.unit, "period": due.period, "sm3": digest}
    arguments = names | {"due_at": due.at, "made_at": now, "content": said}
    async with connection.transaction():
        kept = await fetch_first(connection, KEEP, arguments)
        if kept is None:
            return False
        await notify_readers(connection, kept, content, now, of_bureau=of_bureau)
        key = f"report/{content.type}/{content.unit}/{due.period}"
        await append(connection, BUREAU, "report", MAKE_REPORT, None, {"key": key, **names}, now)
    return True
