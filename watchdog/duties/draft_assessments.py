"""Drafting assessments (月度考评): each unit's month is put to assessment once its monthly close was made."""

from datetime import datetime, timedelta

from law.calendar import SHANGHAI
from models.administration import HANDLING
from models.assessment.closed import compute_outcome, read_closed_month
from models.forms.assessment import DraftAssessment
from models.matter import Kind, build_number_prefix
from models.reports import ReportContent
from models.store.assessment_months import LET_BE, NUMBER_MONTHS, OWED_MONTHS, MonthDue
from models.store.connection import fetch_all
from watchdog.drafting import draft_matter
from watchdog.duty import BOTH_ENGINES, Duty

_BATCH = 200


class DraftAssessments(Duty[int]):
    """Start the workflow of one assessment for each month that was closed; returns how many were begun."""

    name = "draft-assessments"
    # Whoever publishes them has two working days.
    every = timedelta(minutes=5)
    needs = BOTH_ENGINES

    async def do(self, now: datetime | None = None) -> int:
        """Draft what is due, at that instant or now by the database's clock."""
        async with self.tools.pool.connection() as connection:
            now = now or await self.tools.timekeeper.read_now(connection)
            if now is None:
                return 0
            beginning = build_number_prefix(Kind.ASSESSMENT, now.astimezone(SHANGHAI).year)
            await fetch_all(connection, NUMBER_MONTHS, {"beginning": beginning, "handling": sorted(HANDLING), "now": now})
            rows = await fetch_all(connection, OWED_MONTHS, {"most": _BATCH})
        return sum([await self._draft(row) for row in rows])

    async def _draft(self, row: MonthDue) -> bool:
        report = ReportContent.model_validate_json(row.content)
        outcome = compute_outcome(read_closed_month(report, row.unit_zh), ())
        if outcome is None:
            async with self.tools.pool.connection() as connection:
                await connection.execute(LET_BE, {"report": row.report})
            return False
        month = f"{report.since.astimezone(SHANGHAI):%Y-%m}"
        form = DraftAssessment(at=None, unit=row.unit_id, month=month, report=row.report, sm3=row.sm3, result=str(outcome))
        await draft_matter(self.tools, Kind.ASSESSMENT, row.number, row.unit_id, form)
        return True
