"""Every connection cut at every await, with every error that the two clients know: a refusal that says when to come back, never more."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from psycopg import AsyncConnection, errors
from psycopg_pool import AsyncConnectionPool, PoolClosed, PoolTimeout, TooManyRequests
from temporalio.client import RPCTimeoutOrCancelledError, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.exceptions import ApplicationError, CancelledError, TerminatedError, WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from api import submission
from runtime.settings import Partner
from tests.api.matters import THEFT, reported
from tests.organ import Organ, organ
from tests.sandbox import SECRET
from tests.world import Hand, World, found, world

# Everything by which PostgreSQL, or the way to it, fails whoever has asked nothing wrong.
OF_POSTGRES: tuple[Exception, ...] = (
    psycopg.OperationalError("server closed the connection unexpectedly"),
    psycopg.InterfaceError("the connection is closed"),
    PoolTimeout("couldn't get a connection"),
    PoolClosed("the pool is closed"),
    TooManyRequests("too many requests"),
    errors.ConnectionTimeout(),
    errors.ConnectionFailure(),
    errors.ProtocolViolation(),
    errors.AdminShutdown(),
    errors.CrashShutdown(),
    errors.CannotConnectNow(),
    errors.DatabaseDropped(),
    errors.IdleSessionTimeout(),
    errors.QueryCanceled(),
    errors.TooManyConnections(),
    errors.DiskFull(),
    errors.OutOfMemory(),
    errors.LockNotAvailable(),
    errors.DeadlockDetected(),
    errors.SerializationFailure(),
    errors.IdleInTransactionSessionTimeout(),
    errors.InFailedSqlTransaction(),
    errors.ReadOnlySqlTransaction(),
    errors.IoError(),
    errors.DataCorrupted(),
    errors.InternalError_(),
    errors.InvalidPassword(),
)
# Whatever a server answers that is not itself yet, or any more.
_ANSWERS = frozenset(RPCStatusCode) - {
    RPCStatusCode.OK,
    RPCStatusCode.INVALID_ARGUMENT,
    RPCStatusCode.OUT_OF_RANGE,
    RPCStatusCode.UNIMPLEMENTED,
}
OF_TEMPORAL: tuple[Exception, ...] = (
    *(RPCError("cut", status, b"") for status in sorted(_ANSWERS)),
    RPCTimeoutOrCancelledError(),
    WorkflowUpdateRPCTimeoutOrCancelledError(),
    WorkflowUpdateFailedError(ApplicationError("fell over")),
    WorkflowUpdateFailedError(ApplicationError("moved", type="AcceptedUpdateCompletedWorkflow")),
    WorkflowUpdateFailedError(TerminatedError("ended")),
    WorkflowUpdateFailedError(CancelledError("cancelled")),
    WorkflowAlreadyStartedError("criminal-case/1", "criminal-case"),
)


class Cut:
    """The place at which the connection is cut next: the k-th await on that engine, of whoever asks in this test."""

    def __init__(self, error: Exception, k: int) -> None:
        self.error, self.left, self.done = error, k, False

    def __call__(self) -> bool:
        self.left -= 1
        self.done = self.done or self.left == 0
        return self.left == 0


_postgres: ContextVar[Cut | None] = ContextVar("postgres", default=None)
_temporal: ContextVar[Cut | None] = ContextVar("temporal", default=None)
# The worker does not run in the context of whoever asks.
_of_the_worker = list[Cut]()


def _is_the_workers(connection: AsyncConnection[Any]) -> bool:
    return connection.info.parameter_status("application_name") == "louke-worker"


@pytest.fixture(autouse=True)
def _scissors(monkeypatch: pytest.MonkeyPatch) -> None:
    """At hand for whoever asks in this test's own context: the worker, and the streams of other people, go on."""
    waits, leases = AsyncConnection.wait, AsyncConnectionPool.getconn

    async def wait(self: Any, generator: Any, *arguments: Any, **further: Any) -> Any:
        cut = _of_the_worker[0] if _of_the_worker and _is_the_workers(self) else _postgres.get()
        if cut and cut():
            generator.close()
            self.pgconn.finish()
            raise cut.error
        return await waits(self, generator, *arguments, **further)

    async def getconn(self: Any, *arguments: Any, **further: Any) -> Any:
        cut = _postgres.get()
        if cut and cut():
            raise cut.error
        return await leases(self, *arguments, **further)

    monkeypatch.setattr(AsyncConnection, "wait", wait)
    monkeypatch.setattr(AsyncConnectionPool, "getconn", getconn)
    monkeypatch.setattr(submission, "_OPENING_S", 0.2)


@pytest.fixture
async def county(peopled: str, temporal_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    partner = Partner.model_validate({"address": "http://127.0.0.1:1", "secret": SECRET})
    settings = found(peopled, temporal_address, tmp_path, {"procuratorate": partner})
    async with world(settings) as one:
        client = one.ctx.client.service_client
        called = client._rpc_call

        async def call(*arguments: Any, **further: Any) -> Any:
            cut = _temporal.get()
            if cut and cut():
                raise cut.error
            return await called(*arguments, **further)

        monkeypatch.setattr(client, "_rpc_call", call)
        yield one


@contextmanager
def cutting(engine: ContextVar[Cut | None], error: Exception, k: int) -> Iterator[Cut]:
    cut = Cut(error, k)
    token = engine.set(cut)
    try:
        yield cut
    finally:
        engine.reset(token)


def checked(answer: httpx.Response) -> None:
    """An answer that a program can live with: what it asked for, or a problem that says when to come back."""
    assert answer.status_code != 500, answer.text
    if answer.status_code >= 400:
        problem = answer.json()
        assert answer.headers["content-type"] == "application/problem+json", answer.text
        assert (answer.status_code, problem["type"] in ("/problems/orchestrator-unavailable", "/problems/no-room")) == (
            503,
            True,
        ), problem
        assert int(answer.headers["Retry-After"]) == problem["retry_after"] > 0


Asking = Callable[[], Awaitable[httpx.Response]]


async def cut_everywhere(engine: ContextVar[Cut | None], error: Exception, prepare: Callable[[], Awaitable[Asking]]) -> int:
    """Ask anew with the first await cut, the second and so on until none is left; how many cuts there were.

    Whoever was told to come back comes back, under the same key, and has what they asked for.
    """
    k = 1
    while True:
        ask = await prepare()
        with cutting(engine, error, k) as cut:
            answer = await ask()
        checked(answer)
        if not cut.done:
            assert answer.status_code < 400, answer.text
            return k - 1
        if answer.status_code == 503:
            again = await ask()
            assert again.status_code < 400, again.text
        k += 1


class Routes:
    """What people and machines ask, each time anew."""

    def __init__(self, county: World, officer: Hand, clerk: Hand, procuratorate: Organ, number: str) -> None:
        self.county, self.officer, self.clerk, self.procuratorate = county, officer, clerk, procuratorate
        self.number, self.n = number, 0

    async def open(self) -> Asking:
        self.n += 1
        key = {"Idempotency-Key": f"open-{self.n}"}
        return lambda: self.clerk.post("/api/matters/incident", key, **THEFT)

    async def step(self) -> Asking:
        self.n += 1
        number, key = (await self.clerk.open("incident", **THEFT))["number"], {"Idempotency-Key": f"step-{self.n}"}
        return lambda: self.clerk.try_(number, "dispatch-incident", key, unit="chengguan", officer="liusiyuan")

    async def read(self) -> Asking:
        self.county.ctx.directory.forget()
        return lambda: self.officer.get(f"/api/matters/{self.number}")

    async def listed(self) -> Asking:
        return lambda: self.officer.get("/api/matters")

    async def sign_in(self) -> Asking:
        await self.county.ask("DELETE FROM guess")
        return lambda: self.officer.http.post("/api/auth/token", data={"username": "liusiyuan", "password": "louke-demo"})

    async def inbound(self) -> Asking:
        """A message that is held until the one before it has come: what becomes of it then is a step like any other."""
        self.n += 1
        said = {
            "type": "approve-arrest",
            "timestamp": "2026-09-21T10:00:00+08:00",
            "after": "before",
            "data": {"matter": "RY202600000001", "form": {}},
        }
        body = json.dumps(said).encode()
        headers = self.procuratorate.headers(body, f"message-{self.n}")
        return lambda: self.procuratorate.post(body, headers)

    async def health(self) -> Asking:
        self.county.ctx.health.forget()
        return lambda: self.officer.get("/api/health")


@pytest.fixture
async def routes(county: World) -> Routes:
    number, officer = await reported(county)
    return Routes(county, officer, await county.as_("linxiaoyu"), await organ(county, "procuratorate"), number)


# Whatever else a route does, it asks the database at least so often.
AT_LEAST = {"open": 4, "step": 4, "read": 4, "listed": 2, "sign_in": 2, "inbound": 4, "health": 1}
# What an error amounts to is the same everywhere: two routes are cut with all of them, the others with one of each sort.
EVERY_ERROR = ("open", "listed")
ONE_OF_EACH = tuple(each for each in OF_POSTGRES if isinstance(each, PoolTimeout | errors.AdminShutdown | errors.QueryCanceled))


@pytest.mark.parametrize("route", AT_LEAST)
async def test_wherever_postgresql_is_cut_whoever_asks_is_told_when_to_come_back_and_gets_it_then(
    routes: Routes, route: str
) -> None:
    for error in OF_POSTGRES if route in EVERY_ERROR else ONE_OF_EACH:
        assert await cut_everywhere(_postgres, error, getattr(routes, route)) >= AT_LEAST[route], repr(error)


@pytest.mark.parametrize("route", ["open", "step", "health"])
async def test_wherever_temporal_is_cut_whoever_asks_is_told_when_to_come_back_and_gets_it_then(routes: Routes, route: str) -> None:
    for error in OF_TEMPORAL:
        assert await cut_everywhere(_temporal, error, getattr(routes, route)) >= 1, repr(error)


@pytest.mark.parametrize("error", [errors.AdminShutdown(), errors.QueryCanceled()])
async def test_wherever_a_worker_loses_postgresql_whoever_waits_for_it_is_told_when_to_come_back_and_gets_it_then(
    routes: Routes, error: Exception
) -> None:
    async def once_cut(k: int) -> Cut:
        ask, cut = await routes.step(), Cut(error, k)
        _of_the_worker.append(cut)
        try:
            answer = await ask()
        finally:
            _of_the_worker.clear()
        checked(answer)
        again = await ask()
        assert again.status_code == 200, again.text
        return cut

    k = 1
    while (await once_cut(k)).done:
        k += 1
    assert k > 3
