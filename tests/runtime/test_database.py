"""Connections are alike in every process, outlive the server's restarts, and tell its absence from a fault of ours."""

import re
import resource
import socket
from collections.abc import AsyncIterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from select import select

import psycopg
import pytest
import pytest_asyncio
from psycopg import _queries, errors
from psycopg.adapt import Transformer

from models.store.statements import APPEND
from runtime import logging
from runtime.database import Pool, answers, connect, open_pool, passing, unavailable

_PATIENCE_S = 10.0


@pytest_asyncio.fixture
async def pool(postgres_url: str) -> AsyncIterator[Pool]:
    pool = await open_pool(postgres_url, 2, "test")
    yield pool
    await pool.close()


@pytest_asyncio.fixture
async def absent() -> AsyncIterator[Pool]:
    with socket.socket() as nobody_listens:
        nobody_listens.bind(("127.0.0.1", 0))
        pool = await open_pool(f"postgresql://louke@127.0.0.1:{nobody_listens.getsockname()[1]}/louke", 1, "test")
        pool.timeout = 0.3
        yield pool
        await pool.close()


async def test_a_connection_speaks_utc_and_names_its_process(pool: Pool) -> None:
    async with pool.connection() as connection:
        cursor = await connection.execute("SELECT now() AS at, current_setting('application_name') AS process")
        ((at, process),) = await cursor.fetchall()
    assert at.utcoffset() == timedelta(0)
    assert abs(at - datetime.now(UTC)) < timedelta(minutes=1)
    assert process == "louke-test"


async def test_a_statement_commits_by_itself_and_a_transaction_as_a_whole(pool: Pool) -> None:
    async with pool.connection() as connection:
        await connection.execute("CREATE TEMPORARY TABLE entry (seq int)")
        await connection.execute("INSERT INTO entry VALUES (1)")
        with pytest.raises(errors.DivisionByZero):
            async with connection.transaction():
                await connection.execute("INSERT INTO entry VALUES (2)")
                await connection.execute("SELECT 1 / 0")
        rows = await (await connection.execute("SELECT seq FROM entry")).fetchall()
    assert rows == [(1,)]


async def test_the_driver_keeps_what_it_makes_of_the_longest_statement_of_a_step(postgres_url: str) -> None:
    arguments = dict.fromkeys(re.findall(r"%\((\w+)\)s", APPEND))
    assert len(APPEND) > 4096  # what the driver keeps by itself
    async with await psycopg.AsyncConnection.connect(postgres_url) as connection:
        query = _queries.PostgresQuery(Transformer(connection))
        query.convert(APPEND.encode(), arguments)
        kept = _queries._query2pg.cache_info().hits
        query.convert(APPEND.encode(), arguments)
        assert _queries._query2pg.cache_info().hits == kept + 1


async def test_a_statement_that_does_not_end_is_stopped_without_taking_the_database_for_lost(pool: Pool) -> None:
    async with pool.connection() as connection:
        assert await (await connection.execute("SHOW statement_timeout")).fetchall() == [("10s",)]
        await connection.execute("SET statement_timeout = 20")
        with pytest.raises(errors.QueryCanceled) as stopped:
            await connection.execute("SELECT pg_sleep(5)")
        await connection.execute("RESET statement_timeout")
    assert not unavailable(stopped.value)


async def test_connections_that_the_server_closed_are_replaced_unnoticed(pool: Pool, postgres_url: str) -> None:
    async with pool.connection() as one, pool.connection() as another:
        sockets = {connection.info.backend_pid: connection.fileno() for connection in (one, another)}
    with connect(postgres_url) as other:
        for pid in sockets:
            other.execute("SELECT pg_terminate_backend(%s)", [pid])
    for each in sockets.values():
        assert select([each], [], [], _PATIENCE_S)[0], "the server did not say farewell"
    for _ in range(4):
        async with pool.connection() as connection:
            await connection.execute("SELECT 1")


async def test_a_process_starts_while_the_database_is_away_and_says_so(absent: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    lost: set[str] = set()
    monkeypatch.setattr(logging, "_lost", lost)
    assert not await answers(absent)
    assert lost == {"postgres"}


async def test_a_request_without_a_connection_means_the_database_is_away(absent: Pool) -> None:
    with pytest.raises(psycopg.OperationalError) as refused:
        async with absent.connection():
            pass
    assert unavailable(refused.value)


@pytest.mark.parametrize(
    "error", [errors.AdminShutdown(), errors.CannotConnectNow(), errors.TooManyConnections(), errors.DiskFull()]
)
def test_a_server_that_refuses_everybody_is_away(error: Exception) -> None:
    assert unavailable(error)


@pytest.mark.parametrize(
    "error", [errors.UniqueViolation(), errors.DeadlockDetected(), errors.SyntaxError(), errors.LockNotAvailable(), KeyError()]
)
def test_a_server_that_refuses_this_statement_is_not_away(error: Exception) -> None:
    assert not unavailable(error)


@pytest.mark.parametrize(
    "error", [errors.DeadlockDetected(), errors.QueryCanceled(), errors.ReadOnlySqlTransaction(), errors.DataCorrupted()]
)
def test_what_lies_with_the_server_may_go_well_another_time(error: Exception) -> None:
    assert passing(error)
    assert not unavailable(error)


@pytest.mark.parametrize(
    "error", [errors.UniqueViolation(), errors.SyntaxError(), errors.RaiseException(), errors.StatementTooComplex(), KeyError()]
)
def test_what_lies_with_the_statement_goes_wrong_every_time(error: Exception) -> None:
    assert not passing(error)


async def test_a_process_with_a_thousand_open_streams_is_lent_connections(postgres_url: str) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 4096)), hard))
    try:
        with ExitStack() as streams:
            while streams.enter_context(socket.socket()).fileno() < 1100:
                pass
            crowded = await open_pool(postgres_url, 1, "test")
            async with crowded, crowded.connection() as connection:
                assert connection.fileno() > 1023
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_command_may_take_its_time(postgres_url: str) -> None:
    with connect(postgres_url) as connection:
        row = connection.execute(
            "SELECT current_setting('statement_timeout') AS limit, current_setting('timezone') AS zone"
        ).fetchone()
    assert row == ("0", "UTC")
