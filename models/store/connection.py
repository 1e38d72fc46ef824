"""Connections and queries: running statements, and making their rows into typed values.

A statement that finds something is declared with the type of its rows, `FACTORS = Query[Factor]("SELECT …")`, which running it returns.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import fields, is_dataclass
from typing import Any, Generic, LiteralString, Self, TypeAlias, TypeVar, cast, get_args

from psycopg import AsyncConnection, AsyncCursor, Cursor
from psycopg import Connection as _Blocking
from psycopg.rows import RowMaker, TupleRow, no_result

R = TypeVar("R")

Connection: TypeAlias = AsyncConnection[TupleRow]
BlockingConnection: TypeAlias = _Blocking[TupleRow]
"""That of a command, or of work in a thread of its own."""
Arguments: TypeAlias = Mapping[str, Any] | Sequence[Any] | None


class Query(Generic[R]):
    """A statement and the type of its rows: a NamedTuple or dataclass of the columns, or the type of the only column.

    TypeError when rows are read whose columns differ from the fields.
    """

    __orig_class__: Any  # Query[R], as `typing` tells each instance after it is made

    def __init__(self, sql: str) -> None:
        self.sql = sql
        self._made: tuple[tuple[bytes, ...], RowMaker[R]] | None = None

    def make_rows(self, found: AsyncCursor[Any] | Cursor[Any]) -> RowMaker[R]:
        """Make rows of a result: psycopg's `row_factory`."""
        result = found.pgresult
        if result is None or not result.nfields:
            return no_result
        if self._made is None:
            (row,) = get_args(self.__orig_class__)
            self._made = tuple(name.encode() for name in list_fields(row)), _make_row_maker(row)
        declared, make = self._made
        columns = tuple(map(result.fname, range(result.nfields)))
        if columns != declared and (declared or len(columns) != 1):
            raise TypeError(f"{self.__orig_class__}: {columns}")
        return make

    def format(self, **parts: str) -> Self:
        """The query with the parts between braces filled in."""
        return self._of(self.sql.format(**parts))

    def __add__(self, more: str) -> Self:
        """The query with more appended."""
        return self._of(self.sql + more)

    def _of(self, sql: str) -> Self:
        new = copy(self)
        new.sql = sql
        return new


def list_fields(row: Any) -> tuple[str, ...]:
    """The columns that a row type declares; none where it is the type of the only column."""
    return tuple(each.name for each in fields(row)) if is_dataclass(row) else getattr(row, "_fields", ())


def _make_row_maker(row: Callable[..., Any]) -> RowMaker[Any]:
    if make := getattr(row, "_make", None):
        return make
    return (lambda values: row(*values)) if list_fields(row) else _get_only


def _get_only(values: Sequence[Any]) -> Any:
    return values[0]


async def execute(
    connection: Connection, statement: str, arguments: Arguments = None, *, prepare: bool | None = None
) -> AsyncCursor[TupleRow]:
    """Run a statement composed of our own constants; values from outside are arguments, never parts of it."""
    return await connection.execute(cast("LiteralString", statement), arguments, prepare=prepare)


async def begin(
    connection: Connection, query: Query[R], arguments: Arguments = None, *, prepare: bool | None = None
) -> AsyncCursor[R]:
    """Run a query whose rows are fetched later, as within a pipeline."""
    cursor = connection.cursor(row_factory=query.make_rows)
    return await cursor.execute(cast("LiteralString", query.sql), arguments, prepare=prepare)


async def fetch_one(connection: Connection, query: Query[R], arguments: Arguments = None, *, prepare: bool | None = None) -> R:
    """The only row of a query that always finds one; LookupError where it finds none."""
    cursor = await begin(connection, query, arguments, prepare=prepare)
    if not cursor.rowcount:
        raise LookupError(query.sql)
    return cast("R", await cursor.fetchone())


async def fetch_first(
    connection: Connection, query: Query[R], arguments: Arguments = None, *, prepare: bool | None = None
) -> R | None:
    """The first row of a query, None where it finds none."""
    return await (await begin(connection, query, arguments, prepare=prepare)).fetchone()


async def fetch_all(
    connection: Connection, query: Query[R], arguments: Arguments = None, *, prepare: bool | None = None
) -> list[R]:
    """Every row of a query."""
    return await (await begin(connection, query, arguments, prepare=prepare)).fetchall()


def read_one(connection: BlockingConnection, query: Query[R], arguments: Arguments = None) -> R:
    """As `fetch_one`, on a blocking connection."""
    cursor = _read(connection, query, arguments)
    if not cursor.rowcount:
        raise LookupError(query.sql)
    return cast("R", cursor.fetchone())


def stream(
    connection: BlockingConnection, name: str, query: Query[R], arguments: Arguments = None, *, at_once: int = 100
) -> Iterator[R]:
    """The rows of a query too large for memory, fetched so many `at_once` by a server-side cursor of that name; within a transaction."""
    with connection.cursor(name, row_factory=query.make_rows) as cursor:
        cursor.itersize = at_once
        cursor.execute(cast("LiteralString", query.sql), arguments)
        yield from cursor


def read_first(connection: BlockingConnection, query: Query[R], arguments: Arguments = None) -> R | None:
    """As `fetch_first`, on a blocking connection."""
    return _read(connection, query, arguments).fetchone()


def read_all(connection: BlockingConnection, query: Query[R], arguments: Arguments = None) -> list[R]:
    """As `fetch_all`, on a blocking connection."""
    return _read(connection, query, arguments).fetchall()


def _read(connection: BlockingConnection, query: Query[R], arguments: Arguments) -> Cursor[R]:
    return connection.cursor(row_factory=query.make_rows).execute(cast("LiteralString", query.sql), arguments)
