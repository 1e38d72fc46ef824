"""The engines that measurements run on: durable as in production, in a directory that is gone at the end."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.filling import settle
from runtime.database import connect
from runtime.embedded.ports import find_free_port
from runtime.embedded.postgres import prepare_postgres
from runtime.embedded.process import CannotStart, Child, Part
from runtime.embedded.temporal import polled_since, prepare_temporal
from runtime.settings import Settings

_ROOT = Path(__file__).parent.parent
# More workflows than are ever opened here: what is measured is a step, not a replay.
_CACHED = "20000"
# A process that has not ended by itself within these seconds of being asked is killed.
_STOP_S = 5.0


@dataclass(frozen=True, slots=True)
class Engines:
    """PostgreSQL, migrated, and Temporal; `folder` holds their data and everybody's logs."""

    folder: Path
    url: str
    temporal_address: str

    @contextmanager
    def program(self, name: str, *arguments: str, ready: Callable[[Child], bool], **environment: str) -> Iterator[Child]:
        """Run `python -m arguments…` of this project until the block ends."""
        command = (sys.executable, "-m", *arguments)
        environment |= {"PYTHONPATH": str(_ROOT), "PYTHONUNBUFFERED": "1"}
        with running(Part(name, command, ready, environment=environment), self.folder) as child:
            yield child

    @contextmanager
    def worker(self, name: str, task_queue: str, *arguments: str) -> Iterator[Child]:
        """Run a worker of that task queue until the block ends."""

        def polls(child: Child) -> bool:
            return polled_since(Settings(task_queue=task_queue), self.temporal_address, child.started_at)

        with self.program(name, *arguments, ready=polls, LOUKE_TASK_QUEUE=task_queue, LOUKE_CACHED_WORKFLOWS=_CACHED) as child:
            yield child


@contextmanager
def engines() -> Iterator[Engines]:
    """Start both engines, point this process's settings at them, and stop them at the end."""
    with tempfile.TemporaryDirectory(prefix="louke-bench-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        cluster = prepare_postgres(folder / "postgres")
        server = prepare_temporal(find_free_port(), folder / "temporal.db")
        with running(cluster.part, folder), running(server, folder):
            os.environ |= {
                "LOUKE_DATA_DIR": str(folder),
                "LOUKE_DEMO": "1",  # whose people act here
                "LOUKE_REQUESTS_PER_MINUTE": "10000000",  # one of them asks for a whole bureau
                "LOUKE_DATABASE_URL": cluster.url,
                "LOUKE_TEMPORAL_ADDRESS": server.address,
            }
            ready = Engines(folder, cluster.url, server.address)
            with ready.program("migrate", "cli", "migrate", ready=_ended_well), connect(ready.url) as connection:
                settle(connection)
            yield ready


@contextmanager
def running(part: Part, folder: Path) -> Iterator[Child]:
    """Run a part, its log in that folder, until the block ends."""
    child = Child(part, folder / f"{part.name}.log")
    try:
        child.await_ready()
        yield child
    finally:
        child.stop(within=_STOP_S)


def spent(pid: int | None = None) -> float:
    """Seconds of processor time that we and everything we started have used, or one process and its; 0 where the system does not tell."""
    stat = Path(f"/proc/{pid or os.getpid()}/stat")
    if not stat.exists():
        return 0.0
    # Fields 14 to 17, in clock ticks: its own in user and system mode, and those of the children it has outlived.
    ticks = sum(map(int, stat.read_text().rpartition(")")[2].split()[11:15]))
    children = [int(child) for task in stat.parent.glob("task/*/children") for child in task.read_text().split()]
    return ticks / os.sysconf("SC_CLK_TCK") + sum(map(spent, children))


def _ended_well(child: Child) -> bool:
    if child.get_exit_code():
        raise CannotStart(child.describe_end())
    return child.get_exit_code() == 0
