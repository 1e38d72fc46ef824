"""A whole bureau for one test: the invented county, a worker and the API in this process, and its people at their desks."""

import asyncio
import sys
import uuid
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from random import randrange
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit, urlunsplit

import httpx
import pytest
from fastapi import FastAPI
from psycopg import AsyncConnection, OperationalError
from psycopg.rows import namedtuple_row
from temporalio.client import Client
from temporalio.worker import Worker

from activities.promise_rings import keep_promises_ringing
from activities.pulses import pulsate
from activities.timekeeper import Timekeeper, get_timekeeper
from api.access_reason import REASON
from api.app import make_app
from api.context import AppContext
from api.directory import get_client_secret
from api.step_descriptions import is_on_liberty
from models.external import get_systems
from models.forms.form import get_forms
from models.outside import is_machine
from operations.database_roles import grant
from runtime.database import connect as connect_database
from runtime.database import open_pool
from runtime.embedded.postgres import RUNNING_ROLE
from runtime.encryption import keep_secret, parse_keys
from runtime.passwords import Passwords
from runtime.seals import Sealer, get_heads_file, load_signing_key
from runtime.settings import Partner, Settings
from runtime.temporal import connect
from runtime.tokens import DemoTokens
from seeds import loading
from seeds.bureau import DEMO_PASSWORD
from tests.databases import QUICK
from watchdog.duty import Tools
from watchdog.watch import Watch
from worker import make_worker

T = TypeVar("T")
# A worker that has nothing left to do stops within one.
_STOPPING_S = 20.0
# Made before the tests, so that people and their passwords are laid once for all of them.
PASSWORD_KEY = b"tests:" + b64encode(b"thirty-two bytes of all passwords")
# Whoever is alone in a bureau is served by few connections, of which each costs PostgreSQL a process; a crowd takes as many as in life.
FEW, AS_IN_LIFE = 4, 10
Answer = dict[str, Any]
Headers = Mapping[str, str]


class Hand:
    """One signed-in person; each method is a request, and fails the test where it is refused, but for `post` and `get`."""

    def __init__(self, http: httpx.AsyncClient, username: str) -> None:
        """Send through that client, which bears the person's token."""
        self.http = http
        self.username = username

    async def open(self, kind: str, /, **form: Any) -> Answer:
        """Open a matter; the receipt."""
        return _told(await self.post(f"/api/matters/{kind}", **form), 201)

    async def take(self, number: str, step: str, headers: Headers | None = None, /, **form: Any) -> Answer:
        """Take a step; the receipt."""
        return _told(await self.try_(number, step, headers, **form), 200)

    async def approve(self, number: str, step: str, /, **form: Any) -> Answer:
        """Approve what was requested; the receipt."""
        return await self.take(number, "approve", request=step, **form)

    async def try_(self, number: str, step: str, headers: Headers | None = None, /, **form: Any) -> httpx.Response:
        """Try to take a step, having opened what is approved where that is asked for; the answer, whatever it is."""
        if step == "approve" and is_on_liberty(get_forms()[form["request"]]):
            await self.look_at(number, form["request"])
        return await self.post(f"/api/matters/{number}/steps/{step}", headers, **form)

    async def look_at(self, number: str, step: str) -> None:
        """Open a request that waits, as far as this person may, and say why where its file is sealed."""
        why = {REASON: quote("审批前查看呈请")}
        card = await self.http.get(f"/api/matters/{number}", headers=why)
        asked = [each["seq"] for each in card.json().get("requests", ()) if each["step"] == step]
        for seq in asked:
            await self.http.get(f"/api/matters/{number}/requests/{seq}", headers=why)

    async def card(self, number: str) -> Answer:
        """Everything about one matter."""
        return await self.read(f"/api/matters/{number}")

    async def steps(self, number: str) -> list[Answer]:
        """What this person may do there now."""
        return await self.read(f"/api/matters/{number}/steps")

    async def clock(self, number: str, limit: str) -> Answer:
        """The newest clock of that limit in a matter."""
        return [each for each in await self.read(f"/api/matters/{number}/clocks") if each["limit"] == limit][-1]

    async def read(self, path: str, /, **parameters: Any) -> Any:
        """What an address answers."""
        return _told(await self.get(path, **parameters), 200)

    async def find(self, path: str, /, **question: Any) -> Any:
        """What an address answers to a question in the body."""
        return _told(await self.post(path, **question), 200)

    async def get(self, path: str, /, **parameters: Any) -> httpx.Response:
        """Ask an address; the answer, whatever it is."""
        return await self.http.get(path, params=parameters or None)

    async def post(self, path: str, headers: Headers | None = None, /, **form: Any) -> httpx.Response:
        """Hand in a form; the answer, whatever it is. Instants may be given as such."""
        plain = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in form.items()}
        return await self.http.post(path, json=plain, headers=headers)


def _told(answer: httpx.Response, status: int) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


async def until(ask: Callable[[], Awaitable[T]], good: Callable[[T], object], within: float = 5.0) -> T:
    """Ask again until the answer is good: what a workflow does by itself is seen a moment later. TimeoutError after `within` seconds."""
    async with asyncio.timeout(within):
        while True:
            answer = await ask()
            if good(answer):
                return answer
            await asyncio.sleep(0.02)


class World:
    """The bureau of one test."""

    def __init__(self, app: FastAPI, client: Client, settings: Settings, stack: AsyncExitStack) -> None:
        """Over that application and that Temporal client; clients opened meanwhile are closed with the stack."""
        self.app = app
        self.client = client
        self.settings = settings
        self._stack = stack
        self._owner: AsyncConnection[Any] | None = None

    @property
    def ctx(self) -> AppContext:
        """What the API answers with."""
        return self.app.state.ctx

    async def as_(self, username: str, *, reason: str = "test") -> Hand:
        """That person, signed in, who has said why they read sealed files, as pages ask once; `reason` empty: they have not."""
        tokens = self.ctx.tokens
        assert isinstance(tokens, DemoTokens), "where a provider signs people in, it gives out the tokens"
        generation = tokens.compute_generation(get_client_secret(self.settings, username)) if is_machine(username) else 0
        token, _ = tokens.issue(username, generation)
        said = {REASON: reason} if reason else {}
        return Hand(await self.stranger({"Authorization": f"Bearer {token}", **said}), username)

    async def stranger(self, headers: dict[str, str] | None = None) -> httpx.AsyncClient:
        """A client of the API that nobody is signed in with."""
        transport = httpx.ASGITransport(self.app)
        return await self._stack.enter_async_context(
            httpx.AsyncClient(transport=transport, base_url="http://louke", headers=headers)
        )

    def watch(self, timekeeper: Timekeeper | None = None) -> Watch:
        """The watchdog's duties, to be done when a test says so; by the right time, unless it brings its own."""
        sealer = Sealer(get_heads_file(self.settings.data_dir), load_signing_key(self.settings.data_dir))
        home = self.settings.data_dir
        told = {"channels": self.settings.channels, "public_address": self.settings.public_address}
        tools = Tools(self.ctx.pool, self.client, sealer, self.settings.task_queue, home, **told)
        return Watch(replace(tools, timekeeper=timekeeper or get_timekeeper("watch")))

    async def ask(self, statement: str, **arguments: Any) -> list[Any]:
        """Run one statement in the database, as whoever owns it may, and return its rows."""
        if self._owner is None or self._owner.closed:
            # One for all of a test's questions: each costs PostgreSQL a process. What is asked after an ALTER TABLE is planned anew.
            self._owner = await AsyncConnection.connect(
                self.settings.owner_url,
                autocommit=True,
                row_factory=namedtuple_row,
                prepare_threshold=None,
                options="-c timezone=UTC",
            )
            self._stack.push_async_callback(self._owner.close)
        try:
            cursor = await self._owner.execute(statement.encode(), arguments)
        except OperationalError:
            if not self._owner.closed:
                raise
            return await self.ask(statement, **arguments)  # it was ended since the last question
        return await cursor.fetchall() if cursor.description else []


def running(database: str) -> str:
    """The address of a database of the tests for the role that runs a bureau there."""
    said = urlsplit(database)
    return urlunsplit(said._replace(netloc=f"{RUNNING_ROLE}:{said.password}@{said.hostname}:{said.port}"))


def people(database: str) -> str:
    """Put the invented county's people into a fresh database, their passwords under `PASSWORD_KEY`, and let the role that runs work there."""
    grant(database, running(database))
    with pytest.MonkeyPatch.context() as quickly, connect_database(database, "test") as connection:
        quickly.setattr(loading, "_hash_password", lambda: QUICK.hash(DEMO_PASSWORD))
        loading.load_bureau(connection, Passwords(parse_keys(PASSWORD_KEY.decode())))
    return database


def found(
    database: str, temporal_address: str, folder: Path, partners: Mapping[str, Partner] | None = None, *, pool_size: int = FEW
) -> Settings:
    """Settings of a bureau of its own in a database that has its people; `partners` are the systems outside it is tied to."""
    keep_secret(folder / "keys" / "passwords", lambda: PASSWORD_KEY)
    with connect_database(database, "test") as connection:
        # All tests share one Temporal, where a number must not be met twice.
        connection.execute("SELECT setval('matter_number', %s)", [randrange(1, 90_000_000)])
    own = {
        "database_url": running(database),
        "owner_database_url": database,
        "temporal_address": temporal_address,
        "task_queue": f"louke-{uuid.uuid4().hex[:8]}",
        "data_dir": folder,
        "pool_size": pool_size,
        "partners": dict(partners or {}),
    }
    return _usual().model_copy(update=own)


@cache
def _usual() -> Settings:
    """What all bureaus of the tests have in common: to read the environment anew for each takes ten milliseconds."""
    nowhere = "postgresql://louke@127.0.0.1/louke"
    return Settings(database_url=nowhere, owner_database_url=nowhere, demo=True, check_answers=True)


async def end(tasks: set[asyncio.Task[Any]]) -> None:
    """Cancel these tasks, and wait for them to end; AssertionError, with where each of them waits, if one does not heed that."""
    if not tasks:
        return
    for task in tasks:
        task.cancel()
    done, deaf = await asyncio.wait(tasks, timeout=_STOPPING_S)
    for task in done:
        if not task.cancelled():
            task.exception()  # how it ended is for whoever waits for it
    for task in deaf:
        task.print_stack(file=sys.stderr)
    assert not deaf, f"these do not heed their cancellation: {deaf}"


@asynccontextmanager
async def at_work(worker: Worker) -> AsyncIterator[None]:
    """That worker at work until the block ends.

    It may wait for ever for a local activity that was handed out just as it was told to stop; nobody else waits so long for it.
    A worker that ends by itself ends the block: nothing would come of waiting for what it should have done.
    """
    running, block = asyncio.create_task(worker.run()), asyncio.current_task()
    running.add_done_callback(end_block := lambda _: block and block.cancel("the worker has ended"))
    try:
        yield
    except asyncio.CancelledError:
        if not running.done():
            raise
    finally:
        running.remove_done_callback(end_block)
        stopping = asyncio.create_task(worker.shutdown())
        await asyncio.wait({running, stopping}, timeout=_STOPPING_S)
        await end({running, stopping})
    if not running.cancelled() and (fault := running.exception()):
        raise fault


async def _nobody(*_: Any) -> list[str]:
    """To each bureau of the tests the matters of all others, on the Temporal that they share, are foreign: so nobody asks for them."""
    return []


# The OpenAPI document is the same for all of them, and takes more than a second to make.
_described: dict[str, Any] = {}


def _once(describe: Callable[[], dict[str, Any]]) -> Callable[[], dict[str, Any]]:
    def described() -> dict[str, Any]:
        if not _described:
            _described.update(describe())
        return _described

    return described


@asynccontextmanager
async def world(settings: Settings, *, working: bool = True) -> AsyncIterator[World]:
    """A bureau at work; `working` says whether it has a worker."""
    async with AsyncExitStack() as stack:
        stack.enter_context(pytest.MonkeyPatch.context()).setattr("api.health.list_foreign_workflows", _nobody)
        app = make_app(settings, get_systems())
        app.openapi = _once(app.openapi)
        await stack.enter_async_context(app.router.lifespan_context(app))
        client = await connect(settings, lazy=not working)
        if working:
            pool = await open_pool(settings.database_url, settings.pool_size, "worker")
            stack.push_async_callback(pool.close)
            await stack.enter_async_context(keep_promises_ringing(pool))
            await stack.enter_async_context(at_work(make_worker(settings, client, pool)))
            pulse = asyncio.create_task(pulsate(pool, "worker"))
            stack.push_async_callback(end, {pulse})
        yield World(app, client, settings, stack)
