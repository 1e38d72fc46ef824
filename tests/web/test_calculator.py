"""The calculator answers as the law does, says why, and refuses what the law refuses, at the field."""

from playwright.async_api import expect

from tests.web.screens import County

DETAINED = "/calculator?limit=criminal-detention-submit-for-arrest&start=2026-09-28T10:00&custody=yes"


async def test_a_detention_ends_on_a_holiday_for_whoever_is_held(county: County) -> None:
    screen = await county.signed_in("liusiyuan")
    page = screen.page
    await screen.go("/calculator")
    await page.get_by_role("combobox", name="期限").fill("刑诉法第91条")
    await page.locator(".ant-select-item-option:visible").filter(has_text="提请审查批准逮捕").click()
    await page.get_by_label("起算：执行拘留").fill("2026-09-28 10:00")
    await page.keyboard.press("Enter")
    await page.locator("label").filter(has=page.get_by_role("radio", name="在押", exact=True)).click()
    await page.get_by_role("list", name="法律规定的延长").get_by_role("button", name="延长4日").click()
    answer = page.get_by_role("region", name="计算结果")
    await expect(answer).to_contain_text("2026年10月5日")
    await expect(answer).to_contain_text("10:00")
    await expect(answer).to_contain_text("为节假日，但人在押，不顺延（《刑事诉讼法》第一百零五条）")
    october = answer.get_by_role("table", name="2026年10月")
    await expect(october.get_by_role("cell", name="5")).to_contain_text(["届满"])
    await expect(october.locator("td").filter(has_text="班")).to_contain_text(["10"])
    await page.reload()
    await expect(answer).to_contain_text("2026年10月5日")
    assert screen.faults == []


async def test_a_third_extension_is_refused_at_its_field_with_the_article(county: County) -> None:
    screen = await county.signed_in("liusiyuan")
    page = screen.page
    await screen.go(DETAINED)
    offers = page.get_by_role("list", name="法律规定的延长")
    await expect(offers).to_contain_text("流窜作案、多次作案、结伙作案的重大嫌疑分子")
    await expect(offers).to_contain_text("县级以上公安机关负责人")
    for name in ("延长4日", "延长至30日", "延长4日"):
        await offers.get_by_role("button", name=name).click()
    refusal = page.get_by_role("region", name="已知事实").get_by_role("alert")
    await expect(refusal).to_contain_text("不能延长4日")
    await expect(refusal).to_contain_text("《刑事诉讼法》第九十一条")
    await page.get_by_role("button", name="去掉第 3 次").click()
    await expect(page.get_by_role("region", name="计算结果")).to_contain_text("2026年10月28日")


async def test_time_that_the_law_leaves_out_is_left_out(county: County) -> None:
    screen = await county.signed_in("liusiyuan")
    await screen.go("/calculator?limit=public-order-case-handling&start=2026-03-02&exclusion=鉴定~2026-03-05~2026-03-12")
    answer = screen.page.get_by_role("region", name="计算结果")
    await expect(answer).to_contain_text("鉴定期间2026-03-05至2026-03-12不计入")
    await expect(answer.get_by_role("table", name="2026年3月").locator(".day-excluded")).to_have_count(7)
