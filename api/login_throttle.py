"""The gate against guessing, which all processes keep together: in the database, and in each one's memory while that cannot be written.

A device on which somebody has signed in before has a door of its own: strangers who fail in their name, or from the address they share, do
not keep them out.
"""

import hashlib
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, NamedTuple

import psycopg

from models.store import sign_in_attempts
from runtime.database import Pool, unavailable
from runtime.passwords import PER_ADDRESS, PER_ADDRESS_AN_HOUR, PER_USER, PER_USER_AN_HOUR, LoginGate


class Attempt(NamedTuple):
    """Somebody's attempt to sign in: as whom, from where, and on which device that is known (empty: none)."""

    user: str
    address: str
    device: str = ""

    @property
    def own(self) -> list[str]:
        """The doors that whoever succeeds finds open again."""
        return [_door("device", f"{self.user}\0{self.device}")] if self.device else [_door("user", self.user)]

    @property
    def doors(self) -> dict[str, sign_in_attempts.Most]:
        """The doors it comes to, each with how many it lets through."""
        own = dict.fromkeys(self.own, sign_in_attempts.Most(PER_USER, PER_USER_AN_HOUR))
        return (
            own if self.device else own | {_door("address", self.address): sign_in_attempts.Most(PER_ADDRESS, PER_ADDRESS_AN_HOUR)}
        )


class LoginThrottle:
    """Lets an attempt in, or says when to come back. It counts from its start, so that many at once do not slip through."""

    def __init__(self, pool: Pool) -> None:
        """Count in that database."""
        self._pool = pool
        self._memory = LoginGate()

    async def enter(self, attempt: Attempt) -> float:
        """Begin an attempt: 0 lets it through, else the seconds after which it may be tried again (which do not lengthen by asking)."""
        wait = self._memory.enter(*_remembered(attempt))
        if wait:
            return wait

        async def count(connection: Any) -> float:
            return await sign_in_attempts.enter(connection, attempt.doors)

        try:
            wait = await self._counted(count) or 0.0
        except psycopg.Error:
            self._memory.undecided(*_remembered(attempt))
            raise
        if wait:
            self._memory.undecided(*_remembered(attempt))
        return wait

    async def succeeded(self, attempt: Attempt) -> None:
        """Forgive what was tried at one's own door, and one attempt of the address."""
        self._memory.succeeded(*_remembered(attempt))
        await self._counted(
            lambda connection: sign_in_attempts.forgive(
                connection, attempt.own, [each for each in attempt.doors if each not in attempt.own]
            )
        )

    async def undecided(self, attempt: Attempt) -> None:
        """Forgive one attempt: an engine was away, so that it neither succeeded nor failed."""
        self._memory.undecided(*_remembered(attempt))
        with suppress(psycopg.Error):  # the engine that is away may be this one: what it counted is a minute old before it is back
            await self._counted(lambda connection: sign_in_attempts.forgive(connection, [], list(attempt.doors)))

    async def _counted(self, ask: Callable[[Any], Awaitable[Any]]) -> Any:
        """What counting in the database says; None where it cannot write. Without it nobody's password can be looked up either."""
        try:
            async with self._pool.connection() as connection:
                return await ask(connection)
        except psycopg.Error as error:
            if unavailable(error) and not isinstance(error, psycopg.errors.DiskFull):
                raise
            return None  # a full disk keeps nobody out who knows their password: this process still counts


def _remembered(attempt: Attempt) -> tuple[str, str]:
    device = f"{attempt.user}\0{attempt.device}"
    return (device, device) if attempt.device else (attempt.user, attempt.address)


def _door(sort: str, name: str) -> str:
    # Somebody may type their password where their name goes.
    return f"{sort}:{hashlib.sha256(name.encode(errors='surrogatepass')).hexdigest()[:32]}"
