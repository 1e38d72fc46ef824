"""A day at the bureau in short: nobody waits for what they were not told of, and nobody is told of what is another's."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from bench.day.bureau import Bureau, account_for, at_work
from bench.day.courses import courses
from bench.day.play import Day
from bench.day.telling import Telling
from runtime.tokens import DemoTokens
from tests.web.screens import County

CALLS, SEED = 30, 7
# The desk, a station with its head, who reviews, who decides; and one of them before a page.
PEOPLE = ("linxiaoyu", "liusiyuan", "xuyating", "machao", "zhaotiejun", "fangzhengping", "zhouminghui", "hejingyuan")
ON_PAGES = ("zhaotiejun",)


async def test_a_day_long_everybody_is_told_of_what_is_theirs_and_of_nothing_else(county: County) -> None:
    issued = county.bureau.ctx.tokens
    assert isinstance(issued, DemoTokens)
    bureau = Bureau(county.address, lambda username: issued.issue(username)[0])

    async def ask(statement: str) -> Sequence[Any]:
        return await county.bureau.ask(statement)

    async with at_work(bureau, PEOPLE, ON_PAGES, county.browser) as people:
        account = await Day(people, lasts_s=5.0, pause_s=0.1).play(courses(SEED, CALLS, people, datetime.now(UTC)))
        assert (account.refused, account.untold) == ([], [])
        assert await account_for(people, ask) == Telling([], [], [], [])
        assert {each.to for each in account.handovers} >= {"zhaotiejun", "fangzhengping", "liusiyuan"}
