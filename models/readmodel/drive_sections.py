"""The section of reports over drives (专项清查): how far each has come, what came of it, and what was done in its matters in the period."""

from models.forms.drive_item import RESULTS
from models.readmodel.drives import list_running
from models.readmodel.report_sections import Asked, build_column, build_section
from models.reports import ReportSection

_COLUMNS = [
    build_column("编号", 18),
    build_column("清查", 30),
    *(build_column(heading, 12) for heading in ("列入", "已反馈", "已核验", "本期反馈", "本期办案活动")),
    build_column("清查结果", 40),
]


async def build_drives_section(asked: Asked) -> ReportSection:
    """Drives that run, or ended in the period."""
    rows = await list_running(asked.connection, asked.scope, asked.since)
    counts = "正在进行、本期办结的清查：列入、反馈、核验的件数，经核验的结果，本期在列入事项中开展的办案活动"
    cells = [
        [
            *(each.number, each.topic, each.items, each.answered, each.verified, each.answered_lately, each.acts),
            "、".join(f"{RESULTS[result]}{n}件" for result, n in sorted(each.results.items())),
        ]
        for each in rows
    ]
    return build_section("drives", "专项清查", counts, _COLUMNS, [list(row) for row in cells])
