"""Case review on screens: a file without names beside its checklist, scored by keyboard; a draw that comes out the same; what the unit reads."""

from playwright.async_api import expect

from tests.api.reviews import INCIDENTS, assigned, at_stage, decided, review_of, scored
from tests.api.test_drives import ON, TICKS, items, launched, unsolved
from tests.web.axe import findings
from tests.web.screens import County


async def test_a_reviewer_scores_a_file_by_keyboard_without_learning_whose_it_is(county: County) -> None:
    file = await decided(county.bureau)
    _, sheets = await assigned(county.bureau, (file, "wuhaoran", "kongfanlin"))
    screen = await county.signed_in("wuhaoran")
    page = screen.page
    await screen.go("/reviews")
    await page.get_by_role("link", name=sheets[f"{file}/1"]).click()
    await expect(page.get_by_label("隐名案卷")).to_contain_text("民警甲")
    await expect(page.get_by_label("隐名案卷")).not_to_contain_text("刘思源")
    assert await findings(screen) == []
    await page.get_by_role("button", name="接收评查").click()
    await expect(page.get_by_label("第1项得分")).to_be_visible()
    await expect(page.get_by_role("button", name="提交打分")).to_be_visible()
    await page.keyboard.press("2")
    await expect(page.get_by_label("第1项得分")).to_have_value("2.0")
    await page.keyboard.press("+")
    await expect(page.get_by_label("第1项得分")).to_have_value("2.5")
    await page.keyboard.press("n")
    await page.keyboard.type("未写明有无器械")
    for _ in INCIDENTS.items[1:]:
        await page.locator("h1").click()
        await page.keyboard.press("j")
        await page.keyboard.press("1")
    await expect(page.get_by_role("status").filter(has_text="折合")).to_contain_text("98.5")
    await page.get_by_role("button", name="提交打分").click()
    await expect(page.get_by_role("button", name="提交打分")).to_have_count(0)


async def test_the_draw_is_published_and_the_unit_reads_its_file_once_it_is_told(county: County) -> None:
    file = await decided(county.bureau)
    _, sheets = await assigned(county.bureau, (file, "wuhaoran", "kongfanlin"))
    review, legal = await review_of(county.bureau, file), await county.bureau.as_("fangzhengping")
    for seat, name in enumerate(("wuhaoran", "kongfanlin"), 1):
        await scored(await county.bureau.as_(name), sheets[f"{file}/{seat}"], "笔录缺页", i8=1)
    await at_stage(legal, review, "settling")
    await legal.take(review, "settle-score")
    keeper = await county.signed_in("jiangruolan")
    await keeper.go("/reviews/rounds")
    await keeper.page.get_by_role("link", name="接处警月度抽查").click()
    await expect(keeper.page.get_by_text("重算一致")).to_be_visible()
    assert await findings(keeper) == []
    await legal.take(review, "tell-unit")
    head = await county.signed_in("zhaotiejun")
    await head.go("/reviews/files")
    await head.page.get_by_role("link", name=file).click()
    await expect(head.page.get_by_role("row").filter(has_text="登记在场人员")).to_contain_text("笔录缺页")
    await expect(head.page.get_by_label("评查结果")).to_contain_text("99")
    assert await findings(head) == []


async def test_a_drive_says_how_far_each_unit_has_come_and_the_officer_answers_for_their_case(county: County) -> None:
    case = await unsolved(county.bureau)
    drive, _ = await launched(county.bureau)
    (item,) = await items(await county.bureau.as_("liusiyuan"), drive)
    officer = await county.signed_in("liusiyuan")
    await officer.go("/reviews/drives")
    await officer.page.get_by_role("link", name=case).click()
    await expect(officer.page.get_by_text("反馈积案清查结果").first).to_be_visible()
    await (await county.bureau.as_("liusiyuan")).take(item["number"], "answer-backlog-item", **TICKS, **ON)
    keeper = await county.signed_in("fangzhengping")
    await keeper.go("/reviews/rounds")
    await keeper.page.get_by_role("link", name="2026年度积案清查").click()
    row = keeper.page.get_by_label("清查进展").get_by_role("row").filter(has_text="城关派出所")
    await expect(row.get_by_role("cell").nth(2)).to_have_text("1")
    await expect(keeper.page.get_by_label("清查事项").first).to_contain_text("继续侦查")
    assert await findings(keeper) == []
