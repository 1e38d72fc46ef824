"""Drafting assessments (月度考评): each unit's month is put to assessment once its monthly close was made."""

from datetime import datetime, timedelta

from law.calendar import SHANGHAI
from models.administration import HANDLING
from models.assessment.closed import compute_outcome, read_closed_month
from models.forms.assessment import DraftAssessment
from models.matter import Kind
from models.reports import ReportContent
from models.store.assessment_months import LET_BE, NUMBER_MONTHS, OWED_MONTHS, MonthDue
from models.store.connection import Connection, fetch_all
from watchdog.drafting import DraftingDuty, build_beginning, draft_matter

_BATCH = 200


class DraftAssessments(DraftingDuty[MonthDue]):
    """Start the workflow of one assessment for each month that was closed; returns how many were begun."""

    name = "draft-assessments"
    # Whoever publishes them has two working days.
    every = timedelta(minutes=5)

    async def list_due(self, connection: Connection, now: datetime) -> list[MonthDue]:
        """The months that were closed lately."""
        beginning = build_beginning(Kind.ASSESSMENT, now)
        await fetch_all(connection, NUMBER_MONTHS, {"beginning": beginning, "handling": sorted(HANDLING), "now": now})
        return await fetch_all(connection, OWED_MONTHS, {"most": _BATCH})

    async def draft(self, due: MonthDue) -> bool:
        """Put a month to assessment; one in which nothing is to be scored is let be."""
        report = ReportContent.model_validate_json(due.content)
        outcome = compute_outcome(read_closed_month(report, due.unit_zh), ())
        if outcome is None:
            async with self.tools.pool.connection() as connection:
                await connection.execute(LET_BE, {"report": due.report})
            return False
        month = f"{report.since.astimezone(SHANGHAI):%Y-%m}"
        form = DraftAssessment(at=None, unit=due.unit_id, month=month, report=due.report, sm3=due.sm3, result=str(outcome))
        await draft_matter(self.tools, Kind.ASSESSMENT, due.number, due.unit_id, form)
        return True
