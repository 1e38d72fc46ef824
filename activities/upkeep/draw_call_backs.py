"""Drawing call-backs (抽取回访): every morning, of the incidents closed the day before, by lot; a morning that was missed is made up for, and says so."""

from datetime import date, datetime, timedelta

from activities.inspecting import THESE_MATTERS, load_snapshots
from activities.timekeeper import get_timekeeper
from activities.upkeep import upkeep
from inspections.snapshot import Snapshot
from inspections.text.telling import find_domestic_violence, find_sexual_offences
from inspections.texts import read_texts
from law.calendar import SHANGHAI, get_day, start_of
from models.call_backs import Closed, draw_calls
from models.folding import fold_telephone
from models.journal import BUREAU
from models.matter import Kind
from models.store.api_writes import append
from models.store.call_backs import ALONE, CLOSED, DRAW, DRAWN_DAYS, OPEN_CALLS
from models.store.connection import Connection, fetch_all
from runtime.database import Pool

_AT_HOUR = 9
# How far back a morning that was missed is made up for, and for how long whoever was asked is left in peace.
_BACK, _IN_PEACE = 7, timedelta(days=30)
# A round that comes later than this on its day says that it is late.
_PUNCTUAL = timedelta(hours=1)


@upkeep("draw-call-backs", every=timedelta(minutes=10))
async def draw_call_backs(pool: Pool) -> int:
    """Draw whom to call back of each day whose morning has come; how many days were drawn."""
    return await draw(pool)


async def draw(pool: Pool, now: datetime | None = None) -> int:
    """The same, at that instant or now by the database's clock."""
    async with pool.connection() as connection, connection.transaction():
        await connection.execute(ALONE)
        now = now or await get_timekeeper("worker").read_now(connection)
        if now is None:
            return 0
        today = get_day(now)
        begins = today if now.astimezone(SHANGHAI).hour >= _AT_HOUR else today - timedelta(days=1)
        drawn = set(await fetch_all(connection, DRAWN_DAYS, {"since": start_of(today) - timedelta(days=_BACK + 1)}))
        # A bureau that was never asked begins with yesterday.
        days = [begins - timedelta(days=back) for back in range(1, _BACK + 1 if drawn else 2)]
        due = [day for day in reversed(days) if day.isoformat() not in drawn and (not drawn or day.isoformat() > min(drawn))]
        for day in due:
            await _draw_day(connection, day, now)
    return len(due)


async def _draw_day(connection: Connection, day: date, now: datetime) -> None:
    since, until = start_of(day), start_of(day + timedelta(days=1))
    window = {"since": since, "until": until, "asked_since": now - _IN_PEACE, "drawn_after": timedelta(days=1, hours=_AT_HOUR)}
    # Who called twice that day is asked once.
    found = {fold_telephone(each.phone): each for each in reversed(await fetch_all(connection, CLOSED, window))}
    rows = {each.number: each for each in reversed(found.values())}
    matters = await fetch_all(connection, THESE_MATTERS, {"numbers": [*rows], "kinds": [Kind.INCIDENT]})
    asked = [each.number for each in await load_snapshots(connection, matters, now) if not _is_left_alone(each)]
    population = [Closed(row.number, row.unit_id, row.category, row.forced) for row in map(rows.__getitem__, asked)]
    drawn = draw_calls(population, day)
    await fetch_all(connection, OPEN_CALLS, {"numbers": list(drawn.numbers), "now": now})
    kept = {
        "day": day.isoformat(),
        "population": [[each.number, each.unit, each.group] for each in population],
        # Who is asked in any case: with these the draw can be made again.
        "always": [each.number for each in population if each.always],
        "digest": drawn.digest,
        "seed": drawn.seed,
        "drawn": list(drawn.numbers),
        "late": now - until > timedelta(hours=_AT_HOUR) + _PUNCTUAL,
    }
    await append(connection, BUREAU, "administration", DRAW, None, kept, now)


def _is_left_alone(incident: Snapshot) -> bool:
    """Whether it tells of violence at home or of a sexual offence: who rings there may harm whoever called."""
    texts = read_texts(incident)
    return bool(find_domestic_violence(texts) or find_sexual_offences(texts))
