"""Tokens: who is calling, told by a bearer token that we signed for a demo user or that the bureau's identity provider signed."""

import asyncio
import base64
import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import httpx
import jwt
from jwt import PyJWK, PyJWKSet

from runtime.encryption import keep_secret
from runtime.settings import Settings
from runtime.tls_trust import build_trust

_OURS = "louke"
# RFC 7518 wants at least as many secret bytes as the digest has.
_SECRET_BYTES = 32
# Nobody guesses one of so many.
_SID_BYTES = 16
# A number that JSON carries whole.
_GENERATION_BYTES = 6
# More people than that seldom share a machine.
_DEVICES = 20
# Clocks of two machines may differ by this much.
_LEEWAY = timedelta(seconds=30)
# Signatures by a private key only: were the shared-secret ones allowed, anybody could sign with the provider's public key.
_PROVIDER_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
# A key that the provider withdrew is believed for at most this long, and so long do we do without the provider.
_KEYS_KEPT_S = 3600.0
# A token under an unknown key makes us ask again, but not oftener than this, whatever strangers send or however long it is away.
_ASK_AGAIN_S = 10.0
# A provider that takes longer to hand out its keys is as good as away.
_PROVIDER_WAIT_S = 5.0


@dataclass(frozen=True, slots=True)
class Claims:
    """What a valid token says: whom it names, since and until when it holds, and of which sign-in it is.

    `generation` is that of the password it was had for; None: it is the identity provider's.
    """

    subject: str
    expires_at: datetime
    issued_at: datetime
    sid: str
    generation: int | None = None


class TokenRefused(Exception):
    """A token that is not to be believed; `reason` is a slug such as `expired`, `malformed`, `wrong-audience` or `unknown-key`."""

    def __init__(self, reason: str) -> None:
        """Refuse for that reason."""
        super().__init__(reason)
        self.reason = reason


class ProviderUnavailable(Exception):
    """The identity provider does not hand out its keys, so that nobody's token can be checked for now."""


class Tokens(Protocol):
    """Whatever can tell who a bearer token names."""

    async def verify(self, token: str) -> Claims:
        """The claims of a valid token; TokenRefused when it is not, ProviderUnavailable when nobody can tell."""
        ...


class DemoTokens:
    """Tokens that we sign ourselves for users who sign in with a password."""

    def __init__(self, secret: bytes, lasting: timedelta) -> None:
        """Sign with that secret; a token holds for that long. ValueError when the secret is too short to be one."""
        if len(secret) < _SECRET_BYTES:
            raise ValueError(f"a token secret needs at least {_SECRET_BYTES} bytes")
        self._secret = secret
        self._lasting = lasting

    def issue(self, subject: str, generation: int = 0) -> tuple[str, datetime]:
        """A token that names the subject, had for a password of that generation, and the instant at which it expires."""
        issued_at = datetime.now(UTC).replace(microsecond=0)
        expires_at = issued_at + self._lasting
        claims = {"sub": subject, "iss": _OURS, "aud": _OURS, "iat": issued_at, "exp": expires_at, "gen": generation}
        return jwt.encode(claims | {"jti": secrets.token_urlsafe(_SID_BYTES)}, self._secret, "HS256"), expires_at

    def compute_generation(self, secret: str) -> int:
        """The generation of what a system fetches with that secret: another one for any other, and the secret is not told by it."""
        return int.from_bytes(hmac.digest(self._secret, b"generation\0" + secret.encode(), "sha256")[:_GENERATION_BYTES])

    async def verify(self, token: str) -> Claims:
        """See Tokens."""
        return _read_claims(token, self._secret, ["HS256"], _OURS, _OURS, own=True)

    def issue_device(self, subject: str) -> str:
        """By which a device on which the subject has signed in is known again; it names nobody, and opens nothing."""
        random = secrets.token_bytes(_SID_BYTES)
        return base64.urlsafe_b64encode(random + self._of_device(subject, random)).decode()

    def find_device(self, subject: str, devices: str) -> str:
        """The device, of those named here with blanks between them, on which the subject has signed in; empty: none of them."""
        for each in devices.split(" ")[:_DEVICES]:
            try:
                known = base64.urlsafe_b64decode(each.encode())
            except ValueError:
                continue
            if hmac.compare_digest(known[_SID_BYTES:], self._of_device(subject, known[:_SID_BYTES])):
                return base64.urlsafe_b64encode(known).decode()  # in one spelling: there are many that mean the same
        return ""

    def _of_device(self, subject: str, random: bytes) -> bytes:
        return hmac.digest(self._secret, b"device\0" + random + subject.encode(), "sha256")


class OidcTokens:
    """Tokens of an OpenID Connect provider, whose keys are found through its discovery document and kept for a while."""

    def __init__(self, issuer: str, audience: str, revoked: Path | None = None) -> None:
        """Believe what that issuer signed for that audience, unless its certificate is `revoked` by the lists in that file."""
        self._issuer = issuer
        self._revoked = revoked
        self._audience = audience
        self._keys: dict[str | None, PyJWK] = {}
        self._asked_at = float("-inf")
        self._away_until = float("-inf")
        self._asking = asyncio.Lock()

    async def verify(self, token: str) -> Claims:
        """See Tokens; the provider is asked over HTTP only when its keys are old or the token's key is new."""
        try:
            key_id = jwt.get_unverified_header(token).get("kid")
        except jwt.InvalidTokenError:
            raise TokenRefused("malformed") from None
        key = await self._fetch_key(key_id)
        return _read_claims(token, key, _PROVIDER_ALGORITHMS, self._audience, self._issuer)

    async def _fetch_key(self, key_id: str | None) -> PyJWK:
        if self._must_ask(key_id):
            async with self._asking:
                if self._must_ask(key_id):  # not if another request has just asked
                    await self._ask()
        if key_id not in self._keys:
            raise TokenRefused("unknown-key")
        return self._keys[key_id]

    def _must_ask(self, key_id: str | None) -> bool:
        age = time.monotonic() - self._asked_at
        return age > (_KEYS_KEPT_S if key_id in self._keys else _ASK_AGAIN_S)

    async def _ask(self) -> None:
        if time.monotonic() < self._away_until:
            raise ProviderUnavailable("the identity provider did not hand out its keys just now")
        try:
            key_set = await self._fetch_key_set()
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError, KeyError, AttributeError, jwt.PyJWTError) as error:
            self._away_until = time.monotonic() + _ASK_AGAIN_S
            raise ProviderUnavailable("the identity provider does not hand out its keys") from error
        self._keys = {key.key_id: key for key in key_set}
        self._asked_at = time.monotonic()

    async def _fetch_key_set(self) -> PyJWKSet:
        async with httpx.AsyncClient(verify=build_trust(self._revoked), timeout=_PROVIDER_WAIT_S) as http:
            configuration = await _fetch_document(http, f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
            if configuration.get("issuer") != self._issuer:
                raise ValueError("the discovery document names another issuer")
            keys_at = configuration["jwks_uri"]
            if urlsplit(keys_at).scheme != urlsplit(self._issuer).scheme:
                raise ValueError("the keys lie elsewhere than behind TLS")
            return PyJWKSet.from_dict(await _fetch_document(http, keys_at))


def make_tokens(settings: Settings) -> DemoTokens | OidcTokens:
    """How this installation tells who is calling: by the bureau's provider if there is one, else by tokens of our own."""
    if settings.oidc_issuer:
        return OidcTokens(settings.oidc_issuer, settings.oidc_audience, settings.crl)
    return make_demo_tokens(settings)


def make_demo_tokens(settings: Settings) -> DemoTokens:
    """Tokens of our own, which an installation without a provider gives out."""
    return DemoTokens(_load_secret(settings), timedelta(hours=settings.token_hours))


def load_local_secret(settings: Settings) -> bytes:
    """From which each person's key of what their browser keeps is derived."""
    return hmac.digest(_load_secret(settings), b"local", "sha256")


def _load_secret(settings: Settings) -> bytes:
    given = settings.token_secret.get_secret_value().encode()
    return given or keep_secret(settings.data_dir / "keys" / "tokens", lambda: secrets.token_bytes(_SECRET_BYTES))


async def _fetch_document(http: httpx.AsyncClient, url: str) -> dict[str, Any]:
    return (await http.get(url)).raise_for_status().json()


def _read_claims(token: str, key: bytes | PyJWK, algorithms: list[str], audience: str, issuer: str, *, own: bool = False) -> Claims:
    required = ["exp", "sub", "iss", "aud", *(("iat", "jti", "gen") if own else ())]
    try:
        claims = jwt.decode(
            token,
            key,
            algorithms,
            options={"require": required},
            audience=audience,
            issuer=issuer,
            leeway=_LEEWAY,
        )
    except jwt.InvalidTokenError as error:
        raise TokenRefused(_REASONS.get(type(error), "malformed")) from None
    sid = claims["jti"] if own else hashlib.sha256(token.encode()).hexdigest()
    try:
        expires_at = datetime.fromtimestamp(int(claims["exp"]), UTC)
        issued_at = datetime.fromtimestamp(int(claims["iat"]), UTC) if "iat" in claims else datetime.now(UTC)
    except (ValueError, OverflowError, OSError):  # well signed, and of no time that there is
        raise TokenRefused("malformed") from None
    if own and type(claims["gen"]) is not int:
        raise TokenRefused("malformed")
    return Claims(claims["sub"], expires_at, issued_at, sid, claims["gen"] if own else None)


_REASONS: dict[type[jwt.InvalidTokenError], str] = {
    jwt.ExpiredSignatureError: "expired",
    jwt.ImmatureSignatureError: "not-yet-valid",
    jwt.InvalidAudienceError: "wrong-audience",
    jwt.InvalidIssuerError: "wrong-issuer",
    jwt.InvalidSignatureError: "wrong-signature",
    jwt.InvalidAlgorithmError: "wrong-algorithm",
    jwt.MissingRequiredClaimError: "incomplete",
}
