"""Taking back alerts that rang too early because PostgreSQL's own clock ran ahead and was corrected.

While all clocks agreed nobody could notice. Once they are right, a ring whose instant is still to come proves it. It is taken back in one
transaction: what was shown, asked and begun because of it is removed, those who were warned are told, the bureau's journal names each, and
it rings again at its time.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from law.calendar import SHANGHAI
from law.clock import Colour
from models.journal import BUREAU
from models.store.api_writes import append
from models.store.connection import Query, fetch_all
from models.store.epochs import GIVE_BACK
from models.store.rings import GIVE_BACK_RINGS, SETTLE, THESE_EARLY
from runtime.database import Pool
from runtime.database_time import SKEW
from runtime.logging import log
from watchdog.duty import Duty

# As many as one entry names.
BATCH = 1000


class _Early(NamedTuple):
    """A ring before its instant."""

    clock_id: str
    colour: str
    at: datetime
    matter: str
    rung_at: datetime
    rung_by: str


# Whoever rang by a clock that ran ahead wrote that clock's time, which has not come either: so a short look into an index finds them.
# Less than a second early is early for nobody.
EARLY = Query[_Early]("""
SELECT clock_id, colour, at, matter, rung_at, rung_by FROM ring
WHERE rung_at > %(now)s + %(hair)s AND at > %(now)s + %(hair)s ORDER BY at LIMIT %(most)s
""")
# As whoever rings does: all matters in one order, before anything of theirs is touched.
HOLD = "SELECT FROM matter WHERE number = ANY(%(matters)s) ORDER BY number FOR UPDATE"
TELL = """
SELECT pg_notify('louke', json_build_object('number', number, 'kind', kind, 'unit', unit_id, 'seq', seq, 'stage', stage, 'step', '',
    'colour', colour, 'sealed', sealed OR cardinality(kept_from) > 0)::text) FROM matter WHERE number = ANY(%(matters)s)
"""


class GiveBackRings(Duty[int]):
    """Take back rings before their instant; returns how many."""

    name = "give-back-rings"
    # A clock is set right once in years; then the false alarm should not last.
    every = timedelta(seconds=5)

    async def do(self) -> int:
        """Take back one batch."""
        now = await self.tools.read_now()
        return await give_back(self.tools.pool, now) if now else 0


async def give_back(pool: Pool, now: datetime) -> int:
    """Take back rings that are due only after `now`, by the database's clock, as many as one entry names; returns how many."""
    async with pool.connection() as connection, connection.transaction():
        early = await fetch_all(connection, EARLY, {"now": now, "hair": SKEW, "most": BATCH})
        if not early:
            return 0
        matters = list({row.matter for row in early})
        await connection.execute(HOLD, {"matters": matters})
        content = {"key": f"{GIVE_BACK}/{now:%Y%m%d%H%M%S%f}", "rings": [row._asdict() for row in early]}
        await append(connection, BUREAU, "rings", GIVE_BACK, None, content, now.astimezone(SHANGHAI))
        arguments = {
            "clocks": [row.clock_id for row in early],
            "colours": [row.colour for row in early],
            "ats": [row.at for row in early],
            "now": now,
            "names": list(Colour),
        }
        for statement in GIVE_BACK_RINGS:
            await connection.execute(THESE_EARLY + statement, arguments)
        await connection.execute(SETTLE, {"names": list(Colour), "lapsed_in": matters})
        await connection.execute(TELL, {"matters": matters})
    log.error("ring.given-back", count=len(early))
    return len(early)
