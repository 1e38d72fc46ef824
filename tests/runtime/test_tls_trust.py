"""Whom we ask outside is believed while an issuer that this machine knows vouches for them, and has not revoked it."""

import base64
import os
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from pydantic import SecretStr
from temporalio.exceptions import ApplicationError

from activities.deliveries import _hand_over
from operations.certificates import Issued, Issuer
from runtime.settings import Partner
from runtime.tls_trust import build_trust
from runtime.tokens import OidcTokens, ProviderUnavailable
from tests.runtime.test_tokens import Provider

HERE = "127.0.0.1"


class Outside(BaseHTTPRequestHandler):
    """A system outside, which answers whatever it is asked, and keeps what it is told."""

    told: ClassVar[list[bytes]] = []

    def do_POST(self) -> None:
        self.told.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.do_GET()

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the library calls it
        return


@pytest.fixture
def issuer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Issuer:
    """One that this machine knows."""
    made = Issuer(tmp_path, "known")
    monkeypatch.setenv("SSL_CERT_FILE", str(made.own.cert))
    return made


@pytest.fixture
def shown(issuer: Issuer, tmp_path: Path) -> Issued:
    return issuer.issue(tmp_path, HERE, file="outside")


@pytest.fixture
def outside(shown: Issued) -> Iterator[str]:
    with ThreadingHTTPServer((HERE, 0), Outside) as server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*shown)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"https://{HERE}:{server.server_port}/"
        server.shutdown()


def listed(issuer: Issuer, *revoked: Issued, ends: timedelta = timedelta(days=1)) -> bytes:
    """That issuer's list of what it no longer vouches for."""
    now = datetime.now(UTC)
    own = x509.load_pem_x509_certificate(issuer.own.cert.read_bytes())
    made = x509.CertificateRevocationListBuilder().issuer_name(own.subject)
    made = made.last_update(now - timedelta(days=2)).next_update(now + ends)
    for each in revoked:
        serial = x509.load_pem_x509_certificate(each.cert.read_bytes()).serial_number
        made = made.add_revoked_certificate(
            x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(now - timedelta(days=1)).build()
        )
    signing = load_pem_private_key(issuer.own.key.read_bytes(), password=None)
    return made.sign(signing, SHA256()).public_bytes(Encoding.PEM)  # type: ignore[arg-type] - a key that signs


async def asked(address: str, revoked: Path | None) -> int:
    async with httpx.AsyncClient(verify=build_trust(revoked), trust_env=False) as http:
        return (await http.get(address)).status_code


async def test_whoever_is_on_no_list_is_believed(outside: str, issuer: Issuer, tmp_path: Path) -> None:
    (lists := tmp_path / "lists.pem").write_bytes(listed(issuer))
    assert await asked(outside, lists) == 200


async def test_whoever_was_revoked_is_told_nothing_as_soon_as_the_list_says_so(
    outside: str, issuer: Issuer, shown: Issued, tmp_path: Path
) -> None:
    (lists := tmp_path / "lists.pem").write_bytes(listed(issuer))
    assert await asked(outside, lists) == 200
    lists.write_bytes(listed(issuer, shown))
    os.utime(lists, ns=(0, lists.stat().st_mtime_ns + 1_000_000))
    with pytest.raises(httpx.ConnectError, match="revoked"):
        await asked(outside, lists)


async def test_nobody_is_believed_of_whose_issuer_there_is_no_list_or_an_old_one(
    outside: str, issuer: Issuer, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (lists := tmp_path / "others.pem").write_bytes(listed(Issuer(tmp_path / "elsewhere", "another")))
    with pytest.raises(httpx.ConnectError, match="unable to get certificate CRL"):
        await asked(outside, lists)
    (old := tmp_path / "old.pem").write_bytes(listed(issuer, ends=timedelta(days=-1)))
    with pytest.raises(httpx.ConnectError, match="CRL has expired"):
        await asked(outside, old)
    with pytest.raises(FileNotFoundError):
        build_trust(tmp_path / "nowhere.pem")


async def test_a_message_waits_while_its_system_shows_a_revoked_certificate_or_nobody_can_say(
    outside: str, issuer: Issuer, shown: Issued, tmp_path: Path
) -> None:
    system = Partner(address=outside, secret=SecretStr("whsec_" + base64.b64encode(b"twenty-four bytes at least").decode()))
    Outside.told.clear()
    (lists := tmp_path / "lists.pem").write_bytes(listed(issuer, shown))
    for revoked in (lists, tmp_path / "nowhere.pem"):
        with pytest.raises(ApplicationError) as refused:
            await _hand_over(system, "SD1", b"{}", revoked)
        assert (refused.value.type, refused.value.non_retryable) == ("no-answer", False)
    assert Outside.told == []
    lists.write_bytes(listed(issuer))
    os.utime(lists, ns=(0, lists.stat().st_mtime_ns + 1_000_000))
    assert await _hand_over(system, "SD1", b"{}", lists) == ""
    assert Outside.told == [b"{}"]


async def test_a_provider_of_identities_signs_nobody_in_whose_lists_cannot_be_read(tmp_path: Path) -> None:
    provider = Provider()
    provider.server.server_close()
    with pytest.raises(ProviderUnavailable) as refused:
        await OidcTokens(provider.issuer, "louke", tmp_path / "nowhere.pem").verify(provider.token())
    assert isinstance(refused.value.__cause__, FileNotFoundError)
