"""A partner that is away for a while, and then says everything twice and out of order: nothing is lost, doubled or out of place."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.amounts import amount
from tests.api.matters import reported
from tests.sandbox import Sandbox
from tests.sandbox import sandbox as serve_sandbox
from tests.world import AS_IN_LIFE, Hand, World, found, until, world

MATTERS, EACH = amount((8, 4), (40, 5))
ASKED = MATTERS * EACH
CAMERA = "body-camera"
# Two cores do all of it, sandbox and bureau, within half of this.
_PATIENCE_S = 120.0
# As many officers as a station has at work at one moment.
_AT_ONCE = 6

SENT = """
SELECT count(*) AS many, count(*) FILTER (WHERE m.stage = 'delivered') AS delivered, sum(d.attempts) AS attempts
FROM delivery d JOIN matter m USING (number)
"""
ANSWERED = """
SELECT chain, content::jsonb #>> '{form,reference}' AS reference FROM entry
WHERE step = 'answer-recording' AND sort = 'step' ORDER BY chain, position
"""
INBOUND = "SELECT count(*) AS many, count(*) FILTER (WHERE status = 200) AS accepted FROM inbound"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """The systems outside."""
    async with serve_sandbox() as one:
        yield one


@pytest.fixture
async def county(peopled: str, temporal_address: str, tmp_path: Path, sandbox: Sandbox) -> AsyncIterator[World]:
    """The county, to which they answer."""
    async with world(found(peopled, temporal_address, tmp_path, sandbox.settings, pool_size=AS_IN_LIFE)) as one:
        sandbox.answers_to(one.app)
        yield one


async def _asked(officer: Hand, questions: list[tuple[int, str]]) -> None:
    """Ask the camera platform these questions, a few matters at a time, those about one matter one after the other."""
    turns = asyncio.Semaphore(_AT_ONCE)

    async def ask(number: str) -> None:
        async with turns:
            now = datetime.now(UTC).isoformat()
            for nth in (n for n, of in questions if of == number):
                await officer.take(number, "ask-recording", device=str(nth), wearer="刘思源", since=now, until=now)

    async with asyncio.TaskGroup() as asking:
        for number in {number: None for _, number in questions}:
            asking.create_task(ask(number))


@pytest.mark.long
async def test_a_partner_that_is_away_and_then_repeats_and_reorders_all_it_says_is_served_once_and_in_order(
    county: World, sandbox: Sandbox
) -> None:
    matters = [(await reported(county))[0] for _ in range(MATTERS)]
    officer = await county.as_("liusiyuan")
    bad = ("duplicate", "reorder")
    sandbox.decides(CAMERA, "script")
    sandbox.feels(CAMERA, *bad)
    questions = [(n, number) for n in range(EACH) for number in matters]
    for i in range(3):
        sandbox.feels(CAMERA, *bad, *(("down",) if i == 1 else ()))
        await _asked(officer, questions[i * ASKED // 3 : (i + 1) * ASKED // 3])
        if i == 1:
            await _everyone_has_been_turned_away(county)

    await until(lambda: county.ask(SENT), lambda rows: rows[0].delivered == ASKED, within=_PATIENCE_S)
    await sandbox.all_said(CAMERA)
    await until(lambda: county.ask(INBOUND), lambda rows: rows[0].accepted == ASKED, within=_PATIENCE_S)

    (sent,), (inbound,) = await county.ask(SENT), await county.ask(INBOUND)
    answered, received, said = await county.ask(ANSWERED), sandbox.received(CAMERA), sandbox.said(CAMERA)
    held = sum(each["answer"]["state"] == "held" for each in said)
    print(
        f"\nmatters {MATTERS}, messages {sent.many}, delivered {sent.delivered}, attempts {sent.attempts}, "
        f"answers {len(said)}, posts {sum(each['times'] for each in said)}, last held {held}, accepted {inbound.accepted}, "
        f"recorded {len(answered)}"
    )
    assert (sent.many, len(received), len(said), inbound.many) == (ASKED, ASKED, ASKED, ASKED)
    assert {each["times"] for each in received} == {1}
    assert sent.attempts > ASKED
    assert {each["times"] for each in said} == {2}
    # As many steps as questions, in each matter those of its own questions, in the order in which they were asked.
    assert Counter(row.chain for row in answered) == dict.fromkeys(matters, EACH)
    for number in matters:
        mine = [each for each in received if each["message"]["data"]["matter"] == number]
        assert [each["message"]["data"]["device"] for each in mine] == [str(nth) for nth in range(EACH)]
        assert [row.reference for row in answered if row.chain == number] == [each["receipt"] for each in mine]


async def _everyone_has_been_turned_away(county: World) -> None:
    """Wait until the first message of each matter that waits has been tried in vain."""
    tried = (
        "SELECT count(*) FILTER (WHERE last_error = '') AS untried FROM delivery d JOIN matter m USING (number) WHERE NOT m.final "
    )
    first = "AND NOT EXISTS (SELECT FROM delivery e JOIN matter f ON f.number = e.number WHERE e.subject = d.subject AND e.number < d.number AND NOT f.final)"
    await until(lambda: county.ask(tried + first), lambda rows: rows[0].untried == 0, within=_PATIENCE_S)
