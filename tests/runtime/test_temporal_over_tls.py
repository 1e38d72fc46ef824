"""Temporal over TLS: we prove who we are by our certificate, whoever has none stays outside, and half a configuration starts nothing."""

import socket
import ssl
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pydantic import SecretStr
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest

from runtime.settings import Settings
from runtime.temporal import connect, tls, token


class Issued(NamedTuple):
    """A certificate with its key, as files."""

    cert: Path
    key: Path


class Issuer:
    """Who issues certificates for one installation."""

    def __init__(self, folder: Path, name: str) -> None:
        """Its own certificate goes into that folder."""
        self._folder, self._key = folder, generate_private_key(SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.own = self._write(name, self._signed(self._name, self._key, None), self._key)

    def issue(self, name: str) -> Issued:
        """A certificate for that name, on this machine."""
        key = generate_private_key(SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        return self._write(name, self._signed(subject, key, name), key)

    def _signed(self, subject: x509.Name, key: EllipticCurvePrivateKey, host: str | None) -> x509.Certificate:
        now = datetime.now(UTC)
        builder = x509.CertificateBuilder().subject_name(subject).issuer_name(self._name).public_key(key.public_key())
        builder = builder.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(minutes=1))
        builder = builder.not_valid_after(now + timedelta(hours=1))
        builder = builder.add_extension(x509.BasicConstraints(ca=host is None, path_length=None), critical=True)
        if host:
            names = [x509.DNSName(host), x509.IPAddress(ip_address("127.0.0.1"))]
            builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        return builder.sign(self._key, SHA256())

    def _write(self, name: str, certificate: x509.Certificate, key: EllipticCurvePrivateKey) -> Issued:
        issued = Issued(self._folder / f"{name}.pem", self._folder / f"{name}.key")
        issued.cert.write_bytes(certificate.public_bytes(Encoding.PEM))
        issued.key.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return issued


@pytest.fixture
def issuer(tmp_path: Path) -> Issuer:
    return Issuer(tmp_path, "ours")


@pytest.fixture
def guarded(issuer: Issuer, temporal_address: str) -> Iterator[str]:
    """Temporal behind a door that lets in whoever shows a certificate of our issuer."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*issuer.issue("temporal"))
    context.load_verify_locations(issuer.own.cert)
    context.verify_mode = ssl.CERT_REQUIRED
    context.set_alpn_protocols(["h2"])
    host, port = temporal_address.split(":")
    with ExitStack() as stack, ThreadPoolExecutor() as threads:
        door = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        accepting = threads.submit(_accept, door, context, (host, int(port)), stack, threads)
        yield "{}:{}".format(*door.getsockname())
        door.shutdown(socket.SHUT_RDWR)
        accepting.result()
        stack.close()  # whoever still waits to read is told that there is no more


def _accept(
    door: socket.socket, context: ssl.SSLContext, inner: tuple[str, int], stack: ExitStack, threads: ThreadPoolExecutor
) -> None:
    while True:
        try:
            plain, _ = door.accept()
        except OSError:
            return
        try:
            outside = context.wrap_socket(plain, server_side=True)
        except OSError:  # no certificate, or not one of ours
            plain.close()
            continue
        inside = socket.create_connection(inner)
        for one in (outside, inside):
            stack.callback(_close, one)
        threads.submit(_pass_on, outside, inside)
        threads.submit(_pass_on, inside, outside)


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while data := one.recv(65536):
            other.sendall(data)
    _close(other)


def _close(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


def settings(address: str, folder: Path, issuer: Issuer, ours: Issued) -> Settings:
    said = {"temporal_tls_ca": issuer.own.cert, "temporal_tls_cert": ours.cert, "temporal_tls_key": ours.key}
    return Settings(temporal_address=address, data_dir=folder, **said)


async def test_whoever_shows_a_certificate_of_our_issuer_is_let_in(guarded: str, issuer: Issuer, tmp_path: Path) -> None:
    client = await connect(settings(guarded, tmp_path, issuer, issuer.issue("worker")))
    answer = await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace="default"))
    assert answer.namespace_info.name == "default"


async def test_whoever_shows_none_or_anothers_stays_outside(guarded: str, issuer: Issuer, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    others = Issuer(tmp_path / "elsewhere", "theirs")
    in_clear = Settings(temporal_address=guarded, data_dir=tmp_path)
    for outside in (in_clear, settings(guarded, tmp_path, issuer, others.issue("worker"))):
        with pytest.raises(RuntimeError):
            await connect(outside, patience=timedelta(milliseconds=500))


async def test_a_server_that_another_issuer_vouches_for_is_not_ours(guarded: str, issuer: Issuer, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    others = Issuer(tmp_path / "elsewhere", "theirs")
    with pytest.raises(RuntimeError):
        await connect(settings(guarded, tmp_path, others, issuer.issue("worker")), patience=timedelta(milliseconds=500))


def test_half_a_configuration_starts_nothing(tmp_path: Path, issuer: Issuer) -> None:
    ours = issuer.issue("api")
    whole = settings("temporal:7233", tmp_path, issuer, ours)
    assert tls(whole)
    for name in ("temporal_tls_ca", "temporal_tls_cert", "temporal_tls_key"):
        with pytest.raises(ValueError, match="belong together"):
            tls(whole.model_copy(update={name: None}))
    with pytest.raises(ValueError, match="over TLS alone"):
        token(Settings(temporal_token=SecretStr("secret")))
    assert token(whole.model_copy(update={"temporal_token": SecretStr("secret")})) == "secret"
