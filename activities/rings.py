"""Ringing: a rung is claimed once, by the workflow's timer, the worker or the watchdog, and whoever claims it notifies."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from temporalio import activity

from activities.timekeeper import Timekeeper, get_timekeeper
from law.clock import Colour
from law.offices import Office
from law.time_limits import get_limits
from models.access.read_rights import is_outside
from models.store.connection import Connection, fetch_all, fetch_one
from models.store.rings import CLAIM_ALL, CLAIM_ONE, CLAIM_UNTIMED, NEXT_ALARM, SETTLE
from runtime.database import Pool
from runtime.logging import log
from runtime.metrics import RING_LATENESS, RINGS

# Whoever answers for the limit, whichever office that is: its clock says so.
_ANSWERABLE = "answerable"
# Who hears of which colour, where the limit does not say so itself: the ladder goes up one hand at a time, and at expiry to those who supervise.
_HEARS: dict[Colour, tuple[str, ...]] = {
    Colour.BLUE: (_ANSWERABLE,),
    Colour.YELLOW: (_ANSWERABLE,),
    Colour.ORANGE: (Office.STATION_HEAD,),
    Colour.RED: (Office.LEGAL_REVIEWER,),
    Colour.OVERDUE: (Office.SUPERVISOR, Office.CUSTODY_CENTRE),
}
# A service promise is no question of law: those who supervise hear of it, not those who review.
_HEARS_OF_PROMISE = {**_HEARS, Colour.RED: (Office.SUPERVISOR,)}
# A workflow whose own clock runs ahead asks again once the instant has come by the database's, and never more often than this.
_LEAST = timedelta(milliseconds=200)
# Where this worker's clock cannot be believed the watchdog rings; the workflow looks again whether it has.
_LOOK_AGAIN = timedelta(seconds=10)
# A ring later than this means that a guard slept; the requirement is two seconds.
_LATE_S = 2.0

# Limits that say themselves who hears of them; and every other by whether it is a promise, under a name that is no limit's.
_OWN = [limit for limit in get_limits().values() if limit.heard_by]
_HEARERS: dict[str, Mapping[Colour, Sequence[str]]] = {"": _HEARS, "promise": _HEARS_OF_PROMISE}
_HEARERS |= {limit.id: {**_HEARS, **limit.heard_by} for limit in _OWN}
_PAIRS = [(limit, colour, office) for limit, heard in _HEARERS.items() for colour, offices in heard.items() for office in offices]
_LADDER: dict[str, Any] = {
    "heard_of": [limit for limit, _, _ in _PAIRS],
    "colours": [colour for _, colour, _ in _PAIRS],
    "offices": [office for _, _, office in _PAIRS],
    "own": [limit.id for limit in _OWN],
    # Whoever is none of ours gets no work from us: what they are late with, the officer of the matter sees to.
    "outside": [office for office in Office if is_outside(office)],
    "names": list(Colour),
    "zh": [colour.label for colour in Colour],
}
# One statement's worth: half a second of a storm, and a fraction of a second of work.
BATCH = 1000


async def claim(
    connection: Connection,
    now: datetime,
    until: datetime,
    by: str,
    number: str | None = None,
    *,
    untimed: bool = False,
) -> int:
    """Ring what is due by `until`, in one statement: claim, colour, notify, open tasks. How many rungs this caller won.

    Of the matter of that `number` alone, or `untimed` what no workflow keeps a timer for.
    """
    query = CLAIM_ONE if number else CLAIM_UNTIMED if untimed else CLAIM_ALL
    arguments = _LADDER | {"now": now, "until": until, "by": by, "number": number, "most": BATCH}
    rows = await fetch_all(connection, query, arguments)
    lapsed_in = [row.matter for row in rows if row.lapses and row.colour == Colour.OVERDUE]
    if lapsed_in:
        await connection.execute(SETTLE, {"names": _LADDER["names"], "lapsed_in": lapsed_in})
    for row in rows:
        late_s = row.late_ms / 1000
        RINGS.labels(colour=row.colour, by=by).inc()
        RING_LATENESS.observe(late_s)
        fields = {"matter": row.matter, "limit": row.limit_id, "colour": row.colour, "by": by, "late_s": late_s}
        if late_s > _LATE_S:
            log.warning("ring.late", **fields)
        else:
            log.info("ring.rung", **fields)
        if row.mandatory and row.colour == Colour.OVERDUE:
            log.warning("task.opened", matter=row.matter, limit=row.limit_id)
    return len(rows)


class RingActivities:
    """The activity by which a workflow rings its own clocks."""

    def __init__(self, pool: Pool, timekeeper: Timekeeper | None = None) -> None:
        """Ring through that pool, when that timekeeper says so."""
        self._pool, self._timekeeper = pool, timekeeper or get_timekeeper("worker")

    @activity.defn(name="ring")
    async def ring(self, number: str, now: datetime) -> datetime | None:
        """Ring what the database says is due in this matter; the instant, by the clock that says `now`, at which to ask for the next."""
        async with self._pool.connection() as connection:
            at = await self._timekeeper.read_now(connection)
            while at and await claim(connection, at, at, "workflow", number) == BATCH:
                pass
            upcoming = await fetch_one(connection, NEXT_ALARM, {"number": number})
        if upcoming is None or upcoming > now:
            return upcoming
        # It has come by the workflow's clock, which is Temporal's, and not by the database's; or this worker may not ring it.
        return now + (max(upcoming - at, _LEAST) if at else _LOOK_AGAIN)
