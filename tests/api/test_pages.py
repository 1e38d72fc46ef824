"""The API serves the built pages, and nothing that is none."""

import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from api.app import make_app
from api.static_files import serve_pages
from runtime.settings import Settings

SCRIPT = b"console.log('louke');" * 100


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A small application, as the builder leaves it."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>漏刻</title>", encoding="utf-8")
    (tmp_path / "assets/main-1a2b.js").write_bytes(SCRIPT)
    (tmp_path / "assets/main-1a2b.js.gz").write_bytes(gzip.compress(SCRIPT))
    return tmp_path


async def _client(built: Path) -> AsyncIterator[httpx.AsyncClient]:
    app = make_app(Settings())
    serve_pages(app, Settings(), built)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://louke") as client:
        yield client


@pytest.fixture
async def client(built: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an API with those pages."""
    async for one in _client(built):
        yield one


@pytest.mark.parametrize("path", ["/", "/matters", "/matters/XA202600000001", "/boards/ranking"])
async def test_every_address_of_the_application_is_its_first_page_which_is_never_kept(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")
    assert "漏刻" in answer.text


@pytest.mark.parametrize("path", ["/api/nothing", "/assets/gone.js", "/problems/nothing", "/missing.png", "/docs/nothing"])
async def test_what_is_no_page_is_not_found(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")


async def test_only_looking_is_answered_with_a_page(client: httpx.AsyncClient) -> None:
    assert (await client.post("/matters")).status_code == 404


async def test_an_asset_is_kept_for_ever_and_sent_small_to_whoever_can_read_it(client: httpx.AsyncClient) -> None:
    answer = await client.get("/assets/main-1a2b.js", headers={"Accept-Encoding": "gzip"})
    assert answer.content == SCRIPT
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith("text/javascript")
    plain = await client.get("/assets/main-1a2b.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == SCRIPT


async def test_no_script_is_made_of_text_nor_fetched_from_elsewhere(client: httpx.AsyncClient) -> None:
    policy = (await client.get("/")).headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe-eval" not in policy


async def test_nothing_outside_the_pages_is_served(client: httpx.AsyncClient, built: Path) -> None:
    built.with_name("secret.txt").write_text("secret")
    answer = await client.get("/assets/..%2f..%2fsecret.txt")
    assert answer.text != "secret"


async def test_pages_that_were_never_built_say_so(tmp_path: Path) -> None:
    async for client in _client(tmp_path):
        answer = await client.get("/")
        assert answer.status_code == 503
        assert "make web" in answer.text
        assert (await client.get("/docs")).status_code == 200
