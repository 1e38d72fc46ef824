"""Boards of supervision (监督看板): open alerts by rule and colour, rectification orders by unit and state, and what several offices watch.

Each count is of rows that a list gives under the same filters: `/api/alerts`, `/api/rectification-orders`.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from law.calendar import SHANGHAI
from models.access.scope import Scope
from models.matter import Kind
from models.readmodel.alerts import GRADED
from models.readmodel.board_counts import DisplayNames
from models.readmodel.inspection_quality import measure_quality
from models.readmodel.oversight_shapes import AlertBoard, AlertCell, OrderBoard, OrderState, UnitAlerts, UnitOrders
from models.readmodel.pagination import build_visible_sql, fetch_planned
from models.store.connection import Connection, Query

# So long ago alerts count for how often a rule was right, as the catalogue of inspections says it.
_LATELY = timedelta(days=90)
BY_HAND = "人工发现"


class _Alerts(NamedTuple):
    """How many alerts of a rule are open in a unit in one colour; how many of them past their term, and since when the oldest is there."""

    unit_id: str
    rule: str
    severity: str
    n: int
    overdue: int
    oldest: datetime


ALERTS = Query[_Alerts](f"""
SELECT m.unit_id, coalesce(f.rule, '') AS rule, g.severity, count(*)::int AS n, count(*) FILTER (WHERE m.colour = 'overdue')::int AS overdue,
    min(m.opened_at) AS oldest
FROM matter m {GRADED} LEFT JOIN finding f ON f.alert = m.number
WHERE m.kind = 'risk-alert' AND NOT m.final AND {{visible}} GROUP BY 1, 2, 3
""")


async def load_alert_board(
    connection: Connection, scope: Scope, names: DisplayNames, labels: Callable[[str], str], now: datetime
) -> AlertBoard:
    """Open alerts by unit and rule; `labels` says how a rule is called."""
    arguments: dict[str, Any] = {}
    rows = await fetch_planned(connection, ALERTS.format(visible=build_visible_sql(scope, arguments)), arguments)
    judged = await measure_quality(connection, frozenset(scope.units), now - _LATELY, now)
    precision = {each.rule: each.precision for each in judged}
    by_unit = defaultdict[str, dict[str, list[_Alerts]]](lambda: defaultdict(list))
    for row in rows:
        by_unit[row.unit_id][row.rule].append(row)
    units = [
        UnitAlerts(unit=unit, zh=names.get_unit_name(unit), cells=_build_cells(by_unit[unit], labels, precision, now))
        for unit in sorted(by_unit, key=names.get_unit_path)
    ]
    return AlertBoard(at=now.astimezone(SHANGHAI), units=units, open=sum(row.n for row in rows))


def _build_cells(
    by_rule: Mapping[str, list[_Alerts]], labels: Callable[[str], str], precision: Mapping[str, float | None], now: datetime
) -> list[AlertCell]:
    cells = [_build_cell(rule, of, labels, precision, now) for rule, of in by_rule.items()]
    return sorted(cells, key=lambda cell: (-cell.red, -cell.orange, -cell.yellow, cell.rule))


def _build_cell(
    rule: str, of: Iterable[_Alerts], labels: Callable[[str], str], precision: Mapping[str, float | None], now: datetime
) -> AlertCell:
    of = list(of)
    return AlertCell(
        rule=rule,
        label=labels(rule) if rule else BY_HAND,
        overdue=sum(row.overdue for row in of),
        oldest_days=(now - min(row.oldest for row in of)).days,
        precision=precision.get(rule),
        **Counter({row.severity: row.n for row in of}),
    )


class _Orders(NamedTuple):
    """How many orders of a unit are at a stage, and how many of them past their term."""

    unit_id: str
    stage: str
    n: int
    overdue: int


ORDERS = Query[_Orders]("""
SELECT m.unit_id, m.stage, count(*)::int AS n, count(*) FILTER (WHERE m.colour = 'overdue')::int AS overdue
FROM matter m WHERE m.kind = 'rectification-order' AND NOT m.final AND {visible} GROUP BY 1, 2
""")


class _Month(NamedTuple):
    """How many orders of a unit were due for a report or ended this month, and how many of them were found put right."""

    unit_id: str
    ended: int
    closed: int


# What was taken back counts for neither.
THIS_MONTH = Query[_Month]("""
SELECT m.unit_id, count(*)::int AS ended, count(*) FILTER (WHERE m.stage = 'closed')::int AS closed
FROM matter m WHERE m.kind = 'rectification-order' AND m.stage <> 'cancelled' AND {visible}
    AND (m.final AND m.stage_since >= %(month)s OR NOT m.final AND m.colour = 'overdue') GROUP BY 1
""")


async def load_order_board(connection: Connection, scope: Scope, names: DisplayNames, now: datetime) -> OrderBoard:
    """Open orders by unit and state; and of those that ended this month, or are overdue, which share was put right."""
    here = now.astimezone(SHANGHAI)
    arguments: dict[str, Any] = {"month": here.replace(day=1, hour=0, minute=0, second=0, microsecond=0)}
    shown = build_visible_sql(scope, arguments)
    rows = await fetch_planned(connection, ORDERS.format(visible=shown), arguments)
    month = {row.unit_id: row for row in await fetch_planned(connection, THIS_MONTH.format(visible=shown), arguments)}
    stages = [stage for kind, stage in names.stages if kind == Kind.RECTIFICATION_ORDER and any(row.stage == stage for row in rows)]
    units = sorted({row.unit_id for row in rows} | month.keys(), key=names.get_unit_path)
    return OrderBoard(
        at=here,
        stages=[OrderState(stage=stage, zh=names.get_stage_name(Kind.RECTIFICATION_ORDER, stage)) for stage in stages],
        units=[_build_unit_orders(unit, names.get_unit_name(unit), stages, rows, month.get(unit)) for unit in units],
    )


def _build_unit_orders(unit: str, zh: str, stages: Sequence[str], rows: Iterable[_Orders], month: _Month | None) -> UnitOrders:
    of = [row for row in rows if row.unit_id == unit]
    return UnitOrders(
        unit=unit,
        zh=zh,
        counts=[sum(row.n for row in of if row.stage == stage) for stage in stages],
        overdue=sum(row.overdue for row in of),
        closed=month.closed if month else 0,
        ended=month.ended if month else 0,
    )
