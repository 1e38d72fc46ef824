"""The sheet of a unit's month (考评表): its indicators, what each weighs, the result and the band; and the items behind each figure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import zip_longest
from typing import Any, Literal, NamedTuple

from law.calendar import SHANGHAI, start_of
from models.access.scope import Scope, Tree, Unit, list_units_below
from models.assessment.indicators import INDICATORS, Indicator
from models.assessment.scoring import Interval, Result, Scored, Sum, score
from models.readmodel.assessed import ITEMS
from models.readmodel.assessment_shapes import AssessedMonthView, AssessmentSheet, IndicatorView, ObjectedView
from models.readmodel.figure_tallies import SETTLED_AT
from models.readmodel.pagination import (
    Page,
    build_title_sql,
    build_visible_clocks_sql,
    build_visible_sql,
    fetch_planned,
    format_iso_sql,
    load_page,
)
from models.store.assessment_months import ASSESSED, Assessed
from models.store.assessment_standards import Standard, list_standards
from models.store.connection import Connection, Query, fetch_all

Part = Literal["above", "below", "rest"]
"""Which items of an indicator are listed: those above the line, those below it, or those below it that are not above."""
_OF_PART = {"above": "t.above", "below": "t.below", "rest": "t.below AND NOT t.above"}


# Why an indicator does not count: the unit objected to it, and nobody has decided, or it was right.
_LEFT_OUT = {None: "申诉中，暂不计分", True: "异议成立，不计分"}


class Month(NamedTuple):
    """A month of the calendar."""

    first: date

    @property
    def next(self) -> date:
        """The first day of the month that follows."""
        return date(self.first.year + self.first.month // 12, self.first.month % 12 + 1, 1)

    @property
    def begins(self) -> datetime:
        """The instant at which it begins."""
        return start_of(self.first)

    @property
    def ends(self) -> datetime:
        """The instant at which the next one begins."""
        return start_of(self.next)

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"


class _Counted(NamedTuple):
    """How much of an indicator a unit has above and below the line; of the mean of reviews also their marks."""

    unit_id: str
    indicator: str
    above: int
    below: int
    marks: float | None


SUMS = Query[_Counted]("""
SELECT t.unit_id, t.indicator, count(*) FILTER (WHERE t.above)::int AS above, count(*) FILTER (WHERE t.below)::int AS below,
    sum(r.result)::float AS marks
FROM ({items}) t LEFT JOIN case_review r ON t.indicator = ANY(%(means)s) AND r.number = t.matter GROUP BY 1, 2
""")
LISTED = f"""
WITH page AS (
    SELECT t.* FROM ({{items}}) t WHERE t.indicator = %(indicator)s AND {{where}} ORDER BY t.at DESC, t.matter DESC, t.clock DESC LIMIT %(limit)s
)
SELECT (SELECT row_to_json(j) FROM (SELECT t.clock, t.matter, m.kind, {{title}} AS title, m.stage, m.officer, p.zh AS officer_zh, c.zh AS limit_zh,
    {format_iso_sql("t.at")} AS at, {format_iso_sql("c.due_at")} AS due_at, {format_iso_sql("c.ended_at")} AS ended_at, t.above, t.below) j)::text, t.at, t.matter, t.clock
FROM page t JOIN matter m ON m.number = t.matter LEFT JOIN clock c ON c.id = t.clock LEFT JOIN person p ON p.username = m.officer
ORDER BY t.at DESC, t.matter DESC, t.clock DESC
"""


def open_scope(units: Sequence[str]) -> Scope:
    """What a sheet counts: everything of these units but sealed files, whoever reads it."""
    return Scope(tuple(units), (), "", ())


async def read_sheets(
    connection: Connection, tree: Tree, units: Sequence[str], month: Month, now: datetime
) -> list[AssessmentSheet]:
    """The sheet of each of these units, with what those below it have done, in the order of the tree."""
    within = {unit: list_units_below(unit, tree) for unit in units}
    arguments: dict[str, Any] = {"means": [each.id for each in INDICATORS if each.mean]}
    scope = open_scope(sorted(frozenset[str]().union(*within.values())))
    rows = await fetch_planned(connection, SUMS.format(items=build_month_items_sql(scope, month, arguments)), arguments)
    sheets: list[AssessmentSheet] = []
    asked = {"units": list(units), "period": f"{month.next:%Y-%m-%d}"}
    assessed = {each.unit_id: each for each in await fetch_all(connection, ASSESSED, asked)}
    standards = await list_standards(connection, units, month.first)
    for unit in sorted(units, key=lambda each: tree[each].path):
        sums = _sum_items(row for row in rows if row.unit_id in within[unit])
        sheets.append(_build_sheet(tree[unit], month, now, sums, standards[unit], assessed.get(unit)))
    return sheets


def _list_objected(assessed: Assessed) -> list[ObjectedView]:
    """Each indicator that was objected to, with what was decided."""
    decided = {"true": True, "false": False}
    return [
        ObjectedView(indicator=indicator, upheld=decided.get(upheld))
        for indicator, upheld in zip_longest(assessed.objected, assessed.upheld)
    ]


def _sum_items(rows: Iterable[_Counted]) -> dict[str, Sum]:
    sums: dict[str, Sum] = {}
    for row in rows:
        so_far = sums.get(row.indicator, Sum(0, 0))
        marks = so_far.marks if row.marks is None else (so_far.marks or 0) + row.marks
        sums[row.indicator] = Sum(so_far.above + row.above, so_far.below + row.below, marks)
    return sums


async def list_items(
    connection: Connection,
    scope: Scope,
    indicator: Indicator,
    part: Part,
    month: Month,
    after: Sequence[Any] | None,
    limit: int,
) -> Page:
    """The items that an indicator counted in the month, newest first; exactly those that the sheet summed."""
    arguments: dict[str, Any] = {"indicator": indicator.id}
    where = [_OF_PART[part]]
    if after:
        arguments |= dict(zip(("after_at", "after_matter", "after_clock"), after, strict=True))
        where.append("(t.at, t.matter, t.clock) < (%(after_at)s::timestamptz, %(after_matter)s, %(after_clock)s)")
    items = build_month_items_sql(scope, month, arguments)
    sql = LISTED.format(items=items, where=" AND ".join(where), title=build_title_sql(scope, arguments))
    return await load_page(connection, sql, arguments, limit)


def build_month_items_sql(scope: Scope, month: Month, arguments: dict[str, Any]) -> str:
    """The statement that finds every item that indicators count in the month; its arguments are added."""
    arguments |= {"from_day": month.begins, "to_day": month.ends}
    within = f"{SETTLED_AT} >= %(from_day)s AND {SETTLED_AT} < %(to_day)s"
    return ITEMS.format(
        clocks=f"{build_visible_clocks_sql(scope, arguments)} AND {within}", visible=build_visible_sql(scope, arguments)
    )


def _build_sheet(
    unit: Unit, month: Month, at: datetime, sums: Mapping[str, Sum], standard: Standard, assessed: Assessed | None
) -> AssessmentSheet:
    """The sheet of a unit by the standard that holds for the month; what is objected to counts once somebody has decided that it does."""
    objected = _list_objected(assessed) if assessed else []
    left_out = {each.indicator: _LEFT_OUT[each.upheld] for each in objected if each.upheld is not False}
    result = score(sums, {id_: 0 if id_ in left_out else weight for id_, weight in standard.weights.items()})
    return AssessmentSheet(
        unit=unit.id,
        unit_zh=unit.zh,
        month=str(month),
        at=at.astimezone(SHANGHAI),
        standard=standard.edition or None,
        peers=standard.classes.get(unit.id, ""),
        indicators=[_build_indicator(each, left_out.get(each.indicator.id, "")) for each in result.scored],
        matter=AssessedMonthView(number=assessed.number, stage=assessed.stage, objected=objected) if assessed else None,
        **_build_outcome(result),
    )


def _build_outcome(result: Result) -> dict[str, Any]:
    low, high = result.interval or (None, None)
    return {"result": result.result, "low": low, "high": high, "band": result.band, "capped": result.capped}


def _build_indicator(scored: Scored, left_out: str) -> IndicatorView:
    of, interval = scored.indicator, scored.interval or Interval(0, 0)
    return IndicatorView(
        no=of.no,
        indicator=of.id,
        zh=of.zh,
        above_words=of.above,
        below_words=of.below,
        left_out=of.left_out,
        better=of.better,
        line=of.line,
        per=of.per,
        mean=of.mean,
        above=scored.sum.above,
        below=scored.sum.below,
        rate=scored.rate,
        low=interval.low if scored.interval else None,
        high=interval.high if scored.interval else None,
        weight=scored.weight,
        points=scored.points,
        why=left_out or scored.why,
    )
