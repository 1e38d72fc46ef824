"""What rang while PostgreSQL's own clock ran ahead is given back once that is set right, and rings at its time."""

from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from activities.recording.records import Records
from activities.rings import claim
from law.facts import Fact
from models.journal import BUREAU
from runtime.database import Pool
from tests.activities.conftest import Ask
from tests.activities.proposals import SUSPECT, detained, fact, proposal
from watchdog.duties.give_back_rings import give_back

SUBMIT = "criminal-detention-submit-for-arrest"
# The clock of the detention is due in eighteen hours; six hours ago it warned for the first time, in six hours it warns again.
NOW = datetime.now(UTC).replace(microsecond=0)
DUE = NOW + timedelta(hours=18)
AHEAD = NOW + timedelta(days=3)
RUNGS = "SELECT clock_id, colour, at, matter FROM rung ORDER BY at"


@pytest.fixture
async def held(pool: Pool, ask: Ask) -> None:
    """A suspect of whom only the time before arrest must be requested is still running, warned of for the first time."""
    records, at = Records(pool), DUE - timedelta(days=3)
    case = fact(Fact.CASE_FILED, at - timedelta(hours=1), told_by="XA202600000001")
    told = fact(Fact.DEFENCE_RIGHT_NOTIFIED, at - timedelta(minutes=30))
    await records.record(proposal(0, case, told, detained(at)))
    done = (Fact.PERSON_INTERROGATED, Fact.FAMILY_NOTIFIED, Fact.DELIVERED_TO_CUSTODY_CENTRE)
    await records.record(proposal(1, *(fact(kind, at + timedelta(hours=1)) for kind in done)))
    await ask("DELETE FROM rung USING clock WHERE clock.id = clock_id AND limit_id <> %(limit)s", limit=SUBMIT)
    assert await ring(pool, NOW) == 1


async def ring(pool: Pool, now: datetime) -> int:
    async with pool.connection() as connection:
        return await claim(connection, now, now, "watchdog")


async def shown(ask: Ask) -> tuple[str, str]:
    ((clock,), (matter,)) = (
        await ask("SELECT colour FROM clock WHERE limit_id = %(l)s", l=SUBMIT),
        await ask("SELECT colour FROM matter"),
    )
    return clock.colour, matter.colour


async def open_tasks(ask: Ask) -> list[Any]:
    return await ask("SELECT key FROM task WHERE sort = 'expired' AND done_at IS NULL")


async def test_what_rang_before_its_instant_is_given_back_and_rings_at_its_time(held: None, pool: Pool, ask: Ask) -> None:
    armed, expired = await ask(RUNGS), len(await ask("SELECT 1 FROM notice"))
    assert await ring(pool, AHEAD) == len(armed) == 3
    assert (await shown(ask), len(await open_tasks(ask)), len(await ask("SELECT 1 FROM expiry"))) == (("overdue", "overdue"), 1, 1)
    warned = await ask("SELECT colour, office, username FROM notice ORDER BY id OFFSET %(n)s", n=expired)

    assert await give_back(pool, NOW) == 3
    assert await ask(RUNGS) == armed
    assert await shown(ask) == ("yellow", "yellow"), "the first warning was right"
    assert (await open_tasks(ask), await ask("SELECT 1 FROM expiry")) == ([], [])
    told = await ask("SELECT colour, office, username FROM notice WHERE words LIKE '更正：%%' ORDER BY id")
    assert sorted(told) == sorted(warned), "whoever was warned is told that it was false"
    (entry,) = await ask("SELECT content::json -> 'rings' AS rings FROM entry WHERE chain = %(c)s", c=BUREAU)
    assert [(each["clock_id"], each["colour"]) for each in entry.rings] == [(row.clock_id, row.colour) for row in armed]
    assert await give_back(pool, NOW) == 0

    assert await ring(pool, DUE) == 3
    assert await shown(ask) == ("overdue", "overdue")
    assert len(await open_tasks(ask)) == len(await ask("SELECT 1 FROM expiry")) == 1


async def test_a_right_that_seemed_to_have_lapsed_may_be_used_again(held: None, pool: Pool, ask: Ask) -> None:
    await ask("UPDATE clock SET at_expiry = 'right-lapses' WHERE limit_id = %(l)s", l=SUBMIT)
    await ring(pool, AHEAD)
    assert [row.state for row in await ask("SELECT state FROM clock WHERE limit_id = %(l)s", l=SUBMIT)] == ["lapsed"]
    await give_back(pool, NOW)
    (clock,) = await ask("SELECT state, ended_at FROM clock WHERE limit_id = %(l)s", l=SUBMIT)
    assert tuple(clock) == ("running", None)
    assert len(await ask(RUNGS)) == 3


async def test_a_limit_that_was_met_meanwhile_is_not_armed_again(held: None, pool: Pool, ask: Ask) -> None:
    await ring(pool, AHEAD)
    await Records(pool).record(proposal(2, fact(Fact.PERSON_RELEASED, NOW)))
    assert await give_back(pool, NOW) == 3
    assert await ask(RUNGS) == []
    assert await ask("SELECT 1 FROM ring WHERE at > %(now)s", now=NOW) == []


async def test_an_order_that_was_opened_too_early_is_named_to_who_supervises(held: None, pool: Pool, ask: Ask) -> None:
    await ring(pool, AHEAD)
    await ask(
        """INSERT INTO matter (number, kind, stage, final, seq, unit_id, title, officer, colour, opened_at, updated_at, parent)
        VALUES ('ZG1', 'rectification-order', 'ordered', false, 1, 'station', '', '', 'none', %(ahead)s, %(ahead)s, %(parent)s)""",
        ahead=AHEAD,
        parent=SUSPECT,
    )
    await give_back(pool, NOW)
    (told,) = await ask("SELECT office, words FROM notice WHERE matter = 'ZG1'")
    assert told.office == "supervisor"
    assert "ZG1下达过早" in told.words


async def test_a_ring_of_which_the_instant_has_come_is_kept_however_late_its_clock_was(held: None, pool: Pool, ask: Ask) -> None:
    assert await give_back(pool, NOW) == 0
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        await ask("DELETE FROM ring")
