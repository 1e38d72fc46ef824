"""The pace at which one person may write, and be refused with an entry in the journal; kept in the memory of one process."""

import time
from collections.abc import Callable

from models.problems import TooManyRequests

_WINDOW_S = 60.0
# Nobody is refused so often who means what they send: the first are kept word by word, the rest are counted.
REFUSALS_KEPT = 120
# More people than a county's whole staff; beyond it the memory is emptied, and fills again.
_MOST = 10_000


class Pace:
    """How often each person wrote and was refused within the minute."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic, kept: int = REFUSALS_KEPT) -> None:
        """Let everybody write so often in a minute, by that clock, and keep so many refusals of each word by word."""
        self._most, self._kept = most, kept
        self._clock = clock
        self._counted: dict[str, tuple[float, int, int]] = {}

    def write(self, username: str) -> None:
        """Count something that somebody hands in; TooManyRequests where it is too much for one person."""
        began, written, refused = self._of(username)
        if written >= self._most:
            wait = int(began + _WINDOW_S - self._clock()) + 1
            raise TooManyRequests("提交过于频繁", retry_after=wait)
        self._counted[username] = (began, written + 1, refused)

    def keeps(self, username: str) -> bool:
        """Count a refusal of somebody; whether it gets an entry of its own."""
        began, written, refused = self._of(username)
        self._counted[username] = (began, written, refused + 1)
        return refused < self._kept

    def _of(self, username: str) -> tuple[float, int, int]:
        now = self._clock()
        known = self._counted.get(username)
        if known and now - known[0] < _WINDOW_S:
            return known
        if len(self._counted) >= _MOST:
            self._counted.clear()
        return now, 0, 0
