"""`louke up` starts everything, keeps it alive, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from runtime.embedded.marks import RESTORING, RESUME
from runtime.embedded.ports import find_free_port

STAND_INS = str(Path(__file__).with_name("stand_ins.py"))
UP = """
import sys
from runtime.embedded.up import Login, run_up
from runtime.settings import get_up_settings
run_up(get_up_settings(), louke=(sys.executable, sys.argv[1]), logins=[Login("wangwei", "clepsydra", "办案民警")])
"""
# Enough for the slowest machine; a test never waits that long unless it fails.
PATIENCE = 60.0


class Up:
    """One `louke up` in a process of its own, its output in a file."""

    def __init__(self, data_dir: Path, **environment: str) -> None:
        self.port = int(environment.setdefault("LOUKE_PORT", str(find_free_port())))
        self.said = data_dir.with_suffix(".out")
        self._environment = os.environ | {"LOUKE_DATA_DIR": str(data_dir), "LOUKE_TASK_QUEUE": uuid.uuid4().hex} | environment
        self.start()

    def start(self) -> None:
        with self.said.open("w") as out:
            command = [sys.executable, "-c", UP, STAND_INS]
            self.process = subprocess.Popen(command, env=self._environment, stdout=out, stderr=out)

    def until(self, words: str) -> str:
        """What it has said, once that holds `words`."""
        eventually(lambda: words in self.said.read_text() or self.process.poll() is not None)
        said = self.said.read_text()
        assert words in said, said
        return said

    def ends(self, request: signal.Signals = signal.SIGINT) -> float:
        """How many seconds it takes to stop after `request`."""
        began = time.monotonic()
        self.process.send_signal(request)
        self.process.wait(PATIENCE)
        return time.monotonic() - began

    def parts(self) -> dict[str, int]:
        """The process id of every part, by the last word of its command or the name of its program."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        commands = {int(pid): Path(f"/proc/{pid}/cmdline").read_text().rstrip("\0").split("\0") for pid in children}
        return {words[-1] if STAND_INS in words else Path(words[0]).name: pid for pid, words in commands.items()}


def eventually(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.02)


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def start(tmp_path: Path, postgres_url: str, temporal_address: str, built: None) -> Iterator[Callable[..., Up]]:
    """Starts `louke up` beside engines that run already, which is quicker; the pages are built, so that no start builds them."""
    started: list[Up] = []

    def _start(**environment: str) -> Up:
        given = {"DATABASE_URL": postgres_url, "TEMPORAL_ADDRESS": temporal_address}
        started.append(Up(tmp_path / "louke", **{**given, **environment}))
        return started[-1]

    yield _start
    for up in started:
        up.ends()


linux_only = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")


@linux_only
def test_everything_starts_answers_stops_and_is_found_again(start: Callable[..., Up]) -> None:
    up = start(DATABASE_URL="", TEMPORAL_ADDRESS="")
    said = up.until("Ctrl-C")
    names = [line.split()[1] for line in said.splitlines() if line.startswith("✓")]
    assert names == ["postgres", "temporal", "migrate", "worker", "watch", "api", "seed"]
    assert "wangwei" in said
    assert "\x1b" not in said
    assert httpx.get(f"http://127.0.0.1:{up.port}/api/health", trust_env=False).status_code == 200
    parts = up.parts()
    assert sorted(parts) == ["api", "postgres", "temporal", "watch", "worker"]
    assert up.ends() < 10
    assert not [name for name, pid in parts.items() if runs(pid)]
    up.start()
    again = up.until("Ctrl-C")
    assert "seed" not in again
    # The same addresses as before.
    for part in ("postgres", "temporal"):
        assert _address(part, again) == _address(part, said)


def _address(part: str, said: str) -> str:
    return next(line.split()[2] for line in said.splitlines() if line.startswith(f"✓ {part}"))


@linux_only
def test_nothing_is_left_running_after_the_supervisor_is_killed(start: Callable[..., Up]) -> None:
    up = start(DATABASE_URL="", TEMPORAL_ADDRESS="", MISBEHAVE="watch=ignores")
    up.until("Ctrl-C")
    parts = up.parts()
    up.ends(signal.SIGKILL)
    eventually(lambda: not any(runs(pid) for pid in parts.values()))
    up.start()
    up.until("Ctrl-C")


@linux_only
def test_a_part_that_ignores_the_request_to_stop_is_stopped_within_ten_seconds(start: Callable[..., Up]) -> None:
    up = start(MISBEHAVE="watch=ignores")
    up.until("Ctrl-C")
    parts = up.parts()
    assert up.ends(signal.SIGTERM) < 10
    assert not any(runs(pid) for pid in parts.values())
    assert "Stopped" in up.said.read_text()


@linux_only
def test_a_part_that_dies_is_started_again(start: Callable[..., Up]) -> None:
    up = start()
    up.until("Ctrl-C")
    os.kill(up.parts()["api"], signal.SIGKILL)
    said = up.until("started again")
    assert "api        was killed by SIGKILL" in said
    eventually(lambda: "api" in up.parts() and _healthy(up.port))


@linux_only
def test_as_many_workers_as_are_wanted_start_and_stop_together(start: Callable[..., Up]) -> None:
    up = start(LOUKE_WORKERS="2")
    said = up.until("Ctrl-C")
    assert [line.split()[1] for line in said.splitlines() if "task queue" in line] == ["worker-1", "worker-2"]
    assert {"worker-1.log", "worker-2.log"} <= {each.name for each in (up.said.with_suffix("") / "logs").iterdir()}
    assert up.ends() < 10


@linux_only
def test_a_part_that_hangs_is_killed_and_started_again(start: Callable[..., Up]) -> None:
    up = start(MISBEHAVE="watch=hangs")
    said = up.until("watch      started again")
    assert "watch      gives no sign of life for 2" in said
    assert "in _watch" in (up.said.with_suffix("") / "logs" / "watch.log").read_text()


def test_a_planting_that_fails_leaves_the_rest_running_and_is_gone_on_with_at_the_next_start(start: Callable[..., Up]) -> None:
    up = start(MISBEHAVE="seed=fails")
    said = up.until("Ctrl-C")
    assert "! seed" in said
    assert "the next start goes on planting" in said
    assert _healthy(up.port)
    assert not (up.said.with_suffix("") / "seeded").exists()


def _healthy(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/api/health", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


def test_a_taken_port_is_named_with_the_setting_that_changes_it(start: Callable[..., Up]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        up = start(LOUKE_PORT=str(port))
        assert up.process.wait(PATIENCE) == 1
    said = up.said.read_text()
    assert f"Port {port} on 127.0.0.1 is taken" in said
    assert "LOUKE_PORT=" in said
    assert "Traceback" not in said


def test_a_second_start_from_the_same_data_is_refused(start: Callable[..., Up]) -> None:
    first = start()
    first.until("Ctrl-C")
    second = start(LOUKE_PORT=str(find_free_port()))
    assert second.process.wait(PATIENCE) == 1
    assert f"already running from {first.said.with_suffix('')} (process {first.process.pid})" in second.said.read_text()
    assert first.process.poll() is None


def test_a_part_that_fails_shows_the_end_of_its_log(start: Callable[..., Up]) -> None:
    up = start(MISBEHAVE="migrate=fails")
    assert up.process.wait(PATIENCE) == 1
    said = up.said.read_text()
    assert "migrate ended with exit code 1" in said
    assert "the schema is from the future" in said
    assert "logs/migrate.log" in said
    assert "Traceback" not in said


def test_an_unknown_source_of_postgresql_is_refused(start: Callable[..., Up]) -> None:
    up = start(DATABASE_URL="", LOUKE_POSTGRES="moon")
    assert up.process.wait(PATIENCE) == 1
    assert "'moon', but may only be one of: auto, system, wheel" in up.said.read_text()


def test_nothing_starts_from_a_restore_that_was_broken_off(start: Callable[..., Up], tmp_path: Path) -> None:
    (tmp_path / "louke").mkdir()
    (tmp_path / "louke" / RESTORING).touch()
    up = start()
    assert up.process.wait(PATIENCE) == 1
    assert "恢复没有完成" in up.said.read_text()


@pytest.mark.parametrize("lost", [RESUME, "temporal.db"])
def test_matters_are_brought_back_after_a_restore_and_where_temporals_store_is_lost(
    start: Callable[..., Up], tmp_path: Path, lost: str
) -> None:
    given = {} if lost == RESUME else {"TEMPORAL_ADDRESS": ""}
    if lost == RESUME:
        (tmp_path / "louke").mkdir()
        (tmp_path / "louke" / RESUME).touch()
    else:
        (tmp_path / "louke" / "keys").mkdir(parents=True)
    assert "resume     matters are brought back from the journal" in start(**given).until("Ctrl-C")
