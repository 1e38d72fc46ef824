"""Settings over both engines, with a data directory, a database and a task queue of one test's own."""

import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from temporalio.client import Client

from runtime.database import Pool, open_pool
from runtime.settings import Settings
from runtime.temporal import connect


@pytest.fixture
def chosen(database: str, temporal_address: str, tmp_path: Path) -> Settings:
    """Both engines are there; nothing of ours runs."""
    queue = f"louke-{uuid.uuid4().hex}"
    return Settings(database_url=database, temporal_address=temporal_address, data_dir=tmp_path, task_queue=queue, at_rest="LUKS")


@pytest.fixture
async def pool(chosen: Settings) -> AsyncIterator[Pool]:
    """The connections of a worker."""
    pool = await open_pool(chosen.database_url, 4, "test")
    yield pool
    await pool.close()


@pytest.fixture
async def client(chosen: Settings) -> Client:
    """A client that encrypts as in production."""
    return await connect(chosen)


@pytest.fixture
def number() -> str:
    """The number of an incident that the server, which all tests share, has not seen."""
    return f"JQ2026{uuid.uuid4().int % 10**8:08}"
