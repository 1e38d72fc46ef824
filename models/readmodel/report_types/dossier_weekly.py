"""The weekly report on dossiers (电子卷宗一周一专报): the week's scanning day by day, by place and by paper, what was replaced, and what to compare."""

from datetime import time

from models.readmodel import dossier_sections as sections
from models.readmodel.report_sections import Asked
from models.readmodel.report_types import report
from models.reports import ReportSection, Times


@report("dossier-weekly", "电子卷宗专报", Times(time(16), weekday=4))
async def dossier_weekly(asked: Asked) -> list[ReportSection]:
    """The trend, where it is late, whose declarations did not hold, and which scans somebody holds against their papers."""
    return [
        await sections.build_units_section(asked),
        await sections.build_days_section(asked),
        await sections.build_places_section(asked),
        await sections.build_titles_section(asked),
        await sections.build_overturned_section(asked),
        await sections.build_spot_check_section(asked),
    ]
