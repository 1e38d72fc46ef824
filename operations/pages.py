"""What Node's tools say of the sources in web/: their types, by the API as it is now, and their style (`python -m operations.pages types`)."""

import json
import sys

from activities.external import systems
from api.app import make_app
from runtime.embedded.pages import SOURCES, install, npm
from runtime.embedded.process import CannotStart
from runtime.settings import Settings


def checked(what: str) -> None:
    """Run that check, `types` or `lint`. Raises CannotStart if it fails."""
    install()
    document = make_app(Settings(), systems()).openapi()
    (SOURCES / "openapi.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    npm("run", "--silent", "contract")
    npm("run", "--silent", what)


if __name__ == "__main__":
    try:
        checked(sys.argv[1])
    except CannotStart as why:
        sys.exit(str(why))
