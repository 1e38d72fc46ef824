"""The catalogue of inspections: every rule with its state, found by keys; a figure is proposed, tried on history, and confirmed where a task leads."""

from playwright.async_api import expect

from activities.upkeep.try_inspections import try_inspections
from inspections.inspection import get_inspections
from inspections.waiting import WAITING
from tests.api.test_inspection_settings import FRAUD, cheated
from tests.web.axe import findings
from tests.web.screens import County


async def test_a_rule_is_found_by_keys_and_tried_on_a_text_and_on_history(county: County) -> None:
    await cheated(county.bureau, 2_000)
    legal = await county.signed_in("fangzhengping")
    page = legal.page
    await legal.go("/inspections")
    listed = page.get_by_role("region", name="规则目录")
    await expect(listed).to_contain_text(f"共{len(get_inspections()) + len(WAITING)}条")
    await expect(listed.get_by_role("row").filter(has_text="与看守所名单不符")).to_contain_text("待建：看守所在押名单尚未接入")
    assert await findings(legal) == []

    # By keys alone: what is sought, the first of it, and its page.
    await page.keyboard.press("/")
    await page.keyboard.type("疑似诈骗按经济")
    await page.get_by_label("查找规则").blur()
    await page.keyboard.press("j")
    await page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog", name=get_inspections()[FRAUD].label)
    await expect(drawer).to_contain_text("疑似诈骗起点金额：3000元（通用值，本局没有另行设定）")
    await drawer.get_by_label("报警内容").fill("微信购买手机付款4000元，对方未发货，现在联系不上")
    await drawer.get_by_role("button", name="试跑", exact=True).click()
    await expect(drawer.get_by_role("status")).to_contain_text("会提示")

    trials = drawer.get_by_role("region", name="历史试跑")
    await trials.get_by_label("疑似诈骗起点金额（元）").fill("1000")
    await trials.get_by_role("textbox", name="期间").click()
    await page.locator(".ant-picker-cell-today").first.click()
    await page.locator(".ant-picker-cell-today").first.click()
    await trials.get_by_role("button", name="在历史上试跑").click()
    await expect(trials).to_contain_text("疑似诈骗起点金额：1000元")
    while await try_inspections.do(county.bureau.ctx.pool):
        pass
    sample = trials.get_by_role("list", name="抽样")
    await expect(sample.get_by_role("listitem")).to_contain_text("比现行多出")
    await page.keyboard.press("1")
    await expect(sample).to_contain_text("方正平标为对")
    assert await findings(legal) == []
    assert legal.faults == []


async def test_a_figure_is_proposed_at_its_rule_and_confirmed_where_a_task_leads(county: County) -> None:
    legal = await county.signed_in("fangzhengping")
    page = legal.page
    await legal.go(f"/inspections?rule={FRAUD}")
    drawer = page.get_by_role("dialog", name=get_inspections()[FRAUD].label)
    await drawer.get_by_role("button", name="提请设定疑似诈骗起点金额").click()
    form = page.get_by_role("dialog", name="提请设定")
    await form.get_by_label("疑似诈骗起点金额（元）").fill("1000")
    await form.get_by_label("理由").fill("本地案件金额普遍较低")
    await form.get_by_role("button", name="提请").click()

    head = await county.signed_in("zhouminghui")
    await head.go("/")
    task = head.page.get_by_role("row").filter(has_text="疑似诈骗起点金额）：1000元（本地案件金额普遍较低）")
    await task.get_by_role("link", name="去确认").click()
    await head.page.get_by_role("button", name="确认疑似诈骗起点金额", exact=True).click()
    await head.page.get_by_role("tooltip").get_by_role("button", name="确认", exact=True).click()
    row = head.page.get_by_role("row").filter(has_text=get_inspections()[FRAUD].label)
    await expect(row).to_contain_text("疑似诈骗起点金额1000元")
    assert await findings(head) == []
    assert legal.faults + head.faults == []


async def test_the_catalogue_fits_a_phone(county: County) -> None:
    screen = await county.signed_in("fangzhengping", phone=True)
    await screen.go("/inspections")
    await screen.page.get_by_role("button", name=get_inspections()[FRAUD].label).click()
    await expect(screen.page.get_by_role("dialog", name=get_inspections()[FRAUD].label)).to_be_visible()
    assert await screen.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert await findings(screen) == []
    assert screen.faults == []
