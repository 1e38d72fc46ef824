"""The monthly comment (月点评): what is said of the month that ended, unit by unit, with the good and the bad file, and what all are to learn."""

from datetime import time

from models.readmodel import assessment_sections
from models.readmodel import comment_sections as sections
from models.readmodel.report_sections import Asked
from models.readmodel.report_types import report
from models.reports import ReportSection, Times

# The assessments are to be published by the end of the third working day at the latest.
_THIRD = 3


@report("monthly-comment", "月点评", Times(time(17), working_day=_THIRD), circulates=True)
async def monthly_comment(asked: Asked) -> list[ReportSection]:
    """Comments by name, results, decisions on objections, the best and the worst files, those that failed, and faults in common."""
    months, files = await sections.list_unit_months(asked), await sections.list_reviewed_files(asked)
    return [
        sections.build_comments_section(asked, months),
        await sections.build_closed_results_section(asked),
        sections.build_decisions_section(asked, months),
        sections.build_best_and_worst_section(asked, files),
        sections.build_failed_files_section(asked, files),
        sections.build_lost_items_section(asked, files),
        await assessment_sections.build_common_problems_section(asked),
    ]
