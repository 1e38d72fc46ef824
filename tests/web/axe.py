"""What axe has to say of a page, by the copy that the pages' own tools bring along."""

from functools import cache
from typing import Any

from runtime.embedded.pages import SOURCES
from tests.web.screens import Screen

_SERIOUS = ("serious", "critical")


@cache
def _source() -> str:
    return (SOURCES / "node_modules/axe-core/axe.min.js").read_text("utf-8")


async def findings(screen: Screen) -> list[str]:
    """What seriously keeps somebody out of the page as it is shown: the rule, where, and what to do."""
    # Evaluated by the debugger, which no security policy holds back.
    await screen.page.evaluate(_source())
    found: dict[str, Any] = await screen.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{each['id']}: {node['target']} {node.get('failureSummary', '')}"
        for each in found["violations"]
        if each["impact"] in _SERIOUS
        for node in each["nodes"]
    ]
