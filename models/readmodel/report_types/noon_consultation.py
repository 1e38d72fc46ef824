"""The noon consultation (午会商): what of the morning nobody has decided on yet, and what has waited for a signature."""

from datetime import time

from models.readmodel import report_sections as sections
from models.readmodel.report_sections import Asked
from models.readmodel.report_types import report
from models.reports import ReportSection, Times


@report("noon-consultation", "午会商", Times(time(11, 50)))
async def noon_consultation(asked: Asked) -> list[ReportSection]:
    """Alerts and incidents that nobody has decided on, and requests that wait."""
    return [
        await sections.build_alerts_section(asked),
        await sections.build_unfinished_section(asked),
        await sections.build_sensitive_section(asked),
        await sections.build_waiting_section(asked),
    ]
