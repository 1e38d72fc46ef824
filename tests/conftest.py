"""The two engines, started once for each process of the tests, and a fresh database for whoever asks."""

import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import hypothesis  # noqa: F401 -- its plugin imports it at the end, which some interpreters do not bear beside the threads of the engines
import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from runtime.embedded import pages
from runtime.embedded.ports import free_port
from runtime.embedded.postgres import postgres
from runtime.embedded.process import Child, Part
from runtime.embedded.temporal import temporal
from runtime.event_loop import settle

ROOT = Path(__file__).parent.parent
TEMPLATE = "louke_template"
_ENGINES = {"postgres_url", "temporal_address", "restless_address", "built"}
# By `--durations`: half a minute and more.
LONGEST = (
    "test_workers_killed.py",
    "test_care.py",
    "test_campaign.py",
    "test_two_at_once.py",
    "test_route_by_office.py",
    "test_any_request.py",
    "test_worker_hung.py",
    "test_partner_away.py",
    "test_importing.py",
    "test_s04_whatever_dies.py",
    "test_up.py",
)
# Where files never reach a disk, and how much room there must be.
_MEMORY, _ROOM = Path("/dev/shm"), 4 * 2**30
# Nothing here takes so long, unless it has come to a standstill. Seconds.
_STANDSTILL_S = 120.0


def _running(part: Part, folder: Path) -> Iterator[Child]:
    child = Child(part, folder / f"{part.name}.log")
    try:
        child.await_ready()
        yield child
    finally:
        child.stop(within=5)


@pytest.fixture(scope="session")
def built() -> None:
    """The pages, built from the sources as they are."""
    pages.build()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say of every test whether it wants an engine; and let those that take longest begin, so that nobody waits for one at the end."""
    for item in items:
        if not _ENGINES.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.engines)
    items[:] = _longest_first(items)


def _longest_first(items: list[pytest.Item]) -> list[pytest.Item]:
    # Two processes begin with one half of the list each, and take from the end of the other's.
    turn = {name: n for n, name in enumerate(LONGEST)}
    long = sorted((item for item in items if item.path.name in turn), key=lambda item: turn[item.path.name])
    rest = [item for item in items if item.path.name not in turn]
    half = max(0, len(items) // 2 - len(long[::2]))
    return [*long[::2], *rest[:half], *long[1::2], *rest[half:]]


def pytest_collection_finish() -> None:
    """What has been collected stays until the end: nobody looks through it again for what may be forgotten."""
    settle()


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The maintenance database of a PostgreSQL of our own; what it holds may perish with the machine."""
    folder = tmp_path_factory.mktemp("postgres")
    with _home(folder) as home:
        cluster = postgres(home, durable=False)
        for _ in _running(cluster.part, folder):
            yield cluster.url


@contextmanager
def _home(folder: Path) -> Iterator[Path]:
    """Where its files are: in memory if there is room, or else in that folder."""
    if not (os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM):
        yield folder / "home"
        return
    for left in _MEMORY.glob("louke-*-*"):  # by whoever was killed
        if not Path("/proc", left.name.split("-")[1]).exists():
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f"louke-{os.getpid()}-", dir=_MEMORY, ignore_cleanup_errors=True) as home:
        yield Path(home) / "home"


@pytest.fixture(scope="session")
def temporal_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Temporal server in memory, with the flags of the one that `louke up` starts."""
    part = temporal(free_port(), None)
    for _ in _running(part, tmp_path_factory.mktemp("temporal")):
        yield part.address


@pytest.fixture(scope="session")
def restless_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Temporal server that suggests to continue as new after a handful of steps, not after thousands."""
    part = temporal(free_port(), None)
    part = replace(part, command=(*part.command, "--dynamic-config-value", "limit.historyCount.suggestContinueAsNew=150"))
    for _ in _running(part, tmp_path_factory.mktemp("restless")):
        yield part.address


@pytest.fixture(scope="session")
def _template(postgres_url: str) -> str:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(TEMPLATE)))
    environment = os.environ | {"LOUKE_DATABASE_URL": _beside(postgres_url, TEMPLATE)}
    subprocess.run([sys.executable, "-m", "alembic", "upgrade", "head"], cwd=ROOT, env=environment, check=True)
    return postgres_url


class Databases:
    """Fresh databases: one is always made ahead, and those that have served are dropped, while the tests go on."""

    def __init__(self, url: str) -> None:
        """Of the server at that address."""
        self._url = url
        self._ahead: queue.Queue[str | BaseException] = queue.Queue(1)
        self._served: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, name="databases", daemon=True)
        self._thread.start()

    def take(self) -> str:
        """The name of one with every migration applied."""
        made = self._ahead.get(timeout=_STANDSTILL_S)
        if isinstance(made, BaseException):
            raise made
        return made

    def put_away(self, name: str) -> None:
        """Drop it when there is time."""
        self._served.put(name)

    def end(self) -> None:
        """Make none any more; those that are there perish with the server."""
        self._ended.set()
        self._thread.join(_STANDSTILL_S)
        assert not self._thread.is_alive(), "making a database has come to a standstill"

    def _work(self) -> None:
        try:
            with psycopg.connect(self._url, autocommit=True) as connection:
                while not self._ended.is_set():
                    self._offer(self._make(connection))
                    while not self._served.empty():
                        connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(self._served.get())))
        except psycopg.Error as error:
            self._offer(error)

    def _make(self, connection: psycopg.Connection) -> str:
        name = f"test_{uuid.uuid4().hex}"
        connection.execute(SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(Identifier(name), Identifier(TEMPLATE)))
        return name

    def _offer(self, made: str | BaseException) -> None:
        while not self._ended.is_set():
            try:
                self._ahead.put(made, timeout=0.2)
                break
            except queue.Full:
                continue


@pytest.fixture(scope="session")
def _databases(_template: str) -> Iterator[Databases]:
    databases = Databases(_template)
    yield databases
    databases.end()


@pytest.fixture
def database(_template: str, _databases: Databases) -> Iterator[str]:
    """The address of a fresh database with every migration applied, for one test."""
    name = _databases.take()
    yield _beside(_template, name)
    _databases.put_away(name)


def _beside(url: str, name: str) -> str:
    return f"{url.rpartition('/')[0]}/{name}"
