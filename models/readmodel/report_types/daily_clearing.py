"""The daily clearing (日清): which of the day's incidents are not done with, and what still lies open at its end."""

from datetime import time, timedelta

from models.readmodel import report_sections as sections
from models.readmodel.letter_sections import build_letters_section
from models.readmodel.report_sections import Asked
from models.readmodel.report_types import report
from models.reports import ReportSection, Times


@report("daily-clearing", "日清", Times(time(23, 55)))
async def daily_clearing(asked: Asked) -> list[ReportSection]:
    """What is not cleared (警情不清零不交班), and what the night must not let pass."""
    return [
        await sections.build_figures_section(asked),
        await sections.build_unfinished_section(asked),
        await build_letters_section(asked),
        await sections.build_alerts_section(asked),
        await sections.build_sensitive_section(asked),
        await sections.build_overdue_section(asked),
        await sections.build_due_section(asked, timedelta(hours=12)),
    ]
