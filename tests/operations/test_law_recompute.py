"""What the law would move is moved when somebody entitled says so, with the reason in each journal, and once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from operations.law.diff import Tally
from operations.law.recompute import NotEntitledError, recompute
from tests.world import Answer, World, found, world

LETTER = {
    "channel": "letter",
    "kind": "盗窃",
    "place": "青岚县城关镇西街",
    "narrative": "来信称家中电动车被盗。",
    "reporter": "陶文远",
    "unit": "chengguan",
}
CONTACT = "incident-written-report-contact"
REASON = "国务院办公厅公布放假安排"
# As if the law of the day had been reckoned otherwise: a day short, by an edition that is no more, its rungs along.
AS_ONCE_RECKONED = """
UPDATE clock SET due_at = due_at - interval '1 day', edition = '1999-01-01' WHERE matter = %(number)s AND limit_id = %(limit)s
"""
RUNG_EARLIER = """
UPDATE rung SET at = rung.at - interval '1 day' FROM clock
WHERE clock.id = rung.clock_id AND rung.matter = %(number)s AND clock.limit_id = %(limit)s
"""
# As if its year had not been published when it was reckoned.
FOR_THE_TIME_BEING = """
UPDATE clock SET calendar = 'provisional', reasons = reasons || ARRAY['2027年放假安排尚未公布，暂按周末和法定节日推算，公布后应当重新计算']
WHERE matter = %(number)s AND limit_id = %(limit)s
"""
# A limit that the law no longer knows.
REPEALED = """
INSERT INTO clock SELECT 'repealed@' || matter || '@1', matter, unit_id, officer, 'repealed', '已废止的期限', edition, basis, about, started_at,
    due_at, date_only, liberty, state, 'yellow', ended_at, calendar, answerable, at_expiry, reasons, rungs
FROM clock WHERE matter = %(number)s AND limit_id = %(limit)s
"""


@pytest.fixture
async def bureau(peopled: str, temporal_address: str, tmp_path: Path) -> AsyncIterator[World]:
    """A bureau at work."""
    async with world(found(peopled, temporal_address, tmp_path)) as one:
        yield one


async def _letter(bureau: World) -> str:
    return (await (await bureau.as_("linxiaoyu")).open("incident", **LETTER))["number"]


async def _recomputed(bureau: World, by: str = "fangzhengping") -> list[tuple[str, str]]:
    return [(outcome.number, outcome.refused) async for outcome in recompute(bureau.settings, by, REASON, "", Tally())]


async def _journal(bureau: World, number: str) -> list[Answer]:
    return (await (await bureau.as_("fangzhengping")).read(f"/api/matters/{number}/journal"))["items"]


async def test_a_clock_that_the_law_would_move_is_moved_with_its_rungs_and_the_reason_is_journaled(bureau: World) -> None:
    number = await _letter(bureau)
    reviewer = await bureau.as_("fangzhengping")
    right = await reviewer.clock(number, CONTACT)
    rungs = await bureau.ask("SELECT clock_id, colour, at FROM rung WHERE matter = %(number)s ORDER BY 1, 3", number=number)
    for statement in (AS_ONCE_RECKONED, RUNG_EARLIER):
        await bureau.ask(statement, number=number, limit=CONTACT)
    assert (await reviewer.clock(number, CONTACT))["due_at"] != right["due_at"]

    assert await _recomputed(bureau) == [(number, "")]
    assert await reviewer.clock(number, CONTACT) == right
    assert await bureau.ask("SELECT clock_id, colour, at FROM rung WHERE matter = %(number)s ORDER BY 1, 3", number=number) == rungs
    entry = (await _journal(bureau, number))[-1]
    assert (entry["step"], entry["username"], entry["content"]["form"]) == ("recompute-clocks", "fangzhengping", {"reason": REASON})
    assert [each["id"] for each in entry["content"]["clocks"]] == [right["id"]]
    assert (await reviewer.card(number))["stage"] == "received"


async def test_a_clock_whose_end_the_published_year_confirms_no_longer_says_that_it_may_move(bureau: World) -> None:
    number = await _letter(bureau)
    reviewer = await bureau.as_("fangzhengping")
    right = await reviewer.clock(number, CONTACT)
    await bureau.ask(FOR_THE_TIME_BEING, number=number, limit=CONTACT)
    assert (await reviewer.clock(number, CONTACT))["calendar"] == "provisional"
    assert await _recomputed(bureau) == [(number, "")]
    assert await reviewer.clock(number, CONTACT) == right
    assert await _recomputed(bureau) == []


async def test_what_has_been_reckoned_anew_is_not_again(bureau: World) -> None:
    number = await _letter(bureau)
    await bureau.ask(AS_ONCE_RECKONED, number=number, limit=CONTACT)
    assert await _recomputed(bureau) == [(number, "")]
    assert await _recomputed(bureau) == []
    assert [each["step"] for each in await _journal(bureau, number)].count("recompute-clocks") == 1


async def test_a_clock_of_a_repealed_limit_lapses(bureau: World) -> None:
    number = await _letter(bureau)
    await bureau.ask(REPEALED, number=number, limit=CONTACT)
    assert await _recomputed(bureau) == [(number, "")]
    (gone,) = await bureau.ask("SELECT state, colour FROM clock WHERE limit_id = 'repealed'")
    assert (gone.state, gone.colour) == ("lapsed", "none")


async def test_who_is_neither_legal_reviewer_nor_administrator_may_not_order_it(bureau: World) -> None:
    number = await _letter(bureau)
    await bureau.ask(AS_ONCE_RECKONED, number=number, limit=CONTACT)
    with pytest.raises(NotEntitledError, match="法制员"):
        await _recomputed(bureau, by="liusiyuan")
    officer = await bureau.as_("liusiyuan")
    assert (await officer.try_(number, "recompute-clocks", reason=REASON)).status_code == 403
    assert [each["step"] for each in await _journal(bureau, number)] == ["open-incident", "recompute-clocks"]
    assert (await _journal(bureau, number))[-1]["sort"] == "refusal"
