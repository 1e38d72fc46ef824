"""The web as somebody sits before it: how soon the first screen shows its figures, and how soon a click is answered, in Chromium."""

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page

from bench.engines import Engines
from bench.filling import DESK, STATIONS
from bench.web import OFFICER, furnish
from runtime.embedded import pages
from runtime.embedded.ports import find_free_port, is_free
from runtime.settings import Settings
from runtime.tokens import make_demo_tokens
from tests.web.browser import chromium, driver

MATTERS = 10_000
# Until all of a page is there, and until a click is answered at all.
FIRST_SCREEN_MS = 1000
INTERACTION_MS = 100
_ROUNDS = 5
# What does not come within so long does not come at all.
_PATIENCE_S = 20
_DAY_MS = 86_400_000
# An event that was answered within a frame is not told of; what is told comes in steps of eight milliseconds.
_LEAST_MS = 16
# What the page notes of itself: when the work page has its counts and its rows, the longest answer to an event, and to what it led.
_NOTING = """
window.noted = {paint: 0};
const whole = () => {
  const counts = [...document.querySelectorAll('.due-count')];
  return counts.length > 0 && counts.every(each => each.textContent !== '…') && document.querySelector('.virtual-row, .virtual-card, .ant-empty');
};
noted.shown = new Promise(done => {
  const look = () => requestAnimationFrame(whole() ? () => done(performance.now()) : look);
  look();
});
new PerformanceObserver(list => {
  for (const each of list.getEntries()) if (each.interactionId) noted.paint = Math.max(noted.paint, each.duration);
}).observe({type: 'event', durationThreshold: 16, buffered: true});
"""
# From the touch of a finger until that is drawn which it leads to.
_AWAITING = """wanted => {
  noted.paint = 0;
  noted.there = new Promise(done => {
    let began = 0;
    const begin = event => { began ||= event.timeStamp; };
    for (const each of ['pointerdown', 'keydown']) addEventListener(each, begin, {capture: true, once: true});
    const there = () => began && (!wanted || document.querySelector(wanted));
    const look = () => requestAnimationFrame(there() ? () => done(performance.now() - began) : look);
    look();
  });
}"""
# Two frames, and what the observers have to say after them.
_SETTLED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))"
# What is on the keyboard itself: Chinese comes from an input method, whose keys a driver does not press.
_WORDS, _NUMBER = "13904331221 ok", "4321"
_ROWS = ".virtual-table[aria-label=事项] .virtual-row"
_SCROLLED = """async () => {
  const table = document.querySelector('.virtual-table');
  let longest = 0, before = performance.now();
  for (let step = 0; step < 40; step++) {
    table.scrollTop += 180;
    await new Promise(requestAnimationFrame);
    longest = Math.max(longest, performance.now() - before);
    before = performance.now();
  }
  return longest;
}"""


@dataclass
class Figures:
    """What was measured, by name, in milliseconds: each round's."""

    aim: int
    taken: dict[str, list[float]] = field(default_factory=dict)

    def take(self, name: str, milliseconds: float) -> None:
        """Put one down."""
        self.taken.setdefault(name, []).append(milliseconds)

    def lines(self) -> list[str]:
        """A line for each."""
        return [
            f"{name}: median {median(each):.0f} ms, best {min(each):.0f} ms (aim < {self.aim} ms)"
            for name, each in self.taken.items()
        ]


def browser(engines: Engines) -> list[str]:
    """Lines of the report: the first screen cold and warm, and what is clicked and typed."""
    pages.build()
    furnish(engines, MATTERS)
    return asyncio.run(_browser(engines))


async def _browser(engines: Engines) -> list[str]:
    first, answers = Figures(FIRST_SCREEN_MS), Figures(INTERACTION_MS)
    async with served(engines) as address, driver() as at_work:
        started = await chromium().launch(at_work)
        for _ in range(_ROUNDS):
            for who, username in (("an officer", OFFICER), ("the head of the bureau", DESK)):
                async with window(started, address, username) as page:
                    await _first_screens(page, address, who, first)
        for _ in range(_ROUNDS):
            async with window(started, address, DESK) as page:
                await _interactions(page, address, answers, first)
        await started.close()
    load = f"load of the machine at the end {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    return [f"{MATTERS:,} matters, {STATIONS} stations, {_ROUNDS} rounds, {load}", *first.lines(), *answers.lines()]


@asynccontextmanager
async def served(engines: Engines) -> AsyncIterator[str]:
    """The address at which the API serves the pages."""
    port = find_free_port()
    with engines.program("api", "cli", "api", ready=lambda _: not is_free("127.0.0.1", port), LOUKE_PORT=str(port)):
        yield f"http://127.0.0.1:{port}"


@asynccontextmanager
async def window(started: Browser, address: str, username: str) -> AsyncIterator[Page]:
    """A browser that has never been here, in which that person is signed in."""
    context: BrowserContext = await started.new_context(
        viewport={"width": 1440, "height": 900}, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    token, _ = make_demo_tokens(Settings()).issue(username)
    await context.add_init_script(signed_in(token) + _NOTING)
    yield await context.new_page()
    await context.close()


def signed_in(token: str) -> str:
    """What a page runs before anything else, so that whoever bears that token is signed in."""
    session = json.dumps({"token": token, "expiresAt": int(time.time() * 1000) + _DAY_MS})
    return f"sessionStorage.setItem('louke.session', {session!r});"


async def _first_screens(page: Page, address: str, who: str, figures: Figures) -> None:
    for cache in ("never here before", "here before"):
        await page.goto(address)
        shown = await page.evaluate("noted.shown")
        painted = await page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        figures.take(f"first screen, {who}, {cache}: something to be seen", painted)
        figures.take(f"first screen, {who}, {cache}: counts and rows", shown)


async def _interactions(page: Page, address: str, figures: Figures, whole: Figures) -> None:
    """The same round through the pages as somebody would make it; each page is opened here for the first time."""

    async def take(name: str, act: Callable[[], Awaitable[Any]], shows: str = "") -> None:
        await page.evaluate(_SETTLED)
        await page.evaluate(_AWAITING, shows)
        await act()
        async with asyncio.timeout(_PATIENCE_S):
            there = await page.evaluate("noted.there")
        await page.evaluate(_SETTLED)
        if shows:
            whole.take(f"{name}: all of it there", there)
        figures.take(name, max(_LEAST_MS, await page.evaluate("noted.paint")))

    await page.goto(address)
    await page.evaluate("noted.shown")
    menu = page.get_by_role("navigation", name="主导航")
    await take("open a page from the menu", menu.get_by_role("link", name="事项").click, _ROWS)
    figures.take("scroll a list, longest frame", await page.evaluate(_SCROLLED))
    await page.locator(".virtual-table").evaluate("table => { table.scrollTop = 0; }")
    await take("open a matter", page.locator(f"{_ROWS} a").first.click, ".steps .ant-btn")
    summary = page.locator(".steps-rest:not([open]) summary")
    if await summary.count():
        await summary.click()
    await take("open a form", page.locator(".steps .ant-btn:visible").first.click, ".schema-form textarea, .schema-form input")
    words = page.locator(".schema-form .ant-input:visible").first
    await words.focus()
    await take("type in a field", lambda: page.keyboard.type(_WORDS, delay=60))
    await take("close the form", page.locator(".ant-drawer-close").first.click)
    await take("search: open it", lambda: page.keyboard.press("Control+k"), ".search input")
    await take("search: type", lambda: page.keyboard.type(_NUMBER, delay=60), ".search-hit")
    await page.keyboard.press("Escape")
    await menu.get_by_role("link", name="看板").click()
    await page.get_by_role("navigation", name="看板").get_by_role("link", name="期限").click()
    await page.locator("tr.ant-table-row").first.wait_for()
    await take("sort a board", page.get_by_role("columnheader").nth(3).click)
    await take("open my account", page.get_by_role("button", name="我的账户").click, ".who-card")
    await take("change the theme", page.locator(".who-card").get_by_text("深色").click, "html[data-theme=dark]")
