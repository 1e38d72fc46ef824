"""Temporal over TLS: we prove who we are by our certificate, whoever has none stays outside, and half a configuration starts nothing."""

import socket
import ssl
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest

from operations.certificates import Issued, Issuer
from runtime.settings import Settings
from runtime.temporal import build_tls, connect, load_token

HERE = "127.0.0.1"


@pytest.fixture
def issuer(tmp_path: Path) -> Issuer:
    return Issuer(tmp_path, "ours")


@pytest.fixture
def guarded(issuer: Issuer, temporal_address: str) -> Iterator[str]:
    """Temporal behind a door that lets in whoever shows a certificate of our issuer."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*issuer.issue(issuer.own.cert.parent, "temporal", HERE))
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


def ours(issuer: Issuer, name: str) -> Issued:
    return issuer.issue(issuer.own.cert.parent, name)


def settings(address: str, folder: Path, issuer: Issuer, shown: Issued) -> Settings:
    said: dict[str, Any] = {"temporal_tls_ca": issuer.own.cert, "temporal_tls_cert": shown.cert, "temporal_tls_key": shown.key}
    return Settings(temporal_address=address, data_dir=folder, **said)


async def test_whoever_shows_a_certificate_of_our_issuer_is_let_in(guarded: str, issuer: Issuer, tmp_path: Path) -> None:
    client = await connect(settings(guarded, tmp_path, issuer, ours(issuer, "worker")))
    answer = await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace="default"))
    assert answer.namespace_info.name == "default"


async def test_whoever_shows_none_or_anothers_stays_outside(guarded: str, issuer: Issuer, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    others = Issuer(tmp_path / "elsewhere", "theirs")
    in_clear = Settings(temporal_address=guarded, data_dir=tmp_path)
    for outside in (in_clear, settings(guarded, tmp_path, issuer, ours(others, "worker"))):
        with pytest.raises(RuntimeError):
            await connect(outside, patience=timedelta(milliseconds=500))


async def test_a_server_that_another_issuer_vouches_for_is_not_ours(guarded: str, issuer: Issuer, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    others = Issuer(tmp_path / "elsewhere", "theirs")
    with pytest.raises(RuntimeError):
        await connect(settings(guarded, tmp_path, others, ours(issuer, "worker")), patience=timedelta(milliseconds=500))


def test_half_a_configuration_starts_nothing(tmp_path: Path, issuer: Issuer) -> None:
    whole = settings("temporal:7233", tmp_path, issuer, ours(issuer, "api"))
    assert build_tls(whole)
    for name in ("temporal_tls_ca", "temporal_tls_cert", "temporal_tls_key"):
        with pytest.raises(ValueError, match="belong together"):
            build_tls(whole.model_copy(update={name: None}))
    with pytest.raises(ValueError, match="over TLS alone"):
        load_token(Settings(temporal_token=SecretStr("secret")))
    assert load_token(whole.model_copy(update={"temporal_token": SecretStr("secret")})) == "secret"
