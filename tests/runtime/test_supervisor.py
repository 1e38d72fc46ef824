"""The supervisor keeps its parts alive for as long as that makes sense, and ends them for certain."""

import os
import signal
import sys
import time
from collections import namedtuple
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any, TextIO, cast

import pytest
from rich.console import Console

from runtime.embedded import up
from runtime.embedded.keeping import Kept
from runtime.embedded.process import CannotStart, Child, Part, pause_briefly
from runtime.embedded.supervisor import Stopped, Supervisor
from runtime.settings import Settings
from runtime.tolerant_stream import TolerantStream

pytestmark = pytest.mark.slow


def python(code: str, patience: float = 30.0) -> Part:
    """A part that runs `code` and is ready when it has printed `ready`."""
    return Part("part", (sys.executable, "-c", code), ready=lambda child: "ready" in child.read_output(), patience=patience)


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
    grandchild = int(child.read_output().split()[1])
    child.stop(within=0.1)
    assert child.get_exit_code() == -signal.SIGKILL
    deadline = time.monotonic() + 5
    while alive(grandchild) and time.monotonic() < deadline:
        pause_briefly()
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


def test_a_long_log_is_set_aside_while_its_process_goes_on_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("runtime.embedded.process.LOG_LIMIT", 10)
    child = Child(python("import signal; print('more than ten bytes', flush=True); signal.pause()"), tmp_path / "part.log")
    until(lambda: "bytes" in child.read_output())
    child.rotate()
    assert (tmp_path / "part.log").read_text() == ""
    assert (tmp_path / "part.old.log").read_text() == "more than ten bytes\n"
    child.stop(within=1)


def test_a_log_that_finds_no_room_for_an_older_one_begins_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("runtime.embedded.process.LOG_LIMIT", 10)
    log = tmp_path / "part.log"
    log.write_text("more than ten bytes")
    (tmp_path / "part.old.log").symlink_to("/dev/full")
    child = Child(python("print('ready')"), log)
    child.await_ready()
    child.stop(within=1)
    assert log.read_text() == "ready\n"


LIVES = "import signal; print('ready', flush=True); signal.pause()"
DIES = "print('ready'); raise SystemExit(3)"
# Beats like ours, until it has said `ready`; then hangs.
HANGS = """
import faulthandler, os, time
faulthandler.enable()
os.write(int(os.environ["LOUKE_HEARTBEAT_FD"]), b".")
print("ready", flush=True)
def hangs():
    time.sleep(1000)
hangs()
"""
WAITS = (0.0, 0.05)


class Watched:
    """A supervisor that watches some parts on a thread's behalf, for as long as a test wants."""

    def __init__(self, folder: Path, *parts: Part, hung: float = 60.0, **options: Any) -> None:
        self.told = StringIO()
        self.supervisor = Supervisor(folder, Console(file=self.told, width=200), WAITS, hung=hung, **options)
        self._parts = parts

    def until(self, *, is_so: Callable[["Watched"], bool]) -> str:
        """Watch until that is so; what was told."""
        with self.supervisor, pytest.raises(Stopped):
            for part in self._parts:
                self.supervisor.start(part)
            deadline = time.monotonic() + 30

            def looked() -> None:
                assert time.monotonic() < deadline, self.told.getvalue()
                if is_so(self):
                    raise Stopped

            self.supervisor._beats, self.supervisor._beaten = (looked,), float("-inf")
            with pytest.MonkeyPatch.context() as often:
                often.setattr("runtime.embedded.supervisor.BEAT_S", 0.0)
                self.supervisor.watch()
        return self.told.getvalue()

    def says(self, words: str) -> int:
        return self.told.getvalue().count(words)


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        pause_briefly()


def test_a_part_that_keeps_dying_is_started_again_for_ever_and_stops_nobody_else(tmp_path: Path) -> None:
    lives, dies = replace(python(LIVES), name="lives"), replace(python(DIES), name="dies")
    watched = Watched(tmp_path, lives, dies)
    told = watched.until(is_so=lambda at: at.says("ended with exit code 3") == 7)
    assert "lives      was" not in told
    assert told.count("starts again in 0.05 s") >= 5
    assert "died too often" not in told


def test_a_part_that_takes_long_to_start_again_keeps_no_other_waiting(tmp_path: Path) -> None:
    slow = replace(
        python(
            f"import os, time\nif os.path.exists({str(tmp_path / 'again')!r}): time.sleep(1000)\nopen({str(tmp_path / 'again')!r}, 'w')\nprint('ready')"
        ),
        name="slow",
    )
    dies = replace(python(DIES), name="dies")
    told = Watched(tmp_path, slow, dies).until(
        is_so=lambda at: at.says("dies       ended") == 4 and at.says("slow       ended") == 1
    )
    assert "slow       started again" not in told


def test_a_part_that_hangs_is_killed_says_where_it_hung_and_is_started_again(tmp_path: Path) -> None:
    told = Watched(tmp_path, python(HANGS), hung=0.3).until(is_so=lambda at: at.says("started again") > 0)
    assert "gives no sign of life" in told
    assert "SIGABRT" in told
    assert "in hangs" in (tmp_path / "part.log").read_text()


def test_a_part_that_is_stopped_in_its_tracks_is_killed_for_certain(tmp_path: Path) -> None:
    code = HANGS.replace("time.sleep(1000)", "os.kill(os.getpid(), 19)")
    told = Watched(tmp_path, python(code), hung=0.3).until(is_so=lambda at: at.says("started again") > 0)
    assert "SIGKILL" in told


def test_an_engine_that_no_longer_answers_is_killed_and_started_again(tmp_path: Path) -> None:
    answers = [True, *[False] * 5]
    part = replace(python(LIVES), answers=lambda: answers.pop(0) if answers else True)
    with pytest.MonkeyPatch.context() as quick:
        quick.setattr("runtime.embedded.keeping._ASKED_EVERY_S", 0.05)
        told = Watched(tmp_path, part, hung=0.1).until(is_so=lambda at: at.says("started again") > 0)
    assert "gives no sign of life" in told


def test_silence_while_we_ourselves_slept_is_held_against_nobody(tmp_path: Path) -> None:
    beats = "import os, time\nprint('ready', flush=True)\nwhile True: os.write(int(os.environ['LOUKE_HEARTBEAT_FD']), b'.'); time.sleep(0.05)"
    kept = Kept(python(beats), tmp_path / "log", lambda *said: pytest.fail(str(said)), WAITS, hung=1.0)
    try:
        assert kept.child
        kept.child.await_ready()
        kept.serve()
        until(kept.child.has_beaten)
        kept.look(time.monotonic())
        later = time.monotonic() + 3600
        kept.forgive(later)
        kept.look(later + 0.5)
    finally:
        kept.dismiss().stop(within=1)  # pyright: ignore[reportOptionalMemberAccess]  # it runs


def test_a_part_that_waits_for_an_engine_and_says_that_it_lives_is_left_to_wait(tmp_path: Path) -> None:
    beats = "import os, time\nwhile True: os.write(int(os.environ['LOUKE_HEARTBEAT_FD']), b'.'); time.sleep(0.05)"
    said: list[str] = []
    kept = Kept(python(beats, patience=30), tmp_path / "log", lambda *words: said.append(words[-1]), WAITS, hung=60)
    assert kept.child
    kept.child.stop(within=1)
    kept.look(time.monotonic())
    kept.look(time.monotonic())
    assert kept.child
    until(lambda: kept.look(time.monotonic()) or kept._has_heart)
    kept.look(time.monotonic() + 40)
    assert [words.partition(" (")[0] for words in said] == ["was killed by SIGTERM; starts again in 0 s"]
    kept.dismiss().stop(within=1)  # pyright: ignore[reportOptionalMemberAccess]  # it runs


def test_who_recovers_is_waited_for_however_long_it_takes_and_that_is_told(tmp_path: Path) -> None:
    begun = time.monotonic()
    part = Part(
        "part",
        (sys.executable, "-c", "import signal; signal.pause()"),
        ready=lambda _: time.monotonic() > begun + 1.0,
        patience=0.2,
        recovers=lambda: True,
    )
    told: list[str] = []
    child = Child(part, tmp_path / "log")
    child.await_ready(tell=told.append)
    child.stop(within=1)
    assert "has been recovering for" in told[0]
    kept = Kept(replace(part, ready=lambda _: False), tmp_path / "log", lambda *words: told.append(words[-1]), WAITS, hung=60)
    try:
        told.clear()
        kept.child.stop(within=1)  # pyright: ignore[reportOptionalMemberAccess]  # it runs
        kept.look(time.monotonic())
        kept.look(time.monotonic())
        until(lambda: bool(kept._recovery and kept._recovery.yes_at))
        kept._told_at -= 3600
        kept._begun -= 3600
        kept.look(time.monotonic())
        assert [words for words in told if "recovering for 3600 s" in words]
        assert not kept._killed_at
    finally:
        kept.dismiss().stop(within=1)  # pyright: ignore[reportOptionalMemberAccess]  # it runs


def test_a_part_whose_heart_never_beat_is_not_taken_for_alive_for_ever(tmp_path: Path) -> None:
    part = replace(python("import time; time.sleep(1000)", patience=0.5), ready=lambda _: True)
    told = Watched(tmp_path, part, hung=0.1).until(is_so=lambda at: at.says("started again") > 0)
    assert "gives no sign of life" in told


def test_a_worker_is_ready_when_it_beats_itself_though_another_polls_the_same_queue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(up, "polled_since", lambda *_: True)
    beats = "import os, time\nos.write(int(os.environ['LOUKE_HEARTBEAT_FD']), b'.')\nprint('beaten', flush=True)\ntime.sleep(1000)"
    silent, beating = Child(python(LIVES), tmp_path / "silent"), Child(python(beats), tmp_path / "beating")
    try:
        until(lambda: "ready" in silent.read_output() and "beaten" in beating.read_output())
        assert not up._polls(silent, "", Settings())
        assert up._polls(beating, "", Settings())
        assert up._polls(beating, "", Settings()), "it has beaten, though not since we last asked"
    finally:
        silent.end_all()
        beating.end_all()


def test_whoever_watches_over_us_hears_us_while_parts_start(tmp_path: Path) -> None:
    beats: list[float] = []
    with Supervisor(tmp_path, Console(file=StringIO()), beats=[lambda: beats.append(time.monotonic())]) as supervisor:
        supervisor.start(python("import time; time.sleep(0.3); print('ready', flush=True); time.sleep(1000)"))
    assert beats


def test_deaths_are_forgiven_by_serving(tmp_path: Path) -> None:
    said: list[str] = []
    kept = Kept(python(DIES), tmp_path / "log", lambda *words: said.append(words[-1]), (1.0, 2.0, 3.0, 60.0), hung=1.0)
    now = time.monotonic()
    assert kept.child
    kept.child.stop(within=1)
    for _ in range(5):
        kept._wait(now, "died")
    kept.serves_since = now
    kept._wait(now + 25, "died")
    kept.serves_since = now
    kept._wait(now + 3600, "died")
    assert [words.partition("again in ")[2].partition(" s")[0] for words in said] == ["1", "2", "3", "60", "60", "60", "1"]
    kept.dismiss()


@pytest.mark.parametrize("gone", ["/dev/full", "a pipe that nobody reads"])
def test_a_terminal_that_has_gone_ends_nothing(gone: str, tmp_path: Path) -> None:
    if gone == "/dev/full":
        end = os.open(gone, os.O_WRONLY)
    else:
        reading, end = os.pipe()
        os.close(reading)
    with os.fdopen(end, "w", closefd=False) as out:
        supervisor = Supervisor(tmp_path, Console(file=cast("TextIO", TolerantStream(out))))
        supervisor.say("✓", "green", "part", "nobody hears it")
        os.dup2(os.open(os.devnull, os.O_WRONLY), end)  # what was held back goes nowhere
    os.close(end)


def test_a_disk_without_room_is_named_once_and_so_is_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    free = iter([10 * 2**30, 2**20, 2**20, 10 * 2**30, 10 * 2**30])
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("runtime.disk_space.shutil.disk_usage", lambda _: usage(0, 0, next(free, 10 * 2**30)))
    monkeypatch.setattr("runtime.embedded.supervisor._ROUND_SECONDS", 0.0)
    told = Watched(tmp_path, python(LIVES), reserve_mb=128).until(is_so=lambda at: at.says("has room again") > 0)
    assert told.count("no room: 1 MB free") == 1
    assert told.count("has room again") == 1
