"""The life of an order at the screen: from the desk of alerts to the closed order, by those who act, with what each of them sees."""

from playwright.async_api import expect

from tests.inspections.test_alerts import CRIME, mediated
from tests.looking import looked
from tests.web.axe import findings
from tests.web.screens import County, Screen
from tests.world import until

FOUND = "打架伤害警情按治安调解处理而没有询问记录"


async def test_an_order_goes_from_the_desk_of_alerts_to_its_close_by_those_whose_turn_it_is(county: County) -> None:
    incident, _ = await mediated(county.bureau)
    await looked(county.bureau)
    manager, head, officer = [await county.signed_in(name) for name in ("qinwanqing", "zhaotiejun", "xuyating")]
    await order_from_the_desk(manager)
    order = await ordered(county)

    # The head of the station finds it in their list, signs and gives it to an officer.
    await has_turn(head, order, "签收整改指令")
    await head.open(order)
    await expect(head.page.get_by_role("region", name="关联事项")).to_contain_text(incident)
    form = await head.step("签收整改指令")
    await head.choose(form, "整改民警", "许雅婷")
    await head.submit(form)

    await (await county.as_("xuyating")).take(incident, "reclassify-incident", **CRIME)
    await has_turn(officer, order, "反馈整改结果")
    await report(officer, order)
    await (await county.as_("zhaotiejun")).approve(order, "report-grave-rectification")

    # Whoever ordered it looks at what was done, and closes it; the alert closes with it.
    await has_turn(manager, order, "呈请核查通过")
    await manager.open(order)
    await manager.page.get_by_role("tab", name="日志").click()
    said = manager.page.get_by_role("listitem").filter(has=manager.page.get_by_text("呈请反馈整改结果", exact=True))
    await said.get_by_role("button", name="查看填写的内容").click()
    await expect(manager.page.get_by_text("已重新定性并受案").first).to_be_visible()
    await manager.page.get_by_role("tab", name="概览").click()
    await manager.submit(await manager.step("呈请核查通过"))
    await (await county.as_("fangzhengping")).approve(order, "verify-urgent-rectification")
    await expect(manager.page.get_by_text("已销号").first).to_be_visible()
    await manager.go("/alerts")
    await expect(manager.page.get_by_role("row").filter(has_text=FOUND)).to_have_count(0)
    assert manager.faults + head.faults + officer.faults == []


async def has_turn(screen: Screen, order: str, words: str) -> None:
    """See that the list of the day has the order, as that."""
    await screen.go("/")
    await expect(screen.page.get_by_role("row").filter(has_text=order)).to_contain_text(words)


async def order_from_the_desk(manager: Screen) -> None:
    """Sign for the alert, and order that it be put right."""
    page = manager.page
    await manager.go("/alerts")
    row = page.get_by_role("row").filter(has_text=FOUND)
    await expect(row).to_contain_text("被打")
    await page.keyboard.press("j")
    await page.keyboard.press("x")
    await expect(row).to_contain_text("核查中")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="转整改指令").click()
    form = page.get_by_role("dialog", name="转整改指令")
    await form.get_by_label("存在问题").fill("未制作当事人询问笔录即按调解分流")
    await form.get_by_label("整改要求").fill("依法询问当事人，重新审查定性")
    await manager.submit(form)
    # What was opened by it is where one goes on.
    await expect(manager.heading("未制作当事人询问笔录即按调解分流")).to_be_visible()
    await expect(page.get_by_text("待签收").first).to_be_visible()


async def ordered(county: County) -> str:
    """The number of the one order."""
    manager = await county.as_("qinwanqing")

    async def orders() -> list[dict[str, str]]:
        return (await manager.read("/api/matters", kind="rectification-order"))["items"]

    (order,) = await until(orders, bool)
    return order["number"]


async def report(officer: Screen, order: str) -> None:
    """Answer the demand, which stands there, by what was done since, which is there to choose from; and see that nobody verifies that themselves."""
    await officer.open(order)
    form = await officer.step("呈请反馈整改结果")
    await form.get_by_label("整改情况").fill("已重新定性并受案")
    answer = form.locator(".form-row")
    await expect(answer).to_have_count(1)
    await expect(answer).to_contain_text("1. 依法询问当事人，重新审查定性")
    await officer.choose(answer, "结果", "已完成")
    await officer.choose(answer, "办理记录", "重新定性")
    await officer.page.keyboard.press("Escape")
    assert await findings(officer) == []
    await officer.submit(form)
    await expect(officer.page.get_by_role("button", name="呈请核查通过")).to_have_count(0)
