"""The door answers over TLS alone, tells browsers so, and passes on to whichever API answers."""

import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack, ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID

from operations.certificates import Issued, Issuer, issue_certificates
from runtime.embedded.ports import find_free_port, is_free
from runtime.embedded.process import Child, Part

CADDYFILE = Path(__file__).parent.parent.parent / "deploy" / "door" / "Caddyfile"
HOST = "127.0.0.1"


class Behind(BaseHTTPRequestHandler):
    """What stands behind it: says who it takes the caller for."""

    held = Event()

    def do_GET(self) -> None:
        if self.path == "/held":
            self.hold()
            return
        said = f"{self.headers['X-Forwarded-For']} {self.headers['X-Forwarded-Proto']} {self.headers['Forwarded']}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def hold(self) -> None:
        """A stream of events that lasts until the test is over."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self.wfile.write(b": here\n\n")
        self.wfile.flush()
        self.held.wait(30)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the library calls it
        return


@pytest.fixture
def certs(tmp_path: Path) -> Path:
    issue_certificates(tmp_path / "certs", "localhost", HOST)
    return tmp_path / "certs"


def api_of(certs: Path) -> Issued:
    return Issued(certs / "api" / "api.pem", certs / "api" / "api.key")


@contextmanager
def answering(shown: Issued | None) -> Iterator[int]:
    """An API, or who passes for it: the port at which it shows that certificate, or answers in clear."""
    with ThreadingHTTPServer((HOST, 0), Behind) as server:
        if shown:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*shown)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@pytest.fixture
def behind(certs: Path) -> Iterator[int]:
    with answering(api_of(certs)) as port:
        yield port


@pytest.fixture
def door(behind: int, certs: Path, tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """Its port, and whose certificate vouches for it; one of the two it passes on to is away."""
    with opened(certs, tmp_path, f"{HOST}:{find_free_port()} {HOST}:{behind}") as port:
        yield port, certs / "door" / "ca.pem"


@contextmanager
def opened(certs: Path, tmp_path: Path, towards: str) -> Iterator[int]:
    """The door that passes on to those; its port."""
    program = Path(sys.executable).with_name("caddy")
    caddy = str(program) if program.exists() else shutil.which("caddy")
    assert caddy, "the development dependencies bring it"
    port = find_free_port()
    environment = {
        "LOUKE_DOOR_PORT": str(port),
        "LOUKE_DOOR_CERTS": str(certs / "door"),
        "LOUKE_DOOR_TO": towards,
        "XDG_DATA_HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path),
    }
    command = (caddy, "run", "--config", str(CADDYFILE), "--adapter", "caddyfile")
    child = Child(Part("door", command, lambda _: not is_free(HOST, port), environment=environment), tmp_path / "door.log")
    with ExitStack() as stack:
        stack.callback(child.stop, 5)
        child.await_ready()
        yield port


def test_whoever_comes_over_tls_is_passed_on_and_told_to_come_no_other_way(door: tuple[int, Path]) -> None:
    port, ca = door
    with httpx.Client(verify=ssl.create_default_context(cafile=ca), trust_env=False) as client:
        claimed = {"X-Forwarded-For": "10.9.9.9", "Forwarded": "for=10.9.9.9"}
        for _ in range(4):  # half of them would meet the one that is away
            answer = client.get(f"https://localhost:{port}/", headers=claimed)
            assert answer.text == "127.0.0.1 https None"
            assert int(answer.headers["strict-transport-security"].partition("max-age=")[2]) >= 31_536_000
            assert "server" not in answer.headers


async def test_ten_tabs_that_each_hold_a_stream_share_one_connection_and_the_next_request_is_answered(
    door: tuple[int, Path],
) -> None:
    port, ca = door
    trusted, one = ssl.create_default_context(cafile=ca), httpx.Limits(max_connections=1)
    async with AsyncExitStack() as stack:
        browser = await stack.enter_async_context(httpx.AsyncClient(verify=trusted, trust_env=False, http2=True, limits=one))
        stack.callback(Behind.held.set)
        tabs = [await stack.enter_async_context(browser.stream("GET", f"https://localhost:{port}/held")) for _ in range(10)]
        for each in tabs:
            assert await anext(each.aiter_bytes()) == b": here\n\n"
        answer = await browser.get(f"https://localhost:{port}/")
        assert (answer.status_code, {each.http_version for each in (answer, *tabs)}) == (200, {"HTTP/2"})


def test_nobody_is_answered_in_clear(door: tuple[int, Path]) -> None:
    port, _ = door
    answer = httpx.get(f"http://{HOST}:{port}/", trust_env=False)
    assert (answer.status_code, "127.0.0.1" in answer.text) == (400, False)


def test_nothing_is_passed_on_to_one_that_does_not_prove_to_be_the_api(certs: Path, tmp_path: Path) -> None:
    issue_certificates(tmp_path / "elsewhere")
    another = Issuer(certs / "issuers", "servers").issue(tmp_path, "postgres")
    with ExitStack() as stack:
        shown = (None, api_of(tmp_path / "elsewhere"), another)
        passing_for_it = [f"{HOST}:{stack.enter_context(answering(each))}" for each in shown]
        door = stack.enter_context(opened(certs, tmp_path, " ".join(passing_for_it)))
        trusted = ssl.create_default_context(cafile=certs / "door" / "ca.pem")
        client = stack.enter_context(httpx.Client(verify=trusted, trust_env=False, timeout=60))
        answer = client.get(f"https://localhost:{door}/")
    assert (answer.status_code, HOST in answer.text) == (502, False)


def test_whoever_does_not_know_its_issuer_goes_away(door: tuple[int, Path]) -> None:
    port, _ = door
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"https://localhost:{port}/", trust_env=False)


class Responder(BaseHTTPRequestHandler):
    """An issuer's word on whether it still vouches for a certificate (OCSP)."""

    answer = b""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/ocsp-response")
        self.send_header("Content-Length", str(len(self.answer)))
        self.end_headers()
        self.wfile.write(self.answer)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the library calls it
        return


@pytest.fixture
def vouched_for(certs: Path) -> Iterator[Path]:
    """Certificates of which the door's names where its issuer says that it still vouches for it, as those of public issuers do."""
    with ThreadingHTTPServer((HOST, 0), Responder) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        signing = load_pem_private_key((certs / "issuers" / "door.key").read_bytes(), password=None)
        assert isinstance(signing, EllipticCurvePrivateKey)
        issuer = x509.load_pem_x509_certificate((certs / "door" / "ca.pem").read_bytes())
        was = x509.load_pem_x509_certificate((certs / "door" / "door.pem").read_bytes())
        asked_at = x509.UniformResourceIdentifier(f"http://{HOST}:{server.server_port}/")
        builder = x509.CertificateBuilder().subject_name(was.subject).issuer_name(was.issuer).public_key(was.public_key())
        builder = builder.serial_number(was.serial_number).not_valid_before(was.not_valid_before_utc)
        builder = builder.not_valid_after(was.not_valid_after_utc)
        for each in was.extensions:
            builder = builder.add_extension(each.value, each.critical)
        described = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, asked_at)
        made = builder.add_extension(x509.AuthorityInformationAccess([described]), critical=False).sign(signing, SHA256())
        (certs / "door" / "door.pem").write_bytes(made.public_bytes(Encoding.PEM) + issuer.public_bytes(Encoding.PEM))
        now = datetime.now(UTC)
        said = ocsp.OCSPResponseBuilder().add_response(
            made, issuer, SHA1(), ocsp.OCSPCertStatus.GOOD, now - timedelta(hours=1), now + timedelta(days=1), None, None
        )
        said = said.responder_id(ocsp.OCSPResponderEncoding.HASH, issuer)
        Responder.answer = said.sign(signing, SHA256()).public_bytes(Encoding.DER)
        yield certs
        server.shutdown()


@pytest.mark.skipif(not shutil.which("openssl"), reason="asks with openssl, since Python does not ask for this")
def test_whoever_comes_is_shown_the_issuers_word_that_the_certificate_was_not_revoked(vouched_for: Path, tmp_path: Path) -> None:
    with opened(vouched_for, tmp_path, f"{HOST}:{find_free_port()}") as port:
        command = ["openssl", "s_client", "-connect", f"{HOST}:{port}", "-servername", "localhost", "-status"]
        command += ["-CAfile", str(vouched_for / "door" / "ca.pem")]
        said = subprocess.run(command, input="", capture_output=True, text=True, check=False).stdout
    assert "OCSP Response Status: successful" in said
    assert "Cert Status: good" in said
