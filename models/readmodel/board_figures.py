"""The supervision board (执法监督): rates of each unit in a period and the one before, and the items that a rate counted."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Literal, NamedTuple

from law.calendar import SHANGHAI
from models.access.kept_from import APART
from models.access.scope import Scope
from models.readmodel.board_counts import DisplayNames, find_tally_time
from models.readmodel.board_shapes import Rate, RateView, SupervisionBoard, UnitRates
from models.readmodel.figure_tallies import BY_DAY, COUNTED, SETTLED_AT
from models.readmodel.figures import FIGURES, OPENED, Figure
from models.readmodel.pagination import (
    Page,
    build_title_sql,
    build_visible_clocks_sql,
    build_visible_sql,
    fetch_planned,
    format_iso_sql,
    load_page,
)
from models.store.connection import Connection, Query

# The smallest base for which a rate is shown, and for which its change from the period before is.
FEW, CHANCE = 5, 10
ABOVE: Literal["above"] = "above"
Part = Literal["above", "missed", "below"]
"""Which items of a rate are listed: those of the numerator, those of the denominator alone, or the whole denominator."""

_TALLIED = "SELECT unit_id, figure, on_day, n, good, late, took FROM figure_tally WHERE unit_id = ANY(%(within)s) AND on_day BETWEEN %(first)s AND %(last)s"
_IS_APART = f"matter = ANY(ARRAY(SELECT m.number FROM matter m WHERE {APART}))"


class _Sum(NamedTuple):
    """The sums of a rate for a unit (empty: all units), in the period or the one before."""

    unit_id: str
    figure: str
    before: bool
    n: int
    good: int
    late: int
    median: int | None


SUMS = Query[_Sum]("""
WITH day AS MATERIALIZED (SELECT d.*, d.on_day < %(since)s AS before FROM ({counted}) d),
summed AS (
    SELECT coalesce(unit_id, '') AS unit_id, figure, before, sum(n)::int AS n, sum(good)::int AS good, sum(late)::int AS late
    FROM day GROUP BY GROUPING SETS ((unit_id, figure, before), (figure, before))
), medians AS (
    SELECT coalesce(unit_id, '') AS unit_id, figure, before, percentile_disc(0.5) WITHIN GROUP (ORDER BY each) AS median
    FROM day, unnest(took) AS each GROUP BY GROUPING SETS ((unit_id, figure, before), (figure, before))
)
SELECT unit_id, figure, before, n, good, late, median FROM summed LEFT JOIN medians USING (unit_id, figure, before)
""")
LISTED = f"""
WITH page AS (
    SELECT t.* FROM ({{counted}}) t WHERE t.figure = %(figure)s AND {{where}} ORDER BY t.at DESC, t.matter DESC, t.clock DESC LIMIT %(limit)s
)
SELECT (SELECT row_to_json(j) FROM (SELECT t.clock, t.matter, m.kind, {{title}} AS title, m.stage, t.unit_id AS unit, u.zh AS unit_zh,
    m.officer, p.zh AS officer_zh, c.limit_id AS limit, c.zh AS limit_zh, c.date_only, {format_iso_sql("coalesce(c.started_at, m.opened_at)")} AS started_at,
    {format_iso_sql("c.due_at")} AS due_at, {format_iso_sql("c.ended_at")} AS ended_at, t.good AS above, t.late, t.took AS took_s) j)::text, t.at, t.matter, t.clock
FROM page t JOIN matter m ON m.number = t.matter LEFT JOIN clock c ON c.id = t.clock LEFT JOIN unit u ON u.id = t.unit_id
LEFT JOIN person p ON p.username = m.officer ORDER BY t.at DESC, t.matter DESC, t.clock DESC
"""
_OF_PART = {"above": "t.good", "missed": "NOT t.good", "below": "true"}


class Period(NamedTuple):
    """A period of whole days, both ends included."""

    since: date
    until: date

    @property
    def before(self) -> "Period":
        """The period of the same length that ends the day before."""
        return Period(self.since - (self.until - self.since) - timedelta(days=1), self.since - timedelta(days=1))


async def read_supervision(
    connection: Connection, scope: Scope, period: Period, names: DisplayNames, now: datetime
) -> SupervisionBoard:
    """Every rate of every unit in the period and the one before."""
    before = period.before
    arguments: dict[str, Any] = {"within": list(scope.units), "since": period.since, "first": before.since, "last": period.until}
    at = await find_tally_time(connection, scope, now)
    counted = _add_scope_sql(BY_DAY, scope, Period(before.since, period.until), arguments, *((_IS_APART,) if at else ()))
    if at:
        counted = f"{_TALLIED} UNION ALL ({counted})"
    rows = await fetch_planned(connection, SUMS.format(counted=counted), arguments)
    sums = {(row.unit_id, row.figure, row.before): row for row in rows}
    units = sorted({row.unit_id for row in rows} - {""}, key=names.get_unit_path)
    return SupervisionBoard(
        at=(at or now).astimezone(SHANGHAI),
        since=period.since,
        until=period.until,
        before_since=before.since,
        before_until=before.until,
        figures=[_build_definition(each) for each in FIGURES],
        units=[
            UnitRates(unit=unit, zh=names.get_unit_name(unit), rates=[_build_rate(each, unit, sums) for each in FIGURES])
            for unit in units
        ],
        totals=[_build_rate(each, "", sums) for each in FIGURES],
    )


async def list_counted(
    connection: Connection, scope: Scope, figure: Figure, part: Part, period: Period, after: Sequence[Any] | None, limit: int
) -> Page:
    """The items that a rate counted in the period, newest first; exactly those that the board summed."""
    of = OPENED if figure.measure == "per-hundred" and part != ABOVE else figure.id
    arguments: dict[str, Any] = {"figure": of}
    where = [_OF_PART[part]]
    if after:
        arguments |= dict(zip(("after_at", "after_matter", "after_clock"), after, strict=True))
        where.append("(t.at, t.matter, t.clock) < (%(after_at)s::timestamptz, %(after_matter)s, %(after_clock)s)")
    rows = _add_scope_sql(COUNTED, scope, period, arguments)
    sql = LISTED.format(counted=rows, where=" AND ".join(where), title=build_title_sql(scope, arguments))
    return await load_page(connection, sql, arguments, limit)


def _add_scope_sql(sql: str, scope: Scope, period: Period, arguments: dict[str, Any], *more: str) -> str:
    """Complete a statement of `figure_tallies` with the conditions of scope and period; `more` narrows it further, by columns."""
    arguments["from_day"] = datetime.combine(period.since, time(), SHANGHAI)
    arguments["to_day"] = datetime.combine(period.until + timedelta(days=1), time(), SHANGHAI)
    within = "{at} >= %(from_day)s AND {at} < %(to_day)s"
    clocks = [build_visible_clocks_sql(scope, arguments), within.format(at=SETTLED_AT), *(f"c.{each}" for each in more)]
    matters = [build_visible_sql(scope, arguments), within.format(at="m.opened_at"), *(APART for _ in more)]
    return sql.format(clocks=" AND ".join(clocks), matters=" AND ".join(matters))


def _build_definition(figure: Figure) -> RateView:
    return RateView(
        figure=figure.id,
        zh=figure.zh,
        measure=figure.measure,
        above=figure.above,
        below=figure.below,
        left_out=figure.left_out,
        timed=figure.timed,
    )


class _Fraction(NamedTuple):
    """Numerator and denominator of a rate, late entries among the numerator, and the median duration in seconds."""

    above: int
    below: int
    late: int
    median_s: int | None

    @property
    def rate(self) -> float | None:
        """The percentage, or the number per hundred; None where the base is too small."""
        return round(100 * self.above / self.below, 1) if self.below >= FEW else None


def _build_rate(figure: Figure, unit: str, sums: dict[tuple[str, str, bool], _Sum]) -> Rate:
    now, then = _compute_fraction(figure, unit, sums, before=False), _compute_fraction(figure, unit, sums, before=True)
    rate, rate_then = now.rate, then.rate
    change = None
    if rate is not None and rate_then is not None and then.below >= CHANCE:
        change = round(rate - rate_then, 1)
    return Rate(
        figure=figure.id,
        above=now.above,
        below=now.below,
        late=now.late,
        rate=rate,
        median_s=now.median_s,
        before_above=then.above,
        before_below=then.below,
        before_rate=rate_then,
        change=change,
    )


def _compute_fraction(figure: Figure, unit: str, sums: dict[tuple[str, str, bool], _Sum], *, before: bool) -> _Fraction:
    own = sums.get((unit, figure.id, before))
    base = sums.get((unit, OPENED, before)) if figure.measure == "per-hundred" else own
    return _Fraction(own.good if own else 0, base.n if base else 0, own.late if own else 0, own.median if own else None)
