"""Who wrote in secret is shown by a code on the letter's page; whoever was approved looks, for ten minutes, at what is neither copied nor printed."""

from playwright.async_api import expect

from tests.scenarios.test_reporters_are_veiled import NAME, PHONE, TIP, unveiled
from tests.web.axe import findings
from tests.web.screens import County


async def test_a_veiled_telephone_is_shown_by_its_code_and_read_by_who_was_approved(county: County) -> None:
    desk = await county.bureau.as_("mengxiaolan")
    number = (await desk.open("letter", **TIP))["number"]
    screen = await county.signed_in("mengxiaolan")
    await screen.go(f"/matters/{number}")
    page = screen.page
    await page.get_by_label("查阅理由").fill("核查线索")
    await page.keyboard.press("Enter")
    veiled = page.get_by_role("region", name="密级字段")
    await expect(veiled).to_contain_text("代号")
    await expect(veiled.get_by_role("button")).to_have_count(0)
    await unveiled(county.bureau, desk, number, "writer_phone")
    await veiled.get_by_role("button", name="查看来信人电话").click()
    shown = page.get_by_role("dialog", name="来信人电话")
    await expect(shown).to_contain_text(PHONE)
    await expect(shown.get_by_text(PHONE)).to_have_css("user-select", "none")
    assert await findings(screen) == []
    await page.keyboard.press("Escape")
    await expect(page.get_by_text(PHONE)).to_have_count(0)
    assert NAME not in await page.content()
    assert screen.faults == []
