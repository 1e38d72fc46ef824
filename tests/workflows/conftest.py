"""A bureau at work on a server whose histories are short, so that every matter soon continues as new."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.world import World, found, world


@pytest.fixture
async def restless(peopled: str, restless_address: str, tmp_path: Path) -> AsyncIterator[World]:
    """The invented county on that server, with a worker."""
    async with world(found(peopled, restless_address, tmp_path)) as one:
        yield one


@pytest.fixture
async def bureau(peopled: str, temporal_address: str, tmp_path: Path) -> AsyncIterator[World]:
    """The invented county, with a worker."""
    async with world(found(peopled, temporal_address, tmp_path)) as one:
        yield one
