"""What a step promises to do elsewhere is done, though its workflow, or all of Temporal, was lost before it was."""

import asyncio
import importlib
from datetime import UTC, datetime
from typing import Any

import pytest
from temporalio.service import RPCError

from activities.recording.records import Records
from api.health_checks.finding import Level
from api.health_checks.report import run_checks
from law.legal_fact import LegalFact
from models.journal import format_canonical, hash_body
from models.matter import Kind, build_workflow_id
from models.messages import MatterEvent, PendingCommand, Proposal, Recorded
from models.origin import Origin
from runtime.settings import Settings
from tests.faults.rush import CALL
from tests.faults.test_journal_ahead import entries
from tests.world import Hand, World, until, world
from watchdog.duties.rouse_matters import RouseMatters
from workflows.lifecycle import Lifecycle

THEFT = {"classification": "criminal", "reason": "涉嫌盗窃", "charge": "xf-264"}
_ACCEPTED = "workflow_execution_update_accepted_event_attributes"
FILING = {"charge": "xf-264", "grounds": "有犯罪事实"}


async def an_incident(bureau: World) -> tuple[str, Hand]:
    """An incident at an officer's desk."""
    desk, officer = await bureau.as_("linxiaoyu"), await bureau.as_("liusiyuan")
    return (await desk.open("incident", **CALL))["number"], officer


async def classified_behind_its_back(bureau: World, number: str, key: str) -> Recorded:
    """What is left when Temporal dies between the journal and the workflow: the classification is recorded, its case not opened."""
    other, officer = await an_incident(bureau)
    await officer.take(other, "classify-incident", **THEFT)
    content = (await entries(bureau, other))[-1].content
    like, last = Recorded.model_validate(content["recorded"]), (await entries(bureau, number))[-1].content["recorded"]
    proposal = Proposal(
        number=number,
        kind=Kind.INCIDENT,
        parent="",
        key=key,
        body_hash=hash_body(f"{number}/classify-incident", THEFT),
        type="step",
        step="classify-incident",
        form=content["form"],
        actor=content["actor"],
        seq=last["seq"],
        stage_before=last["stage"],
        decided_at=datetime.now(UTC),
        commands=tuple(each.model_copy(update={"number": "", "facts": ()}) for each in like.commands),
        **{name: getattr(like, name) for name in ("unit", "stage", "final", "officer")},
    )
    return (await Records(bureau.ctx.pool).record(proposal)).recorded[0]


async def is_there(hand: Hand, number: str) -> bool:
    """Whether a matter can be read."""
    return (await hand.get(f"/api/matters/{number}")).status_code == 200


async def outbox(bureau: World) -> list[str]:
    """The ids of what is promised and not done."""
    return [row.id for row in await bureau.ask("SELECT id FROM outbox ORDER BY id")]


async def grow_old(bureau: World, minutes: int = 0) -> None:
    """Let whatever is promised have been so for that long, and be looked after now."""
    await bureau.ask("UPDATE outbox SET rouse_at = now(), promised_at = promised_at - make_interval(mins => %(m)s)", m=minutes)


async def lose_what_is_to_be_done(bureau: World, monkeypatch: pytest.MonkeyPatch) -> str:
    """A case whose opening was acknowledged by a worker that forgot what it had to do."""

    async def forget(self: Lifecycle) -> None:
        self.state = self.state.model_copy(update={"outbox": ()})

    number, officer = await an_incident(bureau)
    with monkeypatch.context() as broken:
        broken.setattr(Lifecycle, "_drain", forget)
        (case,) = (await officer.take(number, "classify-incident", **THEFT))["opened"]
    return case


async def test_a_step_repeated_after_its_workflow_lost_it_is_carried_out(restless: Settings) -> None:
    async with world(restless) as bureau:
        number, officer = await an_incident(bureau)
        (case,) = (await classified_behind_its_back(bureau, number, "liusiyuan:once-more")).receipt.opened
        assert not await is_there(officer, case)
        again = await officer.take(number, "classify-incident", {"Idempotency-Key": "once-more"}, **THEFT)
        assert again["opened"] == [case]
        await bureau.watch().get_duty(RouseMatters).do()
        await until(lambda: is_there(officer, case), bool, 10)
        await until(lambda: outbox(bureau), lambda owed: not owed)


async def test_what_nobody_repeats_is_carried_out_too_once_the_watchdog_has_looked(restless: Settings) -> None:
    async with world(restless) as bureau:
        number, officer = await an_incident(bureau)
        (case,) = (await classified_behind_its_back(bureau, number, "liusiyuan:never-more")).receipt.opened
        assert await bureau.watch().get_duty(RouseMatters).do() == 0, "five seconds are not over"
        await grow_old(bureau)
        await bureau.watch().get_duty(RouseMatters).do()
        await until(lambda: is_there(officer, case), bool, 10)
        await until(lambda: outbox(bureau), lambda owed: not owed)


async def test_what_was_promised_is_done_after_temporal_has_lost_everything_and_nobody_else_is_woken(
    restless: Settings, temporal_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with world(restless) as bureau:
        kept, officer = await an_incident(bureau)
        (filed,) = (await officer.take(kept, "classify-incident", **THEFT))["opened"]
        await until(lambda: is_there(officer, filed), bool)
        await until(lambda: outbox(bureau), lambda owed: not owed)
        owed = [await lose_what_is_to_be_done(bureau, monkeypatch)]

    async with world(restless.model_copy(update={"temporal_address": temporal_address})) as bureau:
        officer = await bureau.as_("liusiyuan")
        await bureau.ask("INSERT INTO outbox VALUES (%(id)s, %(n)s, 'catch-up', '', now(), now())", id=f"{kept}/catch-up", n=kept)
        await grow_old(bureau)
        assert await bureau.watch().get_duty(RouseMatters).do() == 2
        await until(lambda: is_there(officer, owed[0]), bool, 10)
        await until(lambda: outbox(bureau), lambda owed: not owed)
        with pytest.raises(RPCError):  # it was told everything long ago
            await bureau.client.get_workflow_handle(build_workflow_id(Kind.CRIMINAL_CASE, filed)).describe()


async def test_a_promise_that_is_a_minute_old_is_named_to_people_until_it_is_kept(
    restless: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tasks(bureau: World) -> Any:
        return bureau.ask("SELECT words FROM task WHERE key LIKE '%%/outstanding' AND done_at IS NULL")

    async def told(bureau: World) -> Level:
        (level,) = [each.level async for each in run_checks(bureau.settings) if each.check == "承诺事项"]
        return level

    async with world(restless) as bureau:
        case = await lose_what_is_to_be_done(bureau, monkeypatch)
        assert await told(bureau) is Level.WELL
        await grow_old(bureau, minutes=2)
        assert await told(bureau) is Level.BROKEN
        await bureau.watch().get_duty(RouseMatters).do()
        (task,) = await until(lambda: tasks(bureau), bool)
        assert case in task.words
        await until(lambda: tasks(bureau), lambda open_: not open_, 10)
        assert await told(bureau) is Level.WELL


async def test_promises_of_before_there_was_an_outbox_are_found_by_the_migration(
    restless: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with world(restless) as bureau:
        await lose_what_is_to_be_done(bureau, monkeypatch)
        number, officer = await an_incident(bureau)
        (case,) = (await officer.take(number, "classify-incident", **THEFT))["opened"]
        await until(lambda: is_there(officer, case), bool)
        (owed,) = await until(lambda: outbox(bureau), lambda owed: len(owed) == 1)
        await bureau.ask("DELETE FROM outbox")
        await bureau.ask(importlib.import_module("migrations.versions.v0030_promises_are_kept_here").UNKEPT.replace("%", "%%"))
        assert await outbox(bureau) == [owed]


async def test_a_database_older_than_its_workflow_is_not_written_on(restless: Settings) -> None:
    async with world(restless) as bureau:
        number, officer = await an_incident(bureau)
        (case,) = (await officer.take(number, "classify-incident", **THEFT))["opened"]
        await until(lambda: is_there(officer, case), bool)
        await officer.take(case, "file-case", **FILING)
        await forget_the_newest_entry(bureau, case)
        before = [each.seq for each in await entries(bureau, case)]
        chief = await bureau.as_("zhouminghui")
        refused = await chief.try_(case, "approve", request="file-case")
        assert (refused.status_code, refused.json()["type"]) == (503, "/problems/journal-behind"), refused.text
        assert [each.seq for each in await entries(bureau, case)] == before
        (finding,) = [each async for each in run_checks(bureau.settings) if each.check == "日志与流程"]
        assert finding.level is Level.BROKEN and case in finding.words


async def promised(bureau: World, origin: Origin, to: str, *facts: LegalFact) -> MatterEvent:
    """What another matter has promised in the journal to tell this one, by that entry of its."""
    command = PendingCommand(verb="tell", kind=Kind.INCIDENT, number=to, step="file-case", facts=facts)
    content = format_canonical({"recorded": {"intentions": [command]}})
    await bureau.ask(
        """INSERT INTO entry (chain, position, seq, sort, step, key, recorded_at, content, previous, hash)
        VALUES (%(teller)s, 1000 + %(seq)s, %(seq)s, 'step', 'file-case', %(key)s, now(), %(content)s, '', '')""",
        teller=origin.number,
        seq=origin.seq,
        key=f"{origin.key}/promised",
        content=content,
    )
    return MatterEvent(key=origin.key, source=origin.number, step="file-case", facts=facts, origin=origin)


async def owe_a_word(bureau: World, to: str, seq: int = 999) -> Origin:
    """What stands in the outbox from the moment in which another matter has something to tell until that is heard; which entry owes it."""
    origin = Origin(number="XA1", seq=seq, item=0)
    await bureau.ask(
        """INSERT INTO outbox (id, matter, seq, item, verb, target, promised_at, rouse_at)
        VALUES (%(key)s, %(to)s, %(seq)s, 0, 'tell', %(to)s, clock_timestamp(), now() + interval '1 hour')""",
        key=origin.key,
        to=to,
        seq=seq,
    )
    return origin


async def test_a_step_is_judged_once_the_matter_has_heard_what_was_on_its_way_to_it(restless: Settings) -> None:
    async with world(restless) as bureau:
        number, officer = await an_incident(bureau)
        owing = await owe_a_word(bureau, number)
        closing = asyncio.create_task(officer.take(number, "classify-incident", classification="help", reason="群众求助"))
        handle = bureau.client.get_workflow_handle(build_workflow_id(Kind.INCIDENT, number))
        await handle.signal("hear", await promised(bureau, owing, number))
        receipt = await closing
        assert [(each.sort, each.seq) for each in await entries(bureau, number)][-2:] == [
            ("told", receipt["seq"] - 1),
            ("step", receipt["seq"]),
        ]


async def test_a_step_hears_each_of_many_words_that_come_one_after_the_other(restless: Settings) -> None:
    async with world(restless) as bureau:
        number, officer = await an_incident(bureau)
        owing = [await owe_a_word(bureau, number, seq) for seq in range(999, 1006)]
        closing = asyncio.create_task(officer.take(number, "classify-incident", classification="help", reason="群众求助"))
        handle = bureau.client.get_workflow_handle(build_workflow_id(Kind.INCIDENT, number))
        # It waits from here on.
        await until(handle.fetch_history, lambda history: any(each.HasField(_ACCEPTED) for each in history.events))
        for heard, each in enumerate(owing, start=1):
            await handle.signal("hear", await promised(bureau, each, number))
            await until(
                lambda: entries(bureau, number), lambda found, many=heard: [one.sort for one in found].count("told") == many
            )
        await closing


async def test_a_word_that_does_not_come_delays_a_step_and_no_longer_forbids_it_after_ten_seconds(restless: Settings) -> None:
    async with world(restless) as bureau:
        number, officer = await an_incident(bureau)
        owing = await owe_a_word(bureau, number)
        help_ = {"classification": "help", "reason": "群众求助"}
        early = await officer.try_(number, "classify-incident", **help_)
        assert (early.status_code, early.json()["type"]) == (503, "/problems/word-expected")
        assert early.json()["retry_after"] == 1
        await bureau.ask("UPDATE outbox SET promised_at = promised_at - interval '10 seconds' WHERE id = %(key)s", key=owing.key)
        await officer.take(number, "classify-incident", **help_)


async def forget_the_newest_entry(bureau: World, number: str) -> None:
    """What a database knows that was put back to the moment before the newest entry."""
    await bureau.ask("ALTER TABLE entry DISABLE TRIGGER ALL")
    await bureau.ask(
        "DELETE FROM entry WHERE chain = %(n)s AND position = (SELECT position FROM chain WHERE chain = %(n)s)", n=number
    )
    await bureau.ask("ALTER TABLE entry ENABLE TRIGGER ALL")
    await bureau.ask(
        """UPDATE chain SET position = e.position, hash = e.hash FROM entry e
        WHERE chain.chain = %(n)s AND e.chain = %(n)s AND e.position = chain.position - 1""",
        n=number,
    )
    await bureau.ask("UPDATE matter SET seq = seq - 1 WHERE number = %(n)s", n=number)
