"""What supervisors look at: from a count to the clocks it was made of, to the reasons of one, and away as a spreadsheet."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from playwright.async_api import Locator, expect

from activities.reporting import Reporting
from law.calendar import SHANGHAI
from models.readmodel.figures import FIGURES
from models.readmodel.report_types import report_types
from tests.api.matters import accepted, requested
from tests.api.test_rates import DAY, dispatched
from tests.web.axe import findings, findings_everywhere
from tests.web.screens import County, Screen
from tests.world import until
from workflows.registry import get_settled_stages, get_stage_names

WALL = {"width": 3840, "height": 2160}
PROJECTOR = {"width": 1920, "height": 1080}


async def _held_too_long(county: County) -> str:
    """A suspect who was detained eight days ago, for whom nobody has asked for an arrest."""
    began = datetime.now(SHANGHAI) - timedelta(days=8)
    case, officer = await accepted(county.bureau, at=began - timedelta(hours=5))
    chief = await county.as_("zhouminghui")
    await officer.take(case, "file-case", charge="xf-264", grounds="有犯罪事实，需要追究刑事责任", at=began - timedelta(hours=3))
    await chief.approve(case, "file-case")
    (suspect,) = (await officer.take(case, "name-suspect", name="贺文涛"))["opened"]
    await until(lambda: officer.get(f"/api/matters/{suspect}"), lambda answer: answer.is_success)
    await officer.take(suspect, "execute-detention", place="城关派出所", grounds="可能毁灭证据", at=began)
    await chief.approve(suspect, "execute-detention")
    await until(lambda: chief.read("/api/boards/red-cards"), lambda wall: bool(wall["items"]))
    return suspect


async def _exported(screen: Screen, within: Locator) -> list[tuple[object, ...]]:
    async with screen.page.expect_download() as begun:
        await within.get_by_role("button", name="导出 Excel").click()
    sheet = load_workbook(BytesIO(Path(await (await begun.value).path()).read_bytes())).active
    assert sheet is not None
    return list(sheet.iter_rows(min_row=2, values_only=True))


def _digits(cells: Sequence[str]) -> list[int]:
    return [int("".join(character for character in each if character.isdigit()) or 0) for each in cells]


async def test_a_supervisor_finds_who_is_held_too_long_and_why_the_day_is_that_one(county: County) -> None:
    suspect = await _held_too_long(county)
    screen = await county.signed_in("leijianfeng")
    page = screen.page
    await screen.go("/boards/deadlines")
    row = page.get_by_role("row").filter(has_text="城关派出所")
    await row.get_by_role("button", name="城关派出所：超期红牌").click()
    drawer = page.get_by_role("dialog", name="城关派出所 · 超期红牌")
    line = drawer.get_by_role("row").filter(has_text="提请审查批准逮捕")
    await expect(line).to_contain_text(suspect)
    shown = [await each.inner_text() for each in await drawer.locator("tbody tr.ant-table-row").all()]
    rows = await _exported(screen, drawer)
    assert len(rows) == len(shown)
    assert all(str(row[0]) in text and str(row[3]) in text for row, text in zip(rows, shown, strict=True))
    assert "open=" in page.url, "a link leads here"
    await line.get_by_role("button", name="为什么是这一天").click()
    why = page.get_by_role("dialog", name="提请审查批准逮捕")
    await expect(why).to_contain_text("《刑事诉讼法》第九十一条")
    await expect(why).to_contain_text("每满24小时为一日")
    assert screen.faults == []


async def test_the_spreadsheet_of_a_board_holds_what_the_board_shows(county: County) -> None:
    await _held_too_long(county)
    screen = await county.signed_in("leijianfeng")
    page = screen.page
    await screen.go("/boards/deadlines?kind=suspect")
    await page.get_by_role("button", name="全部展开").click()
    lines = page.locator("tr.ant-table-row-level-1")
    await expect(lines.first).to_be_visible()
    shown = [_digits(await each.locator("td").all_inner_texts())[1:-2] for each in await lines.all()]
    names = [await each.locator("td").first.inner_text() for each in await lines.all()]
    late = {await each.locator("td").last.inner_text() for each in await page.locator("tr.ant-table-row-level-0").all()}
    rows = await _exported(screen, page.get_by_role("search", name="筛选"))
    assert [row[1] for row in rows] == names
    assert [list(row[2:-1]) for row in rows] == shown
    assert {str(row[-1]) for row in rows} == late, "what was entered late is told of each unit"


async def test_what_was_entered_late_leads_from_the_board_of_today_to_the_list_and_the_matter(county: County) -> None:
    suspect = await _held_too_long(county)
    screen = await county.signed_in("leijianfeng")
    page = screen.page
    await screen.go("/boards?unit=")
    watch = page.get_by_role("region", name="24 小时内补录")
    await expect(watch.get_by_role("listitem").filter(has=page.locator(f'a[href="/matters/{suspect}"]'))).to_contain_text(
        "共补录 1 次"
    )
    await watch.get_by_role("link", name="全部").click()
    listed = page.get_by_role("row").filter(has_text=suspect)
    await expect(listed).to_contain_text("补录")
    await listed.get_by_role("link").first.click()
    panel = page.get_by_role("region", name="补录")
    await expect(panel.locator("tbody tr")).to_have_count(1)
    await expect(panel.locator("tbody tr")).to_contain_text("关系人身自由")
    await expect(panel.get_by_role("columnheader")).to_have_text(["步骤", "发生时间", "录入时间", "相差", "纸质审批文书号"])
    assert screen.faults == []


async def test_a_supervisor_takes_note_of_an_overrun_on_the_wall_and_a_file_closed_to_them_is_no_link(county: County) -> None:
    suspect = await _held_too_long(county)
    chief = await county.as_("zhouminghui")
    officer = await county.as_("liusiyuan")
    await officer.take(suspect, "release", grounds="超过拘留期限")
    await chief.approve(suspect, "release")
    ended = ("提请审查批准逮捕", "ended")
    await until(
        lambda: chief.read("/api/boards/red-cards"),
        lambda wall: any(ended[0] in each["limit_zh"] and each["standing"] == ended[1] for each in wall["items"]),
    )
    screen = await county.signed_in("leijianfeng")
    page = screen.page
    await screen.go("/boards/red-cards")
    card = page.get_by_role("listitem").filter(has_text=ended[0])
    await expect(card).to_contain_text("待督察确认")
    await expect(card.get_by_role("heading").get_by_role("link")).to_be_visible()
    await county.bureau.ask("UPDATE matter SET sealed = true WHERE number = %(n)s", n=suspect)
    await page.reload()
    await expect(card.get_by_role("heading")).to_be_visible()
    await expect(card.get_by_role("heading").get_by_role("link")).to_have_count(0)
    await card.get_by_role("button", name="督察确认").click()
    form = page.get_by_role("dialog", name="确认超期或者补录")
    await form.get_by_label("核查情况").fill("呈请逾期，已对承办人谈话提醒")
    await screen.submit(form)
    await page.get_by_text("曾经超期、已经督察确认的").click()
    await expect(card).to_contain_text("✓")
    assert screen.faults == []


async def test_filters_stand_in_the_address_and_hold_for_the_next_board(county: County) -> None:
    await _held_too_long(county)
    screen = await county.signed_in("leijianfeng")
    page = screen.page
    await screen.go("/boards/red-cards?unit=donghe")
    await expect(page.get_by_text("没有红牌")).to_be_visible()
    await page.get_by_role("navigation", name="看板").get_by_role("link", name="期限").click()
    await expect(page.get_by_text("没有符合条件的计时中期限")).to_be_visible()
    await screen.choose(page.get_by_role("search", name="筛选"), "单位", "城关派出所")
    await expect(page.get_by_role("row").filter(has_text="城关派出所")).to_be_visible()
    assert "unit=chengguan" in page.url
    await page.get_by_role("navigation", name="看板").get_by_role("link", name="红牌墙").click()
    card = page.get_by_role("listitem").filter(has_text="盗窃").filter(has_text="提请审查批准逮捕")
    await expect(card).not_to_contain_text("贺文涛")
    await expect(card).to_contain_text("释放或者变更措施")


async def test_the_wall_says_how_fresh_it_is_and_that_the_connection_is_lost(county: County) -> None:
    await _held_too_long(county)
    screen = await county.signed_in("leijianfeng")
    for size in (WALL, PROJECTOR):
        await screen.page.set_viewport_size(size)  # type: ignore[arg-type]  # two numbers, as the driver wants them
        await screen.go("/screen")
        await expect(screen.page.get_by_text("● 实时")).to_be_visible()
        await expect(screen.page.locator(".screen-cards")).to_contain_text("盗窃")
        sizes = await screen.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
        assert sizes == [size["width"], size["height"]], "all of it is on the wall"
    await accepted(county.bureau)
    await expect(screen.page.locator(".screen-open li").filter(has_text="刑事案件")).to_contain_text("2")
    await county.end_serving()
    await expect(screen.page.get_by_text("✕ 连接中断")).to_be_visible()
    await county.begin_serving()
    await expect(screen.page.get_by_text("● 实时")).to_be_visible()


async def test_a_head_begins_the_day_with_every_request_and_takes_the_board_away(county: County) -> None:
    days_ago = [(datetime.now(SHANGHAI) - timedelta(days=n)).isoformat(timespec="seconds") for n in range(6)]
    filed, officer = await accepted(county.bureau, at=days_ago[5])
    await officer.take(filed, "file-case", charge="xf-264", grounds="有犯罪事实", at=days_ago[3])
    own, _ = await accepted(county.bureau)
    await officer.take(own, "correct-record", fact_seq=1, happened_at=days_ago[1], reason="误写")
    screen = await county.signed_in("zhaotiejun")
    await screen.go("/boards")
    lines = screen.page.get_by_role("region", name="有待审批").get_by_role("listitem")
    await expect(lines).to_have_count(2)
    await expect(lines.nth(0)).to_contain_text("等您审批")
    await expect(lines.nth(0)).to_contain_text("更正")
    await expect(lines.nth(1)).to_contain_text("周明辉")
    await expect(lines.nth(1)).to_contain_text("已等 3 天")
    rows = await _exported(screen, screen.page.get_by_role("search", name="筛选"))
    assert rows[0][0] == "未结事项"
    assert [row[2] for row in rows if row[0] == "有待审批"] == [own, filed]
    assert screen.faults == []


async def test_a_supervisor_begins_with_the_rates_and_each_opens_and_takes_away_just_what_it_counted(county: County) -> None:
    quick, slow = await dispatched(county.bureau, 24, 230, 1200), await dispatched(county.bureau, 50, 400, 2000)
    for _ in range(3):
        await dispatched(county.bureau)
    screen = await county.signed_in("leijianfeng")
    page = screen.page
    await expect(page.get_by_role("navigation", name="看板").get_by_role("link", name="执法监督")).to_have_class("active")
    await screen.go(f"/boards/supervision?unit=&from={DAY['from']}&to={DAY['to']}")
    await expect(page.get_by_text("环比上期")).to_be_visible()
    words = page.get_by_role("region", name="指标口径")
    for figure in FIGURES:
        for said in (figure.zh, figure.above, figure.below, figure.left_out):
            await expect(words).to_contain_text(said)
    row = page.get_by_role("row").filter(has_text="城关派出所")
    signed = row.get_by_role("button", name="城关派出所：按时签收率")
    await expect(signed).to_contain_text("20.0%")
    await expect(row).to_contain_text("中位 24 秒")
    await signed.click()
    drawer = page.get_by_role("dialog", name="城关派出所 · 按时签收率")
    lines = drawer.locator("tbody tr.ant-table-row")
    await expect(lines).to_have_count(5)
    assert len(await _exported(screen, drawer)) == 5
    await drawer.get_by_text("分子 1", exact=True).click()
    await expect(lines).to_have_count(1)
    await expect(lines).to_contain_text(quick)
    ((number, *_),) = await _exported(screen, drawer)
    assert number == quick
    await drawer.get_by_text("未计入分子 4", exact=True).click()
    await expect(lines.filter(has_text=slow)).to_be_visible()
    assert "open=" in page.url, "a link leads here"
    await drawer.get_by_role("button", name="关闭").click()
    board = await _exported(screen, page.get_by_role("search", name="筛选"))
    shown = {row[1]: row[2:4] for row in board if row[0] == "城关派出所"}
    assert shown["按时签收率"] == (1, 5)
    assert screen.faults == []


_COVERED = """
[...document.querySelectorAll(".bottom-navigation :is(a, button)")].filter((each) => {
  const { left, top, width, height } = each.getBoundingClientRect();
  return !each.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}).map((each) => each.textContent)
"""


async def test_rates_are_read_on_a_phone_in_the_dark_without_sideways_scrolling_of_the_page(county: County) -> None:
    await dispatched(county.bureau, 24, 230, 1200)
    screen = await county.signed_in("leijianfeng", phone=True, dark=True)
    await screen.go(f"/boards/supervision?unit=&from={DAY['from']}&to={DAY['to']}")
    await expect(screen.page.get_by_role("row").filter(has_text="城关派出所")).to_contain_text("1/1")
    assert await screen.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert await findings(screen) == []
    # However low the page is, no column that stays in place lies over the bar at its foot; and the tab of the board is in sight.
    await screen.page.set_viewport_size({"width": 390, "height": 480})
    await screen.go("/boards/calls")
    await expect(screen.page.get_by_role("row").filter(has_text="城关派出所")).to_be_attached()
    assert await screen.page.evaluate(_COVERED) == []
    await expect(screen.page.get_by_role("link", name="警情分类")).to_be_in_viewport(ratio=1)


async def test_whoever_leads_reads_the_morning_handover_and_goes_on_to_what_it_lists(county: County) -> None:
    suspect = await _held_too_long(county)
    handover = report_types()["morning-handover"]
    await Reporting(county.bureau.ctx.pool, get_stage_names(), get_settled_stages()).make(handover)
    screen = await county.signed_in("zhouminghui")
    page = screen.page
    await screen.go("/boards/reports?unit=chengguan")
    await page.get_by_role("link", name="早交班").click()
    overdue = page.get_by_role("region", name="已经超期")
    await expect(overdue.get_by_role("row").filter(has_text="提请审查批准逮捕")).to_contain_text("是")
    assert await findings(screen) == []
    async with page.expect_download() as begun:
        await page.get_by_role("button", name="Word").click()
    assert (await begun.value).suggested_filename.startswith("城关派出所早交班")
    await overdue.get_by_role("link", name=suspect).first.click()
    await expect(page.get_by_role("heading", name="贺文涛", level=1)).to_be_visible()


async def test_from_a_group_of_calls_one_comes_to_the_calls_that_were_counted(county: County) -> None:
    desk = await county.as_("linxiaoyu")
    number = (
        await desk.open("incident", unit="chengguan", category="dispute", kind="邻里纠纷", place="东街1号", narrative="争吵")
    )["number"]
    screen = await county.signed_in("leijianfeng")
    page = screen.page
    today = f"{datetime.now(SHANGHAI):%Y-%m-%d}"
    await screen.go(f"/boards/calls?from={today}&to={today}&unit=")
    assert await findings(screen) == []
    await page.get_by_role("button", name="城关派出所：纠纷 1").click()
    drawer = page.get_by_role("dialog", name="城关派出所 · 纠纷")
    await expect(drawer.get_by_role("row").filter(has_text=number)).to_contain_text("东街1号")
    assert [row[0] for row in await _exported(screen, drawer)] == [number]
    await drawer.get_by_role("button", name="关闭").click()
    rows = await _exported(screen, page.get_by_role("search", name="筛选"))
    assert ("城关派出所", "纠纷", 1, 0) in [row[:4] for row in rows]
    assert screen.faults == []


async def test_a_case_rooms_count_opens_its_list_and_says_what_is_to_be_done(county: County) -> None:
    case, _ = await requested(county.bureau)
    screen = await county.signed_in("zhaotiejun", phone=True)
    await screen.go("/boards/case-room")
    await screen.page.get_by_role("button", name="有待审批的呈请：1 件").click()
    listed = screen.page.get_by_role("dialog", name="有待审批的呈请")
    await expect(listed).to_contain_text("催办审批")
    await expect(listed.get_by_text(case)).to_be_visible()
    assert await findings(screen) == []
    await screen.page.keyboard.press("Escape")
    assert await screen.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert await findings_everywhere(screen) == []
    await screen.go("/boards/agenda")
    await expect(screen.heading("议程")).to_be_visible()
    assert await findings_everywhere(screen) == []
