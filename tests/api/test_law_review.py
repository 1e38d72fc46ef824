"""Once a quarter the legal reviewer is asked whether the law has changed, until the house says that it was looked at."""

from datetime import date, datetime

from activities.upkeep.ask_for_law_review import ask_for_review
from law.calendar import SHANGHAI
from tests.world import World

LONG_AGO = date(2026, 6, 3)
AUTUMN, LATER, WINTER = (datetime(2026, month, day, 9, tzinfo=SHANGHAI) for month, day in ((7, 1), (9, 30), (10, 1)))


async def asked(world: World) -> list[str]:
    """The words of what the legal reviewer is to do about the law."""
    tasks = (await (await world.as_("fangzhengping")).read("/api/tasks"))["items"]
    return [each["words"] for each in tasks if each["sort"] == "law"]


async def test_the_legal_reviewer_is_asked_once_in_each_quarter_until_the_law_was_checked(idle: World) -> None:
    assert await ask_for_review(idle.ctx.pool, AUTUMN, LONG_AGO)
    assert not await ask_for_review(idle.ctx.pool, LATER, LONG_AGO), "once a quarter"
    (words,) = await asked(idle)
    assert "法律核对至2026-06-03" in words
    assert await ask_for_review(idle.ctx.pool, WINTER, LONG_AGO)
    assert len(await asked(idle)) == 1, "the task of the quarter before gives way"
    assert not await ask_for_review(idle.ctx.pool, WINTER, date(2026, 10, 1))
    assert await asked(idle) == []


async def test_nobody_is_asked_in_the_quarter_in_which_the_law_was_checked(idle: World) -> None:
    assert not await ask_for_review(idle.ctx.pool, AUTUMN, date(2026, 7, 1))
    assert await asked(idle) == []


async def test_each_limit_says_until_when_the_law_was_checked(idle: World) -> None:
    client = await idle.stranger()
    dates = {each["checked_until"] for each in (await client.get("/api/limits")).json()}
    assert dates == {(await client.get("/api/limits/bail-max")).json()["checked_until"]}
    assert len(dates) == 1
