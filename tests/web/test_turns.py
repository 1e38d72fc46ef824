"""Whoever is next sees it while they look at something else, and answers what came back without typing it again."""

from playwright.async_api import expect

from tests.api.matters import THEFT, requested
from tests.web.screens import County, Screen


async def listening(county: County, username: str) -> Screen:
    """Somebody's window once it hears what happens."""
    screen = await county.window()
    async with screen.page.expect_response("**/api/events"):
        await screen.sign_in(username)
    await expect(screen.heading("工作台")).to_be_visible()
    return screen


async def test_whoever_is_dispatched_hears_of_it_before_an_open_page_and_signs_with_one_click(county: County) -> None:
    officer, desk = await listening(county, "liusiyuan"), await county.as_("linxiaoyu")
    page = officer.page
    number = (await desk.open("incident", **THEFT))["number"]
    await desk.take(number, "dispatch-incident", unit="chengguan", officer="liusiyuan")
    await expect(page.get_by_text("新警情待签收")).to_be_visible()
    await expect(page).to_have_title("(1) 漏刻")
    row = page.get_by_role("row").filter(has_text=number)
    await row.get_by_role("button", name="签收").click()
    await expect(row).to_contain_text("轮到办理：到达现场")
    await page.get_by_role("button", name="通知").click()
    bell = page.get_by_role("dialog", name="通知")
    await expect(bell).to_contain_text("轮到办理：签收警情")
    await bell.get_by_role("button", name="全部已读").click()
    await expect(bell.get_by_role("button", name="全部已读")).to_be_disabled()
    await officer.open(number)
    await expect(page.get_by_text("现在轮到：刘思源（到达现场）")).to_be_visible()


async def test_what_came_back_says_why_and_is_filled_in_as_it_was_sent(county: County) -> None:
    number, officer = await requested(county.bureau)
    screen = await listening(county, "liusiyuan")
    await (await county.as_("zhouminghui")).take(number, "return", request="file-case", reason="请补充报案材料")
    await expect(screen.page.get_by_text("被退回：立案")).to_be_visible()
    first = screen.page.get_by_role("table", name="待办").get_by_role("row").nth(1)
    await expect(first).to_contain_text(number)
    await expect(first).to_contain_text("被退回")
    await screen.open(number)
    await expect(screen.page.get_by_role("alert").filter(has_text="请补充报案材料")).to_be_visible()
    await screen.page.get_by_role("button", name="修改后重新呈请").click()
    form = screen.page.get_by_role("dialog", name="立案")
    await expect(form.get_by_text("有犯罪事实，需要追究刑事责任")).to_be_visible()
    await screen.submit(form)
    assert (await officer.card(number))["turn"]["sort"] == "approval"
