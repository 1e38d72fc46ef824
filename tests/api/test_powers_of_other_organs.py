"""Whoever administers another organ, or a part of the bureau, does there what administrators do, and nothing that concerns the whole house."""

import pytest

from tests.world import Hand, World


@pytest.fixture
async def elsewhere(idle: World) -> Hand:
    """Somebody who administers the procuratorate."""
    await idle.ask("INSERT INTO holding VALUES ('yeqingheng', 'qinglan-procuratorate', 'administrator')")
    return await idle.as_("yeqingheng")


async def test_they_administer_their_own(elsewhere: Hand) -> None:
    assert {each["unit"] for each in (await elsewhere.read("/api/admin/units"))["units"]} == {"qinglan-procuratorate"}


@pytest.fixture(params=[("yeqingheng", "qinglan-procuratorate"), ("yuwenxiu", "east-zone"), ("zhengshuhua", "anlan-procuratorate")])
async def partly(idle: World, request: pytest.FixtureRequest) -> Hand:
    """Somebody who administers another organ, those below it too, or a sub-bureau of ours."""
    username, unit = request.param
    await idle.ask("INSERT INTO holding VALUES (%(username)s, %(unit)s, 'administrator')", username=username, unit=unit)
    return await idle.as_(username)


async def test_they_publish_no_calendar_that_everybody_counts_by(partly: Hand) -> None:
    assert (await partly.post("/api/calendar/2031", rest_days=[], notice="放假安排的通知")).status_code == 403
    assert (await partly.get("/api/calendar/2031/proposal")).status_code == 403
    assert (await partly.post("/api/calendar/2031/confirm", proposed_at="2031-01-01T00:00:00+08:00")).status_code == 403


async def test_a_reviewer_of_a_part_of_the_bureau_confirms_no_calendar(idle: World) -> None:
    await idle.ask("INSERT INTO holding VALUES ('dingkexin', 'east-zone', 'legal-reviewer')")
    assert (await (await idle.as_("dingkexin")).get("/api/calendar/2031/proposal")).status_code == 403
    assert (await (await idle.as_("fangzhengping")).get("/api/calendar/2031/proposal")).status_code == 404


async def test_they_neither_see_nor_ask_for_a_verification_of_the_whole_nor_how_the_house_is(partly: Hand) -> None:
    asked = [
        await partly.get("/api/admin/verification"),
        await partly.post("/api/admin/verification"),
        await partly.get("/api/admin/health"),
    ]
    assert [each.status_code for each in asked] == [403] * 3


async def test_they_see_no_message_of_another_system(idle: World, elsewhere: Hand) -> None:
    keeper = await idle.as_("guanli")
    assert [(await hand.get("/api/inbound/court")).status_code for hand in (keeper, elsewhere)] == [200, 404]
