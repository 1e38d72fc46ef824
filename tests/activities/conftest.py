"""A pool over a database of one test's own, and what the tests ask of it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, LiteralString

import pytest

from runtime.database import Pool, open_pool

Ask = Callable[..., Awaitable[list[Any]]]


@pytest.fixture
async def pool(database: str) -> AsyncIterator[Pool]:
    """Ten connections, as one worker has."""
    pool = await open_pool(database, 10, "test")
    yield pool
    await pool.close()


@pytest.fixture
def ask(pool: Pool) -> Ask:
    """Run one statement and return its rows."""

    async def ask(statement: LiteralString, **arguments: Any) -> list[Any]:
        async with pool.connection() as connection:
            cursor = await connection.execute(statement, arguments)
            return await cursor.fetchall() if cursor.description else []

    return ask
