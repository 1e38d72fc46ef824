"""A bureau at work, in a database of its own, for each test of the API."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from runtime import passwords
from tests.world import World, found, world


@pytest.fixture
async def bureau(database: str, temporal_address: str, tmp_path: Path) -> AsyncIterator[World]:
    """The invented county, with a worker."""
    async with world(found(database, temporal_address, tmp_path)) as one:
        yield one


@pytest.fixture
async def idle(database: str, temporal_address: str, tmp_path: Path) -> AsyncIterator[World]:
    """The invented county without a worker, for what never reaches a workflow: it starts in half the time."""
    async with world(found(database, temporal_address, tmp_path), working=False) as one:
        yield one


@pytest.fixture
async def sober(database: str, temporal_address: str, tmp_path: Path) -> AsyncIterator[World]:
    """The county with its people, and no demonstration; those who have a password of their own sign in."""
    settings = found(database, temporal_address, tmp_path).model_copy(update={"demo": False})
    async with world(settings, working=False) as one:
        yield one


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What makes guessing slow makes tests slow as well."""
    monkeypatch.setattr(passwords, "_ARGON2", PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)))
