"""Letters by the thousand, in time that is skipped: each promise that is broken goes up once, and none that was kept."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any, NamedTuple

import pytest
from psycopg.types.json import Jsonb

from activities.rings import BATCH, claim
from law.calendar import SHANGHAI, Calendar
from law.clock import Clock, ClockState
from law.clocks import compute_clocks
from law.facts import Fact
from law.legal_fact import LegalFact
from models.store.connection import fetch_one
from models.store.mappers import build_clock_row
from models.store.statements import CLOCKS
from runtime.database import Pool
from tests.activities.conftest import Ask
from tests.amounts import amount

DAYS, A_DAY = amount((2, 150), (30, 2000))
SEED, BEGINS, TICK = 20261130, datetime(2026, 9, 1, tzinfo=SHANGHAI), timedelta(hours=6)
# Where they come from, by what is promised there: of ten letters three are the chief's, four the city line's, three of conduct or rating.
PROMISED = ("mailbox", "mailbox", "mailbox", "hotline", "hotline", "hotline", "hotline", "conduct", "rating", "rating")
MATTERS = """
INSERT INTO matter (number, kind, stage, final, seq, unit_id, title, officer, colour, opened_at, updated_at)
SELECT each, 'letter', 'handling', false, 1, 'station', '', '', 'none', now(), now() FROM unnest(%(numbers)s::text[]) AS each
"""


class Course(NamedTuple):
    """A letter by what will become of it: its clocks as they were armed, and as they end."""

    number: str
    armed: list[Clock]
    ends: dict[str, Clock]


def live(number: str, arrived: datetime, dice: Random, calendar: Calendar) -> Course:
    """What becomes of one letter: most is done in time, some late, some never."""

    def happen(fact: Fact, usual: timedelta) -> list[LegalFact]:
        luck = dice.random()
        after = usual * (0.2 + 0.7 * dice.random()) if luck < 0.85 else usual * (1.1 + 3 * dice.random())
        return [] if luck > 0.97 else [LegalFact(fact, arrived + after, number)]

    came = LegalFact(Fact.LETTER_ARRIVED, arrived, number, seq=1, item=dice.choice(PROMISED))
    done = (
        *happen(Fact.LETTER_SIGNED, timedelta(minutes=10)),
        *happen(Fact.LETTER_WRITER_CONTACTED, timedelta(minutes=30)),
        *happen(Fact.LETTER_ASSIGNED, timedelta(hours=24)),
        *happen(Fact.LETTER_ANSWERED, timedelta(hours=48)),
        *happen(Fact.LETTER_CONCLUDED, timedelta(days=7)),
    )
    facts = [came, *sorted(done, key=lambda fact: fact.at)]
    return Course(number, compute_clocks([came], calendar), {each.id: each for each in compute_clocks(facts, calendar)})


async def arm(pool: Pool, courses: list[Course]) -> None:
    """Write their clocks, with the rungs that ring before each ends."""
    clocks, rungs = list[dict[str, Any]](), list[dict[str, Any]]()
    for course in courses:
        for clock in course.armed:
            clocks.append(build_clock_row(("letter", course.number), "station", "", clock, clock.started_at or BEGINS))
            ends = course.ends[clock.id].ended_at
            told = {"clock_id": clock.id, "matter": course.number, "armed_at": BEGINS.isoformat()}
            rungs += [
                {**told, "colour": rung.colour, "at": rung.at.isoformat()}
                for rung in clock.rungs
                if ends is None or rung.at <= ends
            ]
    arguments = {"number": "", "now": BEGINS, "clocks": Jsonb(clocks), "rungs": Jsonb(rungs), "changed": [], "relieved": []}
    async with pool.connection() as connection:
        await connection.execute(MATTERS, {"numbers": [each.number for each in courses]})
        await fetch_one(connection, CLOCKS, arguments)


async def pass_until(pool: Pool, now: datetime) -> int:
    """Let time go by until then: how many rungs rang."""
    rang = 0
    async with pool.connection() as connection:
        while won := await claim(connection, now, now, "watchdog"):
            rang += won
            if won < BATCH:
                break
    return rang


@pytest.mark.long
async def test_each_promise_that_is_broken_goes_up_once_and_none_that_was_kept(
    pool: Pool, ask: Ask, record_testsuite_property: Callable[[str, object], None]
) -> None:
    found, calendar = Counter[str](), Calendar()
    broken = set[str]()
    for day in range(DAYS):
        dice = Random(f"{SEED}/{day}")
        begins = BEGINS + timedelta(days=day)
        moments = sorted(begins + timedelta(days=dice.random()) for _ in range(A_DAY))
        courses = [live(f"LX2026{day * A_DAY + n:08}", at.replace(microsecond=0), dice, calendar) for n, at in enumerate(moments)]
        await arm(pool, courses)
        for course in courses:
            found.update(str(each.state) for each in course.ends.values() if each.id in {clock.id for clock in course.armed})
            broken |= {each.id for each in course.armed if not _is_kept(course.ends[each.id])}
        for tick in range(1, 5):
            await pass_until(pool, begins + tick * TICK)
    await pass_until(pool, BEGINS + timedelta(days=DAYS + 30))
    tasks = Counter({row.clock_id: row.n for row in await ask("SELECT clock_id, count(*) AS n FROM task GROUP BY 1")})
    assert {clock: n for clock, n in tasks.items() if n != 1} == {}, "nobody is given the same work twice"
    assert set(tasks) == broken, "and nobody work that was done in time"
    told = await ask("SELECT clock_id, colour, office, count(*) AS n FROM notice GROUP BY 1, 2, 3 HAVING count(*) > 1")
    assert told == [], "nobody hears twice of one colour"
    assert len(await ask("SELECT 1 FROM ring WHERE colour = 'overdue'")) == len(broken)
    assert await ask("SELECT 1 FROM rung LIMIT 1") == [], "nothing is left to ring"
    for state in (ClockState.MET, ClockState.MET_LATE, ClockState.RUNNING):
        record_testsuite_property(f"letters-{state}", found[state])
    record_testsuite_property("letters-escalated", len(broken))
    assert min(found[ClockState.MET], found[ClockState.MET_LATE], found[ClockState.RUNNING]) > 0


def _is_kept(clock: Clock) -> bool:
    return clock.state is ClockState.MET or clock.state is ClockState.LAPSED
