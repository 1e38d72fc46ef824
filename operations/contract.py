"""The contract, written by `make contract`: the OpenAPI document, the TypeScript types made from it, and the page of outside systems."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from api.app import make_app
from api.inbound.contracts import list_decisions
from models.external import get_systems
from runtime.embedded.pages import SOURCES, install, run_npm
from runtime.embedded.process import CannotStart
from runtime.settings import Settings

DOCUMENT = SOURCES / "openapi.json"
SYSTEMS = Path(__file__).parent.parent / "docs" / "systems.md"
_HEAD = """# Systems outside, and what passes between us and each

Made by `make contract` from `models/external/`. How messages travel is said in [integrators.md](integrators.md), how each is written in the
OpenAPI document. A system that is asked answers by the step beside the question; any other takes the steps of its organ's offices.
"""


def render_document() -> str:
    """The OpenAPI document of the application, laid out so that a change of one route changes few lines."""
    document = make_app(Settings(), get_systems()).openapi()
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def render_systems() -> str:
    """The page that lists for each outside system what it is told and what it may answer or decide."""
    return "\n".join((_HEAD, *_render_sections()))


def _render_sections() -> Iterator[str]:
    for system in get_systems().values():
        yield f"## {system.zh} `{system.id}`\n"
        asked = {question.fact: question.answer.rule for question in system.questions}
        for fact in system.wants:
            answered = f" → `{asked[fact].step}` {asked[fact].title}" if fact in asked else ""
            yield f"- is told `{fact.value}` {fact.label}{answered}"
        if not asked:
            decided = "、".join(f"`{form.rule.step}` {form.rule.title}" for form in list_decisions(system))
            yield f"- may take {decided}"
        yield ""


def write() -> None:
    """Write the document, its types and the page. Raises CannotStart if the types cannot be made."""
    DOCUMENT.write_text(render_document(), encoding="utf-8")
    SYSTEMS.write_text(render_systems(), encoding="utf-8")
    install()
    run_npm("run", "--silent", "contract")


def check_types() -> None:
    """Raises CannotStart unless the types in web/ are those of the document in web/."""
    install()
    run_npm("run", "--silent", "contract", "--", "--check")


if __name__ == "__main__":
    try:
        write()
    except CannotStart as why:
        sys.exit(str(why))
