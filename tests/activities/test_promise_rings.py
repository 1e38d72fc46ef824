"""Promises ring without a timer of their workflow, by the worker; the law's limits keep theirs, and so does the clock that proves timers."""

from datetime import UTC, datetime, timedelta
from unittest.mock import AsyncMock

from activities.promise_rings import ring_promises
from activities.recording.records import Records
from activities.rings import RingActivities
from activities.timekeeper import Timekeeper
from law.facts import Fact
from models.matter import Kind
from runtime.database import Pool
from tests.activities.conftest import Ask
from tests.activities.proposals import TEN, fact, proposal

INCIDENT = "JQ202600000001"


def at(now: datetime) -> Timekeeper:
    """A timekeeper for whom it is `now`, and whom nobody disputes."""
    timekeeper = Timekeeper("worker")
    timekeeper.read_now = AsyncMock(return_value=now)
    return timekeeper


async def dispatched(pool: Pool) -> datetime | None:
    """An incident to which a patrol was sent; the instant at which its workflow is to ring."""
    facts = [fact(each, TEN, INCIDENT) for each in (Fact.INCIDENT_RECEIVED, Fact.INCIDENT_DISPATCHED)]
    answer = await Records(pool).record(proposal(0, *facts, number=INCIDENT, kind=Kind.INCIDENT))
    assert answer.refusal is None
    return answer.next_alarm


async def test_a_workflow_keeps_no_timer_for_a_promise_and_one_for_the_law_beside_it(pool: Pool, ask: Ask) -> None:
    assert await dispatched(pool) is None
    assert len(await ask("SELECT 1 FROM rung")) == 6
    law = fact(Fact.INCIDENT_HANDLED, TEN + timedelta(seconds=5), INCIDENT)
    answer = await Records(pool).record(proposal(1, law, number=INCIDENT, kind=Kind.INCIDENT))
    (of_law,) = await ask("SELECT min(at) AS at FROM rung WHERE NOT starts_with(clock_id, 'sla-')")
    assert answer.next_alarm == of_law.at


async def test_the_worker_rings_what_is_due_of_promises_once_and_leaves_the_law_to_the_workflow(pool: Pool, ask: Ask) -> None:
    await dispatched(pool)
    await Records(pool).record(proposal(0, fact(Fact.CANARY_ARMED, TEN, "ZJ1"), number="ZJ1", kind=Kind.CANARY))
    assert await ring_promises(pool, at(TEN + timedelta(seconds=24))) == 2
    assert await ring_promises(pool, at(TEN + timedelta(seconds=24))) == 0
    assert await ring_promises(pool, at(TEN + timedelta(minutes=5))) == 4
    rung = await ask("SELECT split_part(clock_id, '@', 1) AS of, colour, rung_by FROM ring ORDER BY at, clock_id")
    assert {(row.of, row.rung_by) for row in rung} == {("sla-dispatch-sign", "worker"), ("sla-dispatch-arrive", "worker")}
    assert [row.colour for row in rung] == ["yellow", "orange", "overdue"] * 2
    assert await RingActivities(pool, at(TEN + timedelta(minutes=1))).ring("ZJ1", TEN + timedelta(minutes=1)) is None
    assert [row.rung_by for row in await ask("SELECT rung_by FROM ring WHERE matter = 'ZJ1'")] == ["workflow"]


async def test_a_worker_whose_clock_is_astray_rings_no_promise(pool: Pool, ask: Ask) -> None:
    await dispatched(pool)
    astray = Timekeeper("worker", lambda: datetime.now(UTC) + timedelta(days=3))
    assert await ring_promises(pool, astray) == 0
    assert await ask("SELECT 1 FROM ring") == []
