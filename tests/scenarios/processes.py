"""A county whose database, worker, watchdog and API are processes of their own, which a test may kill."""

import asyncio
import json
import os
import signal
import subprocess
import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, LiteralString

import httpx
import psycopg
from httpx import codes
from psycopg.rows import namedtuple_row

from runtime.embedded.ports import find_free_port
from runtime.embedded.postgres import prepare_postgres
from runtime.embedded.process import Child, Part
from runtime.embedded.temporal import polled_since
from runtime.embedded.up import LOUKE
from runtime.settings import Partner, Settings
from runtime.tokens import make_demo_tokens
from tests.conftest import ROOT
from tests.world import AS_IN_LIFE, Hand, Headers, found, people

# A killed database recovers in a second or two, on a busy machine in ten; then connections that died with it must be noticed.
_PATIENCE_S = 60.0
_PAUSE_S = 0.2


class Persistent(Hand):
    """Somebody who hands a form in again, under the same key, for as long as they are told to come back."""

    async def post(self, path: str, headers: Headers | None = None, /, **form: Any) -> httpx.Response:
        """Hand in a form until it is answered."""
        headers = {"Idempotency-Key": uuid.uuid4().hex, **(headers or {})}
        async with asyncio.timeout(_PATIENCE_S):
            while (answer := await self._post_once(path, headers, form)) is None or answer.status_code == codes.SERVICE_UNAVAILABLE:
                await asyncio.sleep(_PAUSE_S)
        return answer

    async def _post_once(self, path: str, headers: Headers, form: dict[str, Any]) -> httpx.Response | None:
        try:
            return await super().post(path, headers, **form)
        except httpx.TransportError:
            return None


class Processes:
    """The running processes of one county, by name."""

    def __init__(self, folder: Path, stack: AsyncExitStack) -> None:
        """None runs yet; what is signed in is signed out with the stack."""
        self._folder, self._stack = folder, stack
        self._children: dict[str, Child] = {}
        self._parts: dict[str, Part] = {}
        self._address = f"http://127.0.0.1:{find_free_port()}"
        self._url = ""

    async def begin(self, temporal_address: str, partners: Mapping[str, Partner]) -> None:
        """Start all of them, over that Temporal, tied to those systems outside."""
        cluster = prepare_postgres(self._folder / "postgres")
        self._parts["postgres"], self._url = cluster.part, cluster.url
        await self.start("postgres")
        environment = os.environ | {"LOUKE_DATABASE_URL": cluster.url, "LOUKE_TEMPORAL_ADDRESS": temporal_address}
        await asyncio.to_thread(subprocess.run, [*LOUKE, "migrate"], cwd=ROOT, env=environment, check=True)
        settings = found(people(cluster.url), temporal_address, self._folder, partners, pool_size=AS_IN_LIFE)
        self._tokens = make_demo_tokens(settings)
        self._parts |= _programs(settings, self._address)
        for name in ("worker", "watch", "api"):
            await self.start(name)

    async def start(self, name: str) -> None:
        """Start that process, and wait until it is ready."""
        child = self._children[name] = Child(self._parts[name], self._folder / f"{name}.log")
        await asyncio.to_thread(child.await_ready)

    def kill(self, name: str) -> None:
        """Kill that process as a fault of the machine would: without a word."""
        child = self._children.pop(name)
        os.killpg(child.pid, signal.SIGKILL)
        child.stop(within=5)

    def stop(self) -> None:
        """End all of them, the database last."""
        for child in reversed(self._children.values()):
            child.stop(within=5)

    async def as_(self, username: str) -> Persistent:
        """That person, signed in."""
        token, _ = self._tokens.issue(username)
        bearer = {"Authorization": f"Bearer {token}"}
        http = await self._stack.enter_async_context(httpx.AsyncClient(base_url=self._address, headers=bearer, timeout=30))
        return Persistent(http, username)

    def ask(self, statement: LiteralString, **arguments: Any) -> list[Any]:
        """Run one statement in the database and return its rows."""
        with psycopg.connect(self._url, row_factory=namedtuple_row) as connection:
            return connection.execute(statement, arguments).fetchall()


@asynccontextmanager
async def processes(folder: Path, temporal_address: str, partners: Mapping[str, Partner]) -> AsyncIterator[Processes]:
    """A county of processes, all of which are ended afterwards."""
    async with AsyncExitStack() as stack:
        running = Processes(folder, stack)
        stack.callback(running.stop)
        await running.begin(temporal_address, partners)
        yield running


def _plainly(partner: Partner) -> dict[str, str]:
    return {"address": partner.address, "secret": partner.secret.get_secret_value()}


def _programs(settings: Settings, address: str) -> dict[str, Part]:
    environment = {
        "LOUKE_DATABASE_URL": settings.database_url,
        "LOUKE_TEMPORAL_ADDRESS": settings.temporal_address,
        "LOUKE_DATA_DIR": str(settings.data_dir),
        "LOUKE_DEMO": "1",
        "LOUKE_TASK_QUEUE": settings.task_queue,
        "LOUKE_PARTNERS": json.dumps({name: _plainly(partner) for name, partner in settings.partners.items()}),
        "LOUKE_PORT": address.rpartition(":")[2],
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": str(ROOT),
    }

    def polls(worker: Child) -> bool:
        return polled_since(settings, settings.temporal_address, worker.started_at)

    def healthy(_: Child) -> bool:
        try:
            # In clear: to read the authorities of TLS for each question takes longer than to ask it.
            return httpx.get(f"{address}/api/health", timeout=2, verify=False).is_success
        except httpx.TransportError:
            return False

    ready = {"worker": polls, "watch": lambda watch: "watchdog.started" in watch.read_output(), "api": healthy}
    return {name: Part(name, (*LOUKE, name), asked, environment=environment) for name, asked in ready.items()}
