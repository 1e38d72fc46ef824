"""Who reads a sealed file says why, and whoever supervises finds who looked at what, on screens."""

from playwright.async_api import expect

from tests.api.accounts import enrolled, own
from tests.api.matters import accepted, requested
from tests.web.screens import County


async def test_a_sealed_file_asks_why_it_is_read_once_and_the_supervisor_finds_who_looked_and_printed(county: County) -> None:
    number, _ = await accepted(county.bureau)
    await county.bureau.ask("UPDATE matter SET sealed = true WHERE number = %(n)s", n=number)
    head = await county.signed_in("zhaotiejun")
    await head.go(f"/matters/{number}")
    await expect(head.page.get_by_text("查阅须说明理由", exact=True)).to_be_visible()
    await head.page.get_by_role("button", name="查阅", exact=True).click()
    await expect(head.page.get_by_text("例如：审核延长羁押期限的呈请")).to_be_visible()
    await head.page.get_by_label("查阅理由").fill("审核立案呈请")
    await head.page.get_by_role("button", name="查阅", exact=True).click()
    await expect(head.heading("盗窃案")).to_be_visible()
    await head.page.evaluate("window.print = () => window.dispatchEvent(new Event('afterprint'))")
    async with head.page.expect_response("**/printed"):
        await head.page.get_by_role("button", name="打印").click()
    assert await county.bureau.ctx.access_log.flush()

    supervisor = await county.signed_in("mengqiu")
    await supervisor.go("/boards")
    await supervisor.page.get_by_role("link", name="查阅记录").click()
    rows = supervisor.page.get_by_role("row").filter(has_text="赵铁军")
    await expect(rows.filter(has_text="打印")).to_have_count(1)
    await expect(rows.filter(has_text="查看事项").filter(has_text="理由：审核立案呈请")).to_have_count(1)
    # Which sealed file it was is told to whoever asks for that very one, and says why.
    await expect(supervisor.page.get_by_text(number)).to_have_count(0)
    await supervisor.page.get_by_label("事项编号").fill(number)
    await supervisor.page.get_by_label("事项编号").press("Enter")
    await supervisor.page.get_by_label("查阅理由").fill("核查信访")
    await supervisor.page.get_by_role("button", name="查阅", exact=True).click()
    await expect(rows.filter(has_text="打印").filter(has_text=number)).to_have_count(1)


async def test_the_supervisor_finds_who_signed_in_and_who_could_not(county: County) -> None:
    await county.signed_in("liusiyuan")
    stranger = await county.bureau.stranger()
    await stranger.post("/api/auth/token", data={"username": "xuyating", "password": "wrong"})
    supervisor = await county.signed_in("mengqiu")
    await supervisor.go("/boards")
    await supervisor.page.get_by_role("link", name="登录记录").click()
    rows = supervisor.page.get_by_role("row")
    await expect(rows.filter(has_text="刘思源").filter(has_text="127.0.0.1").filter(has_text="口令")).to_have_count(1)
    await expect(rows.filter(has_text="许雅婷").filter(has_text="用户名或者口令不正确")).to_have_count(1)


async def test_the_supervisor_drops_a_lost_second_factor_on_the_page_where_others_await_them(county: County) -> None:
    await own(county.bureau, "zhouminghui")
    await enrolled(county.bureau, "zhouminghui")
    supervisor = await county.signed_in("mengqiu")
    await supervisor.go("/boards/comings")
    factors = supervisor.page.get_by_role("region", name="动态口令")
    await expect(factors.get_by_text("没有待当面核实的")).to_be_visible()
    await factors.get_by_label("查找在用的动态口令").fill("周明辉")
    await factors.get_by_role("button", name="停用").click()
    await factors.get_by_role("button", name="确认停用").click()
    await expect(factors.get_by_role("listitem")).to_have_count(0)
    assert await county.bureau.ask("SELECT username FROM second_factor") == []


async def test_a_request_in_a_sealed_file_is_shown_and_decided_once_it_is_said_why(county: County) -> None:
    number, _ = await requested(county.bureau)
    await county.bureau.ask("UPDATE matter SET sealed = true WHERE number = %(n)s", n=number)
    head = await county.signed_in("zhouminghui")
    await head.go("/")
    row = head.page.get_by_role("row").filter(has_text=number)
    await expect(row).to_contain_text("封存案卷")
    await row.get_by_role("button", name="查看").click()
    look = head.page.get_by_role("dialog")
    await expect(look.get_by_role("button", name="同意")).to_have_count(0)
    await look.get_by_label("查阅理由").fill("审批立案")
    await look.get_by_role("button", name="查阅", exact=True).click()
    asked = look.get_by_role("region", name="呈请事项：立案")
    await expect(asked.get_by_text("有犯罪事实，需要追究刑事责任")).to_be_visible()
    await expect(look.get_by_role("button", name="同意")).to_be_visible()
    await expect(row).to_contain_text("盗窃案")
