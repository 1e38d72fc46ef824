"""Everything that can be before somebody's eyes: each page by its address, and whatever opens upon one."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Locator, expect

from tests.web.ground import Ground
from tests.web.screens import Screen

Open = Callable[[Screen], Awaitable[Any]]
# A suspect's limit that somebody may ask about.
LIMIT = "提请审查批准逮捕"
DETENTION = "/calculator?limit=criminal-detention-submit-for-arrest&start=2026-09-28T10%3A00&custody=yes"


@dataclass(frozen=True)
class Surface:
    """One thing to be seen: who sees it, at which address, what is opened there, and by what it is known to be there."""

    username: str
    path: str
    shows: Callable[[Screen], Locator]
    open: Open | None = None

    async def show(self, screen: Screen) -> None:
        """Bring it before somebody's eyes."""
        await screen.turn_to(self.path)
        if self.open:
            await self.open(screen)
        await expect(self.shows(screen).first).to_be_visible()
        await expect(screen.page.get_by_label("正在载入")).to_have_count(0)


def _heading(words: str) -> Callable[[Screen], Locator]:
    return lambda screen: screen.heading(words)


def _text(words: str) -> Callable[[Screen], Locator]:
    return lambda screen: screen.page.get_by_text(words)


def _row(n: int = 1) -> Callable[[Screen], Locator]:
    return lambda screen: screen.page.get_by_role("row").nth(n)


def _dialog(name: str = "") -> Callable[[Screen], Locator]:
    return lambda screen: screen.page.get_by_role("dialog", name=name) if name else screen.page.get_by_role("dialog")


def _press(name: str) -> Open:
    async def press(screen: Screen) -> None:
        await screen.page.get_by_role("button", name=name).first.click()

    return press


def _tab(name: str) -> Open:
    async def turn(screen: Screen) -> None:
        await screen.page.get_by_role("tab", name=name).click()

    return turn


def _form(title: str) -> Open:
    async def fill(screen: Screen) -> None:
        form = await screen.step(title)
        # Nothing was filled in: every field says what it lacks.
        await form.locator("button[type=submit]").click()

    return fill


async def _search(screen: Screen) -> None:
    await expect(screen.heading("工作台")).to_be_visible()
    await screen.page.keyboard.press("Control+k")
    await screen.page.get_by_role("dialog").get_by_role("textbox").fill("盗窃")


async def _shortcuts(screen: Screen) -> None:
    await expect(screen.heading("工作台")).to_be_visible()
    await screen.page.keyboard.press("?")


async def _returning(screen: Screen) -> None:
    await screen.page.get_by_role("row").get_by_role("button", name="查看").first.click()
    await screen.page.get_by_role("dialog", name="呈请").get_by_role("button", name="退回").click()


async def _bulk(screen: Screen) -> None:
    await screen.page.get_by_label("选择全部待审批的").check()
    await screen.page.get_by_role("button", name="批量退回").click()


async def _sheet(screen: Screen) -> None:
    lines = "警情类别,发生地点,报警内容,报警方式\n盗窃,城关镇人民路1号,电动自行车被盗,110\n盗窃,,没有写地点,110\n"
    await screen.page.locator("input[type=file]").set_input_files(
        {"name": "警情.csv", "mimeType": "text/csv", "buffer": lines.encode()}
    )


async def _person(screen: Screen) -> None:
    await screen.page.get_by_label("按姓名、用户名或者警号查找").fill("liusiyuan")
    await screen.page.keyboard.press("Enter")
    await screen.page.get_by_role("button", name="刘思源").first.click()


async def _opening(screen: Screen) -> None:
    await screen.page.get_by_role("button", name="登记").click()
    await screen.page.get_by_role("menuitem", name="接受案件").click()
    await screen.page.get_by_role("dialog", name="接受案件").locator("button[type=submit]").click()


async def _things(screen: Screen) -> None:
    form = await screen.step("扣押")
    await form.get_by_role("button", name="添加一项").click()
    await form.locator("button[type=submit]").click()


def _boards(chief: str) -> Sequence[Surface]:
    """Every board, the desk of alerts, and case review."""
    return (
        Surface(chief, "/boards", _heading("已经超期")),
        Surface(chief, "/boards/case-room", _heading("警情")),
        Surface(chief, "/boards/agenda", _heading("议程")),
        Surface(chief, "/boards/supervision", _row()),
        Surface(chief, "/boards/oversight", _heading("督办清单")),
        Surface(chief, "/boards/calls", _row()),
        Surface(chief, "/boards/searches", _heading("协同任务")),
        Surface(chief, "/boards/letters", _heading("来信清单")),
        Surface(chief, "/boards/deadlines", _row()),
        Surface(chief, "/boards/ranking", lambda screen: screen.page.get_by_role("img").locator("svg")),
        Surface(chief, "/boards/stages", _row()),
        Surface(chief, "/boards/red-cards", lambda screen: screen.page.locator(".red-card")),
        Surface(chief, "/boards/assessment?unit=", _row()),
        Surface(chief, "/boards/assessment?unit=chengguan", _text("按统一标准")),
        Surface("liusiyuan", "/boards/own-index", _text("不得单独作为奖惩依据")),
        Surface("zhaotiejun", "/boards/own-index", _text("不得单独作为奖惩依据")),
        Surface("mengqiu", "/boards/own-index", _text("不足五人")),
        Surface(chief, "/boards/reports", _text("还没有报告")),
        Surface(chief, "/alerts", _heading("风险提示")),
        Surface(chief, "/series", _heading("串并案")),
        Surface(chief, "/reviews", _text("没有分派给您的评查")),
        Surface(chief, "/reviews/files", _text("没有您可以查看的评查案卷")),
        Surface(chief, "/reviews/rounds", _text("没有您可以查看的评查批次")),
        Surface(chief, "/reviews/drives", _text("没有您可以查看的清查事项")),
        Surface(chief, "/reviews/results", _text("没有生效的评查结果")),
        Surface("mengqiu", "/boards/readings", _row()),
        Surface("mengqiu", "/boards/bureau", _text("本局日志还没有记载")),
        Surface("mengqiu", "/boards/comings", _row()),
    )


_ADMINISTERED = ("units", "people", "calendar", "partners", "times", "standards", "rules", "messages", "verification", "health")


def pages(ground: Ground) -> Sequence[Surface]:
    """Every page by its address."""
    head, chief, desk = ground.officer, "zhouminghui", "linxiaoyu"
    return (
        Surface(head, "/", _heading("工作台")),
        Surface(head, "/?tab=done", _row()),
        Surface(head, "/?tab=started", _row()),
        Surface(head, "/?tab=copied", _text("抄送")),
        Surface(chief, "/", _row()),
        Surface(chief, "/matters", _row()),
        Surface(chief, "/clocks", _row()),
        *(
            Surface(chief, f"/matters/{number}", _text("现在可以办理"))
            for number in (ground.incident, ground.case, ground.suspect, ground.offence, ground.exhibit)
        ),
        Surface(chief, f"/matters/{ground.suspect}", lambda screen: screen.page.locator(".journal-entry"), _tab("日志")),
        Surface(chief, f"/matters/{ground.case}", _heading("电子卷宗"), _tab("卷宗")),
        Surface(chief, "/matters/JQ1", _text("没有这一事项")),
        Surface(chief, "/nowhere", _text("没有这一页")),
        *_boards(chief),
        Surface(chief, "/screen", lambda screen: screen.page.locator(".screen-cards")),
        Surface(chief, "/calculator", lambda screen: screen.page.get_by_role("button", name=LIMIT)),
        Surface(chief, DETENTION, _text("2026年10月1日")),
        Surface(desk, "/intake", lambda screen: screen.page.get_by_label("报警内容")),
        Surface(desk, "/intake/import", _text("空白警情表")),
        Surface(desk, "/intake/import", _text("有误 1 行"), _sheet),
        Surface(desk, "/window", _heading("窗口")),
        Surface("leijianfeng", "/times", _heading("处警时限")),
        Surface("leijianfeng", "/standards", _heading("待确认的考评标准")),
        Surface(chief, "/account", _heading("离岗代理")),
        *(Surface("guanli", f"/administration/{part}", lambda screen: screen.page.locator(".panel")) for part in _ADMINISTERED),
    )


def opened(ground: Ground) -> Sequence[Surface]:
    """Whatever opens upon a page: drawers with every kind of field, dialogs, lists that come out."""
    chief, officer = "zhouminghui", ground.officer
    return (
        Surface(chief, "/", _dialog("通知"), _press("通知")),
        Surface(chief, "/", lambda screen: screen.page.locator(".search-hit"), _search),
        Surface(chief, "/", _dialog("键盘快捷键"), _shortcuts),
        Surface(chief, "/", _text("退出登录"), _press("我的账户")),
        Surface(chief, "/", _dialog("呈请"), _press("查看")),
        Surface(chief, "/", _text("退回理由"), _returning),
        Surface(chief, "/", _dialog("退回"), _bulk),
        Surface(chief, f"/matters/{ground.suspect}", _dialog(LIMIT), _press(LIMIT)),
        Surface(
            chief, "/boards/deadlines?open=~~overdue", lambda screen: screen.page.get_by_role("dialog").get_by_role("row").nth(1)
        ),
        Surface(
            chief,
            "/boards/supervision?unit=&open=~overrun~below",
            lambda screen: screen.page.get_by_role("dialog").get_by_role("row").nth(1),
        ),
        Surface(chief, "/boards/red-cards", _dialog(), _press("为什么是这一天")),
        Surface(officer, f"/matters/{ground.case}", _text("必须填写"), _form("确定犯罪嫌疑人")),
        Surface(officer, f"/matters/{ground.case}", _text("必须填写"), _things),
        Surface(officer, f"/matters/{ground.suspect}", _text("必须填写"), _form("讯问")),
        Surface(officer, "/matters", _text("必须填写"), _opening),
        Surface("linxiaoyu", f"/matters/{ground.incident}", _text("必须填写"), _form("派警")),
        Surface("guanli", "/administration/people", _dialog("刘思源"), _person),
        Surface("guanli", "/administration/times", _dialog("提请设定处警时限"), _press("提请设定处警时限")),
        Surface("guanli", "/administration/standards", _dialog("提请考评标准"), _press("提请考评标准")),
    )
