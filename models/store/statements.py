"""The SQL that writes. Each statement is one round trip of a pipeline; rows come as JSON, so that one statement writes many."""

from datetime import datetime
from typing import Any, NamedTuple

from models.access.sealing import build_failure_office_sql
from models.readmodel.timeline import CAME_AT, MOVED
from models.store.connection import Query
from models.store.links import HEARERS
from models.store.mappers import FactFound, Year
from models.store.outbox import EXPECTED, KEPT, PROMISED
from models.store.rings import TIMED
from models.store.tasks import OPEN_TASKS
from models.store.urgency import is_urgent

BEGIN_CHAIN = "INSERT INTO chain (chain, position, hash, sealed) VALUES (%(number)s, 0, %(genesis)s, 0) ON CONFLICT DO NOTHING"


class ChainHead(NamedTuple):
    """The newest entry of a chain."""

    position: int
    hash: bytes


# Lock the head of the matter's chain until the transaction ends, and its rungs before it, as a ring does: rungs, then the matter. So nothing
# rings here meanwhile, and neither waits for the other in a circle. The condition is always true: PostgreSQL runs a part that only selects
# when its rows are asked for, and to count the rungs is to lock them.
LOCK = Query[ChainHead]("""
WITH rungs AS (SELECT FROM rung WHERE matter = %(number)s FOR UPDATE)
SELECT position, hash FROM chain WHERE chain = %(number)s AND (SELECT count(*) FROM rungs) >= 0 FOR UPDATE
""")
FACTS = Query[FactFound]("SELECT fact, at, about, seq, said FROM fact WHERE matter = %(number)s ORDER BY seq, n")


class Known(NamedTuple):
    """What is known where a step is recorded, besides its facts; `seq` None: the matter is not open."""

    shown: dict[str, str] | None
    next_alarm: datetime | None
    successor: str | None
    seq: int | None
    expects: bool
    contents: list[str]
    hands: list[list[str]]
    hearers: list[dict[str, Any]]
    patience: dict[str, Any] | None


# The edition that a turn of that step in that unit begins by, as JSON: the nearest unit's latest that is not taken back; NULL where there is none.
BY_UNIT = """(SELECT json_build_object('edition', p.id, 'reminded_s', p.reminded_s, 'goes_up_s', p.goes_up_s)
    FROM unit here JOIN unit u ON starts_with(here.path, u.path)
        JOIN LATERAL (SELECT * FROM patience e WHERE e.unit_id = u.id AND e.step = %(awaited)s ORDER BY e.id DESC LIMIT 1) p ON NOT p.taken_back
    WHERE here.id = %(unit)s ORDER BY length(u.path) DESC LIMIT 1)"""
# The colours that running clocks show; when the next rung is due for which the workflow has a timer; who took over from the officer, and a
# sealed file at once or not at all; how far the journal has come;
# whether the matter is about to be told something; the entry of this key and those that the workflow has missed; who holds one of the
# offices that it will wait for, in the unit where it will be and above; which matters hear of some of its facts; and how long it will wait
# there, if somebody set that.
KNOWN = Query[Known](f"""
SELECT (SELECT jsonb_object_agg(id, colour) FROM clock WHERE matter = %(number)s AND state IN ('running', 'suspended', 'not-started'))
           AS shown,
       (SELECT min(rung.at) FROM rung JOIN clock ON clock.id = rung.clock_id WHERE rung.matter = %(number)s AND {TIMED}) AS next_alarm,
       (SELECT s.successor FROM succession s WHERE s.username = %(officer)s AND s.unit_id = %(unit)s AND NOT EXISTS (
           SELECT FROM matter m WHERE m.number = %(number)s AND m.sealed AND m.officer <> s.successor)) AS successor,
       (SELECT seq FROM matter WHERE number = %(number)s) AS seq,
       {EXPECTED} AS expects,
       ARRAY(SELECT content FROM entry WHERE key = %(key)s
             UNION
             SELECT content FROM entry WHERE chain = %(number)s AND position > %(seq)s AND seq > %(seq)s AND sort IN ('step', 'told')
       ) AS contents,
       ARRAY(SELECT ARRAY[h.office, h.username] FROM unit here JOIN unit u ON starts_with(here.path, u.path)
             JOIN holding h ON h.unit_id = u.id AND h.office = ANY(%(offices)s) JOIN person p ON p.username = h.username AND p.active
             WHERE here.id = %(unit)s) AS hands,
       {HEARERS} AS hearers,
       {BY_UNIT} AS patience
""")
PUBLISHED = Query[Year]("SELECT year, rest_days FROM calendar_year")
NUMBERS = Query[int]("SELECT nextval('matter_number') FROM generate_series(1, %(many)s)")

# The step itself: the chain's head, the entry, its facts, where the matter stands, and a word to whoever listens. What awaits approval
# is somebody's task; what no longer does is done, and is open again when the turn comes back.
APPEND = (
    """
WITH head AS (
    UPDATE chain SET position = %(position)s, hash = %(hash)s WHERE chain = %(number)s
), entered AS (
    INSERT INTO entry (chain, position, seq, sort, step, key, origin_number, origin_seq, origin_item, username, recorded_at, content,
                       previous, hash)
    VALUES (%(number)s, %(position)s, %(seq)s, %(sort)s, %(step)s, %(key)s, %(origin_number)s, %(origin_seq)s, %(origin_item)s,
            %(username)s, %(recorded_at)s, %(content)s, %(previous)s, %(hash)s)
), happened AS (
    INSERT INTO fact SELECT * FROM jsonb_populate_recordset(NULL::fact, %(facts)s)
), stands AS (
    INSERT INTO matter AS m (number, kind, stage, final, seq, unit_id, title, officer, parent, colour, shared_with, sealed, handlers,
                             requests, opened_at, updated_at, stage_since, late_entries, late_at, category, shared_at, marks, kept_from)
    VALUES (%(number)s, %(kind)s, %(stage)s, %(final)s, %(seq)s, %(unit)s, %(title)s, %(officer)s, %(parent)s, %(colour)s,
            %(share_with)s, coalesce(%(sealed)s, false), %(admits)s, %(requests)s, %(since)s, %(recorded_at)s, %(since)s, %(late)s,
            CASE WHEN %(late)s > 0 THEN %(recorded_at)s END, %(category)s,
            (SELECT coalesce(jsonb_object_agg(each, %(position)s::int), '{}') FROM unnest(%(share_with)s::text[]) AS each), %(marks)s,
            -- What is opened under another is kept from the same.
            ARRAY(SELECT unnest(kept_from) FROM matter WHERE number = %(parent)s::varchar UNION SELECT unnest(%(keeps)s::text[])))
    ON CONFLICT (number) DO UPDATE SET
        -- Since when each reads: the first time that it was shared counts.
        shared_at = excluded.shared_at || m.shared_at,
        stage = excluded.stage, final = excluded.final, seq = excluded.seq, unit_id = excluded.unit_id,
        -- A step that names neither leaves the title and the parent.
        title = coalesce(nullif(excluded.title, ''), m.title), officer = excluded.officer, colour = excluded.colour,
        parent = coalesce(excluded.parent, m.parent),
        -- What is shared stays shared, and is listed once.
        shared_with = CASE WHEN excluded.shared_with <@ m.shared_with THEN m.shared_with ELSE m.shared_with || excluded.shared_with END,
        sealed = coalesce(%(sealed)s, m.sealed), marks = excluded.marks,
        -- Who is admitted joins the handlers, who is dismissed leaves them.
        handlers = CASE WHEN %(admits)s::text[] || %(dismisses)s::text[] = '{}' THEN m.handlers ELSE ARRAY(
            SELECT DISTINCT each FROM unnest(m.handlers || excluded.handlers) AS each WHERE each <> ALL(%(dismisses)s::text[])) END,
        kept_from = CASE WHEN %(keeps)s::text[] || %(lets)s::text[] = '{}' THEN m.kept_from ELSE ARRAY(
            SELECT DISTINCT each FROM unnest(m.kept_from || %(keeps)s::text[]) AS each WHERE each <> ALL(%(lets)s::text[]) ORDER BY 1) END,
        -- Late entries are counted, and the last one dates them.
        requests = excluded.requests, updated_at = excluded.updated_at, late_entries = m.late_entries + excluded.late_entries,
        late_at = coalesce(excluded.late_at, m.late_at),
        -- A stage lasts since the matter came there, not since its last step.
        stage_since = CASE WHEN excluded.stage = m.stage THEN m.stage_since ELSE excluded.stage_since END
    RETURNING sealed, kept_from
), done AS (
    -- Done are approvals that are awaited no longer, what could not be delivered for a stage that is over, and what was sent back once its step
    -- is taken or its stage is over. Nobody is asked any more about what is taken up again or put away.
    UPDATE task SET done_at = %(recorded_at)s
    WHERE matter = %(number)s AND done_at IS NULL AND (sort = 'approval' AND key <> ALL(%(awaited)s::text[])
        OR sort = 'turn' AND key <> %(turn)s
        OR sort = 'call-back' AND %(stage)s <> %(stage_before)s
        OR sort = 'undelivered' AND step <> '' AND %(stage)s <> %(stage_before)s
        OR sort = 'returned' AND (step = %(step)s OR %(stage)s <> %(stage_before)s))
), tasked AS ("""
    + OPEN_TASKS
    + """    RETURNING sort, step, unit_id, office, username, words
), noticed AS (
    INSERT INTO notice (matter, clock_id, colour, unit_id, office, username, words, sent_at, type)
    SELECT matter, clock_id, colour, unit_id, office, username, words, sent_at, type FROM jsonb_populate_recordset(NULL::notice, %(notices)s)
    UNION ALL
    -- Whose turn it has come to be hears of it, but for whoever gave it to themselves.
    SELECT %(number)s, '', 'none', unit_id, CASE username WHEN '' THEN office ELSE '' END, username, words, %(recorded_at)s, 'turn'
    FROM tasked WHERE sort = 'turn' AND %(told)s
), promised AS ("""
    + PROMISED
    + "), "
    + KEPT
    + """
SELECT pg_notify('louke', json_build_object('number', %(number)s::text, 'kind', %(kind)s::text, 'unit', %(unit)s::text,
    'seq', %(seq)s::int, 'stage', %(stage)s::text, 'step', %(step)s::text, 'sealed', (SELECT sealed OR cardinality(kept_from) > 0 FROM stands), 'urgent', """
    + is_urgent("%(number)s::text", "%(kind)s::text")
    + """, 'asked', (
        SELECT coalesce(json_agg(json_build_object('sort', sort, 'step', step, 'unit', unit_id, 'office', office, 'person', username,
            'deputies', ARRAY(SELECT deputy FROM absence a WHERE a.username = tasked.username AND a.ended_at IS NULL
                AND a.begins <= %(recorded_at)s AND a.ends > %(recorded_at)s))), '[]')
        FROM tasked WHERE sort <> 'turn' OR %(told)s))::text)
"""
)

# The clocks that a step changed, and their rungs; an overrun that bears a newer mark is to be acknowledged anew. What is answered is when the
# matter's next rung is due for which the workflow has a timer. The parts of a statement see the tables as they were before it, whatever their
# order.
CLOCKS = Query[datetime | None](f"""
WITH said AS (
    INSERT INTO clock SELECT * FROM jsonb_populate_recordset(NULL::clock, %(clocks)s)
    ON CONFLICT (id) DO UPDATE SET
        unit_id = excluded.unit_id, officer = excluded.officer, edition = excluded.edition, basis = excluded.basis,
        zh = excluded.zh, answerable = excluded.answerable,
        started_at = excluded.started_at, due_at = excluded.due_at, date_only = excluded.date_only, liberty = excluded.liberty,
        at_expiry = excluded.at_expiry, state = excluded.state,
        colour = excluded.colour, ended_at = excluded.ended_at, overrun_due_at = excluded.overrun_due_at,
        overrun_until = excluded.overrun_until, overrun_entered_at = excluded.overrun_entered_at,
        overrun_acknowledged_at = CASE WHEN excluded.overrun_entered_at > clock.overrun_acknowledged_at
            THEN NULL ELSE clock.overrun_acknowledged_at END,
        overrun_acknowledged_by = CASE WHEN excluded.overrun_entered_at > clock.overrun_acknowledged_at
            THEN NULL ELSE clock.overrun_acknowledged_by END, calendar = excluded.calendar, reasons = excluded.reasons,
        rungs = excluded.rungs
    RETURNING id, limit_id, at_expiry
), ahead AS (
    SELECT r.* FROM jsonb_populate_recordset(NULL::rung, %(rungs)s) AS r
    WHERE NOT EXISTS (SELECT FROM ring WHERE (ring.clock_id, ring.colour, ring.at) = (r.clock_id, r.colour, r.at))
), armed AS (
    INSERT INTO rung (clock_id, colour, at, matter, armed_at) SELECT clock_id, colour, at, matter, armed_at FROM ahead
    ON CONFLICT DO NOTHING
), forgotten AS (
    DELETE FROM rung WHERE clock_id = ANY(%(changed)s) AND (clock_id, colour, at) NOT IN (SELECT clock_id, colour, at FROM ahead)
), done AS (
    UPDATE task SET done_at = %(now)s WHERE clock_id = ANY(%(relieved)s) AND done_at IS NULL
)
SELECT min(at) FROM (
    SELECT ahead.at FROM ahead JOIN said AS clock ON clock.id = ahead.clock_id WHERE {TIMED}
    UNION ALL SELECT rung.at FROM rung JOIN clock ON clock.id = rung.clock_id
    WHERE rung.matter = %(number)s AND clock_id <> ALL(%(changed)s) AND {TIMED}
) AS upcoming
""")

# People as `models.parties` has joined what was known of them and what is said now.
PARTIES = """
INSERT INTO party (matter, id, role, roles, name, citizen_id, said)
SELECT matter, id, role, roles, name, citizen_id, said FROM jsonb_populate_recordset(NULL::party, %(rows)s)
ON CONFLICT (matter, id) DO UPDATE SET role = excluded.role, roles = excluded.roles, name = excluded.name,
    citizen_id = excluded.citizen_id, said = excluded.said
"""
# What it may be found by later.
TOLD = """
WITH told AS (INSERT INTO narrative (matter, seq, words) SELECT %(number)s, %(seq)s, %(narrative)s::text WHERE %(narrative)s::text <> '')
INSERT INTO mention (matter, seq, sort, value) SELECT %(number)s, %(seq)s, sort, value
FROM jsonb_to_recordset(%(mentions)s) AS each (sort text, value text)
"""


class PartyFound(NamedTuple):
    """Somebody in a matter, as table `party` holds them."""

    id: str
    role: str
    roles: list[str]
    name: str
    citizen_id: str
    said: dict[str, str]


class Carrier(NamedTuple):
    """A matter that carries what is corrected."""

    number: str
    kind: str


# A correction: who is in the matter, whoever carries the same person or fact in the family of matters to which it belongs, and what
# is then set right; a case names its suspects to those outside. Old and new stand in the entry.
PEOPLE = Query[PartyFound]("SELECT id, role, roles, name, citizen_id, said FROM party WHERE matter = %(number)s ORDER BY id")
FAMILY = """
WITH RECURSIVE above AS (
    SELECT number, parent FROM matter WHERE number = %(number)s
    UNION SELECT m.number, m.parent FROM matter m JOIN above ON m.number = above.parent
), family AS (
    SELECT number FROM above UNION SELECT m.number FROM matter m JOIN family ON m.parent = family.number
)
"""
CARRIERS = Query[Carrier](f"""{FAMILY}
SELECT m.number, m.kind FROM family JOIN matter m USING (number) WHERE number <> %(number)s AND (
    EXISTS (SELECT FROM party p WHERE p.matter = family.number AND (p.citizen_id <> '' AND p.citizen_id = %(citizen_id)s
        OR p.name = %(name)s AND p.roles && %(roles)s AND (p.citizen_id = '' OR %(citizen_id)s = '')))
    OR %(role)s = 'suspect' AND number = (SELECT parent FROM matter WHERE number = %(number)s)
    OR EXISTS (SELECT FROM fact WHERE matter = family.number AND (fact, about, at) = (%(fact)s, %(about)s, %(at)s) AND said ? 'told_by')
) ORDER BY number
""")
# Who outside was told of a matter, and so of the people in it as they were known then.
TOLD_BEFORE = Query[str]("SELECT DISTINCT system FROM delivery WHERE subject = %(number)s")
CORRECT_FACTS = """
UPDATE fact SET at = corrected.at, said = corrected.said FROM jsonb_populate_recordset(NULL::fact, %(rows)s) AS corrected
WHERE (fact.matter, fact.seq, fact.n) = (corrected.matter, corrected.seq, corrected.n)
"""
# What opened the matter, or brought it to its stage, may be what is set right.
STANDS_SINCE = f"""
UPDATE matter SET opened_at = opened.at, stage_since = came.at FROM (
    SELECT {CAME_AT} AS at FROM entry e WHERE e.chain = %(number)s AND e.position = 1
) AS opened, (
    SELECT {CAME_AT} AS at FROM entry e WHERE e.chain = %(number)s AND {MOVED} ORDER BY e.position DESC LIMIT 1
) AS came WHERE number = %(number)s
"""
# A word to whoever handles another matter, of which it is said there.
NOTICED = """
INSERT INTO notice (matter, clock_id, colour, unit_id, office, username, words, sent_at, type)
SELECT matter, clock_id, colour, unit_id, office, username, words, sent_at, type FROM jsonb_populate_recordset(NULL::notice, %(rows)s)
"""
RENAME = """
UPDATE matter SET title = replace(title, renamed.old, renamed.new) FROM jsonb_to_recordset(%(names)s) AS renamed (old text, new text)
WHERE number = %(number)s AND renamed.old <> ''
"""
COMPLAIN = (
    "WITH "
    + KEPT
    + f"""
INSERT INTO task (matter, key, sort, words, unit_id, office, step, mandatory, opened_at)
VALUES (%(number)s::text, %(key)s, 'undelivered', '系统未能送达或者创建，请人工处理', %(unit)s, {build_failure_office_sql("%(number)s::text")}, %(step)s, true, now())
ON CONFLICT (key) DO NOTHING
"""
)
_BEHIND_TASK = "{number} || '/behind'"
BEHIND = f"""
INSERT INTO task (matter, key, sort, words, unit_id, office, step, mandatory, opened_at)
VALUES (%(number)s::text, {_BEHIND_TASK.format(number="%(number)s::text")}, 'undelivered', '日志落后于流程，本事项暂停办理，请报告系统管理员', %(unit)s, {build_failure_office_sql("%(number)s::text")}, '', true, now())
ON CONFLICT (key) DO NOTHING
"""
STILL_BEHIND = Query[str](f"""
SELECT matter FROM task WHERE key = {_BEHIND_TASK.format(number="matter")} AND sort = 'undelivered' AND done_at IS NULL ORDER BY matter
""")


class RecordedClock(NamedTuple):
    """A clock as it is recorded."""

    id: str
    state: str
    due_at: datetime | None
    edition: str
    basis: str
    calendar: str


# For a recomputation: what runs as it is recorded, and the end of what law no longer knows.
RECORDED_CLOCKS = Query[RecordedClock]("""
SELECT id, state, due_at, edition, basis, calendar FROM clock WHERE matter = %(number)s
""")
LAPSED = """
WITH forgotten AS (DELETE FROM rung WHERE clock_id = ANY(%(gone)s)),
done AS (UPDATE task SET done_at = %(now)s WHERE clock_id = ANY(%(gone)s) AND done_at IS NULL)
UPDATE clock SET state = CASE WHEN colour IN ('unkept', 'overdue') THEN 'overrun' ELSE 'lapsed' END, colour = 'none', ended_at = %(now)s, rungs = '[]',
    overrun_due_at = CASE WHEN colour IN ('unkept', 'overdue') THEN due_at ELSE overrun_due_at END,
    overrun_until = CASE WHEN colour IN ('unkept', 'overdue') THEN %(now)s ELSE overrun_until END
WHERE id = ANY(%(gone)s)
"""
