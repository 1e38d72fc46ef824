"""A log that cannot be written, or a terminal that has gone, ends no process."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psycopg
import pytest

from runtime.embedded.ports import find_free_port

PATIENCE = 60.0
# What each of our processes says of itself once it is at work.
ALIVE = "SELECT count(*) FROM pulse WHERE process = %s AND at > clock_timestamp() - interval '4 s'"
AWAY = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
)


def started(process: str, environment: dict[str, str], out: int | None, before: str = "") -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "cli", process]
    if before:  # the shell closes it, so that the process never had one
        command = ["sh", "-c", f'exec "$@" {before}', "sh", *command]
    return subprocess.Popen(command, env=environment, stdout=out, stderr=out, cwd=Path(__file__).parents[2])


@pytest.fixture
def environment(database: str, temporal_address: str, tmp_path: Path) -> dict[str, str]:
    return os.environ | {
        "LOUKE_DATABASE_URL": database,
        "LOUKE_TEMPORAL_ADDRESS": temporal_address,
        "LOUKE_DATA_DIR": str(tmp_path),
        "LOUKE_TASK_QUEUE": f"louke-{tmp_path.name}",
        "LOUKE_PORT": str(find_free_port()),
    }


@pytest.fixture
def unwritable(request: pytest.FixtureRequest) -> Iterator[int]:
    """An open file to which nothing can be written: a full disk, or a pipe that nobody reads."""
    if request.param == "a full disk":
        end = os.open("/dev/full", os.O_WRONLY)
    else:
        reading, end = os.pipe()
        os.close(reading)
    yield end
    os.close(end)


def until(condition: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert process.poll() is None, f"it ended with {process.returncode}"
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.1)


def is_at_work(process: str, environment: dict[str, str]) -> bool:
    if process == "api":
        try:
            return httpx.get(f"http://127.0.0.1:{environment['LOUKE_PORT']}/api/kinds", trust_env=False).status_code == 200
        except httpx.TransportError:
            return False
    with psycopg.connect(environment["LOUKE_DATABASE_URL"]) as connection:
        return bool(connection.execute(ALIVE, (process,)).fetchone()[0])  # pyright: ignore[reportOptionalSubscript] - it always has a row


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is a device of Linux")
@pytest.mark.parametrize(
    ("process", "unwritable"),
    [("worker", "a full disk"), ("watch", "nobody reads"), ("api", "a full disk")],
    indirect=["unwritable"],
)
def test_a_process_whose_log_cannot_be_written_goes_on(process: str, unwritable: int, environment: dict[str, str]) -> None:
    ours = started(process, environment, unwritable)
    try:
        until(lambda: is_at_work(process, environment), ours)
        # Everything that is said when an engine goes away and comes back finds no room either.
        with psycopg.connect(environment["LOUKE_DATABASE_URL"], autocommit=True) as connection:
            connection.execute(AWAY)
            connection.execute("DELETE FROM pulse")
        until(lambda: is_at_work(process, environment), ours)
    finally:
        ours.send_signal(signal.SIGTERM)
        began = time.monotonic()
        ours.wait(PATIENCE)
    assert time.monotonic() - began < 3.5


def test_a_process_that_never_had_an_output_goes_on(environment: dict[str, str]) -> None:
    ours = started("watch", environment, None, before=">&- 2>&-")
    try:
        until(lambda: is_at_work("watch", environment), ours)
    finally:
        ours.send_signal(signal.SIGTERM)
        ours.wait(PATIENCE)


def test_a_worker_without_temporal_waits_for_it_as_long_as_it_takes(environment: dict[str, str]) -> None:
    reading, heart = os.pipe()
    nowhere = environment | {"LOUKE_TEMPORAL_ADDRESS": f"127.0.0.1:{find_free_port()}", "LOUKE_HEARTBEAT_FD": str(heart)}
    command = "import cli; from datetime import timedelta; from operations import processes; "
    command += "processes._PATIENCE = timedelta(seconds=0.1); cli.worker()"
    ours = subprocess.Popen([sys.executable, "-c", command], env=nowhere, pass_fds=[heart], cwd=Path(__file__).parents[2])
    os.close(heart)
    try:
        # It lives, which it tells whoever started it, while it has asked several times in vain.
        for _ in range(3):
            assert os.read(reading, 1) == b"."
    finally:
        ours.send_signal(signal.SIGTERM)
        began = time.monotonic()
        ours.wait(PATIENCE)
        os.close(reading)
    assert time.monotonic() - began < 3.5
