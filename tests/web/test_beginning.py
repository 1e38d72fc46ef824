"""Where each office begins, what its tabs are called, and that nobody is shown an id or does a thing twice without knowing."""

import asyncio
import re

from playwright.async_api import Route, expect

from tests.api.matters import accepted
from tests.web.screens import County


async def test_each_office_begins_where_its_work_is(county: County) -> None:
    for username, heading in (("linxiaoyu", "接警"), ("leijianfeng", "看板"), ("zhaotiejun", "看板"), ("liusiyuan", "工作台")):
        screen = await county.signed_in(username)
        await expect(screen.heading(heading)).to_be_visible()
        if username == "leijianfeng":
            await expect(screen.page).to_have_url(re.compile("/boards/supervision"))
        await screen.go("/")
        await expect(screen.heading("工作台")).to_be_visible()


async def test_a_tab_is_called_by_the_name_and_number_of_its_matter_and_no_id_is_shown_before_its_word(county: County) -> None:
    number, _ = await accepted(county.bureau)
    screen = await county.signed_in("liusiyuan")
    page, late = screen.page, asyncio.Event()

    async def delayed(route: Route) -> None:
        await late.wait()
        await route.continue_()

    await page.route("**/api/kinds", delayed)
    await screen.go(f"/matters/{number}")
    await expect(page.get_by_role("navigation", name="主导航")).to_be_visible()
    await expect(page.get_by_text("criminal-case")).to_have_count(0)
    await expect(page.get_by_text("review", exact=True)).to_have_count(0)
    late.set()
    await expect(page.get_by_text("立案审查").first).to_be_visible()
    await expect(page.get_by_text("受案时间")).to_be_visible()
    await expect(page).to_have_title(re.compile(f"盗窃.* {number} · 漏刻"))
    await screen.go("/calculator")
    await expect(page).to_have_title(re.compile("期限计算 · 漏刻"))


async def test_what_another_window_did_is_said_in_this_one(county: County) -> None:
    number, _ = await accepted(county.bureau)
    screen = await county.signed_in("liusiyuan")
    await screen.open(number)
    await screen.page.get_by_role("button", name=re.compile("^立案")).first.click()
    await expect(screen.page.get_by_role("dialog", name="立案")).to_be_visible()
    told = {"number": number, "step": "file-case", "request": ""}
    await screen.page.evaluate("told => new BroadcastChannel('louke.taken').postMessage(told)", told)
    await screen.page.get_by_role("dialog").filter(has_text="已在另一窗口办理").get_by_role("button", name="关闭").click()
    await expect(screen.page.get_by_role("dialog", name="立案")).to_be_hidden()


async def test_a_newcomer_is_told_once_what_their_office_does_and_finds_help_with_every_screen(county: County) -> None:
    screen = await county.signed_in("liusiyuan")
    hint = screen.page.get_by_label("初次使用")
    await expect(hint).to_contain_text("派给您的警情、被退回的呈请")
    await hint.get_by_role("link", name="更多帮助").click()
    help_ = screen.page.locator(".help")
    for words in ("各个页面", "常见问题", "用语"):
        await expect(help_.get_by_role("heading", name=words)).to_be_visible()
    places = await screen.page.get_by_role("navigation", name="主导航").get_by_role("link").all_inner_texts()
    shown = await help_.get_by_label("各个页面").get_by_role("link").all_inner_texts()
    assert {each.strip() for each in places} - {"帮助"} == set(shown)
    await screen.go("/")
    await hint.get_by_role("button", name="知道了").click()
    await screen.go("/")
    await expect(screen.heading("工作台")).to_be_visible()
    await expect(hint).to_have_count(0)
    assert screen.faults == []
