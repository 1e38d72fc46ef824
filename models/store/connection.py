"""The connection that statements are run on, and the rows that they find."""

from collections.abc import Mapping, Sequence
from typing import Any, LiteralString, cast

from psycopg import AsyncConnection, AsyncCursor

# Rows are named tuples (`runtime.database`): of what a column holds only the statement knows.
Row = Any
Connection = AsyncConnection[Row]
Arguments = Mapping[str, Any] | Sequence[Any] | None


async def execute(
    connection: Connection, statement: str, arguments: Arguments = None, *, prepare: bool | None = None
) -> AsyncCursor[Row]:
    """Run a statement that is put together from constants of ours; whatever comes from outside is an argument, never a part of it."""
    return await connection.execute(cast("LiteralString", statement), arguments, prepare=prepare)


async def fetch_one(connection: Connection, statement: str, arguments: Arguments = None, *, prepare: bool | None = None) -> Row:
    """The only row of a statement that always finds one; LookupError where it does not."""
    row = await fetch_first(connection, statement, arguments, prepare=prepare)
    if row is None:
        raise LookupError(statement)
    return row


async def fetch_first(
    connection: Connection, statement: str, arguments: Arguments = None, *, prepare: bool | None = None
) -> Row | None:
    """The first row of a statement, None where it finds none."""
    return await (await execute(connection, statement, arguments, prepare=prepare)).fetchone()


async def fetch_all(
    connection: Connection, statement: str, arguments: Arguments = None, *, prepare: bool | None = None
) -> list[Row]:
    """Every row of a statement."""
    return await (await execute(connection, statement, arguments, prepare=prepare)).fetchall()
