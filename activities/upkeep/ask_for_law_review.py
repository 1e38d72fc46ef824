"""The quarterly look at the law (法律核对): a task for the legal reviewer until the house has been told until when the law was checked."""

from datetime import date, datetime, timedelta

from activities.upkeep import upkeep
from law.calendar import SHANGHAI
from law.freshness import CHECKED_UNTIL, get_quarter_start
from law.offices import Office
from models.store.connection import fetch_first
from models.store.tasks import CLOSE_LAW_REVIEWS, OPEN_LAW_REVIEW
from runtime.database import Pool


@upkeep("ask-for-law-review", every=timedelta(hours=1))
async def ask_for_law_review(pool: Pool) -> int:
    """Ask the legal reviewer once in each quarter whether the law has changed; how many tasks were opened."""
    return int(await ask_for_review(pool))


async def ask_for_review(pool: Pool, now: datetime | None = None, checked: date = CHECKED_UNTIL) -> bool:
    """Open the task of this quarter where the law was last checked before it, close those that are done; whether one was opened."""
    now = now or datetime.now(SHANGHAI)
    quarter = get_quarter_start(now.astimezone(SHANGHAI).date())
    due = checked < quarter
    words = (
        f"法律核对至{checked:%Y-%m-%d}：请核对此后公布的法律、法规、规章、解释和放假安排，"
        "把影响期限的改动交系统管理员录入，并更新核对日期"
    )
    key = f"law/{quarter.year}Q{(quarter.month + 2) // 3}" if due else ""
    arguments = {"key": key, "words": words, "office": Office.LEGAL_REVIEWER, "now": now}
    async with pool.connection() as connection:
        await connection.execute(CLOSE_LAW_REVIEWS, arguments)
        return due and bool(await fetch_first(connection, OPEN_LAW_REVIEW, arguments))
