"""The desk of risk alerts: what was found is signed for and put right from the keyboard, and the matter shows it meanwhile."""

from playwright.async_api import expect

from tests.inspections.test_alerts import mediated
from tests.looking import looked
from tests.web.axe import findings
from tests.web.screens import County
from tests.world import until


async def test_a_case_manager_signs_for_an_alert_by_a_key_and_orders_that_it_be_put_right(county: County) -> None:
    number, _ = await mediated(county.bureau)
    await looked(county.bureau)
    screen = await county.signed_in("qinwanqing")
    page = screen.page
    await screen.go("/alerts")
    row = page.get_by_role("row").filter(has_text="打架伤害警情按治安调解处理而没有询问记录")
    await expect(row).to_contain_text("被打")
    assert await findings(screen) == []
    await page.keyboard.press("j")
    await page.keyboard.press("x")
    await expect(row).to_contain_text("核查中")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="转整改指令").click()
    form = page.get_by_role("dialog", name="转整改指令")
    await form.get_by_label("存在问题").fill("未制作当事人询问笔录即按调解分流")
    await form.get_by_label("整改要求").fill("依法补做询问笔录，重新审查定性")
    await form.get_by_role("button", name="提交").click()
    await expect(page.get_by_text("已转整改").first).to_be_visible()
    manager = await county.as_("qinwanqing")

    async def orders() -> list[dict[str, str]]:
        return (await manager.read("/api/matters", kind="rectification-order"))["items"]

    (order,) = await until(orders, lambda items: len(items) == 1)
    assert order["parent"] == number
    await screen.go(f"/matters/{number}")
    await expect(page.get_by_text("打架伤害警情按治安调解处理而没有询问记录").first).to_be_visible()
