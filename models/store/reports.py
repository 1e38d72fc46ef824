"""What keeps reports (报告): a report is written once, and its digest stands in the bureau's chain."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from law.calendar import SHANGHAI
from law.offices import Office
from models.administration import UnitKind
from models.journal import BUREAU, format_canonical, hash_sm3
from models.problems import StepNotOpen
from models.readmodel.reports import LATE, Kept
from models.reports import LATE_AFTER, Due, ReportContent
from models.store.administrative_change import Change
from models.store.api_writes import append
from models.store.connection import Connection, Query, fetch_all, fetch_first, fetch_one

MAKE_REPORT = "make-report"
"""The step of the entry that is written when a report is made."""
CORRECT_REPORT = "correct-report"
"""The step of the entry by which a report has a corrected edition beside it."""
SET_REPORT = "set-report"
"""The step of the entry that is written when the PDF of a report is kept."""
CORRECTS = (Office.CASE_MANAGEMENT_OFFICER, Office.LEGAL_REVIEWER, Office.SUPERVISOR)
"""Who has a report of a unit that they serve corrected."""

# What circulates is numbered by its unit and year, one after the other.
_ALONE = "SELECT pg_advisory_xact_lock(hashtext('numbering reports'))"
_LAST_NUMBER = Query[int]("""
SELECT coalesce(max(substring(number FROM '〕(\\d+)号')::int), 0) FROM report WHERE unit_id = %(unit)s AND starts_with(number, %(year)s)
""")
KEEP = Query[int]("""
INSERT INTO report (type, unit_id, period, due_at, made_at, content, sm3, edition, reason, number)
VALUES (%(type)s, %(unit)s, %(period)s, %(due_at)s, %(made_at)s, %(content)s, %(sm3)s, %(edition)s, %(reason)s, %(number)s)
ON CONFLICT (type, unit_id, period, edition) DO NOTHING RETURNING id
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


async def notify_readers(
    connection: Connection, report: int, content: ReportContent, now: datetime, *, of_bureau: bool, corrected: bool = False
) -> None:
    """Let whoever a report is for know that it lies ready, and that it is late where it is."""
    late = now - content.until
    made = "已有更正版" if corrected else "已制作"
    words = f"{content.unit_zh}{content.zh}（{content.until.astimezone(SHANGHAI):%m月%d日}）{made}，请查阅"
    words += f"；迟制{int(late / timedelta(minutes=1))}分钟" if late > LATE_AFTER and not corrected else ""
    told = {"head": HEADS[of_bureau], "told": list(TOLD[of_bureau])}
    await connection.execute(
        LIES_READY, {"type": content.type, "id": report, "unit": content.unit, "words": words, "now": now, **told}
    )


async def note_read(connection: Connection, report: int, offices: Sequence[str]) -> None:
    """Note that somebody who holds these offices has read a report: who had it to read has read it."""
    await fetch_all(connection, READ, {"id": report, "offices": list(offices)})


async def keep(connection: Connection, content: ReportContent, due: Due, *, of_bureau: bool, circulates: bool) -> bool:
    """Keep a report, journal its digest and tell of it; False where that of its period is there already, which then stays."""
    names = _build_names(content, due.period)
    now = content.as_of
    async with connection.transaction():
        if circulates:
            names |= {"number": await _take_number(connection, content.unit, due)}
        kept = await fetch_first(
            connection, KEEP, {"edition": 1, "reason": "", "number": "", **names} | _build_row(content, due.at)
        )
        if kept is None:
            return False
        await notify_readers(connection, kept, content, now, of_bureau=of_bureau)
        key = f"report/{content.type}/{content.unit}/{due.period}"
        await append(connection, BUREAU, "report", MAKE_REPORT, None, {"key": key, **names}, now)
    return True


async def correct(change: Change, report: Kept, content: ReportContent, edition: int, reason: str) -> None:
    """Keep a corrected edition beside a report, which stays, and tell of it; StepNotOpen where somebody was faster."""
    names = _build_names(content, report.period) | {"edition": edition, "reason": reason, "number": report.number}
    kept = await fetch_first(change.connection, KEEP, names | _build_row(content, report.due_at))
    if kept is None:
        raise StepNotOpen("该报告刚刚已有更正版，请在最新一版上更正")
    of_bureau = change.tree[content.unit].kind is UnitKind.BUREAU
    await notify_readers(change.connection, kept, content, content.as_of, of_bureau=of_bureau, corrected=True)
    office = next(each.office for each in change.author.offices if each.office in CORRECTS and content.unit in each.own)
    await change.journal_change(CORRECT_REPORT, {**names, "sm3_before": report.sm3}, Office(office))


class UnsetReport(NamedTuple):
    """A report that has no PDF yet, with what is printed at its head."""

    id: int
    type: str
    unit_id: str
    period: str
    content: str
    sm3: str
    number: str
    edition: int
    reason: str
    late_minutes: int


UNSET_REPORTS = Query[UnsetReport](f"""
SELECT r.id, r.type, r.unit_id, r.period, r.content, r.sm3, r.number, r.edition, r.reason, {LATE} AS late_minutes FROM report r
WHERE NOT EXISTS (SELECT FROM report_paper p WHERE p.report = r.id) AND r.id <> ALL(%(unsettable)s) ORDER BY r.id DESC LIMIT %(most)s
""")
KEEP_PAPER = Query[int]("""
INSERT INTO report_paper (report, sm3, size, made_at) VALUES (%(report)s, %(sm3)s, %(size)s, %(now)s) ON CONFLICT (report) DO NOTHING RETURNING report
""")


async def keep_paper(connection: Connection, report: UnsetReport, sm3: str, size: int) -> bool:
    """Keep the digest of the PDF of a report, and journal it; False where it has one already, which then stays."""
    now, file = datetime.now(UTC), {"sm3": sm3, "size": size}
    said = {"type": report.type, "unit": report.unit_id, "period": report.period, "edition": report.edition, "report": report.sm3}
    async with connection.transaction():
        if await fetch_first(connection, KEEP_PAPER, {"report": report.id, "now": now, **file}) is None:
            return False
        await append(connection, BUREAU, "document", SET_REPORT, None, said | file, now)
    return True


def _build_names(content: ReportContent, period: str) -> dict[str, Any]:
    """What the journal keeps of a report: which it is, and its digest."""
    digest = hash_sm3(format_canonical(content).encode()).hex()
    return {"type": content.type, "unit": content.unit, "period": period, "sm3": digest}


def _build_row(content: ReportContent, due_at: datetime) -> dict[str, Any]:
    return {"due_at": due_at, "made_at": content.as_of, "content": format_canonical(content)}


async def _take_number(connection: Connection, unit: str, due: Due) -> str:
    """The next number of what the unit circulates in the year in which it is due."""
    year = f"通报〔{due.at.astimezone(SHANGHAI):%Y}〕"
    await connection.execute(_ALONE)
    last = await fetch_one(connection, _LAST_NUMBER, {"unit": unit, "year": year})
    return f"{year}{last + 1}号"
