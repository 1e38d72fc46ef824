"""SQL of outbound notifications: planning messages, claiming them, recording results, and escalating."""

from datetime import datetime
from typing import NamedTuple

from models.access.kept_from import is_kept_sql
from models.channels import Rule
from models.store.connection import Query
from models.store.urgency import is_urgent

_RUNNING = "('running', 'suspended', 'not-started')"


class Announced(NamedTuple):
    """An announcement with what the rules need; `occasion` is empty where it no longer applies or concerns a technical matter."""

    id: int
    event: str
    occasion: str
    matter: str
    clock_id: str
    task_id: int | None
    unit_id: str
    path: str
    office: str
    username: str
    officer: str
    liberty: bool
    said_at: datetime


# The open task tells whether a turn means signing for a dispatch. The canary notifies nobody.
ANNOUNCED = Query[Announced]("""
SELECT a.id, a.event,
    CASE WHEN m.number IS NULL OR m.kind = 'canary' THEN ''
        WHEN a.occasion <> 'turn' THEN a.occasion
        ELSE coalesce((SELECT CASE t.step WHEN 'accept-dispatch' THEN 'dispatch' ELSE 'turn' END
            FROM task t WHERE t.matter = a.matter AND t.sort = 'turn' AND t.done_at IS NULL LIMIT 1), '') END AS occasion,
    a.matter, a.clock_id, a.task_id, a.unit_id, coalesce(u.path, '') AS path, a.office, a.username, coalesce(m.officer, '') AS officer,
    coalesce((SELECT c.liberty FROM clock c WHERE c.id = a.clock_id), false) AS liberty, a.said_at
FROM announcement a LEFT JOIN matter m ON m.number = a.matter LEFT JOIN unit u ON u.id = a.unit_id
ORDER BY a.id LIMIT %(most)s FOR UPDATE OF a SKIP LOCKED
""")
DELETE_ANNOUNCED = "DELETE FROM announcement WHERE id = ANY(%(ids)s)"


class RuleFound(NamedTuple):
    """A rule, and the path of its unit in the tree."""

    id: int
    unit_id: str
    path: str
    occasion: str
    to_office: str
    channel: str
    begins: str
    ends: str
    outside: str
    delay: int
    unread: int | None
    then_office: str


RULES = Query[RuleFound]("""
SELECT r.id, r.unit_id, u.path, r.occasion, r.to_office, r.channel, r.begins, r.ends, r.outside, r.delay, r.unread, r.then_office
FROM channel_rule r JOIN unit u ON u.id = r.unit_id ORDER BY r.id
""")


def _build_recipients_sql(unit: str, office: str, username: str, matter: str) -> str:
    """SQL for the recipients: the named person and their deputy, or the holders of the office nearest above the unit. Arguments are SQL expressions.

    Other organs are never recipients, because they are not above any unit; nor is anybody from whom the matter is kept.
    """
    kept = f"SELECT FROM matter m WHERE m.number = {matter} AND cardinality(m.kept_from) > 0 AND {is_kept_sql('somebody.username', 'm.kept_from')}"
    return f"""
    SELECT somebody.username FROM (SELECT p.username FROM person p WHERE p.active AND (p.username = {username} OR EXISTS (SELECT FROM absence a WHERE a.username = {username}
        AND a.deputy = p.username AND a.ended_at IS NULL AND a.begins <= now() AND a.ends > now()))
    UNION
    SELECT found.username FROM (
        SELECT p.username, length(u.path) AS depth, max(length(u.path)) OVER () AS nearest
        FROM unit here JOIN unit u ON starts_with(here.path, u.path) JOIN holding h ON h.unit_id = u.id AND h.office = {office}
        JOIN person p ON p.username = h.username AND p.active WHERE here.id = {unit} AND {username} = ''
    ) found WHERE found.depth = found.nearest) somebody WHERE NOT EXISTS ({kept})"""


def _build_went_up(of: str) -> str:
    """SQL for when the turn that an announcement or a message tells of went up, by the time that it was said; NULL if it had not."""
    return f"""(SELECT max(t.goes_up_at) FROM task t WHERE {of}.occasion IN ('dispatch', 'turn') AND t.matter = {of}.matter AND t.sort = 'turn'
        AND t.done_at IS NULL AND t.goes_up_at <= {of}.said_at AND (t.step = 'accept-dispatch') = ({of}.occasion = 'dispatch'))"""


# Nobody gets the same message about the same matter again within five minutes without having looked; that it went up is another.
PLAN = f"""
INSERT INTO sending (event, occasion, matter, clock_id, task_id, unit_id, rule_id, username, channel, said_at, due_at, try_at,
    escalate_at, then_office)
SELECT DISTINCT ON (each.event, recipient.username, each.channel) each.event, each.occasion, each.matter, each.clock_id, each.task_id, each.unit_id,
    each.rule_id, recipient.username, each.channel, each.said_at, each.due_at, each.due_at, each.escalate_at, each.then_office
FROM jsonb_to_recordset(%(rows)s) AS each (event text, occasion text, matter text, clock_id text, task_id bigint, unit_id text,
    rule_id bigint, office text, username text, channel text, said_at timestamptz, due_at timestamptz, escalate_at timestamptz,
    then_office text), LATERAL ({_build_recipients_sql("each.unit_id", "each.office", "each.username", "each.matter")}) recipient
WHERE NOT EXISTS (
    SELECT FROM sending s WHERE (s.username, s.matter, s.occasion, s.channel, s.clock_id)
        = (recipient.username, each.matter, each.occasion, each.channel, each.clock_id)
        AND s.read_at IS NULL AND s.said_at > each.said_at - interval '5 minutes'
        AND s.said_at >= coalesce({_build_went_up("each")}, s.said_at))
ORDER BY each.event, recipient.username, each.channel, each.due_at
ON CONFLICT (event, username, channel) DO NOTHING
"""
# SQL condition: what a message `s` says still holds.
_STILL_TRUE = f"""(CASE
    WHEN s.occasion IN ('orange', 'red', 'overdue')
        THEN EXISTS (SELECT FROM clock c WHERE c.id = s.clock_id AND c.state IN {_RUNNING}
            AND CASE c.colour WHEN 'unkept' THEN 'overdue' ELSE c.colour END = s.occasion)
    WHEN s.occasion IN ('approval', 'returned') THEN EXISTS (SELECT FROM task t WHERE t.id = s.task_id AND t.done_at IS NULL)
    WHEN s.occasion IN ('dispatch', 'turn') THEN EXISTS (SELECT FROM task t WHERE t.matter = s.matter AND t.sort = 'turn'
        AND t.done_at IS NULL AND (t.step = 'accept-dispatch') = (s.occasion = 'dispatch'))
    ELSE true END)"""


class Claimed(NamedTuple):
    """A claimed message; until its lease ends no other sender claims it."""

    id: int
    occasion: str
    matter: str
    username: str
    gone_up: bool
    tries: int
    due_at: datetime
    wanted: bool
    address: str
    code: str
    limit_id: str
    ends_at: datetime | None
    key: str
    words: str
    worded_at: datetime | None
    urgent: bool
    untaken: bool


CLAIM = Query[Claimed](f"""
WITH due AS (
    SELECT id FROM sending WHERE channel = %(channel)s AND state = 'waiting' AND try_at <= %(now)s
    ORDER BY try_at LIMIT %(most)s FOR UPDATE SKIP LOCKED
), s AS (
    UPDATE sending SET tries = sending.tries + 1, try_at = %(now)s::timestamptz + %(lease)s::interval FROM due WHERE sending.id = due.id
    RETURNING sending.*
)
SELECT s.id, s.occasion, s.matter, s.username, s.gone_up, s.tries, s.due_at, s.read_at IS NULL AND p.active AND {_STILL_TRUE} AS wanted,
    coalesce(CASE WHEN s.occasion = 'code' THEN a.pending ELSE a.address END, '') AS address, coalesce(a.code, '') AS code,
    coalesce(c.limit_id, '') AS limit_id, c.due_at AS ends_at, s.key, s.words, s.worded_at,
    {is_urgent("s.matter", "'incident'")} AS urgent, NOT s.gone_up AND {_build_went_up("s")} IS NOT NULL AS untaken
FROM s JOIN person p ON p.username = s.username
LEFT JOIN channel_address a ON (a.username, a.channel) = (s.username, s.channel)
LEFT JOIN clock c ON c.id = s.clock_id ORDER BY s.due_at
""")
# Runs in the transaction of the claim, so that a retry within minutes finds the text and repeats it.
KEEP_TEXT = """
UPDATE sending SET words = each.words, worded_at = %(now)s FROM unnest(%(ids)s::bigint[], %(words)s::text[]) AS each (id, words)
WHERE sending.id = each.id
"""
# Only the last claim (`tries`) records a result; a sender that hung until its lease ended records none.
RECORD = """
WITH said AS (
    SELECT %(state)s::text AS state, %(error)s::text AS error, %(now)s::timestamptz AS now
), noted AS (
    UPDATE sending SET state = said.state, receipt = %(receipt)s, last_error = said.error, try_at = %(try_at)s,
        sent_at = CASE said.state WHEN 'sent' THEN said.now END
    FROM said WHERE id = %(id)s AND tries = %(tries)s AND sending.state = 'waiting' RETURNING sending.channel
)
UPDATE channel_state SET sent_at = CASE said.state WHEN 'sent' THEN said.now ELSE channel_state.sent_at END,
    failing_since = CASE said.error WHEN '' THEN NULL ELSE coalesce(failing_since, said.now) END, last_error = said.error
FROM said, noted WHERE channel_state.channel = noted.channel AND said.state IN ('sent', 'waiting', 'given-up')
"""
CONFIGURED = """
INSERT INTO channel_state (channel, configured) SELECT each.channel, each.channel = ANY(%(configured)s)
FROM unnest(%(channels)s::text[]) AS each (channel)
ON CONFLICT (channel) DO UPDATE SET configured = excluded.configured WHERE channel_state.configured <> excluded.configured
"""
# Escalates once for each event and rule, if no recipient has looked and it still holds. Sent at once, and not escalated further.
ESCALATE = Query[int](f"""
WITH due AS (
    SELECT s.*, NOT EXISTS (SELECT FROM sending o WHERE o.event = s.event AND o.read_at IS NOT NULL) AND {_STILL_TRUE} AS wanted FROM sending s
    WHERE s.escalate_at <= %(now)s ORDER BY s.escalate_at LIMIT %(most)s FOR UPDATE SKIP LOCKED
), settled AS (
    UPDATE sending SET escalate_at = NULL FROM due WHERE sending.id = due.id
), unheeded AS (
    SELECT DISTINCT ON (event, rule_id) due.*, due.then_office AS office FROM due WHERE wanted ORDER BY event, rule_id, id
)
INSERT INTO sending (event, occasion, matter, clock_id, task_id, unit_id, rule_id, username, channel, gone_up, said_at, due_at, try_at)
SELECT each.event, each.occasion, each.matter, each.clock_id, each.task_id, each.unit_id, each.rule_id, recipient.username, each.channel, true,
    %(now)s::timestamptz, %(now)s::timestamptz, %(now)s::timestamptz
FROM unheeded each, LATERAL ({_build_recipients_sql("each.unit_id", "each.office", "''", "each.matter")}) recipient
ON CONFLICT (event, username, channel) DO NOTHING RETURNING id
""")
SEEN = """
UPDATE sending SET read_at = %(now)s
WHERE username = %(username)s AND read_at IS NULL AND occasion NOT IN ('code', 'test') AND (%(matter)s::text = '' OR matter = %(matter)s::text)
"""


def to_rule(found: RuleFound) -> Rule:
    """Convert a row into a rule."""
    fields = found._asdict()
    named = {"unit": fields["unit_id"], "to": fields["to_office"] or None, "then": fields["then_office"] or None}
    return Rule.model_validate({name: fields[name] for name in Rule.model_fields if name in fields} | named)
