"""The morning handover (早交班): what a station or the bureau must know at eight."""

from datetime import time, timedelta

from models.readmodel import report_sections as sections
from models.readmodel.report_sections import Asked
from models.readmodel.report_types import report
from models.reports import ReportSection, Times


@report("morning-handover", "早交班", Times(time(7, 50)))
async def morning_handover(asked: Asked) -> list[ReportSection]:
    """The last day in figures, what is new, what ends today and has run out, what supervision awaits, and who is held."""
    return [
        await sections.build_figures_section(asked),
        await sections.build_calls_section(asked),
        await sections.build_due_section(asked, timedelta(hours=24)),
        await sections.build_overdue_section(asked),
        await sections.build_custody_section(asked),
        await sections.build_alerts_section(asked),
        await sections.open_orders(asked),
        await sections.build_supervisions_section(asked),
        await sections.build_sensitive_section(asked),
        await sections.build_opened_section(asked),
    ]
