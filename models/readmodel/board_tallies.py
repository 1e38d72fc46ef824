"""Tallies (统计投影): running clocks and open matters, counted now and then by the watchdog, so that a board of a large bureau is read and not counted.

Sealed files are counted in none of them: whoever may know of one has it counted beside.
"""

from datetime import date, datetime

from sqlalchemy import DateTime, text
from sqlmodel import Field, SQLModel

_AT = DateTime(timezone=True)
# The entry of the bureau's chain that takes the place of a day's canaries.
SUM_UP_CANARIES = "sum-up-canaries"
RUNNING = "c.state IN ('running', 'suspended', 'not-started') AND c.due_at IS NOT NULL AND c.limit_id <> 'canary'"
"""The condition that a clock `c` is one that lists show."""
OPEN = "NOT m.final AND m.kind NOT IN ('canary', 'delivery')"
"""The condition that a matter `m` is somebody's open matter."""
KIND = "coalesce(c.kind, '')"
"""The kind of the matter of a clock `c`."""

# A board reads what these count, either from the tallies or, by the same words, from the tables. What has run out may be known to more
# people (`past`) than what runs.
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
    """Running clocks of one unit, kind of matter, limit and colour; those that ever were overrun, running or not, as a colour of their own."""

    __tablename__ = "clock_tally"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    unit_id: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    limit_id: str = Field(primary_key=True)
    colour: str = Field(primary_key=True)
    liberty: bool = Field(primary_key=True)
    zh: str = Field(primary_key=True)
    n: int


class StayTally(SQLModel, table=True):
    """Open matters of one unit, kind and stage that came there on one day; `oldest` is when the first of them did.

    `late` is how much in them was entered late (补录).
    """

    __tablename__ = "stay_tally"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    unit_id: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    stage: str = Field(primary_key=True)
    since_on: date = Field(primary_key=True)
    n: int
    late: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    oldest: datetime = Field(sa_type=_AT)


class Tallied(SQLModel, table=True):
    """When the tallies were last counted, and of how many rows: a small bureau is counted afresh each time."""

    one: bool = Field(default=True, primary_key=True, sa_column_kwargs={"server_default": text("true")})
    at: datetime = Field(sa_type=_AT)
    many: int
