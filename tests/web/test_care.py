"""The pages can be used by everybody, in both themes, at a desk and on a phone, and begin quickly."""

import gzip
import json
from collections.abc import Iterator, Sequence
from typing import Any

from playwright.async_api import expect

from api.static_files import BUILT
from tests.api.matters import requested
from tests.web.axe import findings, findings_everywhere
from tests.web.ground import planted
from tests.web.screens import County, Screen
from tests.web.surfaces import Surface, opened, pages

# What a browser fetches before anything is to be seen, without charts and forms.
BUDGET_BYTES = 350_000
# Each piece more is one more journey to the server and back.
MOST_PIECES = 3


async def _looked_through(county: County, surfaces: Sequence[Surface]) -> list[str]:
    windows: dict[str, Screen] = {}
    said: list[str] = []
    for surface in surfaces:
        if surface.username not in windows:
            windows[surface.username] = await county.signed_in(surface.username)
        screen = windows[surface.username]
        await surface.show(screen)
        said += [f"{surface.path}: {each}" for each in await findings_everywhere(screen)]
    return said


async def test_no_page_keeps_anybody_out(county: County) -> None:
    ground = await planted(county)
    screen = await county.window()
    await screen.go("/")
    await expect(screen.page.get_by_label("用户名")).to_be_visible()
    assert await findings_everywhere(screen) == []
    await screen.go("/counter")
    await expect(screen.heading("办理情况查询")).to_be_visible()
    assert await findings_everywhere(screen) == []
    assert await _looked_through(county, pages(ground)) == []


async def test_nothing_that_opens_upon_a_page_keeps_anybody_out(county: County) -> None:
    ground = await planted(county)
    assert await _looked_through(county, opened(ground)) == []


async def test_a_phone_held_in_one_hand_shows_the_same_work(county: County) -> None:
    case, _ = await requested(county.bureau)
    screen = await county.signed_in("zhouminghui", phone=True)
    await expect(screen.page.get_by_role("row").filter(has_text="立案")).to_be_visible()
    width = await screen.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    places = screen.page.get_by_role("navigation", name="主导航")
    await places.get_by_role("button", name="更多").click()
    await expect(screen.page.get_by_role("dialog", name="更多").get_by_role("link", name="期限计算")).to_be_visible()
    assert await findings(screen) == []
    await screen.page.keyboard.press("Escape")
    await places.get_by_role("link", name="警情案件").click()
    await screen.page.get_by_role("link", name="盗窃案").click()
    await expect(screen.page.get_by_text(case).first).to_be_visible()


def _first_load(manifest: dict[str, Any]) -> Iterator[str]:
    """The scripts that the frame with the first page needs at once."""
    seen, waiting = set[str](), ["index.html"]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += manifest[name].get("imports", [])
            yield manifest[name]["file"]


async def test_the_first_page_needs_little_and_in_few_pieces(county: County) -> None:
    manifest = json.loads((BUILT / ".vite/manifest.json").read_text("utf-8"))
    weight = sum(len(gzip.compress((BUILT / file).read_bytes(), 9)) for file in _first_load(manifest))
    print(f"first load, gzip: the frame with the first page {weight / 1000:.0f} kB")
    assert weight <= BUDGET_BYTES
    screen = await county.signed_in("zhouminghui")
    await screen.go("/")
    await expect(screen.page.get_by_text("没有待办")).to_be_visible()
    names = "performance.getEntriesByType('resource').map(each => each.name).filter(name => name.endsWith('.js'))"
    assert len(await screen.page.evaluate(names)) <= MOST_PIECES
