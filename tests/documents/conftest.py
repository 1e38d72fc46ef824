"""The invented county's people in office over a database of one test's own, and the press that makes their documents."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from activities.press import Press
from activities.recording.records import Records
from runtime.content_store import ContentStore
from runtime.database import Pool, open_pool

Ask = Callable[..., Awaitable[list[Any]]]


@pytest.fixture
async def pool(peopled: str) -> AsyncIterator[Pool]:
    """Ten connections, as one worker has."""
    pool = await open_pool(peopled, 10, "test")
    yield pool
    await pool.close()


@pytest.fixture
def ask(pool: Pool) -> Ask:
    """Run one statement and return its rows."""

    async def ask(statement: str, **arguments: Any) -> list[Any]:
        async with pool.connection() as connection:
            cursor = await connection.execute(statement.encode(), arguments)
            return await cursor.fetchall() if cursor.description else []

    return ask


@pytest.fixture
def records(pool: Pool) -> Records:
    return Records(pool)


@pytest.fixture
def contents(tmp_path: Path) -> ContentStore:
    return ContentStore(tmp_path / "documents")


@pytest.fixture
def press(pool: Pool, contents: ContentStore) -> Press:
    return Press(pool, contents)
