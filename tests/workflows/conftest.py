"""A bureau at work on a server whose histories are short, so that every matter soon continues as new."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from runtime.embedded.ports import free_port
from runtime.embedded.process import Child
from runtime.embedded.temporal import temporal
from tests.world import World, found, world


@pytest.fixture(scope="session")
def restless_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Temporal server that suggests to continue as new after a handful of steps, not after thousands."""
    part = temporal(free_port(), None)
    part = replace(part, command=(*part.command, "--dynamic-config-value", "limit.historyCount.suggestContinueAsNew=150"))
    server = Child(part, tmp_path_factory.mktemp("restless") / "temporal.log")
    try:
        server.await_ready()
        yield part.address
    finally:
        server.stop(within=5)


@pytest.fixture
async def restless(database: str, restless_address: str, tmp_path: Path) -> AsyncIterator[World]:
    """The invented county on that server, with a worker."""
    async with world(found(database, restless_address, tmp_path)) as one:
        yield one


@pytest.fixture
async def bureau(database: str, temporal_address: str, tmp_path: Path) -> AsyncIterator[World]:
    """The invented county, with a worker."""
    async with world(found(database, temporal_address, tmp_path)) as one:
        yield one
