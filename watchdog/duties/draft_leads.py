"""Drafting leads (责任线索): what happened in orders and supervisions is put before whoever decides whether somebody has to answer for it."""

from datetime import datetime, timedelta

from temporalio.exceptions import WorkflowAlreadyStartedError

from law.calendar import SHANGHAI
from models.forms.accountability import DraftLead
from models.matter import TASK_TIMEOUT, Kind, build_number_prefix, build_workflow_id
from models.messages import Opening, Submission
from models.problem_categories import get_categories
from models.proofs import add_proof
from models.store.connection import fetch_all, fetch_one
from models.store.leads import FIND_LEADS, OWED_LEADS, LeadDue
from runtime.foreign_workflows import end_foreign_workflow, find_foreign_workflow
from runtime.temporal import note_reachability
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
        values = form.model_dump(mode="json", exclude_defaults=True)
        submission = Submission(key=f"{row.number}/draft", body_hash="", step=form.rule.step, form=values, actor=None)
        said_by_us = add_proof(submission, row.number, self.tools.speaker)
        opening = Opening(number=row.number, unit=row.decided_in, submission=said_by_us)
        id_ = build_workflow_id(Kind.ACCOUNTABILITY, row.number)
        client, queue = self.tools.client, self.tools.task_queue
        with note_reachability():
            try:
                await client.start_workflow(Kind.ACCOUNTABILITY.value, opening, id=id_, task_queue=queue, task_timeout=TASK_TIMEOUT)
            except WorkflowAlreadyStartedError:  # begun in an earlier round, and not recorded yet; or else the next round begins it
                if found := await find_foreign_workflow(client, queue, id_):
                    await end_foreign_workflow(client, found)
