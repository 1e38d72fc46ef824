"""A matter that is printed is a paper: all that is known of it, in words, and nothing to be pressed."""

from pathlib import Path

from playwright.async_api import expect

from tests.documents.test_api import a_case, keep_pdfs, press, widths
from tests.web.axe import findings
from tests.web.ground import planted
from tests.web.paper import printed
from tests.web.screens import County


async def test_a_printed_matter_holds_all_that_is_known_and_nothing_to_be_pressed(county: County) -> None:
    ground = await planted(county)
    screen = await county.signed_in("zhouminghui", dark=True)
    await screen.open(ground.suspect)
    paper = await printed(screen)
    await expect(paper).to_be_visible()
    card = await (await county.as_("zhouminghui")).card(ground.suspect)
    words = await screen.page.locator("body").inner_text()
    assert f"犯罪嫌疑人 {ground.suspect}" in words
    assert "打印人 周明辉（zhouminghui） 打印时间 " in words
    # What happened and whom it concerns come before limits, requests and the journal.
    said = [await each.inner_text() for each in await paper.locator("h2:visible").all()]
    assert said[:2] == ["基本情况", "人员"] and said.index("期限") > 1 and said[-1] == "日志"
    assert "超期" in words and "《刑事诉讼法》第九十一条" in words
    for person in card["people"]:
        assert person["name"] in words
    entries = await (await county.as_("zhouminghui")).read(f"/api/matters/{ground.suspect}/journal", limit=100)
    assert await paper.locator(".journal-entry:visible").count() == len(entries["items"])
    assert "拘留理由" in words, "what was filled in is told as well"
    # What is cited is a button on the screen, and words on paper.
    for kept_off in ("button:not(.cited)", "nav", "input", "[role=tab]", "[role=switch]"):
        await expect(screen.page.locator(f"{kept_off}:visible")).to_have_count(0)
    assert await paper.evaluate("paper => paper.scrollWidth <= paper.clientWidth + 1"), "no table is cut"
    background = await paper.evaluate("paper => getComputedStyle(paper).color + getComputedStyle(paper).backgroundColor")
    assert background == "rgb(0, 0, 0)rgb(255, 255, 255)", "a paper is white by night too"
    assert screen.faults == []


async def test_whoever_has_printed_finds_the_page_as_it_was(county: County) -> None:
    ground = await planted(county)
    screen = await county.signed_in("zhouminghui")
    await screen.open(ground.suspect)
    await printed(screen)
    await screen.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    await screen.page.emulate_media(media="screen")
    await expect(screen.page.locator("table.paper")).to_have_count(0)
    await expect(screen.page.get_by_text("现在可以办理")).to_be_visible()


async def test_papers_are_printed_in_one_go_in_the_order_and_number_chosen(county: County, tmp_path: Path) -> None:
    officer = await county.as_("qiaoanran")
    number = await a_case(officer)
    await press(county.bureau)
    await keep_pdfs(county.bureau, 1, 1)
    form, receipt = (each["id"] for each in (await officer.read(f"/api/matters/{number}/documents"))["items"])
    screen = await county.signed_in("qiaoanran")
    page = screen.page
    await screen.open(number)
    await page.get_by_role("button", name="一并打印").click()
    dialog = page.get_by_role("dialog", name="一并打印")
    await expect(dialog.get_by_role("listitem")).to_contain_text(["受案登记表", "受案回执"])
    assert await findings(screen) == []
    # What nobody wants is not printed, and nothing is made of nothing.
    for each in ("受案登记表", "受案回执"):
        await dialog.get_by_role("checkbox", name=each).uncheck()
    await expect(dialog.get_by_role("button", name="生成打印文件")).to_be_disabled()
    await dialog.get_by_role("checkbox", name="受案登记表").check()
    await dialog.get_by_label("受案回执的份数").fill("2")
    await dialog.get_by_role("button", name="受案回执提前").click()
    await expect(dialog.get_by_role("listitem")).to_contain_text(["受案回执", "受案登记表"])
    async with page.expect_download() as downloading:
        await dialog.get_by_role("button", name="生成打印文件").click()
    file = tmp_path / "papers.pdf"
    await (await downloading.value).save_as(file)
    assert widths(file.read_bytes()) == [receipt, receipt, form]
    await expect(dialog).to_be_hidden()
    assert screen.faults == []
