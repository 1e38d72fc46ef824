"""Starts parts one after another, keeps them alive without ever giving up, and stops them in reverse order."""

import signal
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

from rich.console import Console
from rich.markup import escape

from runtime.disk_space import Room, measure_disk
from runtime.embedded.keeping import BACK_OFF_SECONDS, HUNG_SECONDS, Kept
from runtime.embedded.process import CannotStart, Child, Part, pause_briefly, stop
from runtime.heartbeat import BEAT_S, GRACE_S

# Everything is down within ten seconds of Ctrl-C; one second is for the killing itself.
STOP_SECONDS = 9.0
# Our own processes end themselves within their grace; they get so much longer before they are killed.
_PATIENCE_SECONDS = GRACE_S + 0.25
# Disk and logs are looked at so often.
_ROUND_SECONDS = 2.0
# When we look so late, it was we who slept: we were stopped, or the machine was.
_SLEPT_SECONDS = 3.0


class Stopped(Exception):
    """Somebody asked us to stop (Ctrl-C, SIGTERM, or the terminal was closed)."""


class Supervisor:
    """The parts that run; use it as a context manager, so that leaving it, however, stops them all."""

    def __init__(
        self,
        logs: Path,
        console: Console,
        back_off: tuple[float, ...] = BACK_OFF_SECONDS,
        *,
        hung: float = HUNG_SECONDS,
        reserve_mb: int = 0,
        beats: Sequence[Callable[[], object]] = (),
    ) -> None:
        """Logs go to `logs`/<part>.log, one line for each thing that happens to `console`; the disk is full when its reserve is left.

        Those `beats` are called every second, from the first part on: what takes long to start is no reason to take us for dead.
        """
        logs.mkdir(parents=True, exist_ok=True)
        self._logs, self._console, self._back_off, self._hung, self._reserve_mb = logs, console, back_off, hung, reserve_mb
        self._beats, self._beaten = beats, 0.0
        self._kept: list[Kept] = []
        self._room = Room.ENOUGH
        self._looked = self._went_round = time.monotonic()
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
        kept = Kept(part, self._log(part), lambda *line: self._tell(part, *line), self._back_off, self._hung)
        first = kept.child
        assert first
        try:
            with self._console.status(f"{part.name} …"):
                first.await_ready(self._tend, lambda text: self._tell(part, "!", "yellow", text))
        finally:
            self._kept.append(kept)
        kept.serve()
        self.say("✓", "green", part.name, part.address, time.monotonic() - began)

    def run(self, part: Part, *, in_front: bool = False) -> None:
        """Run `part` to its end, in the foreground (its output is ours) if `in_front`. Raises CannotStart if it fails."""
        began = time.monotonic()
        child = Child(part, None if in_front else self._log(part))
        try:
            while (code := child.get_exit_code()) is None:
                self._tend()
        finally:
            child.stop(within=1.0)
        if code:
            raise CannotStart(child.describe_end())
        self.say("✓", "green", part.name, part.address, time.monotonic() - began)

    def watch(self) -> None:
        """Keep everything alive until somebody asks us to stop, which raises Stopped."""
        while True:
            self._tend()

    def say(self, mark: str, colour: str, name: str, text: str, seconds: float | None = None) -> None:
        """One status line."""
        took = f"[dim]{seconds:.1f} s[/]" if seconds is not None else ""
        self._console.print(
            f"[{colour}]{mark}[/] [bold]{name:<10}[/] {escape(text)} {took}".rstrip(), soft_wrap=True, highlight=False
        )

    def _tell(self, part: Part, mark: str, colour: str, text: str) -> None:
        self.say(mark, colour, part.name, text)

    def _log(self, part: Part) -> Path:
        return self._logs / f"{part.name}.log"

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._asked_to_stop = True

    def _tend(self) -> None:
        """Wait a moment, then look after every part, none of which waits for another. Raises Stopped if somebody asked us to stop."""
        pause_briefly()
        if self._asked_to_stop:
            raise Stopped
        now = time.monotonic()
        if now - self._looked > _SLEPT_SECONDS:
            for kept in self._kept:
                kept.forgive(now)
        self._looked = now
        if now > self._beaten + BEAT_S:
            self._beaten = now
            for each in self._beats:
                with suppress(OSError):
                    each()
        came_back = [kept for kept in self._kept if kept.look(now)]
        if now - self._went_round > _ROUND_SECONDS:
            self._went_round = now
            for kept in self._kept:
                kept.rotate()
            came_back += self._look_at_disk()
        if came_back:
            # Others may have died of its absence: they need not wait for their turn.
            for kept in self._kept:
                kept.hurry(now)

    def _look_at_disk(self) -> list[Kept]:
        """Say that the disk is full, and that it no longer is, once each; all parts, if it no longer is."""
        found = measure_disk(self._logs, self._reserve_mb)
        before, self._room = self._room, found.room
        left = f"{found.free / 2**20:.0f} MB free on the disk of {self._logs.parent}"
        if Room.NONE in (found.room, before) and found.room is not before:
            if found.room is Room.NONE:
                self.say(
                    "✗", "red", "disk", f"no room: {left}. Steps are refused, reading goes on. Make room; all returns by itself."
                )
                return []
            self.say("✓", "green", "disk", f"has room again: {left}.")
            return self._kept
        if found.room is Room.LOW and before is Room.ENOUGH:
            self.say("!", "yellow", "disk", f"little room: {left}.")
        return []

    def _stop_all(self) -> None:
        deadline = time.monotonic() + STOP_SECONDS
        running = [(kept.part.group or kept.part.name, child) for kept in reversed(self._kept) if (child := kept.dismiss())]
        waves = [[child for _, child in wave] for _, wave in groupby(running, key=lambda each: each[0])]
        while waves:
            wave = waves.pop(0)
            # Ours end within their grace; what is left is shared evenly, so that nobody who ignores us takes time from the database.
            left = deadline - time.monotonic()
            stop(wave, within=left / (len(waves) + 1) if wave[0].part.answers else min(_PATIENCE_SECONDS, left))
