"""A bureau at work, in a database of its own, for each test of the API."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.world import World, found, world


@pytest.fixture
async def bureau(peopled: str, temporal_address: str, tmp_path: Path) -> AsyncIterator[World]:
    """The invented county, with a worker."""
    async with world(found(peopled, temporal_address, tmp_path)) as one:
        yield one


@pytest.fixture
async def idle(peopled: str, temporal_address: str, tmp_path: Path) -> AsyncIterator[World]:
    """The invented county without a worker, for what never reaches a workflow: it starts in half the time."""
    async with world(found(peopled, temporal_address, tmp_path), working=False) as one:
        yield one


@pytest.fixture
async def sober(peopled: str, temporal_address: str, tmp_path: Path) -> AsyncIterator[World]:
    """The county with its people, and no demonstration; those who have a password of their own sign in."""
    settings = found(peopled, temporal_address, tmp_path).model_copy(update={"demo": False})
    async with world(settings, working=False) as one:
        yield one
