"""Giving back what rang too early: the clock of PostgreSQL itself ran ahead, with everybody's, and was set right.

Nobody could notice while all clocks agreed. Once they are right, a ring whose instant has still to come is proof of it. Such a ring is taken
back in one transaction: what was shown, asked for and begun because of it goes, whoever was warned is told so, the bureau's journal
names each, and it rings again at its time.
"""

from datetime import datetime
from typing import Any

from activities.rings import SETTLE
from law.calendar import SHANGHAI
from law.clock import Colour
from models.journal import BUREAU
from models.store.api_writes import append
from models.store.epochs import GIVE_BACK
from runtime.database import Pool
from runtime.logging import log
from runtime.timekeeping import SKEW

# As many as one entry names.
BATCH = 1000

# Whoever rang by a clock that ran ahead wrote that clock's time, which has not come either: so a short look into an index finds them.
# Less than a second early is early for nobody.
EARLY = """
SELECT clock_id, colour, at, matter, rung_at, rung_by FROM ring
WHERE rung_at > %(now)s + %(hair)s AND at > %(now)s + %(hair)s ORDER BY at LIMIT %(most)s
"""
# As whoever rings does: all matters in one order, before anything of theirs is touched.
HOLD = "SELECT FROM matter WHERE number = ANY(%(matters)s) ORDER BY number FOR UPDATE"
_THESE = """
WITH early (clock_id, colour, at) AS (SELECT * FROM unnest(%(clocks)s::text[], %(colours)s::text[], %(ats)s::timestamptz[]))
"""
_PUT_RIGHT = (
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
        SELECT each.said ->> 'colour' FROM jsonb_array_elements(clock.rungs) AS each (said) WHERE (each.said ->> 'at')::timestamptz <= %(now)s
        ORDER BY array_position(%(names)s::text[], each.said ->> 'colour') DESC LIMIT 1), 'none')
    FROM early WHERE clock.id = early.clock_id AND clock.state IN ('running', 'suspended', 'not-started')""",
    # The rings themselves, which only the owner lets go of; and the tasks, which are opened again when the limit runs out.
    """SELECT give_back_rings(array_agg(clock_id), array_agg(colour), array_agg(at)) FROM early""",
    """DELETE FROM expiry USING early WHERE (expiry.clock_id, expiry.at) = (early.clock_id, early.at)""",
    """INSERT INTO notice (matter, clock_id, colour, unit_id, office, username, words, sent_at)
    SELECT DISTINCT n.matter, n.clock_id, n.colour, n.unit_id, n.office, n.username, '更正：时钟曾走快，这一提醒发得过早，已经撤回，到时再行提醒（' || n.words || '）',
        %(now)s FROM notice n JOIN early ON (n.clock_id, n.colour) = (early.clock_id, early.colour) WHERE n.sent_at > %(now)s""",
    # An order that was opened over it is a matter of its own, which people take back.
    """INSERT INTO notice (matter, clock_id, colour, unit_id, office, username, words, sent_at)
    SELECT DISTINCT o.number, '', 'none', clock.unit_id, 'supervisor', '', '时钟曾走快，整改指令' || o.number || '下达过早，期限尚未届满，请核实后撤销', %(now)s
    FROM early JOIN clock ON clock.id = early.clock_id JOIN matter o ON o.parent = clock.matter
    WHERE early.colour = 'overdue' AND o.kind = 'rectification-order' AND NOT o.final AND o.opened_at > %(now)s""",
)
TELL = """
SELECT pg_notify('louke', json_build_object('number', number, 'kind', kind, 'unit', unit_id, 'seq', seq, 'stage', stage, 'step', '',
    'colour', colour, 'sealed', sealed)::text) FROM matter WHERE number = ANY(%(matters)s)
"""


async def give_back(pool: Pool, now: datetime) -> int:
    """Give back what has rung and is due only after `now`, by the database's clock, as many as one entry names; how many rings."""
    connection: Any
    async with pool.connection() as connection, connection.transaction():
        early = await (await connection.execute(EARLY, {"now": now, "hair": SKEW, "most": BATCH})).fetchall()
        if not early:
            return 0
        matters = list({row.matter for row in early})
        await connection.execute(HOLD, {"matters": matters})
        said = {"key": f"{GIVE_BACK}/{now:%Y%m%d%H%M%S%f}", "rings": [row._asdict() for row in early]}
        await append(connection, BUREAU, "rings", GIVE_BACK, None, said, now.astimezone(SHANGHAI))
        arguments = {
            "clocks": [row.clock_id for row in early],
            "colours": [row.colour for row in early],
            "ats": [row.at for row in early],
            "now": now,
            "names": list(Colour),
        }
        for statement in _PUT_RIGHT:
            await connection.execute(_THESE + statement, arguments)
        await connection.execute(SETTLE, {"names": list(Colour), "lapsed_in": matters})
        await connection.execute(TELL, {"matters": matters})
    log.error("ring.given-back", count=len(early))
    return len(early)
