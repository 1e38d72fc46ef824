"""Links between matters: what is linked is shown from both ends and held against the journal; whoever hears of a fact is told it with its step."""

from typing import Any

from activities.recording.records import Records
from law.facts import Fact
from models.links import Link, Relation
from runtime.database import Pool
from tests.activities.conftest import Ask
from tests.activities.proposals import SUSPECT, TEN, detained, fact, filed, proposal

ALERT, CASE = "FX202600000007", "XA202600000008"
HEARS = Link(number=SUSPECT, relation=Relation.ABOUT, hears=(Fact.DETENTION_EXECUTED,))


def _alert(seq: int, *links: Link, **said: Any) -> Any:
    of_alert = {"number": ALERT, "kind": "risk-alert", "stage": "open", "stage_before": "open"}
    return proposal(seq, links=links, **of_alert | said)


async def test_whoever_is_linked_hears_of_the_facts_it_asked_for_with_the_step_that_brings_them(pool: Pool, ask: Ask) -> None:
    records = Records(pool)
    await records.record(proposal(0, filed()))
    await records.record(_alert(0, HEARS))
    (row,) = await ask("SELECT matter, other, relation, hears, seq FROM link")
    assert tuple(row) == (ALERT, SUSPECT, "about", ["detention.executed"], 1)
    (done,) = (await records.record(proposal(1, fact(Fact.PERSON_NAMED), detained()))).recorded
    (tell,) = done.commands
    assert (tell.verb, tell.kind, tell.number) == ("tell", "risk-alert", ALERT)
    assert [each.fact for each in tell.facts] == [Fact.DETENTION_EXECUTED], "and nothing that it did not ask for"
    assert [tuple(each) for each in await ask("SELECT target, verb FROM outbox")] == [(ALERT, "tell")], "promised with the step"


async def test_what_was_heard_is_not_passed_on(pool: Pool) -> None:
    records = Records(pool)
    await records.record(proposal(0, filed()))
    await records.record(_alert(0, Link(number=SUSPECT, relation=Relation.ABOUT, hears=(Fact.CASE_FILED,))))
    told = proposal(1, fact(Fact.CASE_FILED, TEN, CASE, told_by=CASE), type="told", step="file-case", actor=None)
    (done,) = (await records.record(told)).recorded
    assert not done.commands


async def test_no_matter_is_linked_with_itself_or_with_none(pool: Pool, ask: Ask) -> None:
    records = Records(pool)
    for number, rule in ((ALERT, "not-itself"), (CASE, "unknown-matter")):
        refusal = (await records.record(_alert(0, Link(number=number, relation=Relation.SAME_CAUSE, field="into")))).refusal
        assert refusal
        (error,) = refusal.members["errors"]
        assert (error["field"], error["rule"]) == ("into", rule)
    assert not await ask("SELECT FROM link")
