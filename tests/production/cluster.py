"""The whole of production on one machine: databases, Temporal's server, and our parts, each several times; whatever dies is started again."""

import asyncio
import json
import os
import secrets
import signal
import subprocess
import sys
from base64 import b64encode
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, LiteralString

import httpx
import psycopg
from psycopg.rows import namedtuple_row
from pydantic import SecretStr

from operations.certificates import issue_certificates
from runtime.database import connect
from runtime.embedded.ports import find_free_port, is_free
from runtime.embedded.process import Child, Part, stop
from runtime.embedded.temporal import polled_since
from runtime.embedded.up import LOUKE, WATCHING
from runtime.passwords import load_passwords
from runtime.process_signatures import SPEAKERS, make_keys
from runtime.settings import Partner, Settings
from runtime.tokens import DemoTokens
from seeds.loading import load_bureau
from tests.conftest import ROOT
from tests.production.databases import HOST, PATIENCE_S, TEMPORAL_ROLE, Databases
from tests.production.server import binaries, lay_schemas, make_namespace, server
from tests.scenarios.processes import Persistent

# How many of each of ours.
OURS = {"worker": 4, "watch": 2, "api": 2}
# Under which of the keys each of ours speaks.
_SPEAKS = {"worker": "worker", "watch": "watchdog", "api": "api"}
# As a service unit with RestartSec=2 starts again what died.
_BACK_S, _LOOK_S, _STOP_S = 2.0, 0.2, 15.0


class Production:
    """What runs, by name: `frontend-1`, `worker-3`, `api-2`; `restarts` counts what was started again without being killed by us."""

    def __init__(self, folder: Path, partners: Mapping[str, Partner], stack: AsyncExitStack) -> None:
        """Kept below that folder, telling those systems outside; nothing runs yet."""
        self.folder, self._stack, self._partners = folder, stack, partners
        self._certs = folder / "certs"
        self.databases = Databases(folder / "postgres", self._certs)
        self._parts: dict[str, Part] = {}
        self._children: dict[str, Child] = {}
        # Which are not to be started again by themselves: somebody does so, or they are being replaced.
        self._held: set[str] = set()
        self._killed: Counter[str] = Counter()
        self.restarts: Counter[str] = Counter()
        self._doors = {name: find_free_port() for name in ("temporal", "api")}
        self.address = f"http://127.0.0.1:{self._doors['api']}"
        self.settings = Settings()

    @property
    def port(self) -> int:
        """Where the API is spoken to."""
        return self._doors["api"]

    async def begin(self) -> None:
        """Start everything: databases, the server, the door before its frontends, and ours."""
        (self.folder / "postgres").mkdir()
        bearers = await asyncio.to_thread(issue_certificates, self._certs, databases=(HOST,))
        await self.databases.begin()
        await self._begin_temporal(bearers["admin"])
        self.settings, ours = self._ours(bearers["louke"])
        await self._migrate(ours)
        self._parts |= ours
        await asyncio.gather(*(self._start(name) for name in ours))
        self._stack.push_async_callback(self._stop_keeping, asyncio.create_task(self._keep()))
        await self._until_healthy()

    async def _begin_temporal(self, token: str) -> None:
        tools, password = binaries(self.folder), self.databases.passwords[TEMPORAL_ROLE]
        await asyncio.to_thread(lay_schemas, tools, self.databases.primary, password, self._certs)
        found = server(tools, self._certs, self.databases.hosts, password)
        self._parts |= found.parts
        self._parts["door-temporal"] = self._door("temporal", found.frontends)
        await asyncio.gather(*(self._start(name) for name in found.parts))
        await self._start("door-temporal")
        await asyncio.to_thread(make_namespace, tools, f"127.0.0.1:{self._doors['temporal']}", self._certs, token)

    def _door(self, name: str, targets: tuple[str, ...]) -> Part:
        port = self._doors[name]
        command = (sys.executable, "-m", "tests.production.door", str(port), *targets)
        ready = lambda _: not is_free("127.0.0.1", port)  # noqa: E731 -- one of several ways to be ready
        return Part(f"door-{name}", command, ready, environment={"PYTHONPATH": str(ROOT)})

    def _ours(self, token: str) -> tuple[Settings, dict[str, Part]]:
        """The settings of this installation, and the parts that run by them."""
        keys, client = make_keys(), self._certs / "client"
        said = {
            "data_dir": self.folder / "louke",
            "demo": True,  # whose people act here
            "database_url": self.databases.running_url,
            "temporal_address": f"127.0.0.1:{self._doors['temporal']}",
            "temporal_tls_ca": client / "ca.pem",
            "temporal_tls_cert": client / "client.pem",
            "temporal_tls_key": client / "client.key",
            "temporal_tls_server_name": "temporal",
            "temporal_token": token,
            "token_secret": secrets.token_urlsafe(48),
            "payload_keys": f"one:{b64encode(secrets.token_bytes(32)).decode()}",
            "speakers": {name: [keys[name][1]] for name in SPEAKERS},
            "partners": {
                name: {"address": each.address, "secret": each.secret.get_secret_value()} for name, each in self._partners.items()
            },
        }
        (self.folder / "louke").mkdir(mode=0o700)
        settings = Settings(**{**said, "owner_database_url": self.databases.url, "partners": dict(self._partners)})
        common = {f"LOUKE_{name.upper()}": _plain(value) for name, value in said.items()}
        common |= {"PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT)}
        parts, doors = dict[str, Part](), list[str]()
        for program, many in OURS.items():
            for number in range(1, many + 1):
                environment = {**common, "LOUKE_SPEAKING_KEY": keys[_SPEAKS[program]][0]}
                if program == "api":
                    environment["LOUKE_PORT"] = str(port := find_free_port())
                    doors.append(f"127.0.0.1:{port}")
                name = f"{program}-{number}"
                parts[name] = Part(
                    name, (*LOUKE, program), self._ready(program, environment), environment=environment, patience=PATIENCE_S
                )
        parts["door-api"] = self._door("api", tuple(doors))
        return settings, parts

    def _ready(self, program: str, environment: Mapping[str, str]) -> Any:
        def healthy(_: Child) -> bool:
            try:
                return httpx.get(f"http://127.0.0.1:{environment['LOUKE_PORT']}/api/health", timeout=2, trust_env=False).is_success
            except httpx.TransportError:
                return False

        def polls(child: Child) -> bool:
            return "worker.started" in child.read_output() and polled_since(
                self.settings, self.settings.temporal_address, child.started_at
            )

        return {"worker": polls, "watch": lambda child: WATCHING in child.read_output(), "api": healthy}[program]

    async def _migrate(self, ours: Mapping[str, Part]) -> None:
        environment = os.environ | ours["worker-1"].environment | {"LOUKE_OWNER_DATABASE_URL": self.databases.url}
        await asyncio.to_thread(subprocess.run, [*LOUKE, "migrate"], cwd=ROOT, env=environment, check=True)
        with connect(self.databases.url, "production") as connection:
            load_bureau(connection, load_passwords(self.settings))

    async def _until_healthy(self) -> None:
        async with asyncio.timeout(PATIENCE_S), httpx.AsyncClient(trust_env=False) as http:
            while True:
                with suppress(httpx.TransportError):
                    if (await http.get(f"{self.address}/api/health", timeout=5)).is_success:
                        return
                await asyncio.sleep(_LOOK_S)

    async def _start(self, name: str) -> None:
        child = self._children[name] = Child(self._parts[name], self.folder / f"{name}.log")
        await asyncio.to_thread(child.await_ready)

    async def _keep(self) -> None:
        """Start again what died, as the machine's own supervisor would."""
        while True:
            for name, child in list(self._children.items()):
                if name not in self._held and child.get_exit_code() is not None:
                    if self._killed[name]:
                        self._killed[name] -= 1
                    else:
                        self.restarts[name] += 1
                    child.end_all()
                    await asyncio.sleep(_BACK_S)
                    self._children[name] = Child(self._parts[name], self.folder / f"{name}.log")
            await asyncio.sleep(_LOOK_S)

    async def _stop_keeping(self, keeping: asyncio.Task[None]) -> None:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)

    def end(self) -> None:
        """End everything: ours, then the server, then the databases."""
        for beginning in (("door-api", "api", "watch", "worker"), ("",)):
            mine = [name for name in self._children if name.startswith(beginning)]
            stop([self._children.pop(name) for name in mine], _STOP_S)
        self.databases.stop()

    def is_whole(self) -> bool:
        """Whether every part runs."""
        return all(child.get_exit_code() is None for child in self._children.values()) and len(self.databases.processes()) > 0

    def names(self, beginning: str) -> list[str]:
        """The parts whose names begin so."""
        return [name for name in self._parts if name.startswith(beginning)]

    def strike(self, name: str) -> None:
        """Kill that part without a word; it is started again like everything that dies."""
        self._killed[name] += 1
        os.killpg(self._children[name].pid, signal.SIGKILL)

    def kill(self, name: str) -> None:
        """Kill that kind of part, all of them, until it is started: `worker`, `api`, or `postgres`, by which the primary is meant."""
        if name == "postgres":
            self.databases.lose()
            return
        for each in self.names(f"{name}-"):
            self._held.add(each)
            child = self._children[each]
            os.killpg(child.pid, signal.SIGKILL)
            child.end_all()

    async def start(self, name: str) -> None:
        """Start that kind of part again; for `postgres`, have the standby take over."""
        if name == "postgres":
            await self.databases.promote()
            return
        await asyncio.gather(*(self._start(each) for each in self.names(f"{name}-")))
        self._held -= set(self.names(f"{name}-"))

    async def replace(self, name: str) -> None:
        """Put a new process beside that part, and ask the old one to stop once the new one works: a rolling upgrade's one turn."""
        self._held.add(name)
        old = self._children[name]
        new = Child(self._parts[name], self.folder / f"{name}.next.log")
        await asyncio.to_thread(new.await_ready)
        await asyncio.to_thread(old.stop, _STOP_S)
        self._children[name] = new
        self._held.remove(name)

    async def as_(self, username: str) -> Persistent:
        """That person, signed in."""
        return Persistent(await self._stack.enter_async_context(self.client(username)), username)

    def client(self, username: str) -> httpx.AsyncClient:
        """A client that bears that person's token."""
        return httpx.AsyncClient(
            base_url=self.address, headers={"Authorization": f"Bearer {self.token(username)}"}, timeout=30, trust_env=False
        )

    def token(self, username: str) -> str:
        """That person's token."""
        secret = self.settings.token_secret.get_secret_value().encode()
        return DemoTokens(secret, timedelta(hours=self.settings.token_hours)).issue(username)[0]

    async def stranger(self) -> httpx.AsyncClient:
        """A client that nobody is signed in with."""
        return await self._stack.enter_async_context(httpx.AsyncClient(base_url=self.address, timeout=30, trust_env=False))

    def ask(self, statement: LiteralString, **arguments: Any) -> list[Any]:
        """Run one statement in the database and return its rows."""
        with psycopg.connect(self.databases.url, row_factory=namedtuple_row) as connection:
            return connection.execute(statement, arguments or None).fetchall()

    def verify(self) -> subprocess.CompletedProcess[str]:
        """What `louke verify` says of the journal."""
        environment = os.environ | self._parts["worker-1"].environment
        return subprocess.run([*LOUKE, "verify"], env=environment, cwd=ROOT, capture_output=True, text=True, check=False)


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return json.dumps(value)
    if isinstance(value, bool):
        return str(int(value))
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


@asynccontextmanager
async def production(folder: Path, partners: Mapping[str, Partner]) -> AsyncIterator[Production]:
    """All of it, until the block ends."""
    assert sys.platform == "linux", "hands its processes handles by /proc"
    async with AsyncExitStack() as stack:
        running = Production(folder, partners, stack)
        stack.callback(running.end)
        await running.begin()
        yield running
