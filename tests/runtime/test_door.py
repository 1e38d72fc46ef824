"""The door answers over TLS alone, tells browsers so, and passes on to whichever API answers."""

import shutil
import ssl
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest

from operations.certificates import certificates
from runtime.embedded.ports import free_port, is_free
from runtime.embedded.process import Child, Part

CADDYFILE = Path(__file__).parent.parent.parent / "deploy" / "door" / "Caddyfile"
HOST = "127.0.0.1"


class Behind(BaseHTTPRequestHandler):
    """What stands behind it: says who it takes the caller for."""

    def do_GET(self) -> None:
        said = f"{self.headers['X-Forwarded-For']} {self.headers['X-Forwarded-Proto']} {self.headers['Forwarded']}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def behind() -> Iterator[int]:
    with ThreadingHTTPServer((HOST, 0), Behind) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@pytest.fixture
def door(behind: int, tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """Its port, and whose certificate vouches for it; one of the two it passes on to is away."""
    program = Path(sys.executable).with_name("caddy")
    caddy = str(program) if program.exists() else shutil.which("caddy")
    assert caddy, "the development dependencies bring it"
    certificates(tmp_path / "certs", "localhost", HOST)
    port = free_port()
    environment = {
        "LOUKE_DOOR_PORT": str(port),
        "LOUKE_DOOR_CERTS": str(tmp_path / "certs" / "door"),
        "LOUKE_DOOR_TO": f"{HOST}:{free_port()} {HOST}:{behind}",
        "XDG_DATA_HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path),
    }
    command = (caddy, "run", "--config", str(CADDYFILE), "--adapter", "caddyfile")
    child = Child(Part("door", command, lambda _: not is_free(HOST, port), environment=environment), tmp_path / "door.log")
    with ExitStack() as stack:
        stack.callback(child.stop, 5)
        child.await_ready()
        yield port, tmp_path / "certs" / "door" / "ca.pem"


def test_whoever_comes_over_tls_is_passed_on_and_told_to_come_no_other_way(door: tuple[int, Path]) -> None:
    port, ca = door
    with httpx.Client(verify=ssl.create_default_context(cafile=ca), trust_env=False) as client:
        claimed = {"X-Forwarded-For": "10.9.9.9", "Forwarded": "for=10.9.9.9"}
        for _ in range(4):  # half of them would meet the one that is away
            answer = client.get(f"https://localhost:{port}/", headers=claimed)
            assert answer.text == "127.0.0.1 https None"
            assert int(answer.headers["strict-transport-security"].partition("max-age=")[2]) >= 31_536_000
            assert "server" not in answer.headers


def test_nobody_is_answered_in_clear(door: tuple[int, Path]) -> None:
    port, _ = door
    answer = httpx.get(f"http://{HOST}:{port}/", trust_env=False)
    assert (answer.status_code, "127.0.0.1" in answer.text) == (400, False)


def test_whoever_does_not_know_its_issuer_goes_away(door: tuple[int, Path]) -> None:
    port, _ = door
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"https://localhost:{port}/", trust_env=False)
