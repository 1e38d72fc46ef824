"""The quarterly look at the law (法律核对): a task for the legal reviewer until the house has been told until when the law was checked."""

from datetime import date, datetime
from typing import Any

from law.calendar import SHANGHAI
from law.freshness import CHECKED_UNTIL, quarter_of
from law.offices import Office
from runtime.database import Pool

# The topmost unit in which anybody holds the office; of several the first.
_REVIEWERS = """SELECT u.id FROM unit u JOIN holding h ON h.unit_id = u.id AND h.office = %(office)s
    ORDER BY length(u.path), u.path LIMIT 1"""
OPEN = f"""
INSERT INTO task (matter, key, sort, words, unit_id, office, step, mandatory, opened_at)
SELECT '', %(key)s, 'law', %(words)s, unit.id, %(office)s, '', false, %(now)s FROM ({_REVIEWERS}) unit
ON CONFLICT (key) DO NOTHING RETURNING id
"""
# Whoever enters what was found sets the day forward, and the task is done; one of an earlier quarter gives way to the next.
DONE = "UPDATE task SET done_at = %(now)s WHERE sort = 'law' AND done_at IS NULL AND key <> %(key)s"


async def ask_for_review(pool: Pool, now: datetime | None = None, checked: date = CHECKED_UNTIL) -> bool:
    """Open the task of this quarter where the law was last checked before it, close those that are done; whether one was opened."""
    now = now or datetime.now(SHANGHAI)
    quarter = quarter_of(now.astimezone(SHANGHAI).date())
    due = checked < quarter
    words = (
        f"法律核对至{checked:%Y-%m-%d}：请核对此后公布的法律、法规、规章、解释和放假安排，"
        "把影响期限的改动交系统管理员录入，并更新核对日期"
    )
    key = f"law/{quarter.year}Q{(quarter.month + 2) // 3}" if due else ""
    arguments = {"key": key, "words": words, "office": Office.LEGAL_REVIEWER, "now": now}
    connection: Any
    async with pool.connection() as connection:
        await connection.execute(DONE, arguments)
        return due and bool(await (await connection.execute(OPEN, arguments)).fetchone())
