"""The invented county for each scenario: on the ordinary server, or on one whose time may be skipped."""

import sys
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from temporalio.testing import WorkflowEnvironment

from activities.timekeeper import Timekeeper
from runtime.database_time import Reading
from tests.sandbox import Sandbox
from tests.sandbox import sandbox as serve_sandbox
from tests.scenarios.passing import Passing
from tests.world import World, found, world

_SERVER = Path(sys.executable).with_name("temporal-test-server")


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """The systems outside."""
    async with serve_sandbox() as one:
        yield one


@pytest.fixture
async def county(peopled: str, temporal_address: str, tmp_path: Path, sandbox: Sandbox) -> AsyncIterator[World]:
    """The county at work."""
    async with world(found(peopled, temporal_address, tmp_path, sandbox.settings)) as one:
        yield one


@pytest.fixture
async def passing(peopled: str, tmp_path: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Passing]:
    """The county at work, where days pass when a test says so; a server of its own, since skipped time is skipped for all."""
    async with await WorkflowEnvironment.start_time_skipping(test_server_existing_path=str(_SERVER)) as server:

        async def read_now(_self: Timekeeper, _connection: object) -> datetime:
            return await server.get_current_time()

        async def reading(_connection: object) -> Reading:
            return Reading(await server.get_current_time(), timedelta())

        # The database's clock skips nothing.
        monkeypatch.setattr(Timekeeper, "read_now", read_now)
        monkeypatch.setattr("activities.inspecting.read", reading)
        settings = found(peopled, server.client.service_client.config.target_host, tmp_path, sandbox.settings)
        async with world(settings) as one:
            yield Passing(one, server)
