"""The pages can be used by everybody, in both themes, at a desk and on a phone, and begin quickly."""

import gzip
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.async_api import expect

from api.web import BUILT
from law.clock import Colour
from seeds.courses import courses
from seeds.planting import SEED, Bureau
from seeds.script import CASE, EXHIBIT, INCIDENT, OFFENCE, SUSPECT
from tests.api.matters import requested
from tests.web.axe import findings, findings_everywhere
from tests.web.screens import County, Screen
from tests.web.surfaces import Ground, Surface, opened, pages

# What a browser fetches before anything is to be seen, without charts and forms.
BUDGET_BYTES = 350_000
# One course for each kind of matter, by where it stands, and in which colour.
CHOSEN = {
    INCIDENT: ("接报待派", Colour.NONE),
    SUSPECT: ("拘留三日", Colour.OVERDUE),
    OFFENCE: ("行政拘留执行中", Colour.YELLOW),
    EXHIBIT: ("财物在库", Colour.NONE),
}


async def _planted(county: County) -> Ground:
    """A few courses of the demonstration, and a request that awaits approval."""
    programme = list(courses(SEED, datetime.now(UTC)))
    people = Bureau(await county.bureau.stranger())
    numbers: dict[str, str] = {}
    officer = ""
    for role, (shows, colour) in CHOSEN.items():
        course = next(each for each in programme if (each.shows, each.colour) == (shows, colour))
        receipts = [receipt async for receipt in people.play(course, role)]
        for move, receipt in zip(course.moves, receipts, strict=True):
            numbers.setdefault(f"{role}/{move.on}", receipt["number"])
            if (role, move.step) == (SUSPECT, "name-suspect"):
                officer = move.username
    await requested(county.bureau)
    return Ground(
        incident=numbers[f"{INCIDENT}/{INCIDENT}"],
        case=numbers[f"{SUSPECT}/{CASE}"],
        suspect=numbers[f"{SUSPECT}/{SUSPECT}"],
        offence=numbers[f"{OFFENCE}/{OFFENCE}"],
        exhibit=numbers[f"{EXHIBIT}/{EXHIBIT}"],
        officer=officer,
    )


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
    ground = await _planted(county)
    screen = await county.window()
    await screen.go("/")
    await expect(screen.page.get_by_label("用户名")).to_be_visible()
    assert await findings_everywhere(screen) == []
    assert await _looked_through(county, pages(ground)) == []


async def test_nothing_that_opens_upon_a_page_keeps_anybody_out(county: County) -> None:
    ground = await _planted(county)
    assert await _looked_through(county, opened(ground)) == []


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
