"""Whoever administers another organ beside the bureau does there what administrators do, and nothing that concerns the whole house."""

import pytest

from tests.world import Hand, World


@pytest.fixture
async def elsewhere(idle: World) -> Hand:
    """Somebody who administers the procuratorate."""
    await idle.ask("INSERT INTO holding VALUES ('yeqingheng', 'qinglan-procuratorate', 'administrator')")
    return await idle.as_("yeqingheng")


async def test_they_administer_their_own(elsewhere: Hand) -> None:
    assert {each["unit"] for each in (await elsewhere.read("/api/admin/units"))["units"]} == {"qinglan-procuratorate"}


async def test_they_publish_no_calendar_that_everybody_counts_by(elsewhere: Hand) -> None:
    assert (await elsewhere.post("/api/calendar/2031", rest_days=[], notice="放假安排的通知")).status_code == 403
    assert (await elsewhere.get("/api/calendar/2031/proposal")).status_code == 403


async def test_they_neither_see_nor_ask_for_a_verification_of_the_whole_nor_how_the_house_is(elsewhere: Hand) -> None:
    asked = [
        await elsewhere.get("/api/admin/verification"),
        await elsewhere.post("/api/admin/verification"),
        await elsewhere.get("/api/admin/health"),
    ]
    assert [each.status_code for each in asked] == [403] * 3


async def test_they_see_no_message_of_another_system(idle: World, elsewhere: Hand) -> None:
    keeper = await idle.as_("guanli")
    assert [(await hand.get("/api/inbound/court")).status_code for hand in (keeper, elsewhere)] == [200, 404]
