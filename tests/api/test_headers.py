"""What every answer tells the browser that shows it, and whoever keeps copies on the way."""

import hashlib
import re
from base64 import b64encode
from collections.abc import AsyncIterator
from functools import cache

import httpx
import pytest
from fastapi import FastAPI

from api.app import make_app
from runtime.settings import Settings

# An answer of the API, a page of a problem, the interactive page, and pages that were not built.
ADDRESSES = ["/api/nothing", "/problems/not-found", "/docs", "/matters", "/openapi.json"]


@cache
def app() -> FastAPI:
    """The application, without any engine; no request leaves a trace in it."""
    return make_app(Settings())


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who came over TLS."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app()), base_url="https://louke") as one:
        yield one


@pytest.mark.parametrize("address", ADDRESSES)
async def test_no_answer_is_guessed_at_framed_or_left_by_an_address_that_tells(client: httpx.AsyncClient, address: str) -> None:
    headers = (await client.get(address)).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == headers["cross-origin-opener-policy"] == "same-origin"
    assert {"camera=()", "microphone=()", "geolocation=()"} <= set(headers["permissions-policy"].split(", "))
    for part in ("frame-ancestors 'none'", "base-uri 'none'"):
        assert part in headers["content-security-policy"]


@pytest.mark.parametrize("address", ADDRESSES)
async def test_whoever_came_over_tls_comes_over_nothing_else(client: httpx.AsyncClient, address: str) -> None:
    said = (await client.get(address)).headers["strict-transport-security"]
    assert int(re.findall(r"max-age=(\d+)", said)[0]) >= 15_724_800
    assert "includeSubDomains" in said


async def test_whoever_comes_in_clear_is_not_told_of_tls() -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app()), base_url="http://louke") as client:
        assert "strict-transport-security" not in (await client.get("/api/nothing")).headers


async def test_an_answer_is_a_file_that_does_nothing_and_is_kept_by_nobody(client: httpx.AsyncClient) -> None:
    headers = (await client.get("/api/nothing")).headers
    assert headers["cache-control"] == "no-store"
    assert headers["content-disposition"] == 'attachment; filename="api.json"'
    assert "default-src 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize("address", ADDRESSES)
async def test_every_answer_says_what_it_is_and_in_which_characters(client: httpx.AsyncClient, address: str) -> None:
    kind = (await client.get(address)).headers["content-type"]
    assert kind.endswith(("json", "; charset=utf-8"))


async def test_the_interactive_page_runs_its_own_script_and_none_that_came_to_stand_in_it(client: httpx.AsyncClient) -> None:
    page = await client.get("/docs")
    policy = page.headers["content-security-policy"]
    (scripts,) = re.findall(r"script-src ([^;]*)", policy)
    own = re.findall(r"<script>(.*?)</script>", page.text, re.DOTALL)
    assert own
    assert scripts.split() == [
        "'self'",
        *(f"'sha256-{b64encode(hashlib.sha256(each.encode()).digest()).decode()}'" for each in own),
    ]


async def test_the_interactive_page_keeps_no_token_behind(client: httpx.AsyncClient) -> None:
    assert "persistAuthorization" not in (await client.get("/docs")).text


@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "PUT", "DELETE", "PROPFIND"])
async def test_what_is_no_method_of_an_address_is_refused_and_no_origin_is_let_in(client: httpx.AsyncClient, method: str) -> None:
    headers = {"Origin": "https://evil.example", "Access-Control-Request-Method": "GET"}
    answer = await client.request(method, "/api/auth/way", headers=headers)
    assert answer.status_code == 404
    assert not any(name.startswith("access-control-") for name in answer.headers)


@pytest.mark.parametrize("address", ADDRESSES)
async def test_no_answer_sets_a_cookie(client: httpx.AsyncClient, address: str) -> None:
    assert "set-cookie" not in (await client.get(address)).headers
