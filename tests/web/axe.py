"""What axe has to say of a page: the rules of WCAG 2.2 AA, by the copy that the pages' own tools bring along."""

from functools import cache
from typing import Any

from playwright.async_api import Page

from runtime.embedded.pages import SOURCES

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_RUN = "tags => axe.run(document, {runOnly: tags}).then(({violations}) => violations)"
_SERIOUS = ("serious", "critical")


@cache
def _source() -> str:
    return (SOURCES / "node_modules" / "axe-core" / "axe.min.js").read_text()


async def violations(page: Page) -> list[str]:
    """What is seriously wrong with the page as it is shown: the rule, and where."""
    await page.evaluate(_source())
    found: list[dict[str, Any]] = await page.evaluate(_RUN, _TAGS)
    return [f"{each['id']} {each['nodes'][0]['target']}" for each in found if each["impact"] in _SERIOUS]
