"""Many incidents from one sheet: checked, entered once whatever happens on the way, and what was refused corrected."""

import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from playwright.async_api import FilePayload, expect

from tests.amounts import amount
from tests.ledgers import LOWER, UPPER, excel_of, row
from tests.web.screens import County, Screen

ROWS = amount(120, 500)
# Seven rows, each wrong in a way of its own.
BAD = {
    7: {"发生地点": ""},
    60: {"报警内容": ""},
    70: {"警情类别": ""},
    80: {"报警方式": "飞鸽传书"},
    90: {"处警单位": "不存在的派出所"},
    100: {"失踪、走失人员警情": "也许"},
    ROWS - 1: {"报警人公民身份号码": "11010119900101001X"},
}
CORRECT = {
    "发生地点": "城关镇人民路9号",
    "报警内容": "补录",
    "警情类别": "盗窃",
    "报警方式": "110",
    "处警单位": "城关派出所",
    "失踪、走失人员警情": "否",
    "报警人公民身份号码": "",
}
GOOD = ROWS - len(BAD)
COUNT = "SELECT count(*) AS n FROM matter WHERE kind = 'incident'"


def _sheet(lines: list[dict[str, str]]) -> FilePayload:
    book = Workbook()
    sheet: Any = book.active
    headings = list(CORRECT)
    sheet.append(headings)
    for line in lines:
        sheet.append([line.get(heading, "") for heading in headings])
    file = io.BytesIO()
    book.save(file)
    return {"name": "警情.xlsx", "mimeType": "application/vnd.openxmlformats", "buffer": file.getvalue()}


def _lines(count: int = ROWS) -> list[dict[str, str]]:
    said = {"警情类别": "盗窃", "报警方式": "110", "处警单位": "城关派出所"}
    return [said | {"发生地点": f"城关镇人民路{n}号", "报警内容": f"第{n}户失窃"} | BAD.get(n, {}) for n in range(1, count + 1)]


async def _uploaded(county: County, file: FilePayload | Path) -> Screen:
    screen = await county.signed_in("linxiaoyu")
    await screen.go("/intake/import")
    await _choose(screen, file)
    return screen


async def _choose(screen: Screen, file: FilePayload | Path) -> None:
    await screen.page.locator("input[type=file]").set_input_files(file)


async def _incidents(county: County) -> int:
    return (await county.bureau.ask(COUNT))[0].n


@pytest.mark.long
async def test_a_sheet_of_many_rows_enters_the_good_ones_once_and_the_7_bad_ones_when_corrected(
    county: County, tmp_path: Path
) -> None:
    screen = await _uploaded(county, _sheet(_lines()))
    page, standing = screen.page, screen.page.get_by_role("status")
    await expect(standing.filter(has_text=f"可录入 {GOOD} 起")).to_contain_text("有误 7 行；尚未写入任何内容")
    assert await _incidents(county) == 0
    await page.get_by_text("未录入 7").click()
    await expect(page.get_by_text("没有名为“不存在的派出所”的单位").first).to_be_visible()
    await page.get_by_role("button", name=f"录入 {GOOD} 起").click()
    await expect(standing.filter(has_text="正在录入")).to_be_visible()
    # The server is away for a moment, in the middle of it.
    await county.end_serving()
    await expect(standing.filter(has_text="连接中断")).to_be_visible()
    await county.begin_serving()
    done = standing.filter(has_text="录入完毕")
    await expect(done).to_contain_text(f"已录入 {GOOD} 起，此前已有 0 起，未录入 7 行", timeout=180_000)
    assert await _incidents(county) == GOOD
    async with page.expect_download() as downloading:
        await page.get_by_role("button", name="下载未录入的 7 行").click()
    refused = tmp_path / "refused.xlsx"
    await (await downloading.value).save_as(refused)
    # The same file again: nothing twice.
    await page.get_by_role("button", name="换一个文件").click()
    await _choose(screen, _sheet(_lines()))
    await expect(standing.filter(has_text=f"可录入 0 起，此前已有 {GOOD} 起，有误 7 行")).to_be_visible()
    await page.get_by_role("button", name="换一个文件").click()
    _correct(refused)
    await _choose(screen, refused)
    await page.get_by_role("button", name="录入 7 起").click()
    await expect(done).to_contain_text("已录入 7 起，此前已有 0 起，未录入 0 行")
    assert await _incidents(county) == ROWS
    assert screen.faults == []


def _correct(file: Path) -> None:
    book = load_workbook(file)
    sheet: Any = book.active
    headings = [cell.value for cell in sheet[1]]
    assert sheet.max_row == 1 + len(BAD)
    assert headings[-1] == "不予导入的原因"
    for line in sheet.iter_rows(min_row=2):
        cells = dict(zip(headings, line, strict=True))
        assert cells["不予导入的原因"].value
        for heading in CORRECT:
            wrong = heading in cells["不予导入的原因"].value
            if wrong:
                cells[heading].value = CORRECT[heading]
    book.save(file)


async def test_an_import_pauses_and_goes_on(county: County) -> None:
    screen = await _uploaded(county, _sheet(_lines(59)[7:]))
    page, standing = screen.page, screen.page.get_by_role("status")
    await page.get_by_role("button", name="录入 52 起").click()
    await page.get_by_role("button", name="暂停").click()
    await expect(standing.filter(has_text="已暂停")).to_be_visible()
    await page.get_by_role("button", name="继续录入").click()
    await expect(standing.filter(has_text="已录入 52 起")).to_be_visible()
    assert await _incidents(county) == 52


async def test_what_is_no_sheet_is_refused_in_words(county: County) -> None:
    file: FilePayload = {"name": "照片.xlsx", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n\x00\x00"}
    screen = await _uploaded(county, file)
    await expect(screen.page.get_by_role("alert")).to_contain_text("只接受 Excel(xlsx、xls)")


async def test_the_report_of_an_import_outlasts_a_reload_and_is_nobody_elses(county: County, tmp_path: Path) -> None:
    screen = await _uploaded(county, _sheet(_lines(61)[57:]))
    page, standing = screen.page, screen.page.get_by_role("status")
    await page.get_by_role("button", name="录入 3 起").click()
    await expect(standing.filter(has_text="已录入 3 起")).to_contain_text("未录入 1 行")
    (first,) = await county.bureau.ask("SELECT min(number) AS number FROM matter WHERE kind = 'incident'")
    await expect(standing.filter(has_text="录入完毕")).to_be_visible()
    await page.reload()
    await expect(standing.filter(has_text="录入完毕")).to_contain_text("已录入 3 起，此前已有 0 起，未录入 1 行")
    await expect(page.get_by_role("link", name=first.number)).to_be_visible()
    async with page.expect_download() as downloading:
        await page.get_by_role("button", name="下载未录入的 1 行").click()
    refused = tmp_path / "refused.xlsx"
    await (await downloading.value).save_as(refused)
    sheet, *_ = load_workbook(refused).worksheets
    assert sheet.max_row == 2
    # Somebody else at this very machine begins with nothing, and is told what is there already.
    await page.evaluate("sessionStorage.removeItem('louke.session')")
    await screen.sign_in("sutingting")
    await expect(screen.heading("接警")).to_be_visible()
    await screen.go("/intake/import")
    await expect(page.get_by_text("把警情表")).to_be_visible()
    await _choose(screen, _sheet(_lines(61)[57:]))
    await expect(standing.filter(has_text="可录入 0 起，此前已有 3 起，有误 1 行")).to_be_visible()
    await expect(page.get_by_text("由 林晓雨 录入").first).to_be_visible()
    assert await _incidents(county) == 3
    assert screen.faults == []


async def test_an_import_under_way_stands_still_after_a_reload_until_it_is_told_to_go_on(county: County) -> None:
    screen = await _uploaded(county, _sheet(_lines(59)[7:]))
    page, standing = screen.page, screen.page.get_by_role("status")
    await page.get_by_role("button", name="录入 52 起").click()
    await expect(standing.filter(has_text="正在录入")).to_be_visible()
    await page.get_by_role("button", name="暂停").click()
    await expect(page.get_by_role("button", name="继续录入")).to_be_visible()
    await page.reload()
    await page.get_by_role("button", name="继续录入").click()
    await expect(standing.filter(has_text="录入完毕")).to_be_visible(timeout=120_000)
    assert await _incidents(county) == 52


async def test_a_past_ledger_is_entered_with_its_outcomes_once_its_words_are_said(county: County) -> None:
    lines = [("台账",), UPPER, LOWER, *(row(n) for n in range(3)), (*row(3)[:2], "鸽子", *row(3)[3:])]
    file: FilePayload = {"name": "台账.xlsx", "mimeType": "application/vnd.openxmlformats", "buffer": excel_of(lines)}
    screen = await _uploaded(county, file)
    page, standing = screen.page, screen.page.get_by_role("status")
    await expect(page.get_by_text("读的是工作表“台账”，表头在第 3 行。没有导入的列：序号、民警、备注。")).to_be_visible()
    await expect(standing.filter(has_text="可录入 3 起，此前已有 0 起，有误 1 行")).to_be_visible()
    await page.get_by_role("combobox", name="“鸽子”是").click()
    await page.get_by_text("书面报案（邮件、传真）").last.click()
    await page.get_by_role("button", name="按此重新核对").click()
    await expect(standing.filter(has_text="可录入 4 起")).to_be_visible()
    await page.get_by_role("button", name="录入 4 起").click()
    await expect(standing.filter(has_text="录入完毕")).to_contain_text("已录入 4 起", timeout=120_000)
    stages = await county.bureau.ask("SELECT DISTINCT stage FROM matter WHERE kind = 'incident'")
    assert [each.stage for each in stages] == ["closed"]
    assert screen.faults == []


async def test_a_cell_is_mended_where_it_stands(county: County) -> None:
    screen = await _uploaded(county, _sheet(_lines(61)[59:60]))
    page, standing = screen.page, screen.page.get_by_role("status")
    await expect(standing.filter(has_text="有误 1 行")).to_be_visible()
    await page.get_by_role("button", name="✕ （空）").click()
    await page.keyboard.type("第60户失窃")
    await page.keyboard.press("Enter")
    await expect(standing.filter(has_text="可录入 1 起")).to_be_visible()
    assert screen.faults == []
