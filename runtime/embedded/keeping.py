"""Keeping one part alive: noticing that it died or hangs, and starting it again, a little later each time, for ever."""

import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

from runtime.embedded.process import TOLD_EVERY_S, CannotStart, Child, Part, describe_recovery

# Waits before each new start of a part that died; the last one for ever after.
BACK_OFF_SECONDS = (0.5, 2.0, 5.0, 10.0, 30.0, 60.0)
# For each of these that a part has served, one of its earlier deaths is forgiven.
FORGIVEN_SECONDS = 10.0
# A part that serves, and gives no sign of life for so long, hangs: a busy machine holds up nobody by a third of that.
HUNG_SECONDS = 20.0
# How often somebody who has no heart that beats is asked, and how many times at least before they are given up.
_ASKED_EVERY_S, _ASKED_TIMES = 3.0, 3
_READY_EVERY_S = 0.2
# What was killed because it hung may say where; then it is killed for certain.
_LAST_WORDS_S = 1.0

Say = Callable[[str, str, str], None]
"""Says a mark, its colour and a text about the part."""


class Asking:
    """A question asked again and again on a thread of its own, so that what is slow to answer holds up nobody else."""

    def __init__(self, question: Callable[[], bool], every: float) -> None:
        """Ask from now on."""
        self._question, self._every, self._ended = question, every, threading.Event()
        self.yes_at, self.noes = 0.0, 0
        threading.Thread(target=self._ask, daemon=True).start()

    def end(self) -> None:
        """Ask no more."""
        self._ended.set()

    def _ask(self) -> None:
        while not self._ended.is_set():
            if self._question():
                self.yes_at, self.noes = time.monotonic(), 0
            else:
                self.noes += 1
            self._ended.wait(self._every)


class Kept:
    """A part that is kept alive: started, serving, or waiting for its next start. `look` does what is to be done now, and waits for nothing."""

    def __init__(self, part: Part, log: Path, say: Say, back_off: tuple[float, ...], hung: float) -> None:
        """Start it for the first time. Raises CannotStart if its command cannot be run at all."""
        self.part, self._log, self._say, self._back_off, self._hung = part, log, say, back_off, hung
        self.child: Child | None = Child(part, log)
        self.serves_since: float | None = None
        self._deaths, self._due, self._begun = 0, 0.0, time.monotonic()
        self._asking: Asking | None = None
        self._recovery: Asking | None = None
        self._told_at = self._begun
        self._sign_at, self._has_heart, self._killed_at = 0.0, False, 0.0

    def serve(self) -> None:
        """It is ready: from now on it is expected to give signs of life."""
        self._ask(self.part.answers, _ASKED_EVERY_S)
        self.serves_since = self._sign_at = time.monotonic()

    def look(self, now: float) -> bool:
        """See how it stands, and kill or start it as need be; whether it has just come back."""
        if self.child is None:
            if now >= self._due:
                self._begin(now)
            return False
        if self.child.get_exit_code() is not None:
            self._bury(now, f"{self.child.end()}")
        elif self._killed_at:
            if now > self._killed_at + _LAST_WORDS_S:
                self.child.end_all()
        elif self.serves_since is None:
            return self._await(now)
        else:
            self._listen(now)
        return False

    def hurry(self, now: float) -> None:
        """Something that it may have died of is over: start it soon, if it waits."""
        self._due = min(self._due, now + self._back_off[0])

    def forgive(self, now: float) -> None:
        """Its silence until now was ours: we were stopped, or the machine slept."""
        self._sign_at = now
        if self._asking:
            self._asking.noes = 0

    def rotate(self) -> None:
        """Set its log aside if that has grown too long."""
        if self.child:
            self.child.rotate()

    def dismiss(self) -> Child | None:
        """Keep it alive no longer; what still runs of it."""
        self._ask(None, 0)
        child, self.child, self._due = self.child, None, float("inf")
        return child

    def _begin(self, now: float) -> None:
        self._begun = self._told_at = now
        try:
            self.child = child = Child(self.part, self._log)
        except (CannotStart, OSError) as why:  # OSError: not even its log can be opened
            self._wait(now, f"cannot be started: {why}")
        else:
            self._ask(lambda: self.part.ready(child), _READY_EVERY_S)
            self._recovery = Asking(self.part.recovers, _ASKED_EVERY_S) if self.part.recovers else None

    def _await(self, now: float) -> bool:
        if self._asking and self._asking.yes_at:
            self.serve()
            self._say("✓", "green", "started again")
            return True
        self._hear(now)
        recovered_at = self._recovery.yes_at if self._recovery else 0.0
        if recovered_at > self._told_at + TOLD_EVERY_S:
            self._told_at = now
            self._say("!", "yellow", describe_recovery(now - self._begun))
        # Whose heart beats waits for an engine, as it should.
        waits = self._has_heart and now - self._sign_at < self._hung
        if now > max(self._begun, recovered_at) + self.part.patience and not waits:
            self._kill(now, f"was not ready after {now - self._begun:.0f} s")
        return False

    def _hear(self, now: float) -> None:
        if self.child and self.child.has_beaten():
            self._sign_at = now
        self._has_heart = bool(self.child and self.child.lives)

    def _listen(self, now: float) -> None:
        self._hear(now)
        asked = self._asking
        if asked:
            self._sign_at = max(self._sign_at, asked.yes_at)
        # Whose heart never beat hung while it started, and was taken for ready by mistake.
        beats_no_more = self._has_heart or now > self._begun + self.part.patience
        silent = asked.noes >= _ASKED_TIMES if asked else beats_no_more
        if silent and now - self._sign_at > self._hung:
            self._kill(now, f"gives no sign of life for {now - self._sign_at:.0f} s, and is killed")

    def _kill(self, now: float, why: str) -> None:
        assert self.child
        self._say("!", "yellow", why)
        # Ours say where they hung; an engine must not be left half dead, and needs no words.
        self.child.ask(signal.SIGKILL if self.part.answers else signal.SIGABRT)
        self._killed_at = now

    def _bury(self, now: float, how: str) -> None:
        assert self.child
        self.child.end_all()
        self._wait(now, how)

    def _wait(self, now: float, how: str) -> None:
        served = now - self.serves_since if self.serves_since is not None else 0.0
        self._deaths = max(0, self._deaths - int(served // FORGIVEN_SECONDS))
        wait = self._back_off[min(self._deaths, len(self._back_off) - 1)]
        self._deaths += 1
        self._ask(None, 0)
        self.child, self.serves_since, self._has_heart, self._killed_at, self._due = None, None, False, 0.0, now + wait
        self._say("!", "yellow", f"{how}; starts again in {wait:g} s (log: {self._log})")

    def _ask(self, question: Callable[[], bool] | None, every: float) -> None:
        for each in (self._asking, self._recovery):
            if each:
                each.end()
        self._recovery = None
        self._asking = Asking(question, every) if question else None
