"""Trials on history (历史试跑): what an inspection would find, by figures and words that are only proposed, in matters of a period.

A trial opens no alert and keeps no finding. It is carried out a batch at a time, each in a transaction that says how far it has come; whoever
dies between leaves the rest to the next. Sealed files are in none.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from psycopg.types.json import Jsonb

from law.offices import Office
from models.problems import NotFound
from models.store.administrative_change import Change
from models.store.connection import Query, fetch_first

MOST_MATTERS = 20_000
"""So many matters are looked at in one trial; the oldest of the period first."""
MOST_HITS = 2_000
"""So many hits are kept, from which samples are drawn; what is found beyond them is counted."""


class Running(NamedTuple):
    """A trial that is not done: what is tried, where and when, and how far it has come."""

    id: int
    rule: str
    path: str
    changes: list[dict[str, Any]]
    since: datetime
    until: datetime
    after: str
    matters: int


_BEGIN = Query[int]("""
INSERT INTO inspection_trial (rule, unit_id, changes, since, until, seed, asked_by, asked_at)
VALUES (%(rule)s, %(unit)s, %(changes)s, %(since)s, %(until)s, %(seed)s, %(by)s, %(now)s) RETURNING id
""")
WAITING = Query[bool]("SELECT EXISTS (SELECT FROM inspection_trial WHERE state = 'running')")
# Whoever carries on with it holds it, so that two workers do not look at the same matters.
TAKE = Query[Running]("""
SELECT t.id, t.rule, u.path, t.changes, t.since, t.until, t.after, t.matters FROM inspection_trial t JOIN unit u ON u.id = t.unit_id
WHERE t.state = 'running' ORDER BY t.id LIMIT 1 FOR UPDATE OF t SKIP LOCKED
""")
KEEP_HITS = """
INSERT INTO inspection_trial_hit (trial_id, subject, about, unit_id, severity, evidence, before, after)
SELECT %(trial)s, subject, about, unit_id, severity, evidence, before, after
FROM jsonb_to_recordset(%(hits)s::jsonb) AS each (subject text, about text, unit_id text, severity text, evidence jsonb, before boolean, after boolean)
WHERE (SELECT count(*) FROM inspection_trial_hit WHERE trial_id = %(trial)s) < %(most)s
ON CONFLICT (trial_id, subject, about) DO NOTHING
"""
GO_ON = """
UPDATE inspection_trial SET after = %(after)s, matters = matters + %(matters)s, hits = hits + %(hits)s, fresh = fresh + %(fresh)s,
    gone = gone + %(gone)s, failed = failed + %(failed)s, capped = %(capped)s, state = CASE WHEN %(done)s THEN 'done' ELSE state END,
    finished_at = CASE WHEN %(done)s THEN now() END
WHERE id = %(trial)s
"""
_DRAW = Query[int]("UPDATE inspection_trial SET seed = %(seed)s WHERE id = %(trial)s AND rule = %(rule)s RETURNING seed")
_LABEL = Query[str]("""
UPDATE inspection_trial_hit h SET label = %(label)s, labelled_by = %(by)s, labelled_at = %(now)s FROM inspection_trial t
WHERE t.id = h.trial_id AND (h.trial_id, t.rule, h.subject, h.about) = (%(trial)s, %(rule)s, %(subject)s, %(about)s) RETURNING h.subject
""")


async def begin(
    change: Change, asked: Mapping[str, Any], changes: Sequence[Mapping[str, Any]], words: str, office: Office
) -> int | None:
    """Let the inspection be tried: its rule, the unit, since and until when, by which seed; `words` say what is tried."""
    made = {**asked, "changes": Jsonb(list(changes)), "by": change.author.username, "now": change.now}
    trial = await fetch_first(change.connection, _BEGIN, made)
    days = {name: asked[name].isoformat() for name in ("since", "until")}
    await change.journal_change("try-inspection", {**asked, **days, "what": words, "trial": trial, "changes": changes}, office)
    return trial


async def draw(change: Change, rule: str, trial: int, seed: int, office: Office) -> None:
    """Draw its sample by another seed; NotFound where there is no such trial."""
    said = {"rule": rule, "trial": trial, "seed": seed}
    if await fetch_first(change.connection, _DRAW, said) is None:
        raise NotFound("没有这次试跑")
    await change.journal_change("draw-trial", said, office)


async def label(change: Change, rule: str, trial: int, said: Mapping[str, Any], office: Office) -> None:
    """Say whether the rule is right in a hit; NotFound where it found no such."""
    asked = {"rule": rule, "trial": trial, **said}
    if await fetch_first(change.connection, _LABEL, asked | {"by": change.author.username, "now": change.now}) is None:
        raise NotFound("这次试跑没有这一命中")
    await change.journal_change("label-trial", asked, office)
