"""The weekly report (周报): Monday to Sunday in figures and rates, the stock of cases, and what supervision has open."""

from datetime import time, timedelta

from models.readmodel import report_sections as sections
from models.readmodel.drive_sections import build_drives_section
from models.readmodel.letter_sections import build_letters_section
from models.readmodel.report_sections import Asked
from models.readmodel.report_types import report
from models.readmodel.search_sections import build_searches_section
from models.reports import ReportSection, Times


@report("weekly-report", "周报", Times(time(0), weekday=0), circulates=True)
async def weekly_report(asked: Asked) -> list[ReportSection]:
    """What the week was, and what falls due in the next."""
    return [
        await sections.build_figures_section(asked),
        await sections.build_calls_section(asked),
        await sections.build_rates_section(asked),
        await build_letters_section(asked),
        await sections.build_stock_section(asked),
        await sections.build_overdue_section(asked),
        await sections.build_alerts_section(asked),
        await sections.open_orders(asked),
        await sections.build_supervisions_section(asked),
        await build_drives_section(asked),
        await build_searches_section(asked),
        await sections.build_sensitive_section(asked),
        await sections.build_due_section(asked, timedelta(days=7)),
    ]
