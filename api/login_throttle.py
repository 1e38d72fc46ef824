"""Login throttle: limits guessing for each user, address and known device, counted by all processes in the database and in memory.

A device on which somebody has signed in before is counted apart: strangers who fail in that user's name, or from a shared address, do not
lock the user out.
"""

import hashlib
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import NamedTuple, TypeVar

import psycopg

from models.store import sign_in_attempts
from models.store.connection import Connection
from runtime.database import Pool, unavailable

T = TypeVar("T")

# Five failures a minute let a person mistype; sixty an hour let a machine guess 1,440 times a day (ASVS 4.0.3, 2.2.1 wants fewer than 100).
PER_USER, PER_USER_AN_HOUR = 5, 60
# A police station shares one address, so it is given the failures of a whole morning shift.
PER_ADDRESS, PER_ADDRESS_AN_HOUR = 30, 600
_WINDOW_S = 60.0
# Beyond so many names and addresses the oldest are swept out, so that a flood of invented names cannot fill the memory.
_SWEEP_ABOVE = 10_000


class Attempt(NamedTuple):
    """An attempt to sign in: as which user, from which address, on which known device (empty: none)."""

    user: str
    address: str
    device: str = ""

    @property
    def own(self) -> list[str]:
        """The counters that a success resets."""
        return (
            [_build_throttle_key("device", f"{self.user}\0{self.device}")]
            if self.device
            else [_build_throttle_key("user", self.user)]
        )

    @property
    def doors(self) -> dict[str, sign_in_attempts.Most]:
        """The counters that it increases, each with its limit."""
        own = dict.fromkeys(self.own, sign_in_attempts.Most(PER_USER, PER_USER_AN_HOUR))
        return (
            own
            if self.device
            else own | {_build_throttle_key("address", self.address): sign_in_attempts.Most(PER_ADDRESS, PER_ADDRESS_AN_HOUR)}
        )


class LoginThrottle:
    """Admits an attempt, or says when to come back. Attempts count from their start, so that many at once do not slip through."""

    def __init__(self, pool: Pool) -> None:
        """Count in that database."""
        self._pool = pool
        self._memory = MemoryThrottle()

    async def enter(self, attempt: Attempt) -> float:
        """Begin an attempt: 0 admits it, else the seconds to wait; asking does not lengthen them."""
        wait = self._memory.enter(*_count_in_memory(attempt))
        if wait:
            return wait

        async def count(connection: Connection) -> float:
            return await sign_in_attempts.enter(connection, attempt.doors)

        try:
            wait = await self._count_in_database(count) or 0.0
        except psycopg.Error:
            self._memory.withdraw(*_count_in_memory(attempt))
            raise
        if wait:
            self._memory.withdraw(*_count_in_memory(attempt))
        return wait

    async def forgive(self, attempt: Attempt) -> None:
        """After a success: reset the attempt's own counters, and take one off the address."""
        self._memory.forgive(*_count_in_memory(attempt))
        await self._count_in_database(
            lambda connection: sign_in_attempts.forgive(
                connection, attempt.own, [each for each in attempt.doors if each not in attempt.own]
            )
        )

    async def withdraw(self, attempt: Attempt) -> None:
        """Take the attempt back: an engine was away, so that it neither succeeded nor failed."""
        self._memory.withdraw(*_count_in_memory(attempt))
        with suppress(psycopg.Error):  # the engine that is away may be this one: what it counted is a minute old before it is back
            await self._count_in_database(lambda connection: sign_in_attempts.forgive(connection, [], list(attempt.doors)))

    async def _count_in_database(self, ask: Callable[[Connection], Awaitable[T]]) -> T | None:
        """The wait by the database's counters; None where it cannot write, in which case no password can be checked either."""
        try:
            async with self._pool.connection() as connection:
                return await ask(connection)
        except psycopg.Error as error:
            if unavailable(error) and not isinstance(error, psycopg.errors.DiskFull):
                raise
            return None  # a full disk keeps nobody out who knows their password: this process still counts


def _count_in_memory(attempt: Attempt) -> tuple[str, str]:
    device = f"{attempt.user}\0{attempt.device}"
    return (device, device) if attempt.device else (attempt.user, attempt.address)


def _build_throttle_key(whose: str, name: str) -> str:
    # Somebody may type their password where their name goes.
    return f"{whose}:{hashlib.sha256(name.encode(errors='surrogatepass')).hexdigest()[:32]}"


class MemoryThrottle:
    """The same in the memory of one process: so many attempts within a minute for each user and address.

    Attempts count from their start and are taken back when they succeed or cannot be decided. A limit for each user lets a stranger keep
    that user from signing in by failing in their name; tokens already issued stay valid.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Measure by that clock, in seconds."""
        self._clock = clock
        self._attempts: dict[tuple[str, str], deque[float]] = {}

    def enter(self, user: str, address: str) -> float:
        """Begin an attempt: 0 admits it, else the seconds to wait; asking does not lengthen them."""
        now = self._clock()
        if len(self._attempts) > _SWEEP_ABOVE:
            self._attempts = {key: attempts for key, attempts in self._attempts.items() if attempts[-1] > now - _WINDOW_S}
        doors = ((("user", user), PER_USER), (("address", address), PER_ADDRESS))
        wait = max(self._wait(key, limit, now) for key, limit in doors)
        if not wait:
            for key, _ in doors:
                self._attempts.setdefault(key, deque()).append(now)
        return wait

    def forgive(self, user: str, address: str) -> None:
        """After a success: reset the user's counter, and take one off the address."""
        self._attempts.pop(("user", user), None)
        self._take_back(("address", address))

    def withdraw(self, user: str, address: str) -> None:
        """Take one attempt off both counters."""
        self._take_back(("user", user))
        self._take_back(("address", address))

    def _take_back(self, key: tuple[str, str]) -> None:
        if attempts := self._attempts.get(key):
            attempts.pop()
            if not attempts:
                del self._attempts[key]

    def _wait(self, key: tuple[str, str], limit: int, now: float) -> float:
        attempts = self._attempts.get(key, deque())
        while attempts and attempts[0] <= now - _WINDOW_S:
            attempts.popleft()
        if not attempts:
            self._attempts.pop(key, None)
        return attempts[0] + _WINDOW_S - now if len(attempts) >= limit else 0.0
