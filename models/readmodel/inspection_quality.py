"""How often inspections were right (规则质量), from what people did with the alerts that they raised in a period."""

from datetime import datetime
from typing import NamedTuple

from models.store.connection import Connection, Query, fetch_all

FEW = 30
"""Fewer judged alerts say nothing about a rule."""
LOW = 0.3
"""A rule that was right more seldom than this is flagged."""


class Quality(NamedTuple):
    """Of the alerts of an inspection: how many were raised, and what became of them; `hours` in half of them, until somebody signed.

    `wrong` are those that were dismissed because the words or the data had been misread; the others that were dismissed were no fault of
    the rule: they had been dealt with, or are the bureau's exception.
    """

    rule: str
    raised: int
    open: int
    cured: int
    withdrawn: int
    ordered: int
    verified: int
    closed: int
    wrong: int
    dismissed: int
    hours: float | None

    @property
    def judged(self) -> int:
        """Alerts that tell whether the rule was right."""
        return self.verified + self.wrong

    @property
    def precision(self) -> float | None:
        """The share of those it was right in; None where there is none."""
        return self.verified / self.judged if self.judged else None

    @property
    def flagged(self) -> bool:
        """Whether it was wrong so often that somebody must look at the rule."""
        return self.judged >= FEW and (self.precision or 0) < LOW


def build_unraised(rule: str) -> Quality:
    """That of an inspection that raised no alert."""
    return Quality(rule, 0, 0, 0, 0, 0, 0, 0, 0, 0, None)


QUALITY = Query[Quality]("""
SELECT rule, count(*)::int AS raised, count(*) FILTER (WHERE outcome = '')::int AS open, count(*) FILTER (WHERE outcome = 'cured')::int AS cured,
    count(*) FILTER (WHERE outcome = 'withdrawn')::int AS withdrawn, count(ordered_at)::int AS ordered,
    count(*) FILTER (WHERE outcome = 'verified')::int AS verified, count(*) FILTER (WHERE outcome = 'closed')::int AS closed,
    count(*) FILTER (WHERE outcome = 'dismissed' AND starts_with(ground, '误报'))::int AS wrong,
    count(*) FILTER (WHERE outcome = 'dismissed' AND NOT starts_with(ground, '误报'))::int AS dismissed,
    (percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM acknowledged_at - raised_at)) / 3600)::float8 AS hours
FROM alert_outcome WHERE raised_at >= %(since)s AND raised_at < %(until)s AND unit_id = ANY(%(units)s) GROUP BY rule ORDER BY rule
""")


async def measure_quality(connection: Connection, units: frozenset[str], since: datetime, until: datetime) -> list[Quality]:
    """What became of the alerts that were raised in these units from `since` to before `until`, by inspection."""
    return await fetch_all(connection, QUALITY, {"units": sorted(units), "since": since, "until": until})
