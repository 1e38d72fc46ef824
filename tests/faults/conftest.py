"""A county on a server whose histories are short, so that every matter soon continues as new."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from runtime.embedded.ports import free_port
from runtime.embedded.process import Child
from runtime.embedded.temporal import temporal
from runtime.settings import Settings
from tests.world import found


@pytest.fixture(scope="package")
def restless_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Temporal server that suggests to continue as new after a few rounds, not after thousands."""
    part = temporal(free_port(), None)
    part = replace(part, command=(*part.command, "--dynamic-config-value", "limit.historyCount.suggestContinueAsNew=150"))
    server = Child(part, tmp_path_factory.mktemp("restless") / "temporal.log")
    try:
        server.await_ready()
        yield part.address
    finally:
        server.stop(within=5)


@pytest.fixture
def restless(database: str, restless_address: str, tmp_path: Path) -> Settings:
    """The invented county on that server."""
    return found(database, restless_address, tmp_path)
