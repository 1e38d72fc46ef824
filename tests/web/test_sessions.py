"""What a browser keeps of a sign-in, and where it is sent afterwards."""

import re

from playwright.async_api import expect

from tests.api.matters import accepted
from tests.web.screens import County


async def test_nothing_of_a_sign_in_stays_on_the_machine_when_its_last_tab_is_closed(county: County) -> None:
    screen = await county.window()
    await screen.sign_in("liusiyuan")
    context = screen.page.context
    kept = await screen.page.evaluate("JSON.stringify({...localStorage})")
    assert "eyJ" not in kept, "a token lies where it outlives its tab"
    # A tab that is opened beside it is signed in as well, and stays so when it is loaded anew.
    beside = await context.new_page()
    await beside.goto(f"{county.address}/matters")
    await expect(beside.get_by_role("button", name="刘思源")).to_be_visible()
    await beside.reload()
    await expect(beside.get_by_role("button", name="刘思源")).to_be_visible()
    # Signed out in one, signed out in both.
    await beside.get_by_role("button", name="刘思源").click()
    await beside.get_by_role("button", name="退出登录").click()
    await expect(beside.get_by_label("用户名")).to_be_visible()
    await expect(screen.page.get_by_label("用户名")).to_be_visible()
    # Nor does the name of a tab tell what was open there.
    for page in (screen.page, beside):
        await expect(page).to_have_title("登录 · 漏刻")
    # Signed in again in one, and both are closed.
    await screen.sign_in("liusiyuan")
    await expect(beside.get_by_role("button", name="刘思源")).to_be_visible()
    await beside.close()
    await screen.page.close()
    later = await context.new_page()
    await later.goto(f"{county.address}/matters")
    await expect(later.get_by_label("用户名")).to_be_visible()
    await expect(later.get_by_role("button", name="刘思源")).to_have_count(0)


async def test_ten_tabs_of_one_browser_all_load_and_all_see_what_happens(county: County) -> None:
    screen = await county.signed_in("liusiyuan")
    context = screen.page.context
    case, officer = await accepted(county.bureau)
    for _ in range(9):
        tab = await context.new_page()
        await tab.goto(f"{county.address}/matters/{case}")
        await expect(tab.get_by_text(case, exact=True).first).to_be_visible()
    await officer.take(case, "extend-filing-review", extension="to 30 day", grounds="案情复杂")
    for tab in context.pages[1:]:
        await expect(tab.get_by_role("region", name="等待审批：延长立案审查")).to_be_visible()
    # The tab that read for all is closed: another takes over.
    await screen.page.close()
    await context.pages[0].close()
    await (await county.as_("zhouminghui")).approve(case, "extend-filing-review")
    for tab in context.pages:
        await expect(tab.get_by_role("region", name="等待审批：延长立案审查")).to_have_count(0)


async def test_whoever_comes_back_from_the_provider_is_sent_to_no_other_host(tied: County) -> None:
    screen = await tied.window()
    asked: list[str] = []
    screen.page.on("request", lambda request: asked.append(request.url))
    await screen.page.goto(f"{tied.address}//evil.example/matters")
    await screen.page.get_by_role("button", name="通过统一身份认证登录").click()
    await expect(screen.page.get_by_role("button", name="刘思源")).to_be_visible()
    assert screen.page.url.startswith(tied.address)
    assert not [each for each in asked if re.match(r"https?://evil", each)]


async def test_one_sees_where_one_is_signed_in_and_how_strong_a_new_password_is(county: County) -> None:
    screen = await county.signed_in("liusiyuan")
    other = await county.signed_in("liusiyuan")
    await screen.go("/account")
    held = screen.page.get_by_role("region", name="登录情况").get_by_role("listitem")
    await expect(held).to_have_count(2)
    await screen.page.get_by_label("新口令", exact=True).fill("liusiyuan2026")
    await expect(screen.page.get_by_role("status", name="口令强度")).to_contain_text("猜到")
    await screen.page.get_by_label("新口令", exact=True).fill("seven kettles on a ferry")
    await expect(screen.page.get_by_role("status", name="口令强度")).to_contain_text("可以使用")
    await held.get_by_role("button", name="结束").click()
    await screen.page.get_by_label("口令", exact=True).last.fill("louke-demo")
    await screen.page.get_by_role("button", name="确认结束").click()
    await expect(held).to_have_count(1)
    await screen.page.reload()
    comings = screen.page.get_by_role("region", name="我的登录记录").get_by_role("listitem")
    await expect(comings.filter(has_text="，登录，口令，127.0.0.1")).to_have_count(2)
    await other.page.reload()
    await expect(other.page.get_by_label("用户名")).to_be_visible()
