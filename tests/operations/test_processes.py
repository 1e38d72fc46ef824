"""How the API is served: what it says of itself, and whom it believes."""

import os
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from operations.certificates import issue_certificates
from runtime.embedded.ports import find_free_port, is_free
from runtime.embedded.process import pause_briefly

ECHO = """
import sys
from pathlib import Path
from operations.processes import serve

async def application(scope, receive, send):
    if scope["type"] != "http":
        return
    body = f"{scope['client'][0]} {scope['scheme']}".encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": body})

serve(application, "127.0.0.1", int(sys.argv[1]), sys.argv[2], tuple(map(Path, sys.argv[3:])) or None)
"""
PATIENCE_S = 60.0
TOLD = {"X-Forwarded-For": "10.9.8.7", "X-Forwarded-Proto": "https"}


@contextmanager
def served(folder: Path, proxies: str, *shown: Path) -> Iterator[str]:
    """The address at which a process of its own answers with whom and how it was asked, over TLS if it shows a certificate with its key."""
    port = find_free_port()
    address = f"http{'s' if shown else ''}://127.0.0.1:{port}/"
    environment = os.environ | {"LOUKE_DATA_DIR": str(folder)}
    process = subprocess.Popen([sys.executable, "-c", ECHO, str(port), proxies, *map(str, shown)], env=environment)
    try:
        until = time.monotonic() + PATIENCE_S
        while is_free("127.0.0.1", port):
            assert process.poll() is None and time.monotonic() < until
            pause_briefly()
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE_S)


def test_one_that_shows_a_certificate_answers_over_tls_and_nothing_else(tmp_path: Path) -> None:
    issue_certificates(tmp_path / "certs")
    here = tmp_path / "certs" / "api"
    with served(tmp_path, "", here / "api.pem", here / "api.key") as address:
        known = ssl.create_default_context(cafile=here / "servers-ca.pem")
        assert httpx.get(address, verify=known).text == "127.0.0.1 https"
        with pytest.raises(httpx.TransportError):
            httpx.get(address.replace("https", "http"))


def test_no_answer_tells_with_what_we_serve(tmp_path: Path) -> None:
    with served(tmp_path, "") as address:
        assert not {"server", "x-powered-by"} & set(httpx.get(address).headers)


@pytest.mark.parametrize(
    ("proxies", "asked_by"), [("", "127.0.0.1 http"), ("10.0.0.1", "127.0.0.1 http"), ("127.0.0.0/8", "10.9.8.7 https")]
)
def test_only_a_proxy_that_is_named_is_believed_when_it_says_from_where_and_how_somebody_came(
    tmp_path: Path, proxies: str, asked_by: str
) -> None:
    with served(tmp_path, proxies) as address:
        assert httpx.get(address, headers=TOLD).text == asked_by
