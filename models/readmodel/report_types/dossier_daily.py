"""The daily report on dossiers (电子卷宗一日一报): what was scanned within its day, what is not, and what cannot be sent for it."""

from datetime import time

from models.readmodel import dossier_sections as sections
from models.readmodel.report_sections import Asked
from models.readmodel.report_types import report
from models.reports import ReportSection, Times


@report("dossier-daily", "电子卷宗日报", Times(time(17, 30)))
async def dossier_daily(asked: Asked) -> list[ReportSection]:
    """How far each unit scans, the papers that have waited longest, and the transfers that a missing paper blocks."""
    return [
        await sections.build_units_section(asked),
        await sections.build_oldest_absent_section(asked),
        await sections.build_blocked_section(asked),
    ]
