"""The database: how each process connects to PostgreSQL, and how it knows that PostgreSQL is away.

Connections commit each statement by themselves unless a transaction is opened (`async with connection.transaction()`), speak UTC,
return rows as named tuples (`cursor(row_factory=class_row(…))` gives typed ones), and carry the name of their process. An instant or a
day that no form would take is read as the nearest that one would (`EARLIEST`, `LATEST`): PostgreSQL keeps instants before our era,
after the year 9999 and without end, which Python cannot hold and nobody can reckon with, and one such row must not take a whole list,
nor its own matter, out of everybody's reach.
"""

from datetime import UTC, datetime
from select import POLLIN, poll
from typing import Any

import psycopg
from psycopg import (
    AsyncConnection,
    Connection,
    DataError,
    Error,
    InterfaceError,
    InternalError,
    OperationalError,
    _queries,  # pyright: ignore[reportPrivateUsage] - the driver has no other way to say it
)
from psycopg.abc import Buffer
from psycopg.adapt import AdaptersMap, Loader
from psycopg.pq import Format
from psycopg.rows import TupleRow, namedtuple_row
from psycopg_pool import AsyncConnectionPool

from runtime.logging import note_engine_found, note_engine_lost

Pool = AsyncConnectionPool[AsyncConnection[TupleRow]]

# The founding of the state, and the last year that anything here looks ahead to, by the clock of Shanghai: as in `law.instants`.
EARLIEST = datetime(1949, 9, 30, 16, tzinfo=UTC)
LATEST = datetime(2100, 12, 31, 15, 59, 59, tzinfo=UTC)
# Longer than any statement of a request should take by a hundred times; what takes longer holds up others.
_STATEMENT_MS = 10_000
# A lock that is not had by now is held by something stuck; better to refuse one step than to queue the bureau behind it.
_LOCK_MS = 5_000
# A transaction whose process fell silent must not keep its locks.
_IDLE_MS = 30_000
# Seconds a request waits for a free connection, or for PostgreSQL to come back, before it is refused with a retry-after.
_WAIT_S = 3.0
# The pool's own attempts grow rare with time; given up early, each request attempts anew, and the first after an outage succeeds.
_RECONNECT_S = 1.0
# Statements repeated on one connection are prepared at the second time: each step repeats the same few.
_PREPARE_AFTER = 1
# Of a prepared statement the plan is kept, too: those of a step are long, and planning them anew takes longer than running them. Lists,
# of which each call may want another plan, come with their arguments written into them (`models.readmodel.pagination`).
# And what the driver makes of a text is kept as long as the texts are ours, the longest among them: each call would cut them up anew, which
# takes a third of a millisecond for that of a step.
_queries.MAX_CACHED_STATEMENT_LENGTH = 1 << 14
# SQLSTATE classes: 08 the connection broke, 53 out of connections, memory or disk, 57P shutting down or starting up.
_AWAY = ("08", "53", "57P")
# 25 a transaction that was ended for us, or a server that has become a reader; XX the server's own fault.
_ITS_OWN = ("25", "XX")
# 54 we asked for more than it does at all.
_OURS = ("54",)


class _Bounded(Loader):
    """Reads an instant or a day as the driver does, and what lies out of bounds as the bound."""

    usual: type[Any]
    earliest: Any
    latest: Any

    def __init__(self, oid: int, context: Any = None) -> None:
        super().__init__(oid, context)
        self._read = self.usual(oid, context).load

    def load(self, data: Buffer) -> Any:
        """The value, within the bounds."""
        try:
            at = self._read(data)
        except (DataError, OverflowError):
            # "infinity", a year of five digits, or one before our era.
            return self.earliest if bytes(data).startswith(b"-") or bytes(data).endswith(b"BC") else self.latest
        return self.earliest if at < self.earliest else min(at, self.latest)


def _get_adapters() -> AdaptersMap:
    """How rows are read here."""
    found = AdaptersMap(psycopg.adapters)
    bounds = {"timestamptz": (EARLIEST, LATEST), "date": (EARLIEST.date(), LATEST.date())}
    for name, (earliest, latest) in bounds.items():
        usual = found.get_loader(found.types[name].oid, Format.TEXT)
        found.register_loader(name, type(f"_{name}", (_Bounded,), {"usual": usual, "earliest": earliest, "latest": latest}))
    return found


_READING = _get_adapters()


async def open_pool(url: str, size: int, process: str) -> Pool:
    """A pool of `size` connections, opened without waiting, so that a process starts while PostgreSQL is away; close it at the end."""
    pool: Pool = AsyncConnectionPool(
        url,
        connection_class=AsyncConnection[TupleRow],
        min_size=size,
        max_size=size,
        timeout=_WAIT_S,
        reconnect_timeout=_RECONNECT_S,
        kwargs={
            "autocommit": True,
            "application_name": f"louke-{process}",
            "connect_timeout": 5,
            "options": f"-c timezone=UTC -c statement_timeout={_STATEMENT_MS} -c lock_timeout={_LOCK_MS}"
            f" -c idle_in_transaction_session_timeout={_IDLE_MS} -c plan_cache_mode=force_generic_plan -c jit=off",
            "prepare_threshold": _PREPARE_AFTER,
            "row_factory": namedtuple_row,
            "context": _READING,
        },
        check=_refuse_closed,
        configure=_greet,
        name=process,
        open=False,
    )
    await pool.open()
    return pool


def connect(url: str, process: str = "cli") -> Connection[TupleRow]:
    """One connection for a command, without a limit on how long a statement may take; OperationalError when PostgreSQL is away."""
    return Connection.connect(
        url,
        autocommit=True,
        application_name=f"louke-{process}",
        connect_timeout=5,
        options="-c timezone=UTC",
        row_factory=namedtuple_row,
        context=_READING,
    )


async def answers(pool: Pool) -> bool:
    """Whether PostgreSQL answers a query through this pool now."""
    try:
        async with pool.connection() as connection:
            await connection.execute("SELECT 1")
    except Error as error:
        if not passing(error):
            raise
        note_engine_lost("postgres", error)
        return False
    note_engine_found("postgres")
    return True


def unavailable(error: BaseException) -> bool:
    """Whether an error means that PostgreSQL is away or cannot take more, so that the same statement may be tried again later."""
    if isinstance(error, OperationalError):
        # Without a SQLSTATE it never reached a server: no connection, a broken one, or none free in the pool.
        return error.sqlstate is None or error.sqlstate.startswith(_AWAY)
    return isinstance(error, InterfaceError)


def passing(error: BaseException) -> bool:
    """Whether what went wrong lies with PostgreSQL or the way there, not with what it was asked: asked again, it may go well.

    Besides all that means that it is away: a lock or a statement that took too long, a deadlock, a server that only reads or is damaged.
    """
    if isinstance(error, InternalError):
        return error.sqlstate is not None and error.sqlstate.startswith(_ITS_OWN)
    if isinstance(error, OperationalError):
        return error.sqlstate is None or not error.sqlstate.startswith(_OURS)
    return unavailable(error)


async def _refuse_closed(connection: AsyncConnection[TupleRow]) -> None:
    # An idle connection on which something waits to be read is most likely a farewell; only then is the server asked. Looking costs
    # a microsecond, asking each time would cost every step a round trip.
    socket = poll()  # `select` takes no socket beyond the thousandth, and every open stream of events has one
    socket.register(connection.fileno(), POLLIN)
    if socket.poll(0):
        await connection.execute("")


async def _greet(_connection: AsyncConnection[TupleRow]) -> None:
    note_engine_found("postgres")
