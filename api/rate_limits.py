"""Rate limits for each person: requests, writes, files, and journaled refusals; kept in the memory of one process."""

import time
from collections.abc import Callable
from typing import NamedTuple

from models.problems import TooManyRequests

_WINDOW_S = 60.0
_DAY_S = 24 * 3600.0
# Nobody is refused so often who means what they send: the first are kept word by word, the rest are counted.
REFUSALS_KEPT = 120
# More people than a county's whole staff; beyond it the memory is emptied, and fills again.
_MOST = 10_000


class Most(NamedTuple):
    """The limits for one person: requests and writes within a minute, bytes of files within a day."""

    asked: int = 6000
    written: int = 3000
    sent_bytes: int = 5_000_000_000


class _Counted(NamedTuple):
    began: float
    asked: int = 0
    written: int = 0
    refused: int = 0


class _Sent(NamedTuple):
    began: float
    bytes: int = 0


class RateLimits:
    """How often each person asked, wrote and was refused within the minute, and how much they sent within the day."""

    def __init__(self, most: Most, clock: Callable[[], float] = time.monotonic, kept: int = REFUSALS_KEPT) -> None:
        """Apply those limits by that clock, and journal so many refusals of each person one by one."""
        self._most, self._kept = most, kept
        self._clock = clock
        self._counted: dict[str, _Counted] = {}
        self._sent: dict[str, _Sent] = {}

    def ask(self, username: str) -> None:
        """Count a request; TooManyRequests beyond the limit."""
        counted = self._of(username)
        if counted.asked >= self._most.asked:
            raise TooManyRequests("访问过于频繁", retry_after=self._wait(counted.began, _WINDOW_S))
        self._counted[username] = counted._replace(asked=counted.asked + 1)

    def write(self, username: str) -> None:
        """Count a submission; TooManyRequests beyond the limit."""
        counted = self._of(username)
        if counted.written >= self._most.written:
            raise TooManyRequests("提交过于频繁", retry_after=self._wait(counted.began, _WINDOW_S))
        self._counted[username] = counted._replace(written=counted.written + 1)

    def send(self, username: str, size: int) -> None:
        """Count a file; TooManyRequests beyond a day's bytes."""
        now = self._clock()
        sent = self._sent.get(username, _Sent(now))
        if now - sent.began >= _DAY_S:
            sent = _Sent(now)
        if sent.bytes + size > self._most.sent_bytes:
            raise TooManyRequests("一日之内上传的文件过多", retry_after=self._wait(sent.began, _DAY_S))
        if len(self._sent) >= _MOST:
            self._sent.clear()
        self._sent[username] = sent._replace(bytes=sent.bytes + size)

    def keeps(self, username: str) -> bool:
        """Count a refusal; whether it gets a journal entry of its own."""
        counted = self._of(username)
        self._counted[username] = counted._replace(refused=counted.refused + 1)
        return counted.refused < self._kept

    def _wait(self, began: float, window: float) -> int:
        return int(began + window - self._clock()) + 1

    def _of(self, username: str) -> _Counted:
        now = self._clock()
        known = self._counted.get(username)
        if known and now - known.began < _WINDOW_S:
            return known
        if len(self._counted) >= _MOST:
            self._counted.clear()
        return _Counted(now)
