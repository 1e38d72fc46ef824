"""While the API is being stopped, whoever is in the middle of asking is told when to come back; nobody gets a bare word."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial

import httpx
import pytest
import uvicorn

from api import health
from runtime.embedded.ports import find_free_port
from runtime.tokens import make_demo_tokens
from tests.api.matters import THEFT
from tests.world import World, until


class Served:
    """The API at a port of its own, which is told to stop when a test says so."""

    def __init__(self, app: object, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        # As `louke api` serves it: whoever stops it waits for a second.
        self.server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, lifespan="off", timeout_graceful_shutdown=1))  # pyright: ignore[reportArgumentType] - a bare ASGI function


@pytest.fixture
async def served(idle: World) -> AsyncIterator[Served]:
    one = Served(idle.app, find_free_port())
    serving = asyncio.create_task(one.server.serve())
    await until(partial(asyncio.sleep, 0, one.server), lambda server: server.started)
    yield one
    one.server.should_exit = True
    await serving


async def _asked_while_stopping(served: Served, idle: World, method: str, path: str, **said: object) -> httpx.Response:
    token, _ = make_demo_tokens(idle.settings).issue("linxiaoyu")
    async with httpx.AsyncClient(base_url=served.address, headers={"Authorization": f"Bearer {token}"}, timeout=10) as http:
        asked = asyncio.create_task(http.request(method, path, **said))  # pyright: ignore[reportArgumentType] - whatever a test says
        await until(partial(asyncio.sleep, 0, served.server), lambda server: server.server_state.tasks)
        served.server.should_exit = True
        return await asked


def _says_when_to_come_back(answer: httpx.Response) -> None:
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (503, "/problems/orchestrator-unavailable")
    assert answer.headers["content-type"] == "application/problem+json"
    assert int(answer.headers["Retry-After"]) == problem["retry_after"] > 0
    assert "trace_id" not in problem


async def test_a_step_that_is_under_way_is_told_when_to_come_back(served: Served, idle: World) -> None:
    # There is no worker: it waits until we stop.
    _says_when_to_come_back(await _asked_while_stopping(served, idle, "POST", "/api/matters/incident", json=THEFT))


async def test_so_is_whoever_asks_after_our_health(served: Served, idle: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(*_: object) -> bool:
        await asyncio.Event().wait()
        return True

    monkeypatch.setattr(health.HealthMonitor, "get_latest", never)
    _says_when_to_come_back(await _asked_while_stopping(served, idle, "GET", "/api/health"))
