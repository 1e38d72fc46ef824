"""Ringing: a rung is claimed once, by the workflow's timer or by the watchdog, and whoever claims it notifies."""

from datetime import datetime, timedelta
from typing import Any

from temporalio import activity

from activities.timekeeper import Timekeeper, timekeeper_of
from law.clock import Colour
from law.offices import Office
from runtime.database import Pool
from runtime.logging import log
from runtime.metrics import RING_LATENESS, RINGS

# Who hears of which colour: the ladder goes up one hand at a time, and at expiry to those who supervise.
_HEARS: dict[Colour, tuple[Office, ...]] = {
    Colour.BLUE: (Office.CASE_OFFICER,),
    Colour.YELLOW: (Office.CASE_OFFICER,),
    Colour.ORANGE: (Office.STATION_HEAD,),
    Colour.RED: (Office.LEGAL_REVIEWER,),
    Colour.OVERDUE: (Office.SUPERVISOR, Office.CUSTODY_CENTRE),
}
# A workflow whose own clock runs ahead asks again once the instant has come by the database's, and never more often than this.
_LEAST = timedelta(milliseconds=200)
# Where this worker's clock cannot be believed the watchdog rings; the workflow looks again whether it has.
_LOOK_AGAIN = timedelta(seconds=10)
# A ring later than this means that a guard slept; the requirement is two seconds.
_LATE_S = 2.0

_CLAIM = """
WITH hears (colour, office) AS (SELECT * FROM unnest(%(colours)s::text[], %(offices)s::text[])),
named (colour, zh) AS (SELECT * FROM unnest(%(names)s::text[], %(zh)s::text[])),
due AS (
    SELECT clock_id, colour, at, matter, armed_at FROM rung
    WHERE at <= %(until)s {of_one}
    ORDER BY at LIMIT %(most)s FOR UPDATE SKIP LOCKED
), stood AS (
    -- Whoever rings holds the matters before touching anything of theirs, all in one order: so none waits for another in a circle.
    SELECT number FROM matter WHERE number IN (SELECT matter FROM due) ORDER BY number FOR UPDATE
), taken AS (
    DELETE FROM rung USING due WHERE rung.clock_id = due.clock_id AND rung.colour = due.colour AND rung.at = due.at
), claimed AS (
    INSERT INTO ring (clock_id, colour, at, matter, rung_at, late_ms, rung_by)
    SELECT clock_id, colour, at, matter, %(now)s,
           greatest(0, extract(epoch FROM %(now)s::timestamptz - greatest(at, armed_at)) * 1000)::bigint, %(by)s FROM due
    WHERE (SELECT count(*) FROM stood) >= 0
    ON CONFLICT DO NOTHING RETURNING clock_id, colour, at, matter, late_ms
), lapsing AS (
    -- A right that nobody has used lapses with its limit: nobody here is late, and nothing is left to warn of.
    UPDATE clock SET state = 'lapsed', colour = 'none', ended_at = claimed.at
    FROM claimed WHERE clock.id = claimed.clock_id AND claimed.colour = 'overdue' AND clock.at_expiry = 'right-lapses'
    RETURNING clock.id, clock.matter
), highest AS (
    SELECT DISTINCT ON (clock_id) clock_id, matter, colour, at FROM claimed
    WHERE clock_id NOT IN (SELECT id FROM lapsing) ORDER BY clock_id, at DESC
), shown AS (
    -- A clock that was reckoned again may show a further colour than a rung that is rung only now: nothing rings it down.
    UPDATE clock SET colour = highest.colour FROM highest WHERE clock.id = highest.clock_id
        AND array_position(%(names)s::text[], clock.colour) < array_position(%(names)s::text[], highest.colour)
), worst AS (
    UPDATE matter SET colour = worst.colour
    FROM (SELECT DISTINCT ON (matter) matter, colour FROM highest ORDER BY matter, array_position(%(names)s::text[], colour) DESC) worst
    WHERE matter.number = worst.matter
      AND array_position(%(names)s::text[], matter.colour) < array_position(%(names)s::text[], worst.colour)
), noticed AS (
    INSERT INTO notice (matter, clock_id, colour, unit_id, office, username, words, sent_at)
    SELECT claimed.matter, clock.id, claimed.colour, clock.unit_id, hears.office,
           CASE hears.office WHEN 'case-officer' THEN clock.officer ELSE '' END,
           clock.zh || '：' || named.zh || coalesce('，' || to_char(clock.due_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') || '届满', ''),
           %(now)s
    FROM claimed JOIN clock ON clock.id = claimed.clock_id JOIN hears ON hears.colour = claimed.colour
         JOIN named ON named.colour = claimed.colour
    WHERE (clock.liberty OR hears.office <> 'custody-centre') AND claimed.clock_id NOT IN (SELECT id FROM lapsing)
), tasked AS (
    -- Whoever is to be released at once has no limit that could run out first: the task is there from the beginning, and stays the same.
    INSERT INTO task (matter, key, sort, words, unit_id, office, step, clock_id, mandatory, opened_at)
    SELECT claimed.matter, claimed.clock_id || CASE WHEN clock.due_at = clock.started_at THEN '/at-once' ELSE '/expired/' || claimed.at END,
           'expired',
           CASE WHEN clock.at_expiry NOT IN ('release-or-change', 'release') THEN '超期未办：' || clock.zh
                WHEN clock.due_at = clock.started_at THEN '必须立即释放（' || clock.zh || '）'
                ELSE '期限已满：必须立即释放或者变更强制措施（' || clock.zh || '）' END,
           clock.unit_id, 'case-officer', '', clock.id, clock.at_expiry IN ('release-or-change', 'release'), %(now)s
    FROM claimed JOIN clock ON clock.id = claimed.clock_id
    WHERE claimed.colour = 'overdue' AND clock.at_expiry NOT IN ('service-only', 'right-lapses')
        OR claimed.colour = 'red' AND clock.due_at = clock.started_at AND clock.at_expiry IN ('release-or-change', 'release')
    ON CONFLICT (key) DO NOTHING
), expired AS (
    -- A person is held without a ground: the watchdog opens an order over it.
    INSERT INTO expiry (clock_id, at, matter) SELECT claimed.clock_id, claimed.at, claimed.matter
    FROM claimed JOIN clock ON clock.id = claimed.clock_id
    WHERE claimed.colour = 'overdue' AND clock.liberty AND clock.at_expiry IN ('release-or-change', 'release')
    ON CONFLICT DO NOTHING
)
SELECT claimed.matter, clock.limit_id, claimed.colour, claimed.late_ms,
       clock.at_expiry IN ('release-or-change', 'release') AS mandatory, clock.at_expiry = 'right-lapses' AS lapses,
       pg_notify('louke', json_build_object('number', matter.number, 'kind', matter.kind, 'unit', matter.unit_id, 'seq', matter.seq,
           'stage', matter.stage, 'step', '', 'colour', claimed.colour, 'sealed', matter.sealed)::text)
FROM claimed JOIN clock ON clock.id = claimed.clock_id LEFT JOIN matter ON matter.number = claimed.matter
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
CLAIM_ALL, CLAIM_ONE = _CLAIM.replace("{of_one}", ""), _CLAIM.replace("{of_one}", "AND matter = %(number)s")
NEXT_ALARM = "SELECT min(at) FROM rung WHERE matter = %(number)s"

_PAIRS = [(colour, office) for colour, offices in _HEARS.items() for office in offices]
_LADDER: dict[str, Any] = {
    "colours": [colour for colour, _ in _PAIRS],
    "offices": [office for _, office in _PAIRS],
    "names": list(Colour),
    "zh": [colour.label for colour in Colour],
}
# One statement's worth: half a second of a storm, and a fraction of a second of work.
BATCH = 1000


async def claim(connection: Any, now: datetime, until: datetime, by: str, number: str | None = None) -> int:
    """Ring what is due by `until`, in one statement: claim, colour, notify, open tasks. How many rungs this caller won."""
    arguments = _LADDER | {"now": now, "until": until, "by": by, "number": number, "most": BATCH}
    rows = await (await connection.execute(CLAIM_ONE if number else CLAIM_ALL, arguments)).fetchall()
    lapsed_in = [row.matter for row in rows if row.lapses and row.colour == Colour.OVERDUE]
    if lapsed_in:
        await connection.execute(SETTLE, {"names": _LADDER["names"], "lapsed_in": lapsed_in})
    for row in rows:
        late_s = row.late_ms / 1000
        RINGS.labels(colour=row.colour, by=by).inc()
        RING_LATENESS.observe(late_s)
        said = {"matter": row.matter, "limit": row.limit_id, "colour": row.colour, "by": by, "late_s": late_s}
        if late_s > _LATE_S:
            log.warning("ring.late", **said)
        else:
            log.info("ring.rung", **said)
        if row.mandatory and row.colour == Colour.OVERDUE:
            log.warning("task.opened", matter=row.matter, limit=row.limit_id)
    return len(rows)


class Rings:
    """The activity by which a workflow rings its own clocks."""

    def __init__(self, pool: Pool, timekeeper: Timekeeper | None = None) -> None:
        """Ring through that pool, when that timekeeper says so."""
        self._pool, self._timekeeper = pool, timekeeper or timekeeper_of("worker")

    @activity.defn(name="ring")
    async def ring(self, number: str, now: datetime) -> datetime | None:
        """Ring what the database says is due in this matter; the instant, by the clock that says `now`, at which to ask for the next."""
        async with self._pool.connection() as connection:
            at = await self._timekeeper.now(connection)
            while at and await claim(connection, at, at, "workflow", number) == BATCH:
                pass
            row = await (await connection.execute(NEXT_ALARM, {"number": number})).fetchone()
        upcoming = row[0] if row else None
        if upcoming is None or upcoming > now:
            return upcoming
        # It has come by the workflow's clock, which is Temporal's, and not by the database's; or this worker may not ring it.
        return now + (max(upcoming - at, _LEAST) if at else _LOOK_AGAIN)
