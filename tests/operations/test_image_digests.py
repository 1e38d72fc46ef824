"""Images are named by digests that their registries told, and whoever runs others is stopped."""

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
import yaml

from operations import image_digests
from operations.image_digests import Image, NoDigest, fetch_digest, list_unpinned, of_others, pin_digests
from tests.house.source import ROOT

DIGEST = f"sha256:{'ab' * 32}"


class _Registry(BaseHTTPRequestHandler):
    """Answers as a registry does: nobody is told anything without a token, and anybody is given one."""

    def do_HEAD(self) -> None:
        if self.headers.get("authorization") != "Bearer for-anybody":
            self.send_response(401)
            realm = f"http://127.0.0.1:{self.headers['host'].rpartition(':')[2]}/token"
            self.send_header("www-authenticate", f'Bearer realm="{realm}",service="registry",scope="repository:caddy:pull"')
        elif self.path == "/v2/house/caddy/manifests/2.11.7" and "index" in self.headers["accept"]:
            self.send_response(200)
            self.send_header("docker-content-digest", DIGEST)
        else:
            self.send_response(404)
        self.end_headers()

    def do_GET(self) -> None:
        body = json.dumps({"token": "for-anybody" if "scope=repository" in self.path else ""}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the library calls it
        """Nobody reads it."""


@pytest.fixture
def registry() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Registry) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_registry_tells_the_digest_of_a_release_and_of_nothing_else(registry: str) -> None:
    with httpx.Client() as client:
        assert fetch_digest(Image.parse(f"{registry}/house/caddy:2.11.7"), client, "http") == DIGEST
        with pytest.raises(NoDigest, match="404"):
            fetch_digest(Image.parse(f"{registry}/house/caddy:2.0"), client, "http")


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("postgres:17", ("registry-1.docker.io", "library/postgres")),
        ("temporalio/server:1.32.0", ("registry-1.docker.io", "temporalio/server")),
        ("images.example/police/louke:0.1.0", ("images.example", "police/louke")),
        ("127.0.0.1:5000/louke:0.1.0", ("127.0.0.1:5000", "louke")),
    ],
)
def test_an_image_lies_where_its_name_says(said: str, place: tuple[str, str]) -> None:
    assert Image.parse(said).place == place


def test_where_one_digest_is_not_told_nothing_is_pinned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(image: Image, _client: httpx.Client) -> str:
        if image.name == "caddy":
            raise NoDigest("caddy:2.11.7: no answer")
        return DIGEST

    monkeypatch.setattr(image_digests, "fetch_digest", told)
    assert image_digests.pin(tmp_path / "pinned") == 1
    assert not (tmp_path / "pinned").exists()
    assert "caddy:2.11.7" in capsys.readouterr().err


def test_what_is_pinned_names_every_image_of_others_and_ours_by_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image_digests, "fetch_digest", lambda *_: DIGEST)
    assert image_digests.pin(tmp_path, "images.example/louke:0.1.0") == 0
    lines = dict(line.split("=", 1) for line in (tmp_path / "images.env").read_text().splitlines())
    assert lines == {name: f"{image.name}:{image.tag}@{DIGEST}" for name, image in of_others().items()}
    laid = yaml.safe_load((tmp_path / "kustomization.yaml").read_text())
    assert {each["name"] for each in laid["images"]} == {image.name for image in of_others().values()} | {"louke"}
    assert {each["digest"] for each in laid["images"]} == {DIGEST}
    assert laid["images"][-1]["newName"] == "images.example/louke"


def test_whatever_is_rendered_without_a_digest_is_refused() -> None:
    rendered = f"""
services:
  api: {{}}
    image: louke
  door:
    image: "caddy:2.11.7@{DIGEST}"
  postgres:
    image: postgres:17
---
spec:
  containers:
  - image: images.example/louke:0.1.0
  - image: temporalio/server@{DIGEST}
  - image: temporalio/server:1.32.0@sha256:cut-short
"""
    assert list_unpinned(rendered) == ["images.example/louke:0.1.0", "postgres:17", "temporalio/server:1.32.0@sha256:cut-short"]
    assert image_digests.check(rendered) == 1


def test_with_what_is_pinned_nothing_is_pulled_by_its_release_alone() -> None:
    compose = (ROOT / "docker-compose.yml").read_text("utf-8")
    lines = pin_digests({name: (image, DIGEST) for name, image in of_others().items()})["images.env"]
    given = dict(line.split("=", 1) for line in lines.splitlines())
    assert image_digests.check(re.sub(r"\$\{(\w+):-[^}]*\}", lambda said: given.get(said[1], ""), compose)) == 0
    assert image_digests.check(re.sub(r"\$\{(\w+):-([^}]*)\}", r"\2", compose)) == 1
