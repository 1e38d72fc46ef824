"""Drafting leads (责任线索): what happened in orders and supervisions is put before whoever decides whether somebody has to answer for it."""

from datetime import datetime, timedelta

from law.calendar import SHANGHAI
from models.forms.accountability import DraftLead
from models.matter import Kind, build_number_prefix
from models.problem_categories import get_categories
from models.store.connection import fetch_all, fetch_one
from models.store.leads import FIND_LEADS, OWED_LEADS, LeadDue
from watchdog.drafting import draft_matter
from watchdog.duty import BOTH_ENGINES, Duty

_BATCH = 200
REFERRED = ("304", "705", "802", "901")
"""Categories in which discipline or a crime may be at issue: whoever is competent has them within a day, whatever their grade."""
# What each comes to, and what it says.
_SAID = {
    "late-order": ("interview", "整改指令{sources}逾期严重，拟约谈单位负责人"),
    "again": ("talk", "同类问题“{category}”九十日以内已三次核实（{sources}），拟提醒谈话"),
    "empty-reports": ("interview", "督办{sources}连续两次报告没有有效进展，拟约谈单位负责人"),
    "graded": ("fault", "整改指令{sources}所涉问题“{category}”经核查定为过错"),
    "to-refer": ("referral", "整改指令{sources}所涉问题“{category}”可能涉及违纪违法，应当移送有权机关"),
    "shirking": ("fault", "管辖争议{sources}中经认定构成推诿"),
    "unrectifiable": ("fault", "红色整改指令{sources}已无法整改"),
}


class DraftLeads(Duty[int]):
    """Start the workflow of one lead for each that was found; returns how many were begun."""

    name = "draft-leads"
    # A lead waits three working days for whoever decides.
    every = timedelta(minutes=1)
    needs = BOTH_ENGINES

    async def do(self, now: datetime | None = None) -> int:
        """Draft what is due, at that instant or now by the database's clock."""
        async with self.tools.pool.connection() as connection:
            now = now or await self.tools.timekeeper.read_now(connection)
            if now is None:
                return 0
            beginning = build_number_prefix(Kind.ACCOUNTABILITY, now.astimezone(SHANGHAI).year)
            await fetch_one(connection, FIND_LEADS, {"now": now, "beginning": beginning, "referred": list(REFERRED)})
            rows = await fetch_all(connection, OWED_LEADS, {"most": _BATCH})
        for row in rows:
            await self._draft(row)
        return len(rows)

    async def _draft(self, row: LeadDue) -> None:
        way, words = _SAID[row.trigger]
        category = get_categories().get(row.category)
        form = DraftLead.model_validate(
            {
                "unit": row.unit_id,
                "way": way,
                "problem": words.format(sources="、".join(row.sources), category=category.zh if category else "未分类"),
                "category": row.category,
                "sources": row.sources,
                "trigger": row.trigger,
                "person": row.person,
                "decided_in": row.decided_in,
            }
        )
        await draft_matter(self.tools, Kind.ACCOUNTABILITY, row.number, row.decided_in, form)
