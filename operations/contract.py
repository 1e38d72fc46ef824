"""The contract between API and pages, kept in web/: the OpenAPI document and the TypeScript types made from it (`make contract`)."""

import json
import sys

from activities.external import systems
from api.app import make_app
from runtime.embedded.pages import SOURCES, install, npm
from runtime.embedded.process import CannotStart
from runtime.settings import Settings

DOCUMENT = SOURCES / "openapi.json"


def document_text() -> str:
    """The OpenAPI document of the application as it is now, laid out so that a change of one route is a change of few lines."""
    document = make_app(Settings(), systems()).openapi()
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def write() -> None:
    """Write the document and its types. Raises CannotStart if the types cannot be made."""
    DOCUMENT.write_text(document_text(), encoding="utf-8")
    install()
    npm("run", "--silent", "contract")


def check_types() -> None:
    """Raises CannotStart unless the types in web/ are those of the document in web/."""
    install()
    npm("run", "--silent", "contract", "--", "--check")


if __name__ == "__main__":
    try:
        write()
    except CannotStart as why:
        sys.exit(str(why))
