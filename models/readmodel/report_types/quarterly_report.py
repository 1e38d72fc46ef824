"""The quarterly report (季报): what a quarter was in figures and rates, and what supervision has open at its end."""

from datetime import time

from models.readmodel import report_sections as sections
from models.readmodel.report_sections import Asked
from models.readmodel.report_types import report
from models.reports import ReportSection, Times

_QUARTERS = (1, 4, 7, 10)


@report("quarterly-report", "季报", Times(time(6), day=5, months=_QUARTERS))
async def quarterly_report(asked: Asked) -> list[ReportSection]:
    """The quarter beside the one before, the stock of cases by age, and what is open."""
    return [
        await sections.build_figures_section(asked),
        await sections.build_calls_section(asked),
        await sections.build_rates_section(asked),
        await sections.build_stock_section(asked),
        await sections.build_stalled_section(asked),
        await sections.build_alerts_section(asked),
        await sections.open_orders(asked),
        await sections.build_supervisions_section(asked),
    ]
