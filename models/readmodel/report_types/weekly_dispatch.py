"""The weekly dispatch (周调度): what the centre asks of units on Friday, before the week ends."""

from datetime import time, timedelta

from models.readmodel import report_sections as sections
from models.readmodel.report_sections import Asked
from models.readmodel.report_types import report
from models.reports import ReportSection, Times

_FRIDAY = 4


@report("weekly-dispatch", "周调度", Times(time(14), weekday=_FRIDAY))
async def weekly_dispatch(asked: Asked) -> list[ReportSection]:
    """Orders and supervisions that are open, cases that stand still, what has run out and what will before Monday's meeting."""
    return [
        await sections.open_orders(asked),
        await sections.build_supervisions_section(asked),
        await sections.build_sensitive_section(asked),
        await sections.build_stalled_section(asked),
        await sections.build_overdue_section(asked),
        await sections.build_due_section(asked, timedelta(days=3)),
    ]
