"""Drafting leads (责任线索): what happened in orders and supervisions is put before whoever decides whether somebody has to answer for it."""

from datetime import datetime, timedelta

from models.forms.accountability import DraftLead
from models.matter import Kind
from models.problem_categories import get_categories
from models.store.connection import Connection, fetch_all, fetch_one
from models.store.leads import FIND_LEADS, OWED_LEADS, LeadDue
from watchdog.drafting import DraftingDuty, build_beginning, draft_matter

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


class DraftLeads(DraftingDuty[LeadDue]):
    """Start the workflow of one lead for each that was found; returns how many were begun."""

    name = "draft-leads"
    # A lead waits three working days for whoever decides.
    every = timedelta(minutes=1)

    async def list_due(self, connection: Connection, now: datetime) -> list[LeadDue]:
        """What was found in orders and supervisions."""
        beginning = build_beginning(Kind.ACCOUNTABILITY, now)
        await fetch_one(connection, FIND_LEADS, {"now": now, "beginning": beginning, "referred": list(REFERRED)})
        return await fetch_all(connection, OWED_LEADS, {"most": _BATCH})

    async def draft(self, due: LeadDue) -> bool:
        """Put a lead before whoever decides."""
        way, words = _SAID[due.trigger]
        category = get_categories().get(due.category)
        form = DraftLead.model_validate(
            {
                "unit": due.unit_id,
                "way": way,
                "problem": words.format(sources="、".join(due.sources), category=category.zh if category else "未分类"),
                "category": due.category,
                "sources": due.sources,
                "trigger": due.trigger,
                "person": due.person,
                "decided_in": due.decided_in,
            }
        )
        await draft_matter(self.tools, Kind.ACCOUNTABILITY, due.number, due.decided_in, form)
        return True
