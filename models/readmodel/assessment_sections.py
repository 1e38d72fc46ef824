"""The sections of the monthly close (月结): the sheets of assessment as they were at that instant, with what lost points, and what was told late."""

from collections import Counter, defaultdict
from datetime import datetime
from typing import NamedTuple

from law.calendar import SHANGHAI
from models.administration import HANDLING
from models.assessment.indicators import INDICATORS
from models.problem_categories import get_categories
from models.readmodel.assessed import VERIFIED
from models.readmodel.assessment_places import rank_units
from models.readmodel.assessment_shapes import AssessmentSheet
from models.readmodel.assessment_sheets import Month, build_month_items_sql, read_sheets
from models.readmodel.pagination import build_visible_sql, fetch_planned
from models.readmodel.report_sections import Asked, build_column, build_section, format_minute
from models.reports import Cell, ReportSection
from models.store.connection import Query


async def list_sheets(asked: Asked) -> list[AssessmentSheet]:
    """The sheet of each unit that handles cases, for the month that ended."""
    units = [unit for unit in asked.scope.units if asked.names.tree[unit].kind in HANDLING]
    return await read_sheets(asked.connection, asked.names.tree, units, get_month(asked), asked.as_of)


def build_results_section(sheets: list[AssessmentSheet]) -> ReportSection:
    """The result of each unit, ranked among its peers."""
    columns = [
        *(
            build_column("单位", 20),
            build_column("同类单位", 10),
            build_column("得分", 8),
            build_column("95%区间", 14),
            build_column("等次", 6),
        ),
        *(build_column("名次", 6), build_column("与前一名", 14), build_column("限制等次的情形", 40)),
    ]
    capped = {each.unit: "；".join(each.capped) for each in sheets}
    rows: list[list[Cell]] = [
        [
            *(each.unit_zh, each.peers or "未分类，不排名", each.result, _format_interval(each.low, each.high), each.band or ""),
            *(each.rank, "差异不显著" if each.chance else "", capped[each.unit]),
        ]
        for each in rank_units(sheets)
    ]
    counts = "名次只在同类单位之间；与前一名的置信区间重叠的，注明差异不显著；不得以破案率、批捕数、起诉数、退查率等排名通报"
    return build_section("results", "考评结果", counts, columns, rows)


def build_indicators_section(sheets: list[AssessmentSheet]) -> ReportSection:
    """Every indicator of each unit."""
    columns = [
        *(
            build_column("单位", 20),
            build_column("序号", 6),
            build_column("指标", 22),
            build_column("分子", 6),
            build_column("分母", 6),
            build_column("比率", 8),
        ),
        *(build_column("95%区间", 14), build_column("权重", 6), build_column("得分", 6), build_column("不计分的理由", 28)),
    ]
    rows: list[list[Cell]] = [
        [
            *(sheet.unit_zh, each.no, each.zh, each.above, each.below, each.rate, _format_interval(each.low, each.high)),
            *(each.weight, each.points, each.why),
        ]
        for sheet in sheets
        for each in sheet.indicators
    ]
    counts = "与看板“考评”同一时间的数字相同；不足5件的只列分子分母；结案率同时列出两种算法，只有依法按期的计分"
    return ReportSection(id="indicators", zh="考评指标", counts=counts, columns=columns, rows=rows, more=False)


class _Lost(NamedTuple):
    """What an indicator counted against a unit."""

    indicator: str
    matter: str
    title: str
    unit_id: str
    officer: str | None
    limit_zh: str | None
    at: datetime


_LOST = Query[_Lost]("""
SELECT t.indicator, t.matter, m.title, t.unit_id, p.zh AS officer, c.zh AS limit_zh, t.at
FROM ({items}) t JOIN matter m ON m.number = t.matter LEFT JOIN clock c ON c.id = t.clock LEFT JOIN person p ON p.username = m.officer
WHERE t.indicator = ANY(%(scored)s) AND (t.indicator = ANY(%(less)s)) = t.above AND (t.above OR t.below)
ORDER BY t.indicator, t.at, t.matter LIMIT %(most)s
""")


async def build_lost_points_section(asked: Asked) -> ReportSection:
    """What lost points: of what should be more that which was not, of what should be less that which was."""
    arguments = asked.build_arguments(
        scored=[each.id for each in INDICATORS if each.usual or each.star],
        less=[each.id for each in INDICATORS if each.better == "less"],
    )
    items = build_month_items_sql(asked.scope, get_month(asked), arguments)
    rows = await fetch_planned(asked.connection, _LOST.format(items=items), arguments)
    zh = {each.id: each.zh for each in INDICATORS}
    columns = [
        *(
            build_column("指标", 22),
            build_column("编号", 18),
            build_column("标题", 40),
            build_column("单位", 20),
            build_column("民警", 10),
        ),
        *(build_column("期限", 30), build_column("计入的时间", 16)),
    ]
    cells: list[list[Cell]] = [
        [
            *(zh[row.indicator], row.matter, row.title, asked.names.get_unit_name(row.unit_id), row.officer or ""),
            *(row.limit_zh or "", format_minute(row.at)),
        ]
        for row in rows
    ]
    return build_section("lost", "失分事项", "未计入分子的（越低越好的指标为计入分子的），用于发现问题和指导整改", columns, cells)


class _Problems(NamedTuple):
    """How often a category of problems was verified in a unit."""

    unit_id: str
    category: str
    n: int


_PROBLEMS = Query[_Problems](f"""
SELECT m.unit_id, v.category, count(*)::int AS n FROM ({VERIFIED}) v JOIN matter m ON m.number = v.matter
WHERE v.category <> '' AND v.at >= %(begins)s AND v.at < %(ends)s AND {{visible}} GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT %(most)s
""")


async def build_problems_section(asked: Asked) -> ReportSection:
    """Which problems were found and put right, the most frequent first."""
    known = get_categories()
    cells: list[list[Cell]] = [
        [asked.names.get_unit_name(row.unit_id), f"{row.category} {known[row.category].zh}", known[row.category].group, row.n]
        for row in await _list_problems(asked)
    ]
    columns = [build_column("单位", 20), build_column("问题类别", 26), build_column("类", 12), build_column("次数", 8)]
    return build_section("problems", "核查认定的问题", "当月核查销号的整改指令单，按问题类别", columns, cells)


async def build_common_problems_section(asked: Asked) -> ReportSection:
    """The same over all units: which problems several of them have in common, the most frequent first."""
    known, times, units = get_categories(), Counter[str](), defaultdict[str, list[str]](list)
    for row in await _list_problems(asked):
        times[row.category] += row.n
        units[row.category].append(asked.names.get_unit_name(row.unit_id))
    columns = [build_column("问题类别", 26), build_column("次数", 8), build_column("单位数", 8), build_column("涉及单位", 60)]
    cells: list[list[Cell]] = [
        [f"{category} {known[category].zh}", n, len(units[category]), "、".join(units[category])]
        for category, n in times.most_common()
    ]
    return build_section("common-problems", "共性问题", "当月核查销号的整改指令单，按问题类别合计，多的在前", columns, cells)


async def _list_problems(asked: Asked) -> list[_Problems]:
    arguments = asked.build_arguments(begins=get_month(asked).begins, ends=get_month(asked).ends)
    rows = await fetch_planned(asked.connection, _PROBLEMS.format(visible=build_visible_sql(asked.scope, arguments)), arguments)
    return [row for row in rows if row.category in get_categories()]


class _Late(NamedTuple):
    """A fact of a month before that was entered in this one."""

    matter: str
    title: str
    unit_id: str
    step: str
    at: datetime
    recorded_at: datetime


_LATE = Query[_Late]("""
SELECT m.number AS matter, m.title, m.unit_id, e.step, min(f.at) AS at, e.recorded_at
FROM entry e JOIN matter m ON m.number = e.chain JOIN fact f ON (f.matter, f.seq) = (e.chain, e.seq)
WHERE m.late_at >= %(begins)s AND e.recorded_at >= %(begins)s AND e.recorded_at < %(ends)s AND f.at < %(begins)s AND m.opened_at < %(begins)s AND {visible}
GROUP BY m.number, m.title, m.unit_id, e.step, e.recorded_at ORDER BY e.recorded_at, m.number LIMIT %(most)s
""")


async def build_late_entries_section(asked: Asked) -> ReportSection:
    """What was entered in the month of months before, whose close stays as it was (补记)."""
    arguments = asked.build_arguments(begins=get_month(asked).begins, ends=get_month(asked).ends)
    rows = await fetch_planned(asked.connection, _LATE.format(visible=build_visible_sql(asked.scope, arguments)), arguments)
    columns = [
        build_column("编号", 18),
        build_column("标题", 40),
        build_column("单位", 20),
        build_column("办理时间", 16),
        build_column("录入时间", 16),
    ]
    cells: list[list[Cell]] = [
        [row.matter, row.title, asked.names.get_unit_name(row.unit_id), format_minute(row.at), format_minute(row.recorded_at)]
        for row in rows
    ]
    return build_section("entered-late", "补记", "当月录入的以前月份的事项；以前月份的月结不因此改变", columns, cells)


def get_month(asked: Asked) -> Month:
    """The month of which a report is made: the one in which its period begins."""
    return Month(asked.since.astimezone(SHANGHAI).date().replace(day=1))


def _format_interval(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f"{low:g}—{high:g}"
