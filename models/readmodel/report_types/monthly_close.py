"""The monthly close (月结): the sheets of assessment of the month that ended, as they were then; what is entered later changes none."""

from datetime import time

from models.readmodel import assessment_sections as sections
from models.readmodel import report_sections
from models.readmodel.letter_sections import build_letters_section
from models.readmodel.report_sections import Asked
from models.readmodel.report_types import report
from models.reports import ReportSection, Times

MONTHLY_CLOSE = "monthly-close"


@report(MONTHLY_CLOSE, "月结", Times(time(2), day=1), circulates=True)
async def monthly_close(asked: Asked) -> list[ReportSection]:
    """The results, every indicator, what lost points, which problems there were, and what was told late of months before."""
    sheets = await sections.list_sheets(asked)
    return [
        sections.build_results_section(sheets),
        sections.build_indicators_section(sheets),
        await sections.build_lost_points_section(asked),
        await sections.build_problems_section(asked),
        await report_sections.build_stock_section(asked),
        await build_letters_section(asked),
        await report_sections.open_orders(asked),
        await report_sections.build_sensitive_section(asked),
        await sections.build_late_entries_section(asked),
    ]
