"""Node's tools run on the sources in web/: `python -m operations.web_tools types`, `lint` or `test`."""

import sys

from runtime.embedded.pages import install, run_npm
from runtime.embedded.process import CannotStart


def check(what: str) -> None:
    """Run that script of web/package.json. Raises CannotStart if it fails."""
    install()
    run_npm("run", "--silent", what)


if __name__ == "__main__":
    try:
        check(sys.argv[1])
    except CannotStart as why:
        sys.exit(str(why))
