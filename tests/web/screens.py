"""What people do at the screen: each method is what a person sees and clicks, found by its words."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from re import compile as matching
from typing import Any

from playwright.async_api import Browser, Locator, Page, ViewportSize, expect

from tests.world import Hand, World

PASSWORD = "louke-demo"
DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
# What `session.ts` keeps of a sign-in.
_ARRIVED = """said => {
  sessionStorage.setItem("louke.arrived", "");
  sessionStorage.setItem("louke.session", JSON.stringify({ token: said.access_token, expiresAt: Date.now() + said.expires_in * 1000 }));
  localStorage.setItem("louke.devices", said.device);
}"""
# What a link does; only where the frame of a signed-in person stands, and to another page than is shown.
_TURNED_TO = """path => {
  const open = document.querySelector('nav[aria-label="主导航"]') !== null && location.pathname + location.search !== path;
  if (open) {
    // With the place in the history that the router keeps, by which it holds back whoever leaves what is not saved.
    history.pushState({ usr: null, key: crypto.randomUUID(), idx: (history.state?.idx ?? 0) + 1 }, "", path);
    dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
  }
  return open;
}"""
# The page with which somebody begins is there: none is while it is not known which that is, and while one leads on to another.
_BEGUN = """() => document.querySelector("main h1") !== null && document.querySelector('main [aria-label="正在载入"]') === null"""
# Two cores may be busy with much else; nobody waits so long unless something is wrong.
_PATIENCE_MS = 30_000
expect.set_options(timeout=_PATIENCE_MS)


class Screen:
    """One person's browser window."""

    def __init__(self, page: Page, address: str) -> None:
        """Showing that page of the county at that address."""
        self.page = page
        self.address = address
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: self.faults.append(said.text) if "Content Security Policy" in said.text else None)

    async def sign_in(self, username: str, password: str = PASSWORD) -> None:
        """Fill in the sign-in page and send it."""
        await self.page.goto(self.address)
        await self.page.get_by_label("用户名").fill(username)
        await self.page.get_by_label("口令", exact=True).fill(password)
        await self.page.get_by_role("button", name="登录").click()

    async def arrive(self, username: str, password: str = PASSWORD) -> None:
        """Sign in as that page does, without it: what it asks, and what it keeps; to draw it takes as long as any other page."""
        form: dict[str, str | float | bool] = {"grant_type": "password", "username": username, "password": password}
        answer = await self.page.context.request.post(f"{self.address}/api/auth/token", form=form)
        assert answer.ok, await answer.text()
        await self.go("/favicon.svg")
        await self.page.evaluate(_ARRIVED, await answer.json())
        await self.go("/")

    async def go(self, path: str) -> None:
        """Load an address of the application."""
        await self.page.goto(self.address + path)

    async def turn_to(self, path: str) -> None:
        """Go where a link of the application would lead, or load it where nothing is loaded yet: a load takes as long as four turns."""
        if not await self.page.evaluate(_TURNED_TO, path):
            await self.go(path)

    async def open(self, number: str) -> None:
        """Open a matter, and wait until its steps are known."""
        await self.turn_to(f"/matters/{number}")
        await expect(self.page.get_by_text("现在可以办理")).to_be_visible()

    async def step(self, title: str) -> Locator:
        """Open the form of a step, wherever among the buttons it is; the form."""
        region = self.page.get_by_role("region", name="可以办理的步骤")
        button = region.get_by_role("button", name=matching(f"^{title}"))
        seeking = region.get_by_label("查找步骤")
        await expect(button.or_(seeking).first).to_be_visible()
        if not await button.first.is_visible():
            await seeking.fill(title)
        await button.first.click()
        form = self.page.get_by_role("dialog", name=title)
        await expect(form).to_be_visible()
        return form

    async def choose(self, form: Locator, label: str, words: str) -> None:
        """Pick from a list by some of the words shown there."""
        field = form.get_by_label(label, exact=True)
        await field.click()
        if await field.is_editable():
            await field.fill(words)
        options = self.page.locator(".ant-select-item-option:visible, .ant-select-tree-node-content-wrapper:visible")
        await options.filter(has_text=words).first.click()

    async def submit(self, form: Locator) -> None:
        """Send the form, and see it accepted."""
        await form.locator("button[type=submit]").click()
        await expect(form).to_be_hidden()

    async def leave(self) -> None:
        """Do what a browser does when the page is left, and stay: what was decided is sent."""
        await self.page.evaluate("window.dispatchEvent(new Event('pagehide'))")

    def heading(self, words: str) -> Locator:
        """A heading of the page."""
        return self.page.get_by_role("heading", name=words)


class County:
    """The county at work, and the windows that are open upon it."""

    def __init__(
        self, bureau: World, browser: Browser, address: str, serving: Callable[[], AbstractAsyncContextManager[None]]
    ) -> None:
        """Served at that address while `serving` is entered."""
        self.bureau, self.browser, self.address = bureau, browser, address
        self._serving = serving
        self._server = AsyncExitStack()
        self._contexts: list[Any] = []

    async def begin_serving(self) -> None:
        """Be reachable."""
        await self._server.enter_async_context(self._serving())

    async def end_serving(self) -> None:
        """Be away, as a server is that is started anew or a network that is gone."""
        await self._server.aclose()

    async def window(self, *, phone: bool = False, dark: bool = False) -> Screen:
        """A new window of somebody who is not signed in."""
        context = await self.browser.new_context(
            viewport=PHONE if phone else DESK,
            color_scheme="dark" if dark else "light",
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
        )
        context.set_default_timeout(_PATIENCE_MS)
        self._contexts.append(context)
        return Screen(await context.new_page(), self.address)

    async def signed_in(self, username: str, *, phone: bool = False, dark: bool = False) -> Screen:
        """A window in which that person has signed in; whoever tries the page for that signs in there (`Screen.sign_in`)."""
        screen = await self.window(phone=phone, dark=dark)
        await screen.arrive(username)
        # Whatever they begin with: those who administer have no day's work.
        await expect(screen.page.get_by_role("navigation", name="主导航")).to_be_visible()
        await screen.page.wait_for_function(_BEGUN)
        return screen

    async def as_(self, username: str) -> Hand:
        """That person by the API, for what a test does not show on a screen."""
        return await self.bureau.as_(username)

    async def close(self) -> None:
        """Close every window, and stop serving."""
        for context in self._contexts:
            await context.close()
        await self._server.aclose()
