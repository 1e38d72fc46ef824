"""The pictures of `docs/screens`: every page in both themes, at a desk and on a phone, taken of a product that is running.

`python -m tests.web.pictures http://127.0.0.1:8000 docs/screens [picture …]`
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from playwright.async_api import Browser, Page, ViewportSize, async_playwright, expect

from tests.web.browser import chromium
from tests.web.paper import A4, printed
from tests.web.screens import DESK, PASSWORD, PHONE, Screen

# Small enough for a repository, good enough for Chinese at its own size.
_QUALITY = 62
_WALL: ViewportSize = {"width": 1920, "height": 1080}
# Two rows of a sheet, one of which lacks a place.
_SHEET = "警情类别,发生地点,报警内容,报警方式\n盗窃,城关镇人民路1号,电动自行车被盗,110\n盗窃,,没有写地点,110\n"
# What is drawn when everything has come: charts need a moment after their figures.
_SETTLED_MS = 1200
_LOADED_MS = 60_000


@dataclass(frozen=True)
class Picture:
    """One page: how its file is called, who looks at it, where it is, and what they open there."""

    name: str
    username: str
    path: str
    open: Callable[[Screen], Awaitable[Any]] | None = None
    wall: bool = False
    paper: bool = False

    @property
    def kinds(self) -> tuple[tuple[bool, bool], ...]:
        """At a desk or on a phone, and whether in darkness: the wall is always dark, and a paper always white."""
        if self.wall:
            return ((False, True),)
        return ((False, False),) if self.paper else ((False, False), (False, True), (True, False), (True, True))


async def _why(screen: Screen) -> None:
    await screen.page.get_by_role("button", name="提请审查批准逮捕").first.click()


async def _form(screen: Screen) -> None:
    await screen.step("讯问")


async def _things(screen: Screen) -> None:
    form = await screen.step("扣押")
    await form.get_by_label("名称").fill("手机")
    await form.get_by_label("数量").fill("1部")
    await form.get_by_label("特征").fill("黑色，屏幕有裂痕")
    await form.get_by_role("button", name="添加一项").click()
    await screen.page.keyboard.type("人民币")


async def _sheet(screen: Screen) -> None:
    file = {"name": "警情.csv", "mimeType": "text/csv", "buffer": _SHEET.encode()}
    await screen.page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]  # a file, as the driver wants it
    await screen.page.get_by_text("有误 1 行").wait_for()
    # The next picture of the same sheet finds it entered already.
    if await (enter := screen.page.get_by_role("button", name="录入 1 起")).is_visible():
        await enter.click()


async def _time(screen: Screen) -> None:
    await screen.page.get_by_role("button", name="提请设定催办时限").click()


async def _search(screen: Screen) -> None:
    await screen.page.keyboard.press("Control+k")
    await screen.page.get_by_placeholder("编号、").fill("诈骗")


# What shows no matter of which the number must be known first.
PAGES = (
    Picture("sign-in", "", "/"),
    Picture("work", "qiaoanran", "/"),
    Picture("approvals", "zhouminghui", "/"),
    Picture("search", "zhouminghui", "/", _search),
    Picture("matters", "zhouminghui", "/matters"),
    Picture("clocks", "zhouminghui", "/clocks"),
    Picture("intake", "linxiaoyu", "/intake"),
    Picture("import", "linxiaoyu", "/intake/import"),
    Picture("import-report", "linxiaoyu", "/intake/import", _sheet),
    Picture("alerts", "qinwanqing", "/alerts"),
    Picture("inspections", "fangzhengping", "/inspections"),
    Picture("review-results", "fangzhengping", "/reviews/results"),
    Picture("review-rounds", "fangzhengping", "/reviews/rounds"),
    Picture("own-index", "liusiyuan", "/boards/own-index"),
    Picture("assessment", "leijianfeng", "/boards/assessment?unit=chengguan"),
    Picture("reports", "leijianfeng", "/boards/reports"),
    Picture("board-today", "leijianfeng", "/boards"),
    Picture("board-supervision", "leijianfeng", "/boards/supervision"),
    Picture("board-calls", "leijianfeng", "/boards/calls"),
    Picture("board-deadlines", "leijianfeng", "/boards/deadlines"),
    Picture("board-ranking", "leijianfeng", "/boards/ranking"),
    Picture("board-stages", "leijianfeng", "/boards/stages"),
    Picture("board-red-cards", "leijianfeng", "/boards/red-cards"),
    Picture("wall", "leijianfeng", "/screen", wall=True),
    Picture("units", "guanli", "/administration/units"),
    Picture("people", "guanli", "/administration/people"),
    Picture("rest-days", "guanli", "/administration/calendar"),
    Picture("times", "guanli", "/administration/times"),
    Picture("times-proposed", "guanli", "/administration/times", _time),
    Picture("times-to-confirm", "leijianfeng", "/times"),
    Picture("partners", "guanli", "/administration/partners"),
    Picture("verification", "guanli", "/administration/verification"),
    Picture("health", "guanli", "/administration/health"),
)


def pictures(suspect: str, case: str, offence: str, thing: str) -> list[Picture]:
    """Every page, of these matters."""
    detention = "/calculator?limit=criminal-detention-submit-for-arrest&start=2026-09-28T10%3A00&custody=yes"
    return [
        *PAGES,
        Picture("suspect", "zhouminghui", f"/matters/{suspect}"),
        Picture("why-this-date", "zhouminghui", f"/matters/{suspect}", _why),
        Picture("form", "", f"/matters/{suspect}", _form),
        Picture("things", "", f"/matters/{case}", _things),
        Picture("case", "zhouminghui", f"/matters/{case}"),
        Picture("public-order-case", "zhouminghui", f"/matters/{offence}"),
        Picture("paper", "zhouminghui", f"/matters/{suspect}", printed, paper=True),
        Picture("exhibit", "zhouminghui", f"/matters/{thing}"),
        Picture("calculator", "zhouminghui", detention),
    ]


class Studio:
    """A browser before a running product, and a folder for what it sees."""

    def __init__(self, browser: Browser, address: str, folder: Path) -> None:
        """Take pictures of the product at that address."""
        self._browser, self._address, self._folder = browser, address, folder

    async def take(self, picture: Picture, officer: str, *, dark: bool, phone: bool) -> None:
        """Take one picture."""
        size = _WALL if picture.wall else A4 if picture.paper else PHONE if phone else DESK
        theme = "dark" if dark else "light"
        context = await self._browser.new_context(
            viewport=size, color_scheme=theme, locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce"
        )
        screen = Screen(await context.new_page(), self._address)
        if picture.name != "sign-in":
            await screen.sign_in(picture.username or officer, PASSWORD)
            # Each office begins where its work is.
            await screen.page.get_by_role("banner").first.wait_for()
        await screen.go(picture.path)
        await _settled(screen.page)
        if picture.open:
            await picture.open(screen)
            await _settled(screen.page)
        file = self._folder / f"{picture.name}-{'phone' if phone else 'desk'}-{theme}.jpg"
        await screen.page.screenshot(path=file, type="jpeg", quality=_QUALITY)
        await context.close()


async def _settled(page: Page) -> None:
    # Live events keep a connection open, so the network is never idle; what is still on its way says so.
    await page.wait_for_timeout(_SETTLED_MS)
    await expect(page.get_by_label("正在载入")).to_have_count(0, timeout=_LOADED_MS)
    await page.wait_for_timeout(_SETTLED_MS)


def subjects(address: str) -> tuple[str, str, str, str, str]:
    """A suspect who is held, that suspect's officer and case, a public-order case that was decided, and a thing in the store."""
    token = httpx.post(f"{address}/api/auth/token", data={"username": "zhouminghui", "password": PASSWORD}).json()["access_token"]
    with httpx.Client(base_url=f"{address}/api", headers={"Authorization": f"Bearer {token}"}) as api:

        def first(**wanted: str) -> Any:
            return api.get("/matters", params={**wanted, "limit": "1"}).json()["items"][0]

        suspect = first(kind="suspect", stage="detained")
        offence, thing = first(kind="public-order-case", stage="decided"), first(kind="exhibit", stage="in_store")
        return suspect["number"], suspect["officer"], suspect["parent"], offence["number"], thing["number"]


async def main(address: str, folder: Path, wanted: Sequence[str] = ()) -> None:
    """Take these pictures, or all of them."""
    suspect, officer, case, offence, thing = await asyncio.to_thread(subjects, address)
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    async with async_playwright() as driver:
        browser = await chromium().launch(driver)
        studio = Studio(browser, address, folder)
        for picture in pictures(suspect, case, offence, thing):
            if wanted and picture.name not in wanted:
                continue
            for phone, dark in picture.kinds:
                await studio.take(picture, officer, dark=dark, phone=phone)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:]))
