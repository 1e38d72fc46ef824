"""User directory: who bears a token, their offices, and the tree of units; cached for seconds."""

import time
from collections.abc import Iterable
from datetime import timedelta
from typing import Literal, NamedTuple

from cachetools import TLRUCache, TTLCache

from models.access.scope import Person, Tree
from models.outside import is_machine, parse_machine_name
from models.problems import NotSignedIn, OrchestratorUnavailable
from models.readmodel.offices import find_person, read_units
from models.store import accounts
from models.store.accounts import SignIn
from models.store.appointment_confirmations import get_approving_offices
from models.store.connection import Connection
from models.store.second_factor_vouching import counts
from runtime.database import Pool
from runtime.logging import log
from runtime.settings import Settings
from runtime.tokens import Claims, DemoTokens, ProviderUnavailable, TokenRefused, Tokens

# Whoever loses an office may act by it for so many seconds more.
_FRESH_S = 5.0
# More than a county's whole staff; beyond it whoever was last seen longest ago is forgotten.
_MOST = 10_000


# Why somebody who was signed in is not any more, in words.
_OVER = {
    "signed-out": "已退出登录，请重新登录",
    "superseded": "口令已修改或者已在别处退出全部登录，请重新登录",
    "idle": "长时间没有操作，请重新登录",
    "secret-changed": "密钥已经更换，请以新的密钥重新取得令牌",
}


Owes = Literal["", "password", "second-factor", "vouching"]


class Bearer(NamedTuple):
    """Who bears a token, the sign-in it belongs to, and what they must do before anything else (`owes`, a slug, mostly empty).

    `first`: the identity provider signed them in, and this is the first request of that sign-in.
    """

    person: Person
    sign_in: SignIn
    owes: Owes
    second_factor: bool
    first: bool = False


def get_client_secret(settings: Settings, username: str) -> str:
    """The client secret of the system of that account; empty: it may fetch no token."""
    partner = settings.partners.get(parse_machine_name(username))
    return partner.client_secret.get_secret_value() if partner else ""


def _get_cache_expiry(_token: str, bearer: Bearer, now: float) -> float:
    """When a cached token must be looked up again: soon, since it may have been revoked, and never after its own end."""
    return now + min(_FRESH_S, bearer.sign_in.expires_at.timestamp() - time.time())


class Directory:
    """Bearers of tokens and the tree of units, read from the database and cached."""

    def __init__(self, pool: Pool, tokens: Tokens, settings: Settings) -> None:
        """Read through that pool, and verify by those tokens."""
        self._pool = pool
        self._tokens = tokens
        self._settings = settings
        self._bearers: TLRUCache[str, Bearer] = TLRUCache(_MOST, _get_cache_expiry)
        self._units: TTLCache[str, Tree] = TTLCache(1, _FRESH_S)

    async def get_bearer(self, token: str, *, attended: bool = True) -> Bearer:
        """Who bears a token; NotSignedIn where it is not valid any more, or its person is not active.

        It counts as use of the sign-in, unless nobody is at the keyboard (`attended`).
        """
        known = self._bearers.get(token)
        if known:
            return known
        claims = await self._read_claims(token)
        tree = await self.load_units()
        sign_in = SignIn(claims.sid, claims.subject, claims.issued_at, claims.expires_at, self._compute_generation(claims))
        async with self._pool.connection() as connection:
            person = await find_person(connection, claims.subject, tree)
            if person is None:
                raise NotSignedIn("用户不存在或者已停用")
            status = await self._load_status(connection, sign_in, attended=attended)
        if isinstance(status, str):
            log.info("token.refused", outcome=status)
            raise NotSignedIn(_OVER.get(status, "用户不存在或者已停用"))
        bearer = Bearer(person, sign_in, self._list_owed(person, status, sign_in), status.second_factor)
        self._bearers[token] = bearer
        return bearer._replace(first=status.first and claims.generation is None)

    def _compute_generation(self, claims: Claims) -> int | None:
        """The generation of the person's password; None for a system, whose token is valid while its secret is unchanged."""
        if claims.generation is None or not is_machine(claims.subject):
            return claims.generation
        assert isinstance(self._tokens, DemoTokens)  # whose alone have generations
        if claims.generation != self._tokens.compute_generation(get_client_secret(self._settings, claims.subject)):
            log.info("token.refused", outcome="secret-changed")
            raise NotSignedIn(_OVER["secret-changed"])
        return None

    async def _read_claims(self, token: str) -> Claims:
        try:
            return await self._tokens.verify(token)
        except TokenRefused as refused:
            log.info("token.refused", outcome=refused.reason)
            raise NotSignedIn() from None
        except ProviderUnavailable:
            raise OrchestratorUnavailable("统一身份认证暂时不可用", engine="identity-provider", retry_after=10) from None

    async def _load_status(self, connection: Connection, sign_in: SignIn, *, attended: bool) -> accounts.SignInStatus | str:
        idle = timedelta(minutes=self._settings.idle_minutes)
        return await accounts.use_sign_in(connection, sign_in, idle, demo=self._settings.demo, attended=attended)

    def _list_owed(self, person: Person, status: accounts.SignInStatus, sign_in: SignIn) -> Owes:
        if status.must_change:
            return "password"
        offices_needing_factor = self.list_offices_needing_factor(person, sign_in)
        if offices_needing_factor and not status.second_factor:
            return "second-factor"
        return "vouching" if offices_needing_factor and not counts(status.vouched, offices_needing_factor) else ""

    def list_offices_needing_factor(self, person: Person, sign_in: SignIn) -> frozenset[str]:
        """The offices for which somebody needs a second factor here; none for machines and for users of an identity provider."""
        ours = sign_in.generation is not None and not is_machine(person.username)
        return self.list_approving(each.office for each in person.offices) if ours else frozenset()

    def list_approving(self, offices: Iterable[str]) -> frozenset[str]:
        """Which of these offices need a second factor here."""
        asked = self._settings.second_factor == "approvers" and not self._settings.demo
        return get_approving_offices().intersection(offices) if asked else frozenset()

    async def load_units(self) -> Tree:
        """Every unit by its id."""
        known = self._units.get("")
        if known is None:
            async with self._pool.connection() as connection:
                known = self._units[""] = await read_units(connection)
        return known

    def forget(self) -> None:
        """Drop cached people and units after a change; other processes follow within seconds."""
        self._bearers.clear()
        self._units.clear()
