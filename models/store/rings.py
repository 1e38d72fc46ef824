"""Ringing: how due alert thresholds are claimed and announced, and how rings that came too early are given back."""

from datetime import datetime
from typing import NamedTuple

from law.clock import PROMISES
from models.store.connection import Query


class ClaimedRung(NamedTuple):
    """A threshold that was claimed, and how late in milliseconds; `lapses`: at its end a right lapses, and nobody is late."""

    matter: str
    limit_id: str
    colour: str
    late_ms: int
    mandatory: bool
    lapses: bool
    pg_notify: str


_PROMISES = ", ".join(f"'{each}'" for each in PROMISES)
_OF_PROMISE = f"clock.at_expiry IN ({_PROMISES})"
_OF_RELEASE = "clock.at_expiry IN ('release-or-change', 'release')"
TIMED = f"(clock.at_expiry NOT IN ({_PROMISES}) OR clock.limit_id = 'canary')"
"""Of a `clock`: whether its matter's workflow keeps a timer for its rungs. Promises ring together
(`activities/promise_rings.py`), but for the one that proves that timers ring."""
_UNTIMED = f"NOT EXISTS (SELECT FROM clock WHERE clock.id = rung.clock_id AND {TIMED})"
# One statement, so that a storm of rungs costs one round trip for each thousand. Each part has one rule, which stands above it, and its test in
# `tests/activities/test_ring_rules.py`. All parts see the tables as they were before the statement; what a part changed, another learns from what
# that part returns.
_CLAIM = """
-- Who hears of which colour, a row for each pair: usually (no limit), of promises, and of the limits that have hearers of their own.
-- And what people call the colours, in the order of their severity.
WITH hears (limit_id, colour, office) AS (SELECT * FROM unnest(%(heard_of)s::text[], %(colours)s::text[], %(offices)s::text[])),
named (colour, zh) AS (SELECT * FROM unnest(%(names)s::text[], %(zh)s::text[])),
-- DUE: the rungs whose instant has come, the earliest first. One that another guard holds is left to it, and waited for by nobody.
due AS (
    SELECT clock_id, colour, at, matter, armed_at FROM rung
    WHERE at <= %(until)s {which}
    ORDER BY at LIMIT %(most)s FOR UPDATE SKIP LOCKED
), locked AS (
    -- Lock matter rows in number order, to avoid deadlocks with `record`.
    SELECT number FROM matter WHERE number IN (SELECT matter FROM due) ORDER BY number FOR UPDATE
), disarmed AS (
    -- A rung is armed no longer once it is due, whoever has claimed it.
    DELETE FROM rung USING due WHERE rung.clock_id = due.clock_id AND rung.colour = due.colour AND rung.at = due.at
), claimed AS (
    -- CLAIM: whoever inserts the ring has won it, and all below speaks of these rings alone. It is late since it was armed: what had passed by
    -- then was nobody's to ring. The condition is always true: PostgreSQL runs a part that only selects when its rows are asked for, and to
    -- count them is to lock the matters first.
    INSERT INTO ring (clock_id, colour, at, matter, rung_at, late_ms, rung_by)
    SELECT clock_id, colour, at, matter, %(now)s,
           greatest(0, extract(epoch FROM %(now)s::timestamptz - greatest(at, armed_at)) * 1000)::bigint, %(by)s FROM due
    WHERE (SELECT count(*) FROM locked) >= 0
    ON CONFLICT DO NOTHING RETURNING clock_id, colour, at, matter, late_ms
), ringing AS (
    -- ANSWER: of each ring what its limit shows from now on; who its hearers are; whose the limit is, which is their office who are answerable,
    -- or the case officer where that is a party or an organ outside; and whether a task opens. A limit that ends when it starts (release at
    -- once) has no time in which to warn: its task is there from red on.
    SELECT claimed.matter, claimed.clock_id, claimed.at, claimed.colour AS rung,
           CASE WHEN claimed.colour = 'overdue' AND {of_promise} THEN 'unkept' ELSE claimed.colour END AS colour,
           CASE WHEN clock.limit_id = ANY(%(own)s) THEN clock.limit_id WHEN {of_promise} THEN 'promise' ELSE '' END AS heard_of,
           CASE WHEN clock.answerable = ANY(%(outside)s) THEN 'case-officer' ELSE clock.answerable END AS whose,
           claimed.colour = 'overdue' AND clock.at_expiry NOT IN ('service-only', 'right-lapses')
               OR claimed.colour = 'red' AND clock.due_at = clock.started_at AND {of_release} AS asks
    FROM claimed JOIN clock ON clock.id = claimed.clock_id
), lapsing AS (
    -- LAPSE: a right that nobody has used lapses with its limit: nobody here is late, and nothing is left to warn of.
    UPDATE clock SET state = 'lapsed', colour = 'none', ended_at = claimed.at
    FROM claimed WHERE clock.id = claimed.clock_id AND claimed.colour = 'overdue' AND clock.at_expiry = 'right-lapses'
    RETURNING clock.id, clock.matter
), highest AS (
    -- Of several rings of one clock in this statement the last one colours.
    SELECT DISTINCT ON (clock_id) clock_id, matter, colour, at FROM ringing
    WHERE clock_id NOT IN (SELECT id FROM lapsing) ORDER BY clock_id, at DESC
), coloured_clocks AS (
    -- COLOUR: a clock shows the colour of its ring, but no ring takes a severer one down, which a clock reckoned again may show.
    UPDATE clock SET colour = highest.colour FROM highest WHERE clock.id = highest.clock_id
        AND array_position(%(names)s::text[], clock.colour) < array_position(%(names)s::text[], highest.colour)
), coloured_matters AS (
    -- COLOUR: a matter shows the severest of its clocks', likewise.
    UPDATE matter SET colour = worst.colour
    FROM (SELECT DISTINCT ON (matter) matter, colour FROM highest ORDER BY matter, array_position(%(names)s::text[], colour) DESC) worst
    WHERE matter.number = worst.matter
      AND array_position(%(names)s::text[], matter.colour) < array_position(%(names)s::text[], worst.colour)
), noticed AS (
    -- NOTIFY: everybody who hears of the colour, the case officer by name; the custody centre of those it holds alone; nobody of a right that
    -- lapsed. Whose a promise is hears that those who supervise have the task; and where a limit is not the matter's officer's, that officer hears
    -- of it as well while there is time, and when another has the task.
    INSERT INTO notice (matter, clock_id, colour, unit_id, office, username, words, sent_at, type)
    SELECT ringing.matter, clock.id, ringing.colour, clock.unit_id, heard.office,
           CASE heard.office WHEN 'case-officer' THEN clock.officer ELSE '' END,
           clock.zh || CASE WHEN {of_promise} THEN '（服务承诺）：' ELSE '：' END || named.zh
               || coalesce('，' || to_char(clock.due_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') || '届满', ''),
           %(now)s, 'clock'
    FROM ringing JOIN clock ON clock.id = ringing.clock_id JOIN named ON named.colour = ringing.colour, LATERAL (
        SELECT CASE hears.office WHEN 'answerable' THEN ringing.whose ELSE hears.office END AS office
        FROM hears WHERE hears.colour = ringing.rung AND hears.limit_id = ringing.heard_of
        UNION SELECT ringing.whose WHERE ringing.asks AND {of_promise}
        UNION SELECT 'case-officer' WHERE clock.officer <> '' AND ringing.whose <> 'case-officer' AND ringing.heard_of IN ('', 'promise')
            AND (ringing.rung IN ('blue', 'yellow') OR ringing.asks)
    ) heard
    WHERE (clock.liberty OR heard.office <> 'custody-centre') AND ringing.clock_id NOT IN (SELECT id FROM lapsing)
), tasked AS (
    -- TASK: what ran out is whoever's the limit is, or of a promise whoever's who supervise, mandatory where somebody must be released. Of a
    -- limit that ends when it starts it is under one key, and stays the same when it runs out.
    INSERT INTO task (matter, key, sort, words, unit_id, office, step, clock_id, mandatory, opened_at)
    SELECT ringing.matter, clock.id || CASE WHEN clock.due_at = clock.started_at THEN '/at-once' ELSE '/expired/' || ringing.at END, 'expired',
           CASE WHEN {of_promise} THEN '承诺超时：' || clock.zh
                WHEN NOT {of_release} THEN '超期未办：' || clock.zh
                WHEN clock.due_at = clock.started_at THEN '必须立即释放（' || clock.zh || '）'
                ELSE '期限已满：必须立即释放或者变更强制措施（' || clock.zh || '）' END,
           clock.unit_id, CASE WHEN {of_promise} THEN 'supervisor' ELSE ringing.whose END, '', clock.id, {of_release}, %(now)s
    FROM ringing JOIN clock ON clock.id = ringing.clock_id WHERE ringing.asks
    ON CONFLICT (key) DO NOTHING
), expired AS (
    -- EXPIRE: somebody is held without a ground: the watchdog opens a rectification order over each of these.
    INSERT INTO expiry (clock_id, at, matter) SELECT claimed.clock_id, claimed.at, claimed.matter
    FROM claimed JOIN clock ON clock.id = claimed.clock_id
    WHERE claimed.colour = 'overdue' AND clock.liberty AND {of_release}
    ON CONFLICT DO NOTHING
)
-- TELL: each ring is answered to whoever claimed it, and told to the pages that lie open.
SELECT claimed.matter, clock.limit_id, claimed.colour, claimed.late_ms, {of_release} AS mandatory, clock.at_expiry = 'right-lapses' AS lapses,
       pg_notify('louke', json_build_object('number', matter.number, 'kind', matter.kind, 'unit', matter.unit_id, 'seq', matter.seq,
           'stage', matter.stage, 'step', '', 'colour', ringing.colour, 'sealed', matter.sealed OR cardinality(matter.kept_from) > 0)::text)
FROM claimed JOIN ringing ON (ringing.clock_id, ringing.rung, ringing.at) = (claimed.clock_id, claimed.colour, claimed.at)
    JOIN clock ON clock.id = claimed.clock_id LEFT JOIN matter ON matter.number = claimed.matter
"""
# What a matter shows once a right in it has lapsed: the worst of the clocks that still run.
SETTLE = """
UPDATE matter SET colour = coalesce((
    SELECT clock.colour FROM clock
    WHERE clock.matter = matter.number AND clock.state IN ('running', 'suspended', 'not-started')
    ORDER BY array_position(%(names)s::text[], clock.colour) DESC LIMIT 1), 'none')
WHERE number = ANY(%(lapsed_in)s)
"""
# A statement for each, since the plan of a prepared one is kept: whoever rings one matter finds its rungs by that matter.
CLAIM_ALL = Query[ClaimedRung](_CLAIM.format(which="", of_promise=_OF_PROMISE, of_release=_OF_RELEASE))
CLAIM_ONE = Query[ClaimedRung](_CLAIM.format(which="AND matter = %(number)s", of_promise=_OF_PROMISE, of_release=_OF_RELEASE))
CLAIM_UNTIMED = Query[ClaimedRung](_CLAIM.format(which=f"AND {_UNTIMED}", of_promise=_OF_PROMISE, of_release=_OF_RELEASE))
NEXT_ALARM = Query[datetime | None](f"""
SELECT min(rung.at) FROM rung JOIN clock ON clock.id = rung.clock_id WHERE rung.matter = %(number)s AND {TIMED}
""")
# Whether anything is to be claimed: to ask costs a tenth of claiming nothing, and guards ask four times a second.
IS_DUE = Query[bool]("SELECT EXISTS (SELECT FROM rung WHERE at <= %(until)s)")
UNTIMED_DUE = Query[bool](f"SELECT EXISTS (SELECT FROM rung WHERE at <= clock_timestamp() AND {_UNTIMED})")
THESE_EARLY = """
WITH early (clock_id, colour, at) AS (SELECT * FROM unnest(%(clocks)s::text[], %(colours)s::text[], %(ats)s::timestamptz[]))
"""
GIVE_BACK_RINGS = (
    # A right that nobody had used lapsed with that ring; it may still be used.
    """UPDATE clock SET state = 'running', ended_at = NULL FROM early
    WHERE clock.id = early.clock_id AND early.colour = 'overdue' AND clock.at_expiry = 'right-lapses'
        AND clock.state = 'lapsed' AND clock.ended_at = early.at""",
    # What was extended, ended or met since has other rungs, or none.
    """INSERT INTO rung (clock_id, colour, at, matter, armed_at)
    SELECT early.clock_id, early.colour, early.at, clock.matter, %(now)s FROM early JOIN clock ON clock.id = early.clock_id
    WHERE clock.state = 'running' AND EXISTS (
        SELECT FROM jsonb_array_elements(clock.rungs) AS each (said)
        WHERE each.said ->> 'colour' = early.colour AND (each.said ->> 'at')::timestamptz = date_trunc('second', early.at))
    ON CONFLICT DO NOTHING""",
    """UPDATE clock SET colour = coalesce((
        SELECT CASE WHEN each.said ->> 'colour' = 'overdue' AND clock.at_expiry IN ('service-only', 'escalate-service') THEN 'unkept'
            ELSE each.said ->> 'colour' END FROM jsonb_array_elements(clock.rungs) AS each (said) WHERE (each.said ->> 'at')::timestamptz <= %(now)s
        ORDER BY array_position(%(names)s::text[], each.said ->> 'colour') DESC LIMIT 1), 'none')
    FROM early WHERE clock.id = early.clock_id AND clock.state IN ('running', 'suspended', 'not-started')""",
    # The rings themselves, which only the owner lets go of; and the tasks, which are opened again when the limit runs out.
    """SELECT give_back_rings(array_agg(clock_id), array_agg(colour), array_agg(at)) FROM early""",
    """DELETE FROM expiry USING early WHERE (expiry.clock_id, expiry.at) = (early.clock_id, early.at)""",
    """INSERT INTO notice (matter, clock_id, colour, unit_id, office, username, words, sent_at, type)
    SELECT DISTINCT n.matter, n.clock_id, n.colour, n.unit_id, n.office, n.username, '更正：时钟曾走快，这一提醒发得过早，已经撤回，到时再行提醒（' || n.words || '）',
        %(now)s, 'clock' FROM notice n
    JOIN early ON (n.clock_id, CASE n.colour WHEN 'unkept' THEN 'overdue' ELSE n.colour END) = (early.clock_id, early.colour)
    WHERE n.sent_at > %(now)s""",
    # An order that was opened over it is a matter of its own, which people take back.
    """INSERT INTO notice (matter, clock_id, colour, unit_id, office, username, words, sent_at)
    SELECT DISTINCT o.number, '', 'none', clock.unit_id, 'supervisor', '', '时钟曾走快，整改指令' || o.number || '下达过早，期限尚未届满，请核实后撤销', %(now)s
    FROM early JOIN clock ON clock.id = early.clock_id JOIN matter o ON o.parent = clock.matter
    WHERE early.colour = 'overdue' AND o.kind = 'rectification-order' AND NOT o.final AND o.opened_at > %(now)s""",
)
