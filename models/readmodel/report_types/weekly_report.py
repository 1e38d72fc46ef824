"""The weekly report (周报): Monday to Sunday in figures and rates, the stock of cases, and what supervision has open."""

from datetime import time, timedelta

from models.readmodel import report_sections as sections
from models.readmodel.report_sections import Asked
from models.readmodel.report_types import report
from models.reports import ReportSection, Times


@report("weekly-report", "周报", Times(time(0), weekday=0))
async def weekly_report(asked: Asked) -> list[ReportSection]:
    """What the week was, and what falls due in the next."""
    return [
        await sections.figures(asked),
        await sections.calls(asked),
        await sections.rates(asked),
        await sections.stock(asked),
        await sections.overdue(asked),
        await sections.alerts(asked),
        await sections.open_orders(asked),
        await sections.supervisions(asked),
        await sections.due_soon(asked, timedelta(days=7)),
    ]
