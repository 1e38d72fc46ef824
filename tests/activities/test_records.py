"""One proposal, one transaction: what becomes history, what does not, and what a repeat is told."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import psycopg
import pytest

from activities.recording.records import Records
from activities.rings import claim
from law.clock import ClockState
from law.facts import Fact
from models.journal import GENESIS, link
from models.messages import Actor, MatterEvent, PendingCommand, Recorded, Request
from models.origin import Origin
from models.problems import StepNotOpen
from runtime.database import Pool
from tests.activities.conftest import Ask
from tests.activities.proposals import OFFICER, SUSPECT, TEN, detained, extended, fact, filed, informed, proposal

DAY = timedelta(days=1)
SUBMIT = "criminal-detention-submit-for-arrest"
# Everything that recording writes; a refusal leaves all of it as it was.
WRITTEN = " UNION ALL ".join(
    f"SELECT '{table}' AS name, count(*) AS many FROM {table}"
    for table in ("entry", "fact", "clock", "rung", "matter", "task", "party")
)


@pytest.fixture
def records(pool: Pool) -> Records:
    return Records(pool)


async def hold(records: Records) -> None:
    """A suspect is detained at ten."""
    await records.record(proposal(0, filed(), informed(), detained(), key="detain"))


async def the_clock(ask: Ask, limit: str = SUBMIT) -> Any:
    (row,) = await ask("SELECT * FROM clock WHERE limit_id = %(limit)s", limit=limit)
    return row


async def test_a_step_is_recorded_with_its_facts_clocks_and_standing(records: Records, ask: Ask) -> None:
    answer = await records.record(
        proposal(0, filed(), detained(), parties=({"id": "p", "role": "suspect", "name": "某甲", "phone": "1"},))
    )
    (recorded,) = answer.recorded
    assert (recorded.seq, recorded.receipt.status, recorded.receipt.recorded_at) == (1, "done", TEN - timedelta(hours=1))
    assert [row.fact for row in await ask("SELECT fact FROM fact ORDER BY n")] == [Fact.CASE_FILED, Fact.DETENTION_EXECUTED]
    clock = await the_clock(ask)
    assert (clock.state, clock.due_at) == (ClockState.RUNNING, TEN + 3 * DAY)
    (matter,) = await ask("SELECT * FROM matter")
    assert (matter.number, matter.seq, matter.stage, matter.officer) == (SUSPECT, 1, "detained", "li.na")
    (party,) = await ask("SELECT name, said FROM party")
    assert (party.name, party.said) == ("某甲", {"phone": "1"})


async def test_the_next_alarm_is_the_earliest_rung_that_has_not_rung(records: Records, ask: Ask) -> None:
    answer = await records.record(proposal(0, filed(), informed(), detained()))
    (earliest,) = await ask("SELECT min(at) AS at FROM rung")
    assert answer.next_alarm == earliest.at


async def test_a_repeat_under_the_same_key_gets_the_first_receipt_and_writes_nothing(records: Records, ask: Ask) -> None:
    first = await records.record(proposal(0, filed(), detained(), key="once"))
    await records.record(proposal(1, key="another"))
    before = await ask(WRITTEN)
    again = await records.record(proposal(2, detained(), key="once", body_hash="body-1"))
    assert again.recorded == first.recorded
    assert await ask(WRITTEN) == before


async def test_the_law_is_asked_about_an_opening_with_what_the_matter_is_born_with(records: Records, ask: Ask) -> None:
    alone = await records.record(proposal(0, detained(), key="alone"))
    assert alone.refusal is not None
    case = filed()
    told = MatterEvent(key="XA202600000001/2/0/told", source=case.told_by, step="some-step", facts=(replace(case, told_by=""),))
    answer = await records.record(proposal(0, detained(), key="born", parent_event=told))
    assert answer.refusal is None
    known = await ask("SELECT fact, seq, said ->> 'told_by' AS by FROM fact ORDER BY n")
    assert [tuple(row) for row in known] == [(Fact.DETENTION_EXECUTED, 1, None), (Fact.CASE_FILED, 1, case.told_by)]
    assert [row.sort for row in await ask("SELECT sort FROM entry")] == ["step"]


async def test_another_body_under_the_same_key_is_refused(records: Records, ask: Ask) -> None:
    await records.record(proposal(0, key="once", body_hash="one"))
    before = await ask(WRITTEN)
    answer = await records.record(proposal(1, key="once", body_hash="two"))
    assert answer.refusal is not None
    assert (answer.refusal.slug, answer.recorded) == ("key-reused", ())
    assert await ask(WRITTEN) == before


async def test_a_key_used_in_one_matter_is_refused_in_another(records: Records, ask: Ask) -> None:
    await records.record(proposal(0, key="once", body_hash="same"))
    answer = await records.record(proposal(0, number="RY202600000002", key="once", body_hash="same"))
    assert answer.refusal is not None
    assert answer.refusal.slug == "key-reused"
    assert [row.number for row in await ask("SELECT number FROM matter")] == [SUSPECT]


async def test_a_journal_that_is_ahead_hands_back_what_the_workflow_missed(records: Records, ask: Ask) -> None:
    done = [await records.record(proposal(seq)) for seq in range(3)]
    before = await ask(WRITTEN)
    answer = await records.record(proposal(1, detained(), key="new"))
    assert answer.recorded == (done[1].recorded[0], done[2].recorded[0])
    assert await ask(WRITTEN) == before


async def test_a_step_without_a_fact_leads_to_its_stage_as_its_form_is_dated_and_never_in_time_to_come(
    records: Records, ask: Ask
) -> None:
    said = {"stage_before": "notified", "stage": "legal_review", "decided_at": TEN + DAY}
    await records.record(proposal(0, **said, form={"at": TEN.isoformat()}))
    assert await ask("SELECT opened_at, stage_since FROM matter") == [(TEN, TEN)]
    await records.record(proposal(1, fact(Fact.PERSON_NAMED, TEN + timedelta(days=1, seconds=20)), **said | {"stage": "discussed"}))
    assert await ask("SELECT opened_at, stage_since FROM matter") == [(TEN, TEN + DAY)]


async def test_a_repeat_whose_workflow_is_behind_gets_everything_up_to_its_receipt_in_order(records: Records) -> None:
    done = [await records.record(proposal(seq)) for seq in range(3)]
    answer = await records.record(proposal(0, key=f"{SUSPECT}/key-3", body_hash="body-3"))
    assert [each.seq for each in answer.recorded] == [1, 2, 3]
    assert answer.recorded[2] == done[2].recorded[0]


async def test_what_was_told_is_recorded_as_told_and_starts_no_clock(records: Records, ask: Ask) -> None:
    origin = Origin(number="XA202600000001", seq=3, item=0)
    told = proposal(0, detained(), type="told", key=origin.key, origin=origin, actor=None, form={})
    assert (await records.record(told)).refusal is None
    (row,) = await ask("SELECT said FROM fact")
    assert row.said == {"told_by": "XA202600000001"}
    assert await ask("SELECT 1 FROM clock") == []


async def test_a_refusal_by_law_writes_nothing_and_cites_the_article(records: Records, ask: Ask) -> None:
    await hold(records)
    before = await ask(WRITTEN)
    answer = await records.record(proposal(1, extended(TEN + DAY, "+9 day", "特殊情况")))
    assert answer.refusal is not None
    assert (answer.refusal.slug, answer.refusal.members["limit"]) == ("law-forbids", SUBMIT)
    assert "刑事诉讼法" in answer.refusal.members["basis"]
    assert await ask(WRITTEN) == before


async def test_the_law_is_asked_at_once_about_what_a_request_would_bring_about(records: Records, ask: Ask) -> None:
    await hold(records)
    too_long = extended(TEN + DAY, "+9 day", "特殊情况")
    answer = await records.record(proposal(1, foreseen=(too_long,)))
    assert answer.refusal is not None
    assert answer.refusal.slug == "law-forbids"
    assert len(await ask("SELECT 1 FROM fact")) == 3


async def test_a_proposal_that_its_stage_refused_is_refused_and_writes_nothing(records: Records, ask: Ask) -> None:
    answer = await records.record(proposal(0, refusal=StepNotOpen(stage="detained").to_refusal()))
    assert answer.refusal is not None
    assert answer.refusal.slug == "step-not-open"
    assert await ask("SELECT 1 FROM entry") == []


async def test_an_extension_moves_the_clock_and_its_rungs(records: Records, ask: Ask) -> None:
    await hold(records)
    short = await the_clock(ask)
    await records.record(proposal(1, extended(TEN + DAY, "+4 day", "特殊情况")))
    long = await the_clock(ask)
    assert (long.id, long.due_at - short.due_at) == (short.id, 4 * DAY)
    rungs = await ask("SELECT colour, at FROM rung WHERE clock_id = %(id)s ORDER BY at", id=long.id)
    assert [(row.colour, row.at) for row in rungs][-1] == ("overdue", long.due_at)
    assert not [row for row in rungs if row.at == short.due_at]


async def test_a_rung_that_has_rung_does_not_ring_again_after_an_extension(records: Records, ask: Ask, pool: Pool) -> None:
    await hold(records)
    first_rung = (
        await ask("SELECT at FROM rung JOIN clock ON clock.id = clock_id WHERE limit_id = %(limit)s ORDER BY at", limit=SUBMIT)
    )[0].at
    async with pool.connection() as connection:
        await claim(connection, first_rung, first_rung, "workflow")
    rang = await ask("SELECT clock_id, colour, at FROM ring ORDER BY 1, 3")
    # Recorded again with the same clock in it: the family is told, which leaves the time before arrest as it is.
    await records.record(proposal(1, extended(first_rung, "+4 day", "特殊情况")))
    async with pool.connection() as connection:
        await claim(connection, first_rung, first_rung, "watchdog")
    assert await ask("SELECT clock_id, colour, at FROM ring ORDER BY 1, 3") == rang


async def test_the_colour_falls_back_when_an_extension_puts_the_end_off(records: Records, ask: Ask, pool: Pool) -> None:
    await hold(records)
    for step, kind in enumerate((Fact.PERSON_INTERROGATED, Fact.FAMILY_NOTIFIED, Fact.DELIVERED_TO_CUSTODY_CENTRE), start=1):
        await records.record(proposal(step, fact(kind, TEN + timedelta(hours=step))))
    late = (await the_clock(ask)).due_at - timedelta(hours=1)
    async with pool.connection() as connection:
        await claim(connection, late, late, "workflow")
    assert ((await the_clock(ask)).colour, (await ask("SELECT colour FROM matter"))[0].colour) == ("red", "red")
    await records.record(proposal(4, extended(late, "+4 day", "特殊情况")))
    assert (await the_clock(ask)).colour == "none"


async def test_a_clock_that_is_met_keeps_its_row_and_loses_its_rungs(records: Records, ask: Ask) -> None:
    await hold(records)
    await records.record(proposal(1, fact(Fact.PERSON_INTERROGATED, TEN + timedelta(hours=2))))
    clock = await the_clock(ask, "criminal-detention-first-interrogation")
    assert (clock.state, clock.ended_at) == (ClockState.MET, TEN + timedelta(hours=2))
    assert await ask("SELECT 1 FROM rung WHERE clock_id = %(id)s", id=clock.id) == []


async def test_the_task_of_an_expired_clock_is_done_when_the_clock_ends(records: Records, ask: Ask, pool: Pool) -> None:
    await hold(records)
    after = (await the_clock(ask)).due_at + timedelta(minutes=1)
    async with pool.connection() as connection:
        await claim(connection, after, after, "watchdog")
    open_tasks = "SELECT 1 FROM task JOIN clock ON clock.id = clock_id WHERE limit_id = %(limit)s AND done_at IS NULL"
    assert len(await ask(open_tasks, limit=SUBMIT)) == 1
    await records.record(proposal(1, fact(Fact.PERSON_RELEASED, after)))
    assert await ask(open_tasks, limit=SUBMIT) == []


async def test_a_request_opens_the_task_of_the_office_whose_turn_it_is(records: Records, ask: Ask) -> None:
    def asking(*awaiting: str) -> tuple[Request, ...]:
        return (Request(step="execute-detention", form={}, seq=1, asked_by=OFFICER, asked_at=TEN, awaiting=awaiting),)

    answer = await records.record(proposal(0, requests=asking("station-head", "county-head")))
    assert answer.recorded[0].receipt.status == "awaiting-approval"
    await records.record(proposal(1, requests=asking("county-head")))
    tasks = await ask("SELECT office, done_at IS NULL AS open FROM task ORDER BY opened_at, office DESC")
    assert [(task.office, task.open) for task in tasks] == [("station-head", False), ("county-head", True)]


async def test_a_matter_that_is_to_be_opened_gets_a_number_of_its_own_once(records: Records) -> None:
    opening = PendingCommand(verb="open", kind="suspect", step="name-suspect", actor=OFFICER)
    answer = await records.record(proposal(0, key="open", commands=(opening, opening)))
    numbers = answer.recorded[0].receipt.opened
    assert len(set(numbers)) == 2
    assert tuple(each.number for each in answer.recorded[0].commands) == numbers
    assert (await records.record(proposal(0, key="open", commands=(opening, opening)))).recorded == answer.recorded


async def test_the_entry_holds_everything_and_is_linked_to_the_one_before(records: Records, ask: Ask) -> None:
    for seq in range(3):
        await records.record(proposal(seq))
    before = GENESIS
    for entry in await ask("SELECT * FROM entry ORDER BY position"):
        assert (entry.previous, entry.hash) == (before, link(before, entry.content))
        content = json.loads(entry.content)
        assert (content["position"], content["form"], content["actor"]) == (
            entry.position,
            {"reason": "理由"},
            OFFICER.model_dump(mode="json"),
        )
        assert Recorded.model_validate(content["recorded"]).seq == entry.seq
        before = entry.hash
    assert [tuple(row) for row in await ask("SELECT position, hash FROM chain")] == [(3, before)]


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE entry SET content = '{}'",
        "DELETE FROM entry",
        "TRUNCATE entry",
        "UPDATE ring SET late_ms = 0",
        "DELETE FROM ring",
        "TRUNCATE ring",
    ],
)
async def test_the_journal_and_the_rings_are_neither_changed_nor_taken_away(records: Records, ask: Ask, attempt: str) -> None:
    number = (await records.record(proposal(0))).recorded[0].receipt.number
    # A trigger for each row is asked of rows alone.
    await ask(f"INSERT INTO ring VALUES ('c', 'red', now(), '{number}', now(), 0, 'watchdog')")
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        await ask(attempt)
    assert len(await ask("SELECT 1 FROM entry")) == len(await ask("SELECT 1 FROM ring")) == 1


async def test_twenty_who_record_at_once_form_one_chain_without_loss(records: Records, ask: Ask) -> None:
    async def insist(number: int) -> None:
        """Do as the trunk does: apply what was missed, then propose again."""
        actor = Actor(person=f"officer-{number}", unit="station", offices=OFFICER.offices)
        seq = 0
        while True:
            answer = await records.record(proposal(seq, key=f"key-{number}", body_hash="one", actor=actor))
            assert answer.refusal is None
            seq = max(each.seq for each in answer.recorded)
            if any(each.key == f"key-{number}" for each in answer.recorded):
                return

    await asyncio.gather(*(insist(number) for number in range(20)))
    entries = await ask("SELECT * FROM entry ORDER BY position")
    assert [(entry.position, entry.seq) for entry in entries] == [(n, n) for n in range(1, 21)]
    assert {entry.key for entry in entries} == {f"key-{number}" for number in range(20)}
    assert all(after.previous == before.hash for before, after in pairwise(entries))


async def test_a_step_whose_clocks_cannot_be_stored_is_not_recorded(records: Records, ask: Ask) -> None:
    await ask("ALTER TABLE rung ADD CONSTRAINT broken CHECK (false)")
    with pytest.raises(psycopg.errors.CheckViolation):
        await hold(records)
    assert not any(row.many for row in await ask(WRITTEN))


async def test_what_could_not_be_carried_out_becomes_somebodys_task_once(records: Records, ask: Ask) -> None:
    for _ in range(2):
        await records.open_failure_task(SUSPECT, "station", f"{SUSPECT}/1/0", "WorkflowNotFound")
    (task,) = await ask("SELECT office, mandatory FROM task")
    assert (task.office, task.mandatory) == ("case-management-officer", True)
