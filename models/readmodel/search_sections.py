"""The section of reports over searches for people (失联人员查找): how those came out who were reported in the period, by unit, age and cause."""

from models.readmodel.board_searches import GROUPED_BY, group_searches, load_searches
from models.readmodel.report_sections import Asked, build_column, build_section
from models.reports import ReportSection

_COLUMNS = [
    build_column("分组", 12),
    build_column("名称", 26),
    *(build_column(heading, 12) for heading in ("失联报告", "已找到", "找到率（%）", "平均用时（分钟）")),
]
_COUNTS = "报告时间在本期的失联人员，截至本报告制作之时；从报告到找到计时，平均用时不含自行返回的，认定不属失联的不计"


async def build_searches_section(asked: Asked) -> ReportSection:
    """Whoever was reported missing in the period, and how many were found how soon."""
    rows = await load_searches(asked.connection, asked.scope, asked.since, asked.until)
    cells = [
        [GROUPED_BY[each.by], each.zh, each.reported, each.found, each.found_rate, each.mean_minutes]
        for each in group_searches(rows)
    ]
    return build_section("searches", "失联人员查找", _COUNTS, _COLUMNS, [list(row) for row in cells])
