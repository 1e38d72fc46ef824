"""What axe has to say of a page, by the copy that the pages' own tools bring along."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Literal

from playwright.async_api import ViewportSize

from runtime.embedded.pages import SOURCES
from tests.web.screens import DESK, PHONE, Screen

_SERIOUS = ("serious", "critical")
# What WCAG 2.2 asks for at AA, in its tags; and the size of what a finger touches, which axe looks at only when told to.
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_TOLD = {"target-size": {"enabled": True}}
# All that another theme can change.
_COLOURS = ["color-contrast"]
# One change between two looks: to turn the page takes longer than to look at its colours.
_LOOKS: Sequence[tuple[str, ViewportSize, Literal["light", "dark"]]] = (
    ("desk", DESK, "light"),
    ("desk", DESK, "dark"),
    ("phone", PHONE, "dark"),
    ("phone", PHONE, "light"),
)
# The page turns at once, its fields and buttons a moment later; what changes of it all is drawn in two frames.
_TURNED = """theme => new Promise(done => {
  const colour = (of, name) => getComputedStyle(of).getPropertyValue(name).trim();
  const root = document.documentElement;
  const turned = () => root.dataset.theme === theme && colour(document.querySelector('.ant-app'), '--ant-color-bg-layout') === colour(root, '--louke-page');
  const look = () => requestAnimationFrame(turned() ? () => requestAnimationFrame(done) : look);
  look();
})"""


@cache
def _source() -> str:
    return (SOURCES / "node_modules/axe-core/axe.min.js").read_text("utf-8")


async def _violations(screen: Screen, only: Any, rules: Any) -> list[str]:
    if not await screen.page.evaluate("'axe' in window"):
        # Evaluated by the debugger, which no security policy holds back.
        await screen.page.evaluate(_source())
    asked = {"resultTypes": ["violations"], "runOnly": only, "rules": rules}
    found: dict[str, Any] = await screen.page.evaluate("asked => axe.run(document, asked)", asked)
    return [
        f"{each['id']}: {node['target']} {node.get('failureSummary', '')}"
        for each in found["violations"]
        if each["impact"] in _SERIOUS
        for node in each["nodes"]
    ]


async def findings(screen: Screen) -> list[str]:
    """What seriously keeps somebody out of the page as it is shown: the rule, where, and what to do."""
    return await _violations(screen, {"type": "tag", "values": _TAGS}, _TOLD)


async def findings_everywhere(screen: Screen) -> list[str]:
    """The same at a desk and on a phone, in light and in darkness, each beginning with where."""
    found: list[str] = []
    for place, size, theme in _LOOKS:
        await screen.page.set_viewport_size(size)
        await _settle(screen, theme)
        by_rule = {"type": "rule", "values": _COLOURS}
        said = await (findings(screen) if theme == "light" else _violations(screen, by_rule, {}))
        found += [f"{place}, {theme}: {each}" for each in said]
    await screen.page.set_viewport_size(DESK)
    return found


async def _settle(screen: Screen, theme: Literal["light", "dark"]) -> None:
    await screen.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    await screen.page.evaluate(_TURNED, theme)
