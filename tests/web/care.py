"""What axe finds on a page that keeps people from using it (WCAG 2.2 AA)."""

from pathlib import Path
from typing import Any

from tests.web.screens import Screen

AXE = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"
SERIOUS = ("serious", "critical")


async def findings(screen: Screen) -> list[str]:
    """The serious ones, each with where it is and what would mend it."""
    # Evaluated by the debugger, which no security policy holds back.
    await screen.page.evaluate(AXE.read_text("utf-8"))
    found: dict[str, Any] = await screen.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{each['id']}: {node['target']} {node.get('failureSummary', '')}"
        for each in found["violations"]
        if each["impact"] in SERIOUS
        for node in each["nodes"]
    ]
