"""Forms that list things: a row for each, added, copied, moved and removed without a mouse, and sent as it stands."""

from playwright.async_api import expect

from tests.api.matters import requested
from tests.web.screens import County


async def test_an_officer_lists_what_was_seized_and_the_head_reads_it_as_words(county: County) -> None:
    case, _ = await requested(county.bureau)
    await (await county.as_("zhouminghui")).approve(case, "file-case")
    officer = await county.signed_in("liusiyuan")
    keys = officer.page.keyboard
    await officer.open(case)
    form = await officer.step("扣押")
    rows = form.locator(".form-row")
    await expect(rows).to_have_count(1)
    for name in ("刘思源", "许雅婷"):
        await officer.choose(form, "执行民警", name)
    await keys.press("Escape")
    await form.get_by_label("见证人").fill("社区工作者 桑晓梅")
    await form.get_by_label("地点").fill("青岚县城关镇人民路88号")
    await rows.first.get_by_label("名称").fill("瓶装液体")
    await rows.first.get_by_label("数量").fill("3瓶")
    await form.get_by_role("button", name="添加一项").press("Enter")
    await keys.type("手机")
    await keys.press("Tab")
    await keys.type("1部")
    await expect(rows.nth(1)).to_contain_text("第 2 项手机 1部")
    await expect(rows.nth(1).get_by_text("必须填写")).to_have_count(0)
    await form.get_by_role("button", name="上移第 2 项").press("Enter")
    await expect(rows.first).to_contain_text("第 1 项手机 1部")
    await form.get_by_role("button", name="复制第 1 项").press("Enter")
    await expect(rows).to_have_count(3)
    await form.get_by_role("button", name="删除第 2 项").press("Enter")
    await expect(rows).to_have_count(2)
    await form.get_by_label("理由").fill("可用以证明犯罪嫌疑人有罪或者无罪")
    await officer.submit(form)
    chief = await county.signed_in("zhaotiejun")
    await chief.open(case)
    request = chief.page.get_by_role("region", name="等待审批：扣押")
    await expect(request.get_by_role("listitem").filter(has_text="手机 1部")).to_be_visible()
    await expect(request.get_by_role("listitem").filter(has_text="瓶装液体 3瓶")).to_be_visible()
    assert officer.faults + chief.faults == []
