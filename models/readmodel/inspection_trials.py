"""Trials of inspections on history, as those who keep the rules look at them: what was found, in which units, and a sample that is drawn by a seed."""

from datetime import datetime
from typing import Any, NamedTuple

from models.access.scope import Scope
from models.readmodel.pagination import build_title_sql, build_visible_sql, fetch_planned
from models.store.connection import Connection, Query, fetch_all

SAMPLE = 50
"""Hits of one sample: as many as a person labels in half an hour."""
_LISTED = 20


class TrialRow(NamedTuple):
    """A trial: what was tried, how far it has come, and how its hits were labelled."""

    id: int
    rule: str
    unit_id: str
    unit_zh: str
    changes: list[dict[str, Any]]
    since: datetime
    until: datetime
    seed: int
    asked_by_zh: str
    asked_at: datetime
    state: str
    matters: int
    hits: int
    fresh: int
    gone: int
    failed: int
    capped: bool
    finished_at: datetime | None
    right: int
    wrong: int


TRIALS = Query[TrialRow]("""
SELECT t.id, t.rule, t.unit_id, u.zh AS unit_zh, t.changes, t.since, t.until, t.seed, p.zh AS asked_by_zh, t.asked_at, t.state, t.matters, t.hits,
    t.fresh, t.gone, t.failed, t.capped, t.finished_at,
    (SELECT count(*) FROM inspection_trial_hit h WHERE h.trial_id = t.id AND h.label = 'right')::int AS right,
    (SELECT count(*) FROM inspection_trial_hit h WHERE h.trial_id = t.id AND h.label = 'wrong')::int AS wrong
FROM inspection_trial t JOIN unit u ON u.id = t.unit_id JOIN person p ON p.username = t.asked_by
WHERE t.rule = %(rule)s AND t.unit_id = ANY(%(units)s) AND (%(trial)s::bigint IS NULL OR t.id = %(trial)s) ORDER BY t.id DESC LIMIT %(most)s
""")


class UnitHits(NamedTuple):
    """How many of the hits that were kept lie in a unit, and how many of them the rule as it holds does not find."""

    unit_zh: str
    hits: int
    fresh: int


UNITS = Query[UnitHits]("""
SELECT u.zh AS unit_zh, count(*) FILTER (WHERE h.after)::int AS hits, count(*) FILTER (WHERE h.after AND NOT h.before)::int AS fresh
FROM inspection_trial_hit h JOIN unit u ON u.id = h.unit_id WHERE h.trial_id = %(trial)s GROUP BY u.zh ORDER BY 2 DESC, u.zh
""")


class Drawn(NamedTuple):
    """A hit of the sample: where, on what it rests, whether the rule finds it as it holds and as it was tried, and how it was labelled."""

    subject: str
    subject_title: str | None
    about: str
    unit_zh: str
    severity: str
    evidence: list[dict[str, Any]]
    before: bool
    after: bool
    label: str
    labelled_by_zh: str | None
    labelled_at: datetime | None


# The same seed draws the same hits, whoever draws, and whenever.
DRAWN = Query[Drawn]("""
SELECT h.subject, {title} AS subject_title, h.about, u.zh AS unit_zh, h.severity, h.evidence, h.before, h.after, h.label, p.zh AS labelled_by_zh,
    h.labelled_at
FROM inspection_trial_hit h JOIN inspection_trial t ON t.id = h.trial_id JOIN matter m ON m.number = h.subject
JOIN unit u ON u.id = h.unit_id LEFT JOIN person p ON p.username = h.labelled_by
WHERE h.trial_id = %(trial)s AND {where} ORDER BY md5(t.seed || '/' || h.subject || '/' || h.about), h.subject, h.about LIMIT %(most)s
""")


async def list_trials(connection: Connection, rule: str, units: frozenset[str], trial: int | None = None) -> list[TrialRow]:
    """The newest trials of an inspection in these units, or that one alone."""
    return await fetch_all(connection, TRIALS, {"rule": rule, "units": sorted(units), "trial": trial, "most": _LISTED})


async def list_unit_hits(connection: Connection, trial: int) -> list[UnitHits]:
    """In which units it found how many."""
    return await fetch_all(connection, UNITS, {"trial": trial})


async def draw_sample(connection: Connection, scope: Scope, trial: int) -> list[Drawn]:
    """The sample that its seed draws, of what the caller may know."""
    arguments: dict[str, Any] = {"trial": trial, "most": SAMPLE}
    sql = DRAWN.format(where=build_visible_sql(scope, arguments), title=build_title_sql(scope, arguments))
    return await fetch_planned(connection, sql, arguments)
