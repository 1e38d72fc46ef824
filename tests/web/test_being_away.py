"""Who is away says on one page from when to when and who stands in for them, and says there that they are back."""

from datetime import datetime, timedelta
from re import compile as matching
from typing import Any

from playwright.async_api import expect

from law.calendar import SHANGHAI
from tests.api.matters import reported
from tests.web.axe import findings
from tests.web.screens import County


async def test_whoever_goes_away_names_a_deputy_who_then_has_their_turns_until_they_are_back(county: County) -> None:
    number, _ = await reported(county.bureau)
    officer, deputy = await county.signed_in("liusiyuan"), await county.signed_in("machao")
    page = officer.page
    await officer.go("/account")
    own = page.get_by_role("region", name="离岗代理")
    # Nobody is away without a deputy, a time and a reason.
    await expect(own.get_by_role("button", name="登记离岗")).to_be_disabled()
    await officer.choose(own, "代理人", "马朝")
    now = datetime.now(SHANGHAI)
    for field, at in (("离岗时间", now - timedelta(hours=1)), ("", now + timedelta(days=3))):
        box = own.get_by_label(field) if field else page.locator("#back")
        await box.fill(f"{at:%Y-%m-%d %H:%M}")
        await box.press("Enter")
    await own.get_by_label("事由").fill("年休假")
    assert await findings(officer) == []
    await own.get_by_role("button", name="登记离岗").click()
    await expect(own.get_by_role("listitem")).to_contain_text("由马朝代理")
    await deputy.go("/")
    mine = deputy.page.get_by_role("row").filter(has_text=number)
    await expect(mine).to_be_visible()
    await own.get_by_role("button", name="登记返岗").click()
    await expect(own.get_by_role("listitem")).to_have_count(0)
    await expect(mine).to_have_count(0)
    assert officer.faults + deputy.faults == []


async def test_a_deputy_sees_for_whom_they_stand_in(county: County) -> None:
    officer = await county.as_("liusiyuan")
    now = datetime.now(SHANGHAI)
    said: dict[str, Any] = {
        "deputy": "machao",
        "begins": now.isoformat(),
        "ends": (now + timedelta(days=1)).isoformat(),
        "reason": "培训",
    }
    assert (await officer.post("/api/absences", **said)).status_code == 200
    screen = await county.signed_in("machao")
    await screen.go("/account")
    own = screen.page.get_by_role("region", name="离岗代理")
    await expect(own.get_by_role("listitem")).to_contain_text(matching("刘思源.*由马朝代理"))
    await expect(own.get_by_role("button", name="登记返岗")).to_have_count(0)
