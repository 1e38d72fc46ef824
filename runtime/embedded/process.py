"""One process of ours: started in a session of its own, ended for certain."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TypedDict

from runtime.heartbeat import HEARTBEAT

# A log beyond this size is set aside, while its process goes on writing; one older log is kept.
LOG_LIMIT = 20 * 2**20
# prctl(2): ask the kernel for a signal when the parent dies, so that `kill -9` of the parent leaves nothing running.
PR_SET_PDEATHSIG = 1
# How much of a log is shown when its part dies.
LAST_LINES = 12

# One who waits for a recovery hears so often that it still goes on.
TOLD_EVERY_S = 30.0

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def pause_briefly() -> None:
    """The pause between two looks at a process."""
    time.sleep(0.03)


def describe_recovery(seconds: float) -> str:
    """What is told of a part that has recovered for so long, as the rest of a sentence that begins with its name."""
    return f"has been recovering for {seconds:.0f} s, and is waited for: it reads again what it had not yet written when it was stopped"


class CannotStart(Exception):
    """Why something could not be started, and what to do about it, in words for the person who typed the command."""


class Identity(TypedDict, total=False):
    """The account that a process runs under, as `subprocess` takes it; empty: our own."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class Part:
    """What to run, when it counts as ready, and how it is asked to stop.

    `prepare` runs before every start; `ready` is asked until it says yes, for at most `patience` seconds. `bereaved` is the signal that
    the process gets (on Linux) when we die without a word. `handed` are open files that it inherits. `answers` is how it is found to be
    alive; None: by its heartbeat. `recovers` is asked now and then while it is not ready: as long as it says yes, it is waited for, and
    never killed. Parts of one `group` that were started one after another stop together.
    """

    name: str
    command: tuple[str, ...]
    ready: "Callable[[Child], bool]"
    address: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    prepare: Callable[[], None] = lambda: None
    patience: float = 60.0
    stop_signal: signal.Signals = signal.SIGTERM
    bereaved: signal.Signals = signal.SIGKILL
    identity: Identity = field(default_factory=Identity)
    handed: tuple[int, ...] = ()
    answers: Callable[[], bool] | None = None
    recovers: Callable[[], bool] | None = None
    group: str = ""


class Child:
    """A running part. Its output goes to `log`, or to ours if that is None; `started_at` is the instant it was spawned.

    It `lives` once its heart has been heard.
    """

    def __init__(self, part: Part, log: Path | None) -> None:
        """Prepare and spawn `part`. Raises CannotStart if its command cannot be run at all."""
        part.prepare()
        self.part, self.log, self._log_start = part, log, 0
        self.lives = False
        self.started_at = datetime.now(UTC)
        self._heart, theirs = os.pipe()
        os.set_blocking(self._heart, False)
        try:
            if log is None:
                self._process = spawn(part, theirs)
            else:
                self.rotate()
                with log.open("ab") as out:
                    self._log_start = out.tell()
                    self._process = spawn(part, theirs, stdout=out)
        except BaseException:
            self._forget_heart()
            raise
        finally:
            os.close(theirs)

    @property
    def pid(self) -> int:
        """The process id, which is also the id of its session."""
        return self._process.pid

    def get_exit_code(self) -> int | None:
        """The exit code (negative: the signal that killed it), or None while it runs."""
        return self._process.poll()

    def has_beaten(self) -> bool:
        """Whether its heart has beaten since we last asked."""
        try:
            beaten = self._heart >= 0 and bool(os.read(self._heart, 4096))
        except BlockingIOError:
            return False
        self.lives = self.lives or beaten
        return beaten

    def rotate(self) -> None:
        """Set its log aside if that has grown beyond the limit. The process goes on writing to the same file, which begins anew."""
        if self.log is None or not self.log.exists() or self.log.stat().st_size <= LOG_LIMIT:
            return
        with self.log.open("r+b") as log:
            try:
                with self.log.with_suffix(".old.log").open("wb") as old:
                    while piece := log.read(2**20):
                        old.write(piece)
            except OSError:  # no room for a second one: the disk comes first
                self.log.with_suffix(".old.log").unlink(missing_ok=True)
            log.truncate(0)
        self._log_start = 0

    def await_ready(self, pause: Callable[[], None] = pause_briefly, tell: Callable[[str], object] = lambda _: None) -> None:
        """Wait, by pauses, until it is ready. Raises CannotStart with the end of its log if it dies or takes too long.

        One that says it recovers takes as long as it takes; that is told once in a while, as the rest of a sentence about it.
        """
        began = heard = told = time.monotonic()
        while not self.part.ready(self):
            if self.get_exit_code() is not None:
                raise CannotStart(self.describe_end())
            now = time.monotonic()
            if now > told + min(TOLD_EVERY_S, self.part.patience):
                told = now
                if self.part.recovers and self.part.recovers():
                    heard = now
                    tell(describe_recovery(now - began))
            if now > heard + self.part.patience:
                raise CannotStart(f"{self.part.name} was not ready after {self.part.patience:.0f} s. {self._read_last_lines()}")
            pause()

    def end(self) -> str:
        """How it ended, as the rest of a sentence that begins with its name."""
        code = self.get_exit_code() or 0
        return f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"

    def describe_end(self) -> str:
        """How it ended, and the last lines of its log."""
        return f"{self.part.name} {self.end()}. {self._read_last_lines()}"

    def _read_last_lines(self) -> str:
        lines = self.read_output().splitlines()[-LAST_LINES:]
        if not lines:
            return f"It wrote nothing to {self.log}." if self.log else ""
        return "\n".join([f"The end of {self.log}:", *(f"  {line}" for line in lines)])

    def read_output(self) -> str:
        """What it has written to its log since it was started."""
        if self.log is None:
            return ""
        with self.log.open("rb") as log:
            log.seek(self._log_start)
            return log.read().decode(errors="replace")

    def ask(self, request: signal.Signals | None = None) -> None:
        """Send it that signal, or the one that asks it to stop; nothing happens where it has ended."""
        self._process.send_signal(request or self.part.stop_signal)

    def end_all(self) -> None:
        """Kill it, with everything it started and left behind."""
        with suppress(ProcessLookupError, PermissionError):  # nothing is left of it (macOS says "permission" of zombies)
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()
        self._forget_heart()

    def stop(self, within: float) -> None:
        """Ask it to stop; after `within` seconds, kill it with everything it started."""
        stop([self], within)

    def _forget_heart(self) -> None:
        if self._heart >= 0:
            os.close(self._heart)
            self._heart = -1


def spawn(part: Part, heart: int, stdout: IO[bytes] | None = None) -> subprocess.Popen[bytes]:
    """Start the command of `part` in a session of its own, its heart beating into `heart`, its output to `stdout` (None: ours)."""
    parent = os.getpid()

    def follow_us_into_death() -> None:
        if _libc:
            _libc.prctl(PR_SET_PDEATHSIG, part.bereaved)
            if os.getppid() != parent:  # we died between the fork and the line above
                os._exit(1)

    try:
        return subprocess.Popen(
            part.command,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=subprocess.STDOUT if stdout else None,
            env={**os.environ, **part.environment, HEARTBEAT: str(heart)},
            # Another account may not be allowed to stand where we stand.
            cwd="/" if part.identity else None,
            pass_fds=(*part.handed, heart),
            start_new_session=True,
            preexec_fn=follow_us_into_death,  # it takes no lock: two system calls
            **part.identity,
        )
    except OSError as error:
        raise CannotStart(f"{part.name}: {part.command[0]} cannot be run ({error.strerror}).") from error


def stop(children: Sequence[Child], within: float) -> None:
    """Ask them to stop, all at once; after `within` seconds kill those that have not, and everything they started."""
    for child in children:
        child.ask()
    deadline = time.monotonic() + within
    while any(child.get_exit_code() is None for child in children) and time.monotonic() < deadline:
        pause_briefly()
    for child in children:
        child.end_all()
