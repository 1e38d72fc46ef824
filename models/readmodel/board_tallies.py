"""Tallies (统计投影): counts of running clocks and open matters that the watchdog keeps, so that boards of a large bureau need not count.

Sealed matters are in no tally; for those who may know of them they are counted separately and added.
"""

from datetime import date, datetime

from sqlalchemy import DateTime, text
from sqlmodel import Field, SQLModel

_AT = DateTime(timezone=True)
# The step of the journal entry that replaces the canaries of a day.
SUM_UP_CANARIES = "sum-up-canaries"
RUNNING = "c.state IN ('running', 'suspended', 'not-started') AND c.due_at IS NOT NULL AND c.limit_id <> 'canary'"
"""SQL condition: clock `c` runs and is shown in lists."""
OPEN = "NOT m.final AND m.kind NOT IN ('canary', 'delivery')"
"""SQL condition: matter `m` is open, and no technical one."""
KIND = "coalesce(c.kind, '')"
"""SQL expression: the kind of the matter of clock `c`."""

# Both the tallies and the boards that count the tables use these statements. `past` is a condition of its own, because more people may see
# past overruns than running clocks.
CLOCKS = f"""
SELECT c.unit_id, {KIND} AS kind, c.limit_id, c.zh, c.colour, c.liberty, count(*)::int AS n
FROM clock c WHERE {RUNNING} AND {{where}} GROUP BY 1, 2, 3, 4, 5, 6
UNION ALL
SELECT c.unit_id, {KIND}, c.limit_id, c.zh, 'overrun', c.liberty, count(*)::int
FROM clock c WHERE c.overrun_due_at IS NOT NULL AND c.limit_id <> 'canary' AND {{past}} GROUP BY 1, 2, 3, 4, 5, 6
"""
STAYS = f"""
SELECT m.unit_id, m.kind, m.stage, (m.stage_since AT TIME ZONE 'Asia/Shanghai')::date AS since_on, count(*)::int AS n,
    sum(m.late_entries)::int AS late, min(m.stage_since) AS oldest
FROM matter m WHERE {OPEN} AND {{where}} GROUP BY 1, 2, 3, 4
"""


class ClockTally(SQLModel, table=True):
    """Number of clocks of one unit, kind of matter, limit and colour; past overruns, of running clocks or not, under the colour `overrun`."""

    __tablename__ = "clock_tally"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    unit_id: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    limit_id: str = Field(primary_key=True)
    colour: str = Field(primary_key=True)
    liberty: bool = Field(primary_key=True)
    zh: str = Field(primary_key=True)
    n: int


class StayTally(SQLModel, table=True):
    """Open matters of one unit, kind and stage that reached it on one day: `n` of them with `late` late entries (补录), the first at `oldest`."""

    __tablename__ = "stay_tally"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    unit_id: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    stage: str = Field(primary_key=True)
    since_on: date = Field(primary_key=True)
    n: int
    late: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    oldest: datetime = Field(sa_type=_AT)


class Tallied(SQLModel, table=True):
    """When the tallies were last counted, and the number of rows they are of: below a threshold boards count the tables."""

    one: bool = Field(default=True, primary_key=True, sa_column_kwargs={"server_default": text("true")})
    at: datetime = Field(sa_type=_AT)
    many: int
