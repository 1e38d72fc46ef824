"""Open cases are brought along on the page: tried, put forward, released by another, entered, and read as what they are."""

import re
from datetime import UTC, datetime
from pathlib import Path

from playwright.async_api import FilePayload, expect

from seeds.open_cases import build_workbook
from tests.ledgers import with_cells
from tests.web.axe import findings
from tests.web.screens import County, Screen

# How long sixty cases may take on two cores that do much else.
_ENTERING_MS = 240_000


def _ledger() -> FilePayload:
    return {"name": "在办案件.xlsx", "mimeType": "application/vnd.openxmlformats", "buffer": build_workbook(datetime.now(UTC))}


async def _tried(county: County, file: FilePayload) -> Screen:
    screen = await county.signed_in("qinwanqing")
    await screen.go("/moving-in")
    await screen.page.locator("input[type=file]").set_input_files(file)
    return screen


async def test_open_cases_are_tried_put_forward_released_by_another_and_entered(county: County, tmp_path: Path) -> None:
    screen = await _tried(county, _ledger())
    page, standing = screen.page, screen.page.get_by_role("status")
    await expect(standing.filter(has_text="可迁入 60 起、80 人，其中在押 30 人")).to_contain_text("有误的格子 0 处")
    # What is overdue stands on top, with whose it is and by which article.
    first = page.get_by_role("region", name="试算").get_by_role("row").filter(has_text="超期").first
    await expect(first).to_contain_text(re.compile("《.+》第.+条"))
    await page.screenshot(path=tmp_path / "trial.png", full_page=True)
    await page.get_by_role("button", name="提请放行 60 起").click()
    await expect(page.get_by_text("已提请，等待督察放行后录入")).to_be_visible()

    other = await county.signed_in("leijianfeng")
    await other.go("/moving-in")
    await other.page.get_by_role("button", name="打开 在办案件.xlsx").click()
    await expect(other.page.get_by_role("status").filter(has_text="可迁入 60 起")).to_be_visible()
    await other.page.get_by_role("button", name="核对无误，放行").click()
    await expect(other.page.get_by_role("status").filter(has_text="已录入 0 起，未录入 60 起")).to_be_visible()

    await page.reload()
    await page.get_by_role("button", name="打开 在办案件.xlsx").click()
    await page.get_by_role("button", name="录入 60 起").click()
    await page.get_by_role("button", name="暂停").click()
    await page.get_by_role("button", name="继续录入").click()
    await expect(standing.filter(has_text="已录入 60 起，未录入 0 起")).to_be_visible(timeout=_ENTERING_MS)
    await page.screenshot(path=tmp_path / "entered.png", full_page=True)
    kinds = await county.bureau.ask("SELECT kind, count(*) AS n FROM matter GROUP BY kind")
    assert {each.kind: each.n for each in kinds if each.kind in ("criminal-case", "suspect")} == {
        "criminal-case": 60,
        "suspect": 80,
    }
    (arrested,) = await county.bureau.ask("SELECT min(number) AS number FROM matter WHERE stage = 'arrested'")
    await screen.go(f"/matters/{arrested.number}")
    await page.get_by_role("tab", name="日志").click()
    await expect(page.get_by_text("纸质审批 周明辉").first).to_be_visible()
    await page.screenshot(path=tmp_path / "journal.png", full_page=True)
    assert screen.faults == other.faults == []


async def test_a_wrong_cell_of_a_ledger_of_open_cases_is_mended_on_the_page(county: County) -> None:
    file = _ledger()
    screen = await _tried(county, {**file, "buffer": _with_a_wrong_officer(file["buffer"])})
    page, standing = screen.page, screen.page.get_by_role("status")
    await expect(standing.filter(has_text="可迁入 59 起")).to_contain_text("有误的格子 1 处")
    await page.get_by_role("button", name="✕ 无此人").click()
    await page.keyboard.press("Control+A")
    await page.keyboard.type("刘思源")
    await page.keyboard.press("Enter")
    await expect(standing.filter(has_text="可迁入 60 起")).to_contain_text("有误的格子 0 处")
    assert screen.faults == []


def _with_a_wrong_officer(data: bytes) -> bytes:
    return with_cells(data, "在办案件", {"K4": "无此人"})


async def test_what_a_heading_means_that_nobody_knows_is_said_on_the_page(county: County) -> None:
    file = _ledger()
    screen = await _tried(county, {**file, "buffer": with_cells(file["buffer"], "在办案件", {"K3": "经办同志"})})
    page, standing = screen.page, screen.page.get_by_role("status")
    await expect(standing.filter(has_text="可迁入 0 起")).to_be_visible()
    await page.get_by_role("button", name="案件表的表头（有 2 列没有读）").click()
    headings = page.get_by_role("region", name="案件表的表头")
    await screen.choose(headings, "案件表“经办同志”一列是", "承办人")
    assert await findings(screen) == []
    await headings.get_by_role("button", name="案件表按此重新试算").click()
    await expect(standing.filter(has_text="可迁入 60 起")).to_contain_text("有误的格子 0 处")
    assert screen.faults == []


async def test_the_desk_sees_the_earlier_matters_of_whoever_calls_and_leaves_a_trace(county: County) -> None:
    hand = await county.bureau.as_("linxiaoyu")
    told = {"kind": "纠纷", "place": "城关镇人民路9号", "narrative": "邻居争吵", "unit": "chengguan", "reporter": "测试甲"}
    number = (await hand.open("incident", **told, reporter_phone="16012345678"))["number"]
    screen = await county.signed_in("linxiaoyu")
    await screen.go("/intake")
    page = screen.page
    await page.get_by_label("报警人电话").fill("1601234567")
    await expect(page.get_by_role("region", name="此前事项")).to_have_count(0)
    await page.get_by_label("报警人电话").fill("160 1234 5678")
    earlier = page.get_by_role("region", name="此前事项")
    await expect(earlier.get_by_role("link", name=number)).to_be_visible()
    await expect(earlier.get_by_role("status")).to_contain_text("查到 1 件；查阅已留痕")
    assert screen.faults == []
