"""Starts parts one after another, keeps them alive, and stops them in reverse order."""

import signal
import time
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

from rich.console import Console
from rich.markup import escape

from runtime.embedded.process import CannotStart, Child, Part, moment

# Everything is down within ten seconds of Ctrl-C; one second is for the killing itself.
STOP_SECONDS = 9.0
# Waits before each new start of a part that died; when they are used up, everything is stopped.
BACK_OFF_SECONDS = (0.5, 2.0, 5.0, 10.0)
# A part that lived this long is forgiven its earlier deaths.
FORGIVEN_SECONDS = 120.0


class Stopped(Exception):
    """Somebody asked us to stop (Ctrl-C, SIGTERM, or the terminal was closed)."""


class Supervisor:
    """The parts that run; use it as a context manager, so that leaving it, however, stops them all."""

    def __init__(self, logs: Path, console: Console, back_off: tuple[float, ...] = BACK_OFF_SECONDS) -> None:
        """Logs go to `logs`/<part>.log, one line for each thing that happens to `console`."""
        logs.mkdir(parents=True, exist_ok=True)
        self._logs, self._console, self._back_off = logs, console, back_off
        self._children: list[Child] = []
        self._deaths: dict[str, int] = {}
        self._asked_to_stop = False

    def __enter__(self) -> Self:
        """From here on a signal asks us to stop: the next wait raises Stopped."""
        wanted = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
        if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:  # under nohup we are meant to outlive the terminal
            wanted.remove(signal.SIGHUP)
        self._handlers = {number: signal.signal(number, self._ask_to_stop) for number in wanted}
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Stop everything; signals that come meanwhile change nothing, since it ends by itself in ten seconds."""
        self._stop_all()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)

    def start(self, part: Part) -> None:
        """Start `part` and wait until it is ready. Raises CannotStart with the end of its log if it dies or takes too long."""
        began = time.monotonic()
        child = Child(part, self._log(part))
        self._children.append(child)
        with self._console.status(f"{part.name} …"):
            child.await_ready(self.pause)
        self.say("✓", "green", part.name, part.address, time.monotonic() - began)

    def run(self, part: Part, *, in_front: bool = False) -> None:
        """Run `part` to its end, in the foreground (its output is ours) if `in_front`. Raises CannotStart if it fails."""
        began = time.monotonic()
        child = Child(part, None if in_front else self._log(part))
        try:
            while (code := child.exit_code()) is None:
                self.pause()
                self._revive()
        finally:
            child.stop(within=1.0)
        if code:
            raise CannotStart(child.obituary())
        self.say("✓", "green", part.name, part.address, time.monotonic() - began)

    def watch(self) -> None:
        """Keep everything alive until somebody asks us to stop, which raises Stopped."""
        while True:
            self.pause()
            self._revive()

    def pause(self) -> None:
        """Wait a moment. Raises Stopped if somebody asked us to stop."""
        moment()
        if self._asked_to_stop:
            raise Stopped

    def say(self, mark: str, colour: str, name: str, text: str, seconds: float | None = None) -> None:
        """One status line."""
        took = f"[dim]{seconds:.1f} s[/]" if seconds is not None else ""
        self._console.print(
            f"[{colour}]{mark}[/] [bold]{name:<10}[/] {escape(text)} {took}".rstrip(), soft_wrap=True, highlight=False
        )

    def _log(self, part: Part) -> Path:
        return self._logs / f"{part.name}.log"

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._asked_to_stop = True

    def _revive(self) -> None:
        """Start again whatever has died, a little later each time. Raises CannotStart when a part dies too often."""
        for place, child in enumerate(self._children):
            if child.exit_code() is None:
                continue
            name = child.part.name
            lived = (datetime.now(UTC) - child.started_at).total_seconds()
            deaths = 0 if lived > FORGIVEN_SECONDS else self._deaths.get(name, 0)
            if deaths == len(self._back_off):
                raise CannotStart(f"{child.obituary()}\nIt died too often ({deaths + 1} times): everything is stopped.")
            self._deaths[name] = deaths + 1
            wait = self._back_off[deaths]
            self.say("!", "yellow", name, f"{child.end()}; starts again in {wait:g} s (log: {child.log})")
            self._wait(wait)
            self._children[place] = Child(child.part, self._log(child.part))
            self.say("✓", "green", name, "started again")

    def _wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.pause()

    def _stop_all(self) -> None:
        deadline = time.monotonic() + STOP_SECONDS
        while self._children:
            # What is left is shared evenly, so that one part which ignores us takes no time from the database.
            share = (deadline - time.monotonic()) / len(self._children)
            self._children.pop().stop(within=share)
