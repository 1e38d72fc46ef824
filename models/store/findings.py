"""Findings (巡查发现): what an inspection finds in a matter, as long as it does, and the risk alert over what is yellow or worse.

A finding's `state` says how far its alert has come in this episode: none (''), numbered (`due`), `open`, `ordered` to be put right, `ended`.
`told` is the fingerprint that the alert knows, `settled` that on which a person judged it: on the same evidence it is raised no more.
"""

from datetime import datetime
from typing import Any, NamedTuple

from law.clock import Colour
from models.store.connection import Query

ALERTING = (Colour.YELLOW, Colour.ORANGE, Colour.RED)
"""From yellow on a finding opens an alert; what is blue is only listed."""

WORSE = (Colour.BLUE, *ALERTING)
"""The severities, each worse than the one before."""

# Whoever inspects does it alone: so nobody writes what they read before somebody else looked.
ALONE = "SELECT pg_advisory_xact_lock(hashtext('inspecting'))"

# Steps and refused attempts since which a matter was not inspected, a row for each, so that no step waits for whoever inspects.
ASK_TO_INSPECT = """
INSERT INTO inspection_due (matter) SELECT DISTINCT each FROM unnest(%(matters)s::text[]) each WHERE each <> ''
"""
ASK_TO_INSPECT_MANY = Query[str]("""
INSERT INTO inspection_due (matter) SELECT m.number FROM matter m WHERE NOT m.final AND m.kind = ANY(%(kinds)s) AND {where} RETURNING matter
""")
TAKE_DUE = Query[str]("""
WITH taken AS (DELETE FROM inspection_due WHERE id IN (SELECT id FROM inspection_due ORDER BY id LIMIT %(most)s) RETURNING matter)
SELECT DISTINCT matter FROM taken ORDER BY 1
""")
# What is found in matters that were looked at, by these inspections: it is kept, and what is found no more is gone. `%(found)s` is a list of
# rows in JSON. What was dismissed as a task, before there were alerts, stays dismissed on the same words.
KEEP = """
WITH found AS (
    SELECT * FROM jsonb_to_recordset(%(found)s::jsonb) AS each (rule text, subject text, about text, severity text, fingerprint text, evidence jsonb, words text, edition bigint)
), gone AS (
    UPDATE finding f SET gone_at = %(now)s
    FROM unnest(%(rules)s::text[], %(subjects)s::text[]) AS looked (rule, subject)
    WHERE (f.rule, f.subject) = (looked.rule, looked.subject) AND f.gone_at IS NULL
        AND NOT EXISTS (SELECT FROM found WHERE (found.rule, found.subject, found.about) = (f.rule, f.subject, f.about))
)
INSERT INTO finding AS known (rule, subject, about, severity, fingerprint, evidence, edition, first_seen, last_seen, settled)
SELECT rule, subject, about, severity, fingerprint, evidence, edition, %(now)s, %(now)s, CASE WHEN EXISTS (
        SELECT FROM task WHERE task.key = 'finding/' || rule || '/' || subject || '/' || about AND task.dismissed = found.words AND found.words <> ''
    ) THEN fingerprint ELSE '' END
FROM found
ON CONFLICT (rule, subject, about) DO UPDATE SET severity = excluded.severity, fingerprint = excluded.fingerprint, evidence = excluded.evidence,
    edition = excluded.edition, last_seen = excluded.last_seen, gone_at = NULL,
    first_seen = CASE WHEN known.gone_at IS NULL THEN known.first_seen ELSE excluded.first_seen END
"""


class Held(NamedTuple):
    """A finding over which an alert is open, and the edition by which it was found."""

    rule: str
    subject: str
    about: str
    edition: int


# An alert goes on by the figures with which it was raised: what is set later neither ends it nor makes it graver.
HELD = Query[Held]("""
SELECT rule, subject, about, edition FROM finding
WHERE subject = ANY(%(subjects)s) AND gone_at IS NULL AND state IN ('due', 'open', 'ordered') ORDER BY rule, subject, about
""")
# Of inspections that there are no more.
FORGET_RULES = "UPDATE finding SET gone_at = %(now)s WHERE gone_at IS NULL AND rule <> ALL(%(rules)s)"
# The alert of an episode has its number before anybody opens it; so it is opened once, whoever tries, and however often.
NUMBER = Query[str]("""
UPDATE finding SET alert = %(beginning)s || next_serial(), episode = episode + (state = 'ended')::int, state = 'due', told = '', told_severity = '',
    retry_at = '-infinity'
WHERE subject = ANY(%(subjects)s) AND gone_at IS NULL AND severity = ANY(%(alerting)s) AND state IN ('', 'ended') AND fingerprint <> settled
RETURNING alert
""")
# Tasks over findings, as there were before alerts.
CLOSE_TASKS = "UPDATE task SET done_at = %(now)s WHERE matter = ANY(%(subjects)s) AND sort = 'finding' AND done_at IS NULL"
CLOSE_ENDED_TASKS = """
UPDATE task SET done_at = %(now)s WHERE sort = 'finding' AND done_at IS NULL
    AND NOT EXISTS (SELECT FROM matter m WHERE m.number = task.matter AND NOT m.final)
"""
_OWING = """
(f.state = 'due' AND f.gone_at IS NULL OR f.state = 'open' AND f.gone_at IS NOT NULL
    OR f.state IN ('open', 'ordered') AND f.gone_at IS NULL AND f.fingerprint <> f.told) AND f.retry_at <= now()
"""
# Whether an alert is to be opened, brought up to date or cleared.
OWES = Query[bool](f"SELECT EXISTS (SELECT FROM finding f WHERE {_OWING})")
# Whether a matter waits to be inspected, or an alert to be opened, brought up to date or cleared.
WAITING = Query[bool](f"SELECT EXISTS (SELECT FROM inspection_due) OR EXISTS (SELECT FROM finding f WHERE {_OWING})")


class Owing(NamedTuple):
    """What an alert is still to be told: that it is there, on what it rests by now, or that it holds no more.

    `seq` and `raised_at` are the alert's, None before it is there; `last_seq`, `last_step` and `last_at` tell the newest step of the subject.
    """

    rule: str
    subject: str
    kind: str
    unit_id: str
    about: str
    severity: str
    told_severity: str
    fingerprint: str
    evidence: list[dict[str, Any]]
    edition: int
    path: str
    episode: int
    alert: str
    state: str
    gone: bool
    seq: int | None
    raised_at: datetime | None
    last_seq: int
    last_step: str
    last_at: datetime | None


# Each is tried again ten seconds later, unless it was done.
OWED = Query[Owing](f"""
WITH taken AS (
    UPDATE finding SET retry_at = now() + interval '10 seconds'
    WHERE (rule, subject, about) IN (
        SELECT f.rule, f.subject, f.about FROM finding f WHERE {_OWING} ORDER BY f.alert LIMIT %(most)s FOR UPDATE SKIP LOCKED)
    RETURNING *
)
SELECT f.rule, f.subject, m.kind, m.unit_id, f.about, f.severity, f.told_severity, f.fingerprint, f.evidence, f.edition, u.path, f.episode, f.alert,
    f.state,
    f.gone_at IS NOT NULL AS gone, a.seq, a.opened_at AS raised_at, coalesce(last.seq, 0) AS last_seq, coalesce(last.step, '') AS last_step,
    last.recorded_at AS last_at
FROM taken f JOIN matter m ON m.number = f.subject JOIN unit u ON u.id = m.unit_id LEFT JOIN matter a ON a.number = f.alert
LEFT JOIN LATERAL (
    SELECT e.seq, e.step, e.recorded_at FROM entry e WHERE e.chain = f.subject AND e.sort = 'step' ORDER BY e.position DESC LIMIT 1
) last ON true
ORDER BY f.alert
""")
# What the alert's own journal says of its finding, in the transaction that says it.
RAISED = """
UPDATE finding SET state = 'open', told = %(fingerprint)s, told_severity = %(severity)s, retry_at = '-infinity'
WHERE alert = %(alert)s AND state = 'due'
"""
REFRESHED = """
UPDATE finding SET told = %(fingerprint)s, told_severity = %(severity)s, retry_at = '-infinity' WHERE alert = %(alert)s
"""
ORDERED = "UPDATE finding SET state = 'ordered' WHERE alert = %(alert)s"
ENDED = """
UPDATE finding SET state = 'ended', settled = CASE WHEN %(judged)s THEN told ELSE '' END WHERE alert = %(alert)s
"""
SETTLE = "UPDATE finding SET settled = %(fingerprint)s WHERE (rule, subject, about) = (%(rule)s, %(subject)s, %(about)s)"
