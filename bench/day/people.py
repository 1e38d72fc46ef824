"""Somebody at work: what they are told, what their list shows, and what stands on their screen. They know nothing else.

An officer with a client hears the stream and reads their list when an event asks something of them, or when they have done something; one
before a page sees what the page shows. Nobody asks otherwise, and nobody asks again.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from playwright.async_api import Browser, Page, Response, ViewportSize

from bench.browser import signed_in
from bench.day.stream import events
from bench.http import Connections

# As the pages ask for it.
LIST = "/api/tasks"
_ORDER = {"order": "due", "limit": "100"}
_PAGE = f"{LIST}?{urlencode(_ORDER)}"
NOTICES = "/api/notices"
TASK = tuple[str, str, str]
"""What asks something of somebody: the matter's number, the sort of the task, the step."""


def key_of(row: Mapping[str, Any]) -> TASK:
    """A row of a list as an event calls it."""
    return row["matter"], row["sort"], row["step"]


@dataclass
class Person:
    """What one person knows, with the instant at which they came to know it (`time.perf_counter`)."""

    username: str
    hands: Connections
    told: list[tuple[float, TASK]] = field(default_factory=list)
    shown: dict[tuple[int, str], tuple[float, dict[str, Any]]] = field(default_factory=dict)
    noticed: dict[int, tuple[float, dict[str, Any]]] = field(default_factory=dict)
    stood: list[tuple[float, str, str]] = field(default_factory=list)
    # When each probe was sent to them, by its number; when each reading of the list began and ended.
    probed: dict[str, float] = field(default_factory=dict)
    readings: list[tuple[float, float]] = field(default_factory=list)
    # The matters in which they wait for an answer to what they asked for.
    awaiting: set[str] = field(default_factory=set)
    before_a_page: bool = False
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _stale: asyncio.Event = field(default_factory=asyncio.Event)

    async def until(self, known: Callable[[], float | None], within: float) -> float | None:
        """Wait until they know it; since when they do. None where they have not come to within so many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                while (since := known()) is None:
                    await self._news.wait()
                return since
        return None

    def hear(self, kind: str, said: dict[str, Any]) -> None:
        """An event has come."""
        asked = [(said["number"], each["sort"], each["step"]) for each in said.get("asked", ())]
        self.told += [(time.perf_counter(), each) for each in asked]
        if asked or kind == "resync" or said.get("number") in self.awaiting:
            self.look_again()
        self._tell()

    def look_again(self) -> None:
        """What their list shows is stale."""
        self._stale.set()

    def see_list(self, rows: Sequence[dict[str, Any]]) -> None:
        """The list has been read."""
        for row in rows:
            self.shown.setdefault((row["id"], row["opened_at"]), (time.perf_counter(), row))
        self._tell()

    def see_notices(self, rows: Sequence[dict[str, Any]]) -> None:
        """The notices have been read."""
        for row in rows:
            self.noticed.setdefault(row["id"], (time.perf_counter(), row))
        self._tell()

    def see_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """These rows, by number and sort, have come to stand on the screen."""
        self.stood += [(time.perf_counter(), *row) for row in rows]
        self._tell()

    def _tell(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    async def read(self) -> None:
        """Read the list, and the notices where an answer is awaited."""
        began = time.perf_counter()
        self.see_list((await self.hands.ask("GET", _PAGE))["items"])
        self.readings.append((began, time.perf_counter()))
        if self.awaiting:
            self.see_notices((await self.hands.ask("GET", NOTICES))["items"])

    async def whole_list(self) -> set[TASK]:
        """Everything that their list has now, whoever told them."""
        rows, cursor = list[dict[str, Any]](), {}
        while True:
            page = await self.hands.ask("GET", f"{LIST}?{urlencode(_ORDER | cursor)}")
            rows += page["items"]
            if page["next"] is None:
                return {key_of(row) for row in rows}
            cursor = {"cursor": page["next"]}

    async def read_when_stale(self) -> None:
        """Read whenever the list is stale, until cancelled."""
        while True:
            await self._stale.wait()
            self._stale.clear()
            await self.read()


@asynccontextmanager
async def listening(person: Person, port: int, token: str) -> AsyncIterator[None]:
    """With that person's stream read, and their list when they are told."""
    begun = asyncio.Event()

    async def listen() -> None:
        async for kind, said in events(port, token):
            if kind == "begun":
                begun.set()
            else:
                person.hear(kind, said)

    async with asyncio.TaskGroup() as ears:
        tasks = [ears.create_task(listen()), ears.create_task(person.read_when_stale())]
        await begun.wait()
        person.look_again()
        yield
        for task in tasks:
            task.cancel()


# What has come to stand in the list since it was looked at last, by number and sort of task.
_WATCHING = """
(() => {
  let before = new Set();
  const look = () => {
    const rows = [...document.querySelectorAll('.virtual-row')].map(row => {
      const cells = [...row.children].map(cell => cell.textContent);
      return {key: [cells[1], cells[2], cells[4], cells[6]].join('|'), number: cells[4], sort: cells[1]};
    });
    const fresh = rows.filter(row => !before.has(row.key));
    before = new Set(rows.map(row => row.key));
    if (fresh.length) window.stood(fresh.map(row => [row.number, row.sort]));
  };
  new MutationObserver(look).observe(document, {subtree: true, childList: true, characterData: true});
})();
"""
# Tall enough for every row of a day: what is scrolled away is not drawn.
_SIZE: ViewportSize = {"width": 1440, "height": 4000}


@asynccontextmanager
async def sitting(person: Person, started: Browser, address: str, token: str) -> AsyncIterator[None]:
    """With a page before that person, their list on it."""
    context = await started.new_context(viewport=_SIZE, locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce")
    await context.add_init_script(signed_in(token) + _WATCHING)
    page: Page = await context.new_page()
    reading = set[asyncio.Task[None]]()

    async def read(answer: Response, see: Callable[[Sequence[dict[str, Any]]], None]) -> None:
        with suppress(Exception):  # the page is closed, or has asked anew before the answer was there
            see((await answer.json())["items"])

    def path_of(answer: Response) -> str:
        return answer.url.removeprefix(address).partition("?")[0]

    def answered(answer: Response) -> None:
        if see := {LIST: person.see_list, NOTICES: person.see_notices}.get(path_of(answer)):
            task = asyncio.create_task(read(answer, see))
            reading.add(task)
            task.add_done_callback(reading.discard)

    page.on("response", answered)
    await page.expose_function("stood", lambda rows: person.see_rows([tuple(row) for row in rows]))
    person.before_a_page = True
    async with page.expect_response("**/api/events"), page.expect_response(lambda answer: path_of(answer) == LIST):
        await page.goto(address)
    yield
    await context.close()
