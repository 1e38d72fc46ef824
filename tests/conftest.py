"""The two engines, started once for each process of the tests, and a fresh database for whoever asks."""

import os
import shutil
import tempfile
from asyncio import AbstractEventLoop
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import hypothesis  # its plugin imports it at the end, which some interpreters do not bear beside the threads of the engines
import pytest
import uvloop
from pwdlib import PasswordHash

from runtime import passwords
from runtime.embedded import pages
from runtime.embedded.ports import find_free_port
from runtime.embedded.postgres import prepare_postgres
from runtime.embedded.process import Child, Part
from runtime.embedded.temporal import prepare_temporal
from runtime.event_loop import collect_seldom, settle
from tests.databases import MIGRATED, PEOPLED, QUICK, Databases, beside, lay_migrated, lay_peopled, let_in_quickly

# Before the whole house is collected, and with it imported.
collect_seldom()
ROOT = Path(__file__).parent.parent
_ENGINES = {"postgres_url", "temporal_address", "restless_address", "built"}
# How long an example takes says how busy the machine is.
hypothesis.settings.register_profile("house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("house")
# By `--durations`, half a minute and more, or those that come near it: files whose tests mostly wait, for processes that start, die or are away …
WAITING = (
    "test_campaign.py",
    "test_s04_whatever_dies.py",
    "test_worker_hung.py",
    "test_workers_killed.py",
    "test_intentions.py",
    "test_disk_full.py",
    "test_door.py",
    "test_engines_away.py",
    "test_unwritable_logs.py",
    "test_embedded_postgres.py",
    "test_up.py",
)
# … and those whose tests work all the time.
LONGEST = (
    "test_care.py",
    "test_newcomer.py",
    "test_restoring.py",
    "test_a_day.py",
    "test_two_at_once.py",
    "test_route_by_office.py",
    "test_any_request.py",
    "test_partner_away.py",
    "test_features.py",
    "test_importing.py",
)
# Those that go over each kind, step, form, route or limit that there is: what a new one must pass, and its author forgets.
CENSUS = (
    "test_agreement.py",
    "test_bureau_journal.py",
    "test_citations.py",
    "test_doctor.py",
    "test_forms.py",
    "test_instants.py",
    "test_instants_that_cannot_be.py",
    "test_memory.py",
    "test_named_people.py",
    "test_reading_traces.py",
    "test_route_by_office.py",
    "test_rows.py",
    "test_scenarios.py",
    "test_scenarios_before_the_law.py",
    "test_sealed_files_are_told_by_no_route.py",
    "test_security.py",
    "test_shapes.py",
    "test_stages.py",
    "test_words.py",
)
# Each has engines of its own, and a browser: some two gigabytes.
_MOST_PROCESSES = 8
# Where files never reach a disk, and how much room there must be.
_MEMORY, _ROOM = Path("/dev/shm"), 4 * 2**30


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """How many processes `make test` has: one more than there are cores, since tests often wait, as far as memory goes."""
    return min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, _MOST_PROCESSES - 1) + 1


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


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Say of every test whether it wants an engine or is of the census; and let those that take longest begin, so that nobody waits at the end."""
    for item in items:
        if item.path.name in CENSUS:
            item.add_marker(pytest.mark.census)
        if not _ENGINES.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.engines)
    items[:] = longest_first(items, getattr(config, "workerinput", {}).get("workercount", 1))


def longest_first(items: Sequence[pytest.Item], processes: int) -> list[pytest.Item]:
    """The same tests in the order in which so many processes end soonest.

    Each begins with an equal part of the list, and takes from the end of another's when it is done with its own. The first begins with those
    that wait, and the others meanwhile with their shares of those that work longest: were all to wait at once, two cores would idle.
    """
    waiting, long = _of_files(items, WAITING), _of_files(items, LONGEST)
    others = processes - 1
    begins = [waiting, *(long[n::others] for n in range(others))] if others else [waiting + long]
    begun = {id(item) for item in waiting + long}
    rest = [item for item in items if id(item) not in begun]
    ordered = list[pytest.Item]()
    for n, own in enumerate(begins):
        room = max(0, (len(items) - len(ordered)) // (processes - n) - len(own))
        ordered += [*own, *rest[:room]]
        del rest[:room]
    return ordered


def _of_files(items: Sequence[pytest.Item], files: Sequence[str]) -> list[pytest.Item]:
    """The tests of these files, in their order."""
    turn = {name: n for n, name in enumerate(files)}
    return sorted((item for item in items if item.path.name in turn), key=lambda item: turn[item.path.name])


def pytest_asyncio_loop_factories(config: pytest.Config, item: pytest.Item) -> Mapping[str, Callable[[], AbstractEventLoop]]:
    """The event loop that our processes have: it takes a fifth less of the processor than that of the standard library."""
    return {"uvloop": uvloop.new_event_loop}


def pytest_collection_finish() -> None:
    """What has been collected stays until the end: nobody looks through it again for what may be forgotten."""
    settle()


@pytest.fixture(scope="session", autouse=True)
def as_in_life() -> Iterator[PasswordHash]:
    """How passwords are hashed in life, which only the tests of that do; in all others it is quick."""
    slow = passwords._ARGON2
    with pytest.MonkeyPatch.context() as quickly:
        quickly.setattr(passwords, "_ARGON2", QUICK)
        yield slow


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The maintenance database of a PostgreSQL of our own; what it holds may perish with the machine."""
    folder = tmp_path_factory.mktemp("postgres")
    with _home(folder) as home:
        cluster = prepare_postgres(home, durable=False)
        for _ in _running(cluster.part, folder):
            let_in_quickly(cluster.url, cluster.url)
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
    part = prepare_temporal(find_free_port(), None)
    for _ in _running(part, tmp_path_factory.mktemp("temporal")):
        yield part.address


@pytest.fixture(scope="session")
def restless_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Temporal server that suggests to continue as new after a handful of steps, not after thousands."""
    part = prepare_temporal(find_free_port(), None)
    part = replace(part, command=(*part.command, "--dynamic-config-value", "limit.historyCount.suggestContinueAsNew=50"))
    for _ in _running(part, tmp_path_factory.mktemp("restless")):
        yield part.address


@pytest.fixture(scope="session")
def _migrated(postgres_url: str) -> Iterator[Databases]:
    lay_migrated(postgres_url)
    yield from _copied(postgres_url, MIGRATED)


@pytest.fixture(scope="session")
def _peopled(postgres_url: str, _migrated: Databases) -> Iterator[Databases]:
    lay_peopled(postgres_url)
    yield from _copied(postgres_url, PEOPLED)


def _copied(url: str, template: str) -> Iterator[Databases]:
    databases = Databases(url, template)
    yield databases
    databases.end()


@pytest.fixture
def database(postgres_url: str, _migrated: Databases) -> Iterator[str]:
    """The address of a fresh database with every migration applied and nobody in it, for one test."""
    yield beside(postgres_url, name := _migrated.take())
    _migrated.put_away(name)


@pytest.fixture
def peopled(postgres_url: str, _peopled: Databases) -> Iterator[str]:
    """The address of a fresh database in which the invented county's people are in office, for one test."""
    yield beside(postgres_url, name := _peopled.take())
    _peopled.put_away(name)
