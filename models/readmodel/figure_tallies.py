"""What the rates of supervision count (指标统计投影): item by item for lists, and summed by unit and day for the board.

A rate and the list behind it use the same SQL. The watchdog keeps the daily sums as a tally. Sealed matters are in no tally; for those who
may know of them they are counted separately and added.
"""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Column, Integer
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from law.clock import PROMISES, Consequence
from law.facts import Fact
from models.matter import Kind
from models.readmodel.figures import FIGURES, OPENED, OVERRUN, RECTIFIED

_MATTERS = ", ".join(f"'{each}'" for each in (Kind.INCIDENT, Kind.CRIMINAL_CASE, Kind.PUBLIC_ORDER_CASE, Kind.SUSPECT))
_NOBODYS = ", ".join(f"'{each}'" for each in (*PROMISES, Consequence.RIGHT_LAPSES))

SETTLED_AT = "least(coalesce(c.ended_at, c.due_at), c.due_at)"
"""SQL expression: the instant at which clock `c` counts, when it was met or ran out, whichever came first."""
_MISSED = "(c.state IN ('met-late', 'overrun') OR c.state = 'running' AND c.due_at <= now())"
_REVOKED = f"""EXISTS (SELECT FROM fact d JOIN fact x ON (x.matter, x.seq) = (d.matter, d.seq) AND x.fact = '{Fact.RECTIFICATION_CANCELLED}'
    WHERE d.matter = c.matter AND d.fact = '{Fact.RECTIFICATION_APPEAL_DECIDED}')"""
# Of a rectification order only the last run of its clock counts, and one reported in time counts only once it was verified. One that was
# cancelled after its term stays overdue, unless an objection to it was upheld.
_OF_ORDER = f"""(f.figure <> '{RECTIFIED.id}' OR EXISTS (
    SELECT FROM matter o WHERE o.number = c.matter AND (o.stage = 'closed'
        OR c.state <> 'met' AND (o.stage <> 'cancelled' OR c.state = 'overrun' AND NOT {_REVOKED}))
) AND NOT EXISTS (SELECT FROM clock l WHERE l.matter = c.matter AND l.limit_id = c.limit_id AND l.started_at > c.started_at))"""
_GOOD = f"""CASE f.figure WHEN 'filed' THEN EXISTS (
    SELECT FROM fact t WHERE t.matter = c.matter AND t.fact IN ('{Fact.CASE_FILED}', '{Fact.ADMIN_CASE_FILED}') AND NOT t.said ? 'told_by'
) ELSE c.state = 'met' END"""


def count_clocks(limits: Iterable[tuple[str, str, bool]]) -> str:
    """The statement that finds the clocks that figures count: each figure's id, a limit of its, and whether its durations are told.

    To be completed with conditions on clocks (`c`).
    """
    counted = ", ".join(f"('{figure}', '{limit}', {timed})" for figure, limit, timed in limits)
    return f"""
    SELECT f.figure, c.unit_id, c.matter, c.id AS clock, {SETTLED_AT} AS at, {_GOOD} AS good,
        c.state = 'met' AND c.overrun_entered_at IS NOT NULL AS entered_late,
        CASE WHEN f.timed AND c.state IN ('met', 'met-late') THEN extract(epoch FROM c.ended_at - c.started_at)::int END AS took
    FROM clock c JOIN (VALUES {counted}) AS f (figure, limit_id, timed) ON f.limit_id = c.limit_id
    WHERE (c.state = 'met' OR {_MISSED}) AND c.due_at IS NOT NULL AND {_OF_ORDER} AND {{clocks}}"""


# Completed with conditions on clocks (`c`) and on matters (`m`).
COUNTED = f"""
SELECT each.*, each.good AND each.entered_late AS late FROM ({count_clocks((of.id, limit, of.timed) for of in FIGURES for limit in of.limits)}
    UNION ALL
    SELECT '{OVERRUN.id}', c.unit_id, c.matter, c.id, c.due_at, true, false, NULL
    FROM clock c WHERE {_MISSED} AND c.kind IN ({_MATTERS}) AND c.at_expiry NOT IN ({_NOBODYS}) AND {{clocks}}
    UNION ALL
    SELECT '{OPENED}', m.unit_id, m.number, '', m.opened_at, true, false, NULL
    FROM matter m WHERE m.kind IN ({_MATTERS}) AND {{matters}}
) each
"""
BY_DAY = f"""
SELECT unit_id, figure, (at AT TIME ZONE 'Asia/Shanghai')::date AS on_day, count(*)::int AS n, count(*) FILTER (WHERE good)::int AS good,
    count(*) FILTER (WHERE late)::int AS late, coalesce(array_agg(took ORDER BY took) FILTER (WHERE took IS NOT NULL), '{{{{}}}}') AS took
FROM ({COUNTED}) counted GROUP BY 1, 2, 3
"""


class FigureTally(SQLModel, table=True):
    """The sums of a rate for one unit and day: denominator, numerator, and how many of the numerator were entered late.

    `took` are the durations in seconds, for rates that show a median.
    """

    __tablename__ = "figure_tally"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    unit_id: str = Field(primary_key=True)
    figure: str = Field(primary_key=True)
    on_day: date = Field(primary_key=True)
    n: int
    good: int
    late: int
    took: list[int] = Field(sa_column=Column(ARRAY(Integer), nullable=False))
