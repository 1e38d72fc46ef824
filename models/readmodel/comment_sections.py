"""The sections of the monthly comment (月点评): what the legal department says of each unit's month, the best and the worst files, common faults.

It circulates, so files are told by their numbers alone, and nobody is named but whoever comments. It rests on what was published of the
monthly close, which it never counts anew.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from models.administration import HANDLING
from models.assessment.closed import ClosedMonth, Outcome, compute_outcome, read_closed_month
from models.assessment.indicators import BY_ID
from models.readmodel.assessment_sections import get_month
from models.readmodel.pagination import build_visible_sql, fetch_planned
from models.readmodel.report_sections import Asked, build_column, build_section, format_minute
from models.readmodel.reviews import COUNTED, Result, list_outcomes
from models.reports import Cell, ReportColumn, ReportContent, ReportSection
from models.reviews.checklists import get_checklists
from models.reviews.results import TOP, is_lost, list_lost_items
from models.reviews.scoring import Grade
from models.store.assessment_months import CLOSE, COMMENTED, Commented
from models.store.connection import Query, fetch_all, fetch_first

_UNIT, _FILE, _CHECKLIST = build_column("单位", 20), build_column("案卷编号", 18), build_column("评查标准", 20)
_RESULT, _GRADE = build_column("评查得分", 8), build_column("等次", 8)
_MOST_ITEMS = 3
"""Of one file, so many of the items on which most was lost."""


class UnitMonth(NamedTuple):
    """A unit's closed month: what it came to at the close, what it comes to without what fell to objections, and what was published of it."""

    said: Commented
    closed: Outcome | None
    now: Outcome | None


async def list_unit_months(asked: Asked) -> list[UnitMonth]:
    """The month of each unit that handles cases, the best result first."""
    arguments = {"units": list(asked.scope.units), "period": _get_period(asked), "handling": sorted(HANDLING)}
    months = [_build_unit_month(each) for each in await fetch_all(asked.connection, COMMENTED, arguments)]
    return sorted(months, key=lambda each: (-(each.now.result if each.now else -1), asked.names.get_unit_path(each.said.unit_id)))


def _build_unit_month(said: Commented) -> UnitMonth:
    month: ClosedMonth = read_closed_month(ReportContent.model_validate_json(said.content), said.unit_zh)
    fallen = [BY_ID[each].zh for each, upheld in zip(said.objected, said.upheld, strict=False) if upheld == "true"]
    return UnitMonth(said, compute_outcome(month, ()), compute_outcome(month, fallen))


def build_comments_section(asked: Asked, months: Sequence[UnitMonth]) -> ReportSection:
    """What was said of each unit, by whom, and the topic in which its people are trained."""
    columns = [
        *(_UNIT, build_column("月结", 14), build_column("异议决定后", 14), build_column("点评", 80)),
        *(build_column("点评人", 10), build_column("培训主题", 20), build_column("公布时间", 16)),
    ]
    rows: list[list[Cell]] = [
        [
            *(of.said.unit_zh, str(of.closed or "没有可计分的指标"), str(of.now or "没有可计分的指标")),
            *(of.said.comment or "尚未公布", of.said.author or "", of.said.topic or ""),
            format_minute(of.said.published_at) if of.said.published_at else "",
        ]
        for of in months
    ]
    counts = f"法制部门公布{_format_month(asked)}考评时对各单位的点评，得分高的在前；得分依月结，异议成立的指标不计，异议未决的仍计"
    return build_section("comments", "各单位点评", counts, columns, rows)


def build_decisions_section(asked: Asked, months: Sequence[UnitMonth]) -> ReportSection:
    """To what units objected, and how that was decided."""
    decided = {"true": "成立，不计分", "false": "不成立"}
    rows: list[list[Cell]] = []
    for of in months:
        for n, indicator in enumerate(of.said.objected):
            done = n < len(of.said.upheld)
            decision = decided[of.said.upheld[n]] if done else "尚未决定"
            rows.append([of.said.unit_zh, BY_ID[indicator].zh, decision, of.said.reasons[n] if done else ""])
    columns = [_UNIT, build_column("考评指标", 22), build_column("决定", 14), build_column("决定理由", 60)]
    return build_section("decisions", "异议和决定", f"各单位对{_format_month(asked)}考评提出的异议", columns, rows)


async def build_closed_results_section(asked: Asked) -> ReportSection:
    """The results of the monthly close as they were printed then."""
    close = await fetch_first(asked.connection, CLOSE, {"unit": asked.unit, "period": _get_period(asked)})
    sections = ReportContent.model_validate_json(close).sections if close else []
    printed = next((each for each in sections if each.id == "results"), None)
    if printed is None:
        return build_section("results", "考评结果", f"{_format_month(asked)}没有月结报告", [_UNIT], [])
    return printed.model_copy(update={"counts": f"{_format_month(asked)}月结时的结果。{printed.counts}"})


# Sealed files, and those that are kept from somebody, are in no report. `m` is the review, which is its unit's once it was told.
_FILES = Query[Result](f"""
SELECT r.review, r.round, r.subject, r.unit, r.officer, r.checklist, r.purpose, r.result, r.grade, r.vetoes, r.items, r.counted_at
FROM ({COUNTED}) r JOIN matter m ON m.number = r.review JOIN matter s ON s.number = r.subject AND NOT s.sealed AND cardinality(s.kept_from) = 0
WHERE r.counted_at >= %(begins)s AND r.counted_at < %(ends)s AND {{visible}} ORDER BY r.checklist, r.result DESC, r.subject
""")


async def list_reviewed_files(asked: Asked) -> list[Result]:
    """The files whose result came to count in the month, by checklist, the best first."""
    arguments = asked.build_arguments(begins=get_month(asked).begins, ends=get_month(asked).ends)
    return await fetch_planned(asked.connection, _FILES.format(visible=build_visible_sql(asked.scope, arguments)), arguments)


def build_best_and_worst_section(asked: Asked, files: Sequence[Result]) -> ReportSection:
    """Of each checklist the best file and the worst, where one is good and another is not."""
    rows: list[list[Cell]] = []
    for checklist in get_checklists():
        of = [each for each in files if each.checklist == checklist]
        good = [each for each in of[:1] if each.grade in (Grade.EXCELLENT, Grade.QUALIFIED)]
        bad = [each for each in of[-1:] if each not in good and each.grade != Grade.EXCELLENT]
        rows += [["好案卷", *_build_file_cells(asked, each)] for each in good]
        rows += [["差案卷", *_build_file_cells(asked, each)] for each in bad]
    columns = [build_column("本月", 10), *_FILE_COLUMNS]
    counts = f"{_format_month(asked)}定分生效的案卷，每种评查标准得分最高和最低的各一份；只列编号，不列当事人和民警"
    return build_section("best-and-worst", "好案卷和差案卷", counts, columns, rows)


def build_failed_files_section(asked: Asked, files: Sequence[Result]) -> ReportSection:
    """The files that failed, for their result or for one item that is never let pass."""
    failed = [each for each in files if each.grade == Grade.UNQUALIFIED]
    columns = [*_FILE_COLUMNS, build_column("一票否决项目", 40)]
    rows = [[*_build_file_cells(asked, each), _describe_items(each, each.vetoes)] for each in failed]
    counts = f"{_format_month(asked)}定分生效、等次为不合格的案卷：得分不足六十，或者有一票否决（★）项目"
    return build_section("failed-files", "不合格案卷", counts, columns, rows)


def build_lost_items_section(asked: Asked, files: Sequence[Result]) -> ReportSection:
    """The items of checklists on which most files lost points."""
    columns = [_CHECKLIST, build_column("项目", 50), build_column("失分案卷数", 10), build_column("失分合计", 10)]
    rows: list[list[Cell]] = [
        [get_checklists()[each.checklist].zh, _describe_item(each.checklist, each.item), each.files, each.points]
        for each in list_lost_items(list_outcomes(files))[:TOP]
    ]
    counts = f"{_format_month(asked)}定分生效的{len(files)}份案卷中，失分案卷最多的项目"
    return build_section("lost-items", "评查失分最多的项目", counts, columns, rows)


_FILE_COLUMNS: Sequence[ReportColumn] = (_CHECKLIST, _FILE, _UNIT, _RESULT, _GRADE, build_column("失分较多的项目", 60))


def _build_file_cells(asked: Asked, file: Result) -> list[Cell]:
    checklist = get_checklists()[file.checklist]
    (outcome,) = list_outcomes([file])
    lost = [each for each in outcome.items if is_lost(checklist.get_item(each.item), each)]
    lost.sort(key=lambda each: (each.points - checklist.get_item(each.item).points, each.item))
    return [
        *(checklist.zh, file.subject, asked.names.get_unit_name(file.unit), file.result, Grade(file.grade).label),
        _describe_items(file, [each.item for each in lost[:_MOST_ITEMS]]),
    ]


def _describe_items(file: Result, items: Iterable[int]) -> str:
    return "；".join(_describe_item(file.checklist, each) for each in items)


def _describe_item(checklist: str, item: int) -> str:
    return f"{item} {get_checklists()[checklist].get_item(item).title}"


def _get_period(asked: Asked) -> str:
    """The period of the monthly close of the month: the day on which that was due."""
    return f"{get_month(asked).next:%Y-%m-%d}"


def _format_month(asked: Asked) -> str:
    return f"{get_month(asked).first:%Y年%-m月}"
