"""A county whose pages are served over HTTP by the real API, and a browser to open them with."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest
import pytest_asyncio
import uvicorn
from fastapi import FastAPI
from playwright.async_api import Browser

from runtime.embedded.ports import find_free_port
from runtime.settings import Partner, Settings
from tests.web.browser import chromium, driver
from tests.web.provider import Provider
from tests.web.screens import County
from tests.world import found, world


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever has a window runs in the loop of the browser."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(built: None) -> AsyncIterator[Browser]:
    """One Chromium for all, in which each test opens windows that share nothing.

    Where there is none and none comes, these tests fail and say what to install: none is passed over in silence.
    """
    async with driver() as at_work:
        started = await chromium().launch(at_work)
        yield started
        await started.close()


class _Server(uvicorn.Server):
    """A server in the loop of its test, which leaves the signals alone."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals are for whoever runs the tests."""
        yield


@asynccontextmanager
async def served(app: FastAPI, port: int) -> AsyncIterator[None]:
    """That application, reachable over HTTP meanwhile."""
    config = uvicorn.Config(app, port=port, lifespan="off", log_config=None, access_log=False, timeout_graceful_shutdown=0)
    server = _Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    yield
    server.should_exit = True
    await task


@asynccontextmanager
async def _at_work(settings: Settings, browser: Browser) -> AsyncIterator[County]:
    async with world(settings) as bureau:
        port = find_free_port()
        one = County(bureau, browser, f"http://127.0.0.1:{port}", lambda: served(bureau.app, port))
        await one.begin_serving()
        try:
            yield one
        finally:
            await one.close()


@pytest.fixture
def partners() -> Mapping[str, Partner] | None:
    """The systems outside that the county is tied to: none, unless a test says so."""
    return None


@pytest_asyncio.fixture(loop_scope="session")
async def county(
    peopled: str, temporal_address: str, tmp_path: Path, browser: Browser, partners: Mapping[str, Partner] | None
) -> AsyncIterator[County]:
    """The invented county at work, its API served over HTTP at an address of its own."""
    async with _at_work(found(peopled, temporal_address, tmp_path, partners), browser) as one:
        yield one


@pytest_asyncio.fixture(loop_scope="session")
async def tied(peopled: str, temporal_address: str, tmp_path: Path, browser: Browser) -> AsyncIterator[County]:
    """The same county, whose people sign in at an identity provider that knows them as 刘思源."""
    port = find_free_port()
    provider = Provider(f"http://127.0.0.1:{port}", "liusiyuan")
    settings = found(peopled, temporal_address, tmp_path).model_copy(update={"oidc_issuer": provider.issuer})
    async with served(provider.app(), port), _at_work(settings, browser) as one:
        yield one
