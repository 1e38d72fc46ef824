"""A closed month (月结时的考评): the result as its report keeps it, and what it comes to without the indicators that fell to an objection. Pure."""

from collections.abc import Collection
from typing import NamedTuple

from models.assessment.scoring import Band, find_band
from models.reports import ReportContent


class ClosedIndicator(NamedTuple):
    """A scored indicator of a unit's closed month: what it weighs, and how much of that it brought."""

    zh: str
    weight: float
    points: float


class ClosedMonth(NamedTuple):
    """A unit's month as its close left it; `capped`: something keeps its band from being the best."""

    scored: list[ClosedIndicator]
    capped: bool


class Outcome(NamedTuple):
    """What a month came to: a result of a hundred, and its band."""

    result: float
    band: Band

    def __str__(self) -> str:
        return f"{self.result:.1f}分，{self.band}等"


def read_closed_month(report: ReportContent, unit_zh: str) -> ClosedMonth:
    """A unit's month out of the sections of a monthly close."""
    rows = {each.id: each.rows for each in report.sections}
    scored = [
        ClosedIndicator(str(zh), float(weight), float(points))
        for unit, _, zh, _, _, _, _, weight, points, _ in rows.get("indicators", ())
        if unit == unit_zh and isinstance(weight, int | float) and isinstance(points, int | float)
    ]
    return ClosedMonth(scored, any(row[0] == unit_zh and row[-1] for row in rows.get("results", ())))


def compute_outcome(month: ClosedMonth, left_out: Collection[str]) -> Outcome | None:
    """The result without these indicators, whose weight is spread over the others; None where nothing is left to score."""
    counted = [each for each in month.scored if each.zh not in left_out and each.weight]
    whole = sum(each.weight for each in counted)
    if not whole:
        return None
    result = round(100 * sum(each.points for each in counted) / whole, 1)
    return Outcome(result, find_band(result, capped=month.capped))
