"""Every rung rings once, whoever claims it, and the right people hear of it."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from unittest.mock import AsyncMock

import pytest

from activities.recording.records import Records
from activities.rings import RingActivities, claim
from activities.timekeeper import Timekeeper
from law.clock import Colour
from law.facts import Fact
from law.offices import Office
from models.origin import Origin
from runtime.database import Pool
from tests.activities.conftest import Ask
from tests.activities.proposals import SUSPECT, TEN, detained, extended, fact, filed, informed, proposal

SUBMIT = "criminal-detention-submit-for-arrest"
DUE = TEN + timedelta(days=3)
# What design promises of a storm: 5,000 rungs that are due at once are rung within two seconds (p99).
STORM, PROMISED_MS = 5000, 2000

# A storm's clocks: five to a matter, so that whoever rings a batch meets others who ring other clocks of the same matters.
MATTERS = """
INSERT INTO matter (number, kind, stage, final, seq, unit_id, title, officer, colour, opened_at, updated_at)
SELECT 'RY' || n, 'suspect', 'detained', false, 1, 'station', '', 'li.na', 'none', now(), now() FROM generate_series(0, %(many)s / 5 - 1) n
"""
CLOCKS = """
INSERT INTO clock (id, matter, unit_id, officer, limit_id, zh, edition, basis, about, due_at, date_only, liberty, state, colour, calendar,
                   answerable, at_expiry)
SELECT 'c' || n, 'RY' || n %% (%(many)s / 5), 'station', 'li.na', 'some-limit', '某期限', '2018-10-26', '某条', 'RY', now(), false, true, 'running',
       'none', 'final', 'case-officer', 'release-or-change' FROM generate_series(0, %(many)s - 1) n
"""
RUNGS = """
INSERT INTO rung (clock_id, colour, at, matter, armed_at)
SELECT id, (ARRAY['red', 'overdue'])[1 + substr(id, 2)::int * 5 / %(many)s %% 2], clock_timestamp(), matter, now() FROM clock ORDER BY md5(id)
"""
P99 = "SELECT percentile_disc(0.99) WITHIN GROUP (ORDER BY late_ms) AS ms FROM ring"


@pytest.fixture
async def held(pool: Pool, ask: Ask) -> None:
    """A suspect detained at ten, of whom only the time before arrest must be requested is still running."""
    records = Records(pool)
    await records.record(proposal(0, filed(), informed(), detained()))
    done = (Fact.PERSON_INTERROGATED, Fact.FAMILY_NOTIFIED, Fact.DELIVERED_TO_CUSTODY_CENTRE)
    await records.record(proposal(1, *(fact(kind, TEN + timedelta(hours=1)) for kind in done)))
    await ask("DELETE FROM rung USING clock WHERE clock.id = clock_id AND limit_id <> %(limit)s", limit=SUBMIT)


async def ring(pool: Pool, now: datetime, by: str = "workflow") -> int:
    async with pool.connection() as connection:
        return await claim(connection, now, now, by)


def at(now: datetime) -> Timekeeper:
    """A timekeeper for whom it is `now`, and whom nobody disputes."""
    timekeeper = Timekeeper("worker")
    timekeeper.read_now = AsyncMock(return_value=now)
    return timekeeper


async def heard(ask: Ask) -> list[tuple[str, str]]:
    return [(row.colour, row.office) for row in await ask("SELECT colour, office FROM notice ORDER BY id")]


async def storm(ask: Ask) -> None:
    for statement in (MATTERS, CLOCKS, RUNGS):
        await ask(statement, many=STORM)


async def test_in_a_storm_each_rung_is_claimed_once_by_whoever_comes_first_and_within_two_seconds(
    pool: Pool, ask: Ask, record_testsuite_property: Callable[[str, object], None]
) -> None:
    await storm(ask)

    async def watchdog() -> int:
        won = 0
        while batch := await ring(pool, datetime.now(UTC), "watchdog"):
            won += batch
        return won

    async def workflows(first: int) -> int:
        won = 0
        for n in range(first, STORM // 5, 40):
            async with pool.connection() as connection:
                now = datetime.now(UTC)
                won += await claim(connection, now, now, "workflow", f"RY{n}")
        return won

    won = await asyncio.gather(*(watchdog() for _ in range(3)), *(workflows(first) for first in range(4)))
    assert sum(won) == STORM
    assert [tuple(row) for row in await ask("SELECT count(*), count(DISTINCT clock_id) AS clocks FROM ring")] == [(STORM, STORM)]
    assert await ask("SELECT 1 FROM rung") == []
    # Of a matter's five rungs three are red, heard by one office, and two overdue, heard by two where liberty is at stake; nobody twice.
    notices = await ask("SELECT clock_id, colour, office FROM notice")
    assert len(notices) == len(set(notices)) == STORM // 5 * (3 * 1 + 2 * 2)
    assert [row.colour for row in await ask("SELECT DISTINCT colour FROM matter")] == ["overdue"]
    (p99,) = await ask(P99)
    record_testsuite_property("storm_p99_ms", p99.ms)
    assert p99.ms < PROMISED_MS


async def test_the_warnings_go_up_the_ladder_one_hand_at_a_time(held: None, pool: Pool, ask: Ask) -> None:
    ladder = [
        (timedelta(hours=24), [("yellow", Office.CASE_OFFICER)]),
        (timedelta(hours=12), [("orange", Office.STATION_HEAD)]),
        (timedelta(hours=2), [("red", Office.LEGAL_REVIEWER)]),
        (timedelta(), [("overdue", Office.SUPERVISOR), ("overdue", Office.CUSTODY_CENTRE)]),
    ]
    expected: list[tuple[str, str]] = []
    for before, now_heard in ladder:
        assert await ring(pool, DUE - before) == 1
        expected += now_heard
        assert sorted(await heard(ask)) == sorted(expected)
        (matter,), (clock,) = (
            await ask("SELECT colour FROM matter"),
            await ask("SELECT colour FROM clock WHERE limit_id = %(l)s", l=SUBMIT),
        )
        assert matter.colour == clock.colour == now_heard[0][0]


async def test_a_promise_of_ten_minutes_warns_four_times_and_each_hears_once(pool: Pool, ask: Ask) -> None:
    """Whoever rings, and however often, each rung rings once, in its order, and two guards at once ring no more."""
    arrived = fact(Fact.LETTER_ARRIVED, TEN, "JQ1")
    await Records(pool).record(proposal(0, arrived, number="JQ1", kind="incident"))
    await ask("DELETE FROM rung WHERE NOT starts_with(clock_id, 'sla-mailbox-sign@')")
    ladder = {
        timedelta(minutes=5): "blue",
        timedelta(minutes=7): "yellow",
        timedelta(minutes=8, seconds=30): "orange",
        timedelta(minutes=9, seconds=30): "red",
        timedelta(minutes=10): "unkept",
    }
    for after, colour in ladder.items():
        assert await ring(pool, TEN + after - timedelta(milliseconds=1)) == 0
        assert sorted(await asyncio.gather(ring(pool, TEN + after), ring(pool, TEN + after, "watchdog"))) == [0, 1]
        assert [row.colour for row in await ask("SELECT colour FROM matter")] == [colour]
    told = defaultdict[str, list[str]](list)
    for colour, office in await heard(ask):
        told[colour].append(office)
    desk, officer = Office.LETTER_OFFICER, Office.CASE_OFFICER
    assert {colour: sorted(offices) for colour, offices in told.items()} == {
        "blue": [officer, desk],
        "yellow": [officer, desk],
        "orange": [Office.STATION_HEAD],
        "red": [Office.SUPERVISOR],
        "unkept": [officer, desk, Office.SUPERVISOR],
    }
    (task,) = await ask("SELECT office, words, mandatory FROM task WHERE sort = 'expired'")
    assert tuple(task) == (Office.SUPERVISOR, "承诺超时：局长信箱 签收", False)
    assert [row.late_ms for row in await ask("SELECT late_ms FROM ring")] == [0] * 5


async def test_the_officer_who_is_answerable_is_named_and_the_words_say_which_limit_and_when(
    held: None, pool: Pool, ask: Ask
) -> None:
    await ring(pool, DUE - timedelta(hours=24))
    (notice,) = await ask("SELECT * FROM notice")
    assert (notice.username, notice.unit_id) == ("li.na", "station")
    assert notice.words == "提请审查批准逮捕：黄色预警，2026-09-24 10:00届满"


async def test_what_passed_while_all_slept_rings_together_and_shows_the_worst_colour(held: None, pool: Pool, ask: Ask) -> None:
    assert await ring(pool, DUE + timedelta(hours=1), "watchdog") == 4
    assert [row.colour for row in await ask("SELECT colour FROM matter")] == ["overdue"]
    assert len(await heard(ask)) == 5


async def test_expiry_opens_a_mandatory_task_to_release_or_change_once(held: None, pool: Pool, ask: Ask) -> None:
    await ring(pool, DUE)
    await ring(pool, DUE)
    (task,) = await ask("SELECT * FROM task")
    assert (task.mandatory, task.office, task.unit_id, task.done_at) == (True, Office.CASE_OFFICER, "station", None)
    assert task.words.startswith("期限已满：必须立即释放或者变更强制措施")


async def test_the_task_is_done_when_the_limit_turns_out_to_have_been_extended_in_time(held: None, pool: Pool, ask: Ask) -> None:
    await ring(pool, DUE)
    late = proposal(2, extended(TEN + timedelta(days=2), "+4 day", "案情复杂"), decided_at=DUE + timedelta(hours=1))
    assert (await Records(pool).record(late)).refusal is None
    (task,) = await ask("SELECT * FROM task WHERE sort = 'expired'")
    assert task.done_at == DUE + timedelta(hours=1)
    (looked_into,) = await ask("SELECT * FROM task WHERE sort = 'overrun'")
    assert (looked_into.office, looked_into.done_at) == (Office.SUPERVISOR, None)


async def test_whoever_is_to_be_released_at_once_is_somebodys_mandatory_task_from_the_first_minute(
    held: None, pool: Pool, ask: Ask
) -> None:
    records, ended_at = Records(pool), TEN + timedelta(hours=2)
    cancelled = fact(Fact.CASE_CANCELLED, ended_at, "XA202600000001")
    origin = Origin(number="XA202600000001", seq=9, item=0)
    told = proposal(2, cancelled, type="told", key=origin.key, origin=origin, actor=None, form={}, decided_at=ended_at)
    assert (await records.record(told)).refusal is None
    await ring(pool, ended_at)
    tasks = "SELECT * FROM task WHERE mandatory"
    (task,) = await ask(tasks)
    assert (task.words, task.office, task.done_at) == ("必须立即释放（案件终结后释放）", Office.CASE_OFFICER, None)
    # An hour later it is the same task, red by then; it is done when the person is free.
    await ring(pool, ended_at + timedelta(hours=1))
    await records.record(proposal(3, fact(Fact.PERSON_RELEASED, ended_at + timedelta(hours=2))))
    (task,) = await ask(tasks)
    assert task.done_at == ended_at + timedelta(hours=2)


async def test_expiry_releases_nobody_and_takes_no_step_by_itself(held: None, pool: Pool, ask: Ask) -> None:
    journal = "SELECT count(*) AS entries, max(seq) AS seq FROM entry"
    before = await ask(journal)
    await ring(pool, DUE + timedelta(days=30), "watchdog")
    assert await ask(journal) == before
    assert [row.state for row in await ask("SELECT state FROM clock WHERE limit_id = %(l)s", l=SUBMIT)] == ["running"]


async def test_a_limit_that_leaves_nobody_held_opens_a_task_that_is_not_mandatory(pool: Pool, ask: Ask) -> None:
    accepted = fact(Fact.CASE_ACCEPTED, TEN, "XA1")
    await Records(pool).record(proposal(0, accepted, number="XA1", kind="criminal-case"))
    await ring(pool, TEN + timedelta(days=400))
    tasks = await ask("SELECT mandatory, words FROM task")
    assert tasks
    assert not any(task.mandatory for task in tasks)
    assert all(office != Office.CUSTODY_CENTRE for _, office in await heard(ask))


async def test_the_ring_keeps_how_late_it_was_and_who_rang(held: None, pool: Pool, ask: Ask) -> None:
    await ring(pool, DUE - timedelta(hours=24) + timedelta(milliseconds=1500), "watchdog")
    assert [(row.late_ms, row.rung_by) for row in await ask("SELECT late_ms, rung_by FROM ring")] == [(1500, "watchdog")]


async def test_a_rung_that_had_passed_when_it_was_armed_is_late_only_since_then(pool: Pool, ask: Ask) -> None:
    typed_late = TEN + timedelta(days=2)
    await Records(pool).record(proposal(0, filed(), detained(), decided_at=typed_late))
    await ring(pool, typed_late + timedelta(seconds=1))
    lateness = [row.late_ms for row in await ask("SELECT late_ms FROM ring")]
    assert lateness
    assert set(lateness) == {1000}


async def test_a_workflow_rings_its_own_clocks_only_and_learns_when_to_ring_next(held: None, pool: Pool, ask: Ask) -> None:
    await Records(pool).record(proposal(0, filed("RY2"), detained(about="RY2"), number="RY2"))
    upcoming = await RingActivities(pool, at(DUE - timedelta(hours=24))).ring(SUSPECT, DUE - timedelta(hours=24))
    assert upcoming == DUE - timedelta(hours=12)
    assert {row.matter for row in await ask("SELECT matter FROM ring")} == {SUSPECT}


async def test_a_workflow_whose_clock_is_ahead_rings_nothing_early_and_asks_again_when_the_instant_has_come(
    held: None, pool: Pool, ask: Ask
) -> None:
    true, ahead = DUE - timedelta(hours=24, seconds=90), timedelta(days=3)
    again = await RingActivities(pool, at(true)).ring(SUSPECT, true + ahead)
    assert await ask("SELECT 1 FROM ring") == []
    assert again == true + ahead + timedelta(seconds=90)


async def test_a_workflow_whose_clock_is_a_hair_ahead_does_not_ask_without_pause(held: None, pool: Pool, ask: Ask) -> None:
    true = DUE - timedelta(hours=24, milliseconds=1)
    again = await RingActivities(pool, at(true)).ring(SUSPECT, DUE - timedelta(hours=24))
    assert await ask("SELECT 1 FROM ring") == []
    assert again == DUE - timedelta(hours=24) + timedelta(milliseconds=200)


async def test_a_workflow_whose_clock_is_behind_rings_what_the_database_says_is_due(held: None, pool: Pool, ask: Ask) -> None:
    true = DUE - timedelta(hours=24)
    upcoming = await RingActivities(pool, at(true)).ring(SUSPECT, true - timedelta(days=3))
    assert [row.late_ms for row in await ask("SELECT late_ms FROM ring")] == [0]
    assert upcoming == DUE - timedelta(hours=12)


async def test_a_worker_whose_clock_is_three_days_ahead_rings_nothing_and_leaves_it_to_the_watchdog(
    held: None, pool: Pool, ask: Ask
) -> None:
    astray = RingActivities(pool, Timekeeper("worker", lambda: datetime.now(UTC) + timedelta(days=3)))
    asked = datetime.now(UTC)  # the first rung is long past
    assert await astray.ring(SUSPECT, asked) == asked + timedelta(seconds=10)
    assert await ask("SELECT 1 FROM ring") == []
    assert await RingActivities(pool).ring(SUSPECT, asked) is None
    assert len(await ask("SELECT 1 FROM ring")) == 4


async def test_nothing_rings_before_its_instant(held: None, pool: Pool) -> None:
    assert await ring(pool, DUE - timedelta(hours=24, milliseconds=1)) == 0


async def test_a_step_and_a_ring_of_one_matter_at_once_neither_block_nor_undo_each_other(pool: Pool, ask: Ask) -> None:
    """Each round a suspect is released at the instant at which the warnings ring; whoever loses the race waits, none deadlocks."""
    records, rounds = Records(pool), 40
    numbers = [f"RY{n}" for n in range(rounds)]
    for number in numbers:
        await records.record(proposal(0, filed(number), informed(number), detained(about=number), number=number))
    due = DUE + timedelta(hours=1)

    async def release(number: str) -> None:
        answer = await records.record(proposal(1, fact(Fact.PERSON_RELEASED, due, number), number=number))
        assert answer.refusal is None

    async def watch() -> None:
        while await ask("SELECT 1 FROM rung WHERE at <= %(due)s LIMIT 1", due=due):
            await ring(pool, due, "watchdog")

    await asyncio.gather(watch(), watch(), *(release(number) for number in numbers))
    assert await ask("SELECT 1 FROM rung") == []
    assert {row.colour for row in await ask("SELECT colour FROM matter")} == {"none"}
    assert await ask("SELECT 1 FROM task WHERE done_at IS NULL") == []


async def test_a_right_that_nobody_has_used_lapses_without_a_red_card(pool: Pool, ask: Ask) -> None:
    records, right = Records(pool), "arrest-refused-reconsider-request"
    await records.record(proposal(0, filed(), informed(), detained()))
    await records.record(proposal(1, fact(Fact.ARREST_REQUESTED, TEN + timedelta(days=2))))
    await records.record(proposal(2, fact(Fact.ARREST_REFUSED, TEN + timedelta(days=2, hours=1))))
    await records.record(proposal(3, fact(Fact.PERSON_RELEASED, TEN + timedelta(days=2, hours=2))))
    (clock,) = await ask("SELECT due_at FROM clock WHERE limit_id = %(limit)s", limit=right)
    await ring(pool, clock.due_at - timedelta(minutes=1))
    (warned,) = await ask("SELECT colour FROM clock WHERE limit_id = %(limit)s", limit=right)
    assert warned.colour == "red"

    await ring(pool, clock.due_at)
    (lapsed,) = await ask("SELECT state, colour, ended_at FROM clock WHERE limit_id = %(limit)s", limit=right)
    assert (lapsed.state, lapsed.colour, lapsed.ended_at) == ("lapsed", "none", clock.due_at)
    assert await ask("SELECT 1 FROM task WHERE clock_id LIKE %(id)s AND done_at IS NULL", id=f"{right}@%") == []
    assert await ask("SELECT 1 FROM notice WHERE clock_id LIKE %(id)s AND colour = 'overdue'", id=f"{right}@%") == []
    others = {row.colour for row in await ask("SELECT colour FROM clock WHERE state = 'running'")}
    (matter,) = await ask("SELECT colour FROM matter")
    assert matter.colour == max(others, key=list(Colour).index, default="none")


@pytest.mark.usefixtures("held")
async def test_a_rung_that_is_rung_late_takes_no_red_card_down(pool: Pool, ask: Ask) -> None:
    await ring(pool, DUE)
    await ask(
        "INSERT INTO rung SELECT id, 'yellow', %(at)s, matter, %(at)s FROM clock WHERE limit_id = %(limit)s", at=TEN, limit=SUBMIT
    )
    assert await ring(pool, DUE + timedelta(minutes=1)) == 1
    (row,) = await ask("SELECT colour FROM clock WHERE limit_id = %(limit)s", limit=SUBMIT)
    assert row.colour == Colour.OVERDUE
