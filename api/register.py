"""The register of people and units, as it was seconds ago: looked at by every request, changed once in a while."""

import time
from typing import Generic, TypeVar

from models import queries
from models.problems import NotSignedIn, OrchestratorUnavailable
from models.reach import Person, Tree
from runtime.database import Pool
from runtime.logging import log
from runtime.tokens import ProviderUnavailable, TokenRefused, Tokens

V = TypeVar("V")

# Whoever loses an office may act by it for so many seconds more.
_FRESH_S = 5.0
# More than a county's whole staff; beyond it the memory is emptied, and fills again.
_MOST = 10_000


class Recent(Generic[V]):
    """Values remembered for a few seconds."""

    def __init__(self) -> None:
        """Nothing is remembered."""
        self._kept: dict[str, tuple[float, V]] = {}

    def get(self, key: str) -> V | None:
        """The value, unless it is too old."""
        until, value = self._kept.get(key, (0.0, None))
        return value if until > time.monotonic() else None

    def keep(self, key: str, value: V, seconds: float = _FRESH_S) -> V:
        """Remember the value for so long, and give it back."""
        if len(self._kept) >= _MOST:
            self._kept.clear()
        self._kept[key] = (time.monotonic() + seconds, value)
        return value


class Register:
    """Who bears a token, which offices they hold, and which units there are."""

    def __init__(self, pool: Pool, tokens: Tokens) -> None:
        """Read through that pool, and believe those tokens."""
        self._pool = pool
        self._tokens = tokens
        self._bearers: Recent[Person] = Recent()
        self._units: Recent[Tree] = Recent()

    async def bearer(self, token: str) -> Person:
        """The person whom a token names; NotSignedIn where it is not valid, or names nobody active."""
        known = self._bearers.get(token)
        if known:
            return known
        try:
            claims = await self._tokens.verify(token)
        except TokenRefused as refused:
            log.info("token.refused", outcome=refused.reason)
            raise NotSignedIn() from None
        except ProviderUnavailable:
            raise OrchestratorUnavailable("统一身份认证暂时不可用", engine="identity-provider", retry_after=10) from None
        tree = await self.units()
        async with self._pool.connection() as connection:
            person = await queries.person(connection, claims.subject, tree)
        if person is None:
            raise NotSignedIn("用户不存在或者已停用")
        return self._bearers.keep(token, person, min(_FRESH_S, claims.expires_at.timestamp() - time.time()))

    async def units(self) -> Tree:
        """Every unit by its id."""
        known = self._units.get("")
        if known:
            return known
        async with self._pool.connection() as connection:
            return self._units.keep("", await queries.units(connection))

    def forget(self) -> None:
        """Read everybody and every unit anew when next asked: something has been changed. Other processes do within seconds."""
        self._bearers, self._units = Recent(), Recent()
