"""The section of reports on letters from the public (群众来信): how many came, what became of them, and how promises were kept."""

from law.time_limits import get_limits
from models.readmodel.board_letters import LetterCount, Span, build_total, count_letters, count_promises, list_largest_subclasses
from models.readmodel.report_sections import Asked, build_column, build_section
from models.reports import Cell, ReportSection

# Of what most people write about a meeting reads so many.
_LARGEST = 5


async def build_letters_section(asked: Asked) -> ReportSection:
    """The letters of the period, as the board counts them, beside the period before."""
    span = Span(asked.since, asked.until)
    rows = await count_letters(asked.connection, asked.scope, span)
    cells = _list_counts(build_total(rows))
    cells += [[f"其中：{each.zh}", each.count, each.before] for each in list_largest_subclasses(rows)[:_LARGEST]]
    for row in await count_promises(asked.connection, asked.scope, span):
        if row.limit_id:
            cells.append(
                [f"{get_limits()[row.limit_id].zh}：按期／逾期完成／届满未完成", f"{row.kept}／{row.late}／{row.broken}", None]
            )
    columns = [build_column("指标", 44), build_column("本期", 16), build_column("上期", 10)]
    counts = "期间内收到的来信及其办理情况，与“群众来信”看板同一时间的数字相同；一件来信有几项时限的分别计"
    return build_section("letters", "群众来信", counts, columns, cells)


def _list_counts(total: LetterCount) -> list[list[Cell]]:
    return [
        ["来信", total.count, total.before],
        ["尚未办结", total.open, None],
        ["重复来信", total.repeated, None],
        ["重办", total.reopened, None],
        ["评价满意／已评价", f"{total.satisfied}／{total.evaluated}", None],
    ]
