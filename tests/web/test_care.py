"""The pages can be used by everybody, in both themes, and begin quickly."""

import gzip
import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.async_api import expect

from api.web import BUILT
from tests.api.matters import requested
from tests.web.axe import findings
from tests.web.screens import County

# What a browser fetches before anything is to be seen, without charts and forms.
BUDGET_BYTES = 350_000


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_no_page_keeps_anybody_out(county: County, dark: bool) -> None:
    case, _ = await requested(county.bureau)
    screen = await county.window(dark=dark)
    await screen.go("/")
    await expect(screen.page.get_by_label("用户名")).to_be_visible()
    assert await findings(screen) == []
    await screen.sign_in("zhouminghui")
    await expect(screen.page.get_by_role("row").filter(has_text=case)).to_be_visible()
    assert await findings(screen) == []
    for path in ("/matters", "/clocks"):
        await screen.go(path)
        await expect(screen.page.get_by_role("row").nth(1)).to_be_visible()
        assert await findings(screen) == []
    await screen.go(f"/matters/{case}")
    await expect(screen.heading("等待审批：立案")).to_be_visible()
    await expect(screen.page.get_by_role("button", name="同意")).to_be_visible()
    assert await findings(screen) == []
    await screen.page.get_by_role("button", name="退回").click()
    await expect(screen.page.get_by_role("dialog").get_by_label("退回理由")).to_be_visible()
    assert await findings(screen) == []


async def test_a_phone_held_in_one_hand_shows_the_same_work(county: County) -> None:
    case, _ = await requested(county.bureau)
    screen = await county.signed_in("zhouminghui", phone=True)
    await expect(screen.page.get_by_role("row").filter(has_text="立案")).to_be_visible()
    width = await screen.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    await screen.page.get_by_role("navigation", name="主导航").get_by_role("link", name="事项").click()
    await screen.page.get_by_role("link", name="盗窃案").click()
    await expect(screen.page.get_by_text(case).first).to_be_visible()
    assert await findings(screen) == []


def _first_load(manifest: dict[str, Any], entry: str) -> Iterator[str]:
    """The scripts that an entry needs at once, itself included."""
    seen, waiting = set[str](), [entry]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += manifest[name].get("imports", [])
            yield manifest[name]["file"]


def test_the_first_page_needs_little(built: None) -> None:
    manifest = json.loads((BUILT / ".vite/manifest.json").read_text("utf-8"))

    def weight(*entries: str) -> int:
        files = {file for entry in entries for file in _first_load(manifest, entry)}
        return sum(len(gzip.compress((BUILT / file).read_bytes(), 9)) for file in files)

    frame, work = weight("index.html"), weight("index.html", "src/pages/work/WorkPage.tsx")
    print(f"first load, gzip: the frame {frame / 1000:.0f} kB, with the first page {work / 1000:.0f} kB")
    assert work <= BUDGET_BYTES
