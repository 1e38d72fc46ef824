"""What a repeated step had promised is done though its workflow lost it: an officer's that is told outside, and a decision that came from there."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from runtime.settings import Settings
from tests.faults.test_promises import grow_old, outbox
from tests.organ import organ
from tests.sandbox import Sandbox, sandbox
from tests.scenarios.fraud import filed_case, named_suspect, team
from tests.scenarios.test_organs_decide import now, sent_case
from tests.world import World, until, world
from watchdog.duties.rouse_matters import RouseMatters
from workflows.lifecycle import Lifecycle


@pytest.fixture
async def outside() -> AsyncIterator[Sandbox]:
    """The systems outside."""
    async with sandbox() as systems:
        yield systems


@pytest.fixture
async def county(restless: Settings, outside: Sandbox) -> AsyncIterator[World]:
    """A bureau that is tied to them."""
    async with world(restless.model_copy(update={"partners": outside.settings})) as bureau:
        yield bureau


@contextmanager
def forgetting(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Workers that forget what a step asked of them once it is recorded, until the block ends."""

    async def forget(self: Lifecycle) -> None:
        self.state = self.state.model_copy(update={"outbox": ()})

    with monkeypatch.context() as broken:
        broken.setattr(Lifecycle, "_drain", forget)
        yield


async def carried_out(county: World) -> None:
    """Whatever is owed is done, five seconds after it was promised at the latest."""
    await grow_old(county)
    await county.watch().get_duty(RouseMatters).do()
    await until(lambda: outbox(county), lambda owed: not owed, 10)


async def told(outside: Sandbox, system: str) -> list[str]:
    return [message["id"] for message in outside.received(system)]


async def test_a_detention_of_which_the_custody_centre_never_heard_is_told_once_when_it_is_repeated(
    county: World, outside: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = await team(county)
    suspect = await named_suspect(people, await filed_case(people, now() - timedelta(days=1)))
    await until(lambda: outbox(county), lambda owed: not owed, 10)
    await people.officer.take(suspect, "execute-detention", at=now() - timedelta(hours=2), place="派出所", grounds="可能逃跑")

    async def approved() -> str:
        key = {"Idempotency-Key": "once-more"}
        answer = await people.chief.try_(suspect, "approve", key, request="execute-detention")
        assert answer.is_success, answer.text
        return answer.text

    with forgetting(monkeypatch):
        first = await approved()
        assert await told(outside, "custody-centre") == []
        assert await outbox(county) != []
    assert await approved() == first
    await carried_out(county)
    assert len(await until(lambda: told(outside, "custody-centre"), bool, 10)) == 1


async def test_a_decision_from_outside_of_which_nobody_heard_is_told_though_its_repeat_is_answered_from_what_is_kept(
    county: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = await team(county)
    case, procuratorate = await sent_case(people, now() - timedelta(days=2)), await organ(county, "procuratorate")
    assert (await procuratorate.decide(case, "receive-prosecution-case")).is_success
    await until(lambda: outbox(county), lambda owed: not owed, 10)
    at = now()

    async def prosecuted() -> str:
        answer = await procuratorate.decide(case, "prosecute-case", key="decision", at=at, charge="诈骗罪")
        assert answer.is_success, answer.text
        return answer.text

    with forgetting(monkeypatch):
        first = await prosecuted()
        owed = await outbox(county)
    assert owed != []
    assert await prosecuted() == first
    await carried_out(county)
    kept = await county.ask("SELECT key FROM entry WHERE key = ANY(%(owed)s)", owed=owed)
    assert sorted(row.key for row in kept) == sorted(owed)
