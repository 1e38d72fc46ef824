"""Who may look at the pages, and what they see first."""

from playwright.async_api import expect

from tests.api.matters import accepted
from tests.web.screens import County


async def test_an_officer_signs_in_and_finds_their_own_work(county: County) -> None:
    number, _ = await accepted(county.bureau)
    screen = await county.window()
    await screen.sign_in("liusiyuan")
    await expect(screen.page.get_by_role("button", name="刘思源")).to_contain_text("城关派出所 · 办案民警")
    for tab in ("待办", "已办", "我呈请的", "抄送我的"):
        await expect(screen.page.get_by_role("tab", name=tab)).to_be_visible()
    await screen.page.get_by_role("tab", name="已办").click()
    await expect(screen.page.get_by_role("row").filter(has_text=number)).to_contain_text("接受案件")
    assert screen.faults == []


async def test_a_wrong_password_is_refused_in_words(county: County) -> None:
    screen = await county.window()
    await screen.sign_in("liusiyuan", "not-the-password")
    await expect(screen.page.get_by_role("alert")).to_contain_text("用户名或者口令不正确")
    await expect(screen.heading("工作台")).to_be_hidden()


async def test_whoever_signs_out_leaves_nothing_to_be_read(county: County) -> None:
    screen = await county.window()
    await screen.sign_in("liusiyuan")
    await screen.page.get_by_role("button", name="刘思源").click()
    await screen.page.get_by_role("button", name="退出登录").click()
    await expect(screen.page.get_by_label("用户名")).to_be_visible()
    await screen.go("/matters")
    await expect(screen.page.get_by_label("用户名")).to_be_visible()


async def test_a_matter_of_another_unit_is_not_found(county: County) -> None:
    number, _ = await accepted(county.bureau)
    screen = await county.signed_in("wuhaoran")  # of the station of 东河
    await screen.go(f"/matters/{number}")
    await expect(screen.page.get_by_text("没有这一事项，或者您无权知悉")).to_be_visible()
    await expect(screen.page.get_by_text("盗窃")).to_have_count(0)


async def test_an_officer_of_a_bureau_with_a_provider_of_identities_signs_in_there(tied: County) -> None:
    screen = await tied.window()
    await screen.go("/matters")
    await screen.page.get_by_role("button", name="通过统一身份认证登录").click()
    await expect(screen.heading("警情案件")).to_be_visible()
    await expect(screen.page.get_by_role("button", name="刘思源")).to_be_visible()
    assert "code=" not in screen.page.url
    assert screen.faults == []
