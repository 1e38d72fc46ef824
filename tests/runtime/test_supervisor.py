"""The supervisor keeps its parts alive for as long as that makes sense, and ends them for certain."""

import os
import signal
import sys
import time
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from runtime.embedded.process import CannotStart, Child, Part, moment
from runtime.embedded.supervisor import Supervisor


def python(code: str, patience: float = 30.0) -> Part:
    """A part that runs `code` and is ready when it has printed `ready`."""
    return Part("part", (sys.executable, "-c", code), ready=lambda child: "ready" in child.output(), patience=patience)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


IGNORES_REQUESTS = """
import signal, subprocess, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); signal.pause()"])
print("ready", child.pid, flush=True)
signal.pause()
"""


def test_what_ignores_the_request_is_killed_with_what_it_started(tmp_path: Path) -> None:
    child = Child(python(IGNORES_REQUESTS), tmp_path / "log")
    child.await_ready()
    grandchild = int(child.output().split()[1])
    child.stop(within=0.1)
    assert child.exit_code() == -signal.SIGKILL
    deadline = time.monotonic() + 5
    while alive(grandchild) and time.monotonic() < deadline:
        moment()
    assert not alive(grandchild) or Path(f"/proc/{grandchild}/stat").read_text().split()[2] == "Z"


def test_what_dies_before_it_is_ready_tells_the_end_of_its_log(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("of the last run\n")
    child = Child(python("import sys; sys.exit('no such table')"), tmp_path / "log")
    with pytest.raises(CannotStart, match=r"part ended with exit code 1.*\n  no such table") as refusal:
        child.await_ready()
    assert "of the last run" not in str(refusal.value)


def test_what_is_never_ready_is_not_waited_for_longer_than_its_patience(tmp_path: Path) -> None:
    child = Child(python("import signal; signal.pause()", patience=0.2), tmp_path / "log")
    with pytest.raises(CannotStart, match="was not ready"):
        child.await_ready()
    child.stop(within=1)


def test_a_command_that_does_not_exist_is_a_readable_refusal(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="ghost: /no/such/program cannot be run"):
        Child(Part("ghost", ("/no/such/program",), ready=lambda _: True), tmp_path / "log")


def test_a_long_log_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("runtime.embedded.process.LOG_LIMIT", 10)
    (tmp_path / "part.log").write_text("more than ten bytes")
    child = Child(python("print('ready')"), tmp_path / "part.log")
    child.await_ready()
    child.stop(within=1)
    assert (tmp_path / "part.old.log").read_text() == "more than ten bytes"
    assert (tmp_path / "part.log").read_text() == "ready\n"


def test_a_part_that_dies_too_often_ends_everything(tmp_path: Path) -> None:
    told = StringIO()
    lives = python("import signal; print('ready', flush=True); signal.pause()")
    dies = python("print('ready'); raise SystemExit(3)")
    with (
        pytest.raises(CannotStart, match=r"ended with exit code 3[\s\S]*died too often \(3 times\)"),
        Supervisor(tmp_path, Console(file=told), back_off=(0.0, 0.0)) as supervisor,
    ):
        supervisor.start(lives)
        supervisor.start(dies)
        supervisor.watch()
    assert told.getvalue().count("started again") == 2
    assert (tmp_path / "part.log").read_text().count("ready") == 4
