"""A token names its subject only if it was signed by whom we trust, for us, and is still valid."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import RSAAlgorithm

from runtime import tokens as ours
from runtime.settings import Settings
from runtime.tokens import DemoTokens, OidcTokens, ProviderUnavailable, TokenRefused, make_tokens

SECRET = b"s" * 32


def refused(reason: str) -> Any:
    return pytest.raises(TokenRefused, match=f"^{reason}$")


async def test_a_token_of_ours_names_its_subject_until_it_expires() -> None:
    demo = DemoTokens(SECRET, timedelta(hours=12))
    token, expires_at = demo.issue("wang")
    claims = await demo.verify(token)
    assert (claims.subject, claims.expires_at) == ("wang", expires_at)
    assert timedelta(hours=11, minutes=59) < expires_at - datetime.now(UTC) <= timedelta(hours=12)


@pytest.mark.parametrize("odd", [{"exp": 10**18}, {"exp": 2**63}, {"gen": "0"}, {"gen": True}, {"iat": -(10**15)}])
async def test_a_token_that_is_well_signed_and_of_no_time_or_password_there_is_is_refused(odd: dict[str, Any]) -> None:
    with pytest.raises(TokenRefused):
        await DemoTokens(SECRET, timedelta(1)).verify(jwt.encode(WHOLE | odd, SECRET))


async def test_a_device_is_known_to_whoever_signed_in_on_it_and_to_nobody_else() -> None:
    demo, other = DemoTokens(SECRET, timedelta(1)), DemoTokens(b"x" * 32, timedelta(1))
    device = demo.issue_device("wang")
    assert demo.find_device("wang", f"nonsense {other.issue_device('wang')} {device}") == device
    assert demo.find_device("li", device) == ""
    assert demo.find_device("wang", "") == demo.find_device("wang", "====") == ""
    assert "wang" not in device


async def test_an_expired_token_is_refused() -> None:
    demo = DemoTokens(SECRET, timedelta(minutes=-5))
    with refused("expired"):
        await demo.verify(demo.issue("wang")[0])


async def test_a_token_under_another_secret_is_refused() -> None:
    with refused("wrong-signature"):
        await DemoTokens(SECRET, timedelta(1)).verify(DemoTokens(b"x" * 32, timedelta(1)).issue("wang")[0])


@pytest.mark.parametrize("token", ["", "a.b.c", "x", "Bearer", jwt.encode({"sub": "wang"}, "", "none")])
async def test_what_is_no_token_of_ours_is_refused(token: str) -> None:
    with pytest.raises(TokenRefused):
        await DemoTokens(SECRET, timedelta(1)).verify(token)


WHOLE = {"sub": "wang", "exp": 4_000_000_000, "iat": 1, "aud": "louke", "iss": "louke", "jti": "one", "gen": 0}


@pytest.mark.parametrize("absent", [*WHOLE])
async def test_a_token_that_leaves_something_out_is_refused(absent: str) -> None:
    said = dict(WHOLE)
    del said[absent]
    with refused("incomplete"):
        await DemoTokens(SECRET, timedelta(1)).verify(jwt.encode(said, SECRET))


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 32 bytes"):
        DemoTokens(b"short", timedelta(1))


async def test_every_process_of_a_machine_believes_the_same_tokens(tmp_path: Path) -> None:
    first, second = (make_tokens(Settings(data_dir=tmp_path)) for _ in range(2))
    assert isinstance(first, DemoTokens)
    assert (await second.verify(first.issue("wang")[0])).subject == "wang"


class Provider:
    """An OpenID Connect provider on this machine, with keys of its own and a count of how often it was asked for them."""

    def __init__(self) -> None:
        self.keys = {"first": rsa.generate_private_key(65537, 2048)}
        self.asked = 0
        self.away = False
        self.named = ""
        provider = self

        class Pages(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                page = provider.page(self.path)
                self.send_response(503 if provider.away else 200)
                self.end_headers()
                self.wfile.write(json.dumps(page).encode())

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the library calls it
                """Keep the test's output clean."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
        self.issuer = self.named = f"http://127.0.0.1:{self.server.server_port}/realm"

    def page(self, path: str) -> dict[str, Any]:
        if path == "/realm/.well-known/openid-configuration":
            self.asked += 1
            return {"issuer": self.named, "jwks_uri": f"{self.issuer}/keys"}
        keys = [{**RSAAlgorithm.to_jwk(key.public_key(), as_dict=True), "kid": kid} for kid, key in self.keys.items()]
        return {"keys": keys}

    def token(self, kid: str = "first", /, **changed: object) -> str:
        said = {"sub": "wang", "exp": datetime.now(UTC) + timedelta(hours=1), "aud": "louke", "iss": self.issuer, **changed}
        return jwt.encode(said, self.keys.get(kid, self.keys["first"]), "RS256", headers={"kid": kid})


@pytest.fixture
def provider() -> Iterator[Provider]:
    provider = Provider()
    thread = threading.Thread(target=provider.server.serve_forever, args=(0.01,))
    thread.start()
    yield provider
    provider.server.shutdown()
    thread.join()
    provider.server.server_close()


@pytest.fixture
def oidc(provider: Provider) -> OidcTokens:
    return OidcTokens(provider.issuer, "louke")


async def test_a_providers_token_names_its_subject_and_its_keys_are_fetched_once(provider: Provider, oidc: OidcTokens) -> None:
    for subject in ("wang", "li", "zhao"):
        assert (await oidc.verify(provider.token(sub=subject))).subject == subject
    assert provider.asked == 1


async def test_the_settings_choose_the_provider(provider: Provider, tmp_path: Path) -> None:
    chosen = make_tokens(Settings(oidc_issuer=provider.issuer, data_dir=tmp_path))
    assert (await chosen.verify(provider.token())).subject == "wang"
    with pytest.raises(TokenRefused):
        await chosen.verify(DemoTokens(SECRET, timedelta(1)).issue("wang")[0])


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"aud": "another"}, "wrong-audience"),
        ({"iss": "https://elsewhere.example"}, "wrong-issuer"),
        ({"exp": datetime(2020, 1, 1, tzinfo=UTC)}, "expired"),
        ({"nbf": datetime(2100, 1, 1, tzinfo=UTC)}, "not-yet-valid"),
    ],
)
async def test_a_providers_token_for_others_or_another_time_is_refused(
    provider: Provider, oidc: OidcTokens, changed: dict[str, object], reason: str
) -> None:
    with refused(reason):
        await oidc.verify(provider.token(**changed))


async def test_a_forged_signature_is_refused(provider: Provider, oidc: OidcTokens) -> None:
    forger = Provider()
    forger.server.server_close()
    with refused("wrong-signature"):
        await oidc.verify(forger.token(iss=provider.issuer))


async def test_a_token_signed_with_the_public_key_as_a_secret_is_refused(provider: Provider, oidc: OidcTokens) -> None:
    # In hexadecimal, since the library would not lend a hand with the key itself.
    public = provider.keys["first"].public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo).hex()
    said = {"sub": "wang", "exp": 4_000_000_000, "aud": "louke", "iss": provider.issuer}
    with refused("wrong-algorithm"):
        await oidc.verify(jwt.encode(said, public, "HS256", headers={"kid": "first"}))


async def test_a_rotated_key_is_found_but_strangers_cannot_make_us_ask_for_ever(
    provider: Provider, oidc: OidcTokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    await oidc.verify(provider.token())
    provider.keys["second"] = rsa.generate_private_key(65537, 2048)
    for _ in range(5):
        with refused("unknown-key"):
            await oidc.verify(provider.token("second"))
    assert provider.asked == 1
    monkeypatch.setattr(ours, "_ASK_AGAIN_S", 0.0)
    assert (await oidc.verify(provider.token("second"))).subject == "wang"
    assert provider.asked == 2


async def test_a_provider_that_is_away_is_not_asked_by_every_request(provider: Provider, oidc: OidcTokens) -> None:
    provider.away = True
    for _ in range(5):
        with pytest.raises(ProviderUnavailable):
            await oidc.verify(provider.token())
    assert provider.asked == 1


async def test_known_keys_serve_while_the_provider_is_away(provider: Provider, oidc: OidcTokens) -> None:
    await oidc.verify(provider.token())
    provider.away = True
    assert (await oidc.verify(provider.token())).subject == "wang"


async def test_a_discovery_document_of_another_issuer_is_not_believed(provider: Provider, oidc: OidcTokens) -> None:
    provider.named = "https://elsewhere.example"
    with pytest.raises(ProviderUnavailable):
        await oidc.verify(provider.token())
