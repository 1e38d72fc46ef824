"""A bureau started by `louke up`, whose parts are killed or stopped without a word."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any, LiteralString

import httpx
import psycopg
from psycopg.rows import namedtuple_row

from operations.engine_addresses import fill_engine_settings
from runtime.database import connect
from runtime.embedded.ports import find_free_port
from runtime.embedded.up import LOUKE
from runtime.passwords import load_passwords
from runtime.settings import Partner, Settings
from runtime.tokens import DemoTokens, make_tokens
from seeds.loading import load_bureau
from tests.conftest import ROOT

PARTS = ("postgres", "temporal", "worker", "watch", "api")
# Everything is planned for a machine that does much else.
_STARTS_S, _STOPS_S, _PAUSE_S = 120.0, 30.0, 0.2


class Bureau:
    """The running bureau: its people sign in, its parts are found among the children of the supervisor."""

    def __init__(self, folder: Path, partners: Mapping[str, Partner]) -> None:
        """It keeps its data below that folder and tells those systems outside; nothing runs yet."""
        self.home, self._port = folder / "louke", find_free_port()
        self._address = f"http://127.0.0.1:{self._port}"
        self._said = folder / "up.log"
        plain = {name: {"address": each.address, "secret": each.secret.get_secret_value()} for name, each in partners.items()}
        self._environment = os.environ | {
            "LOUKE_DATA_DIR": str(self.home),
            "LOUKE_PORT": str(self._port),
            "LOUKE_PARTNERS": json.dumps(plain),
            "PYTHONPATH": str(ROOT),
        }
        self.settings = Settings(data_dir=self.home, port=self._port, partners=dict(partners))

    async def begin(self) -> None:
        """Start everything, with the county's people and no matter at all."""
        self.home.mkdir(mode=0o700)
        (self.home / "seeded").touch()
        with self._said.open("w") as said:
            self._up = subprocess.Popen([*LOUKE, "up"], env=self._environment, cwd=ROOT, stdout=said, stderr=said)
        await self._until_it_says("Ctrl-C")
        self.settings = fill_engine_settings(self.settings)
        with connect(self.settings.database_url, "campaign") as connection:
            load_bureau(connection, load_passwords(self.settings))
        told_by = make_tokens(self.settings)
        assert isinstance(told_by, DemoTokens)
        self._tokens = told_by

    async def _until_it_says(self, words: str) -> None:
        async with asyncio.timeout(_STARTS_S):
            while words not in self.said():
                assert self._up.poll() is None, self.said()
                await asyncio.sleep(_PAUSE_S)

    def said(self) -> str:
        """What the supervisor has told the terminal."""
        return self._said.read_text()

    async def end(self) -> None:
        """Stop everything."""
        self._up.send_signal(signal.SIGINT)
        await asyncio.to_thread(self._up.wait, _STOPS_S)

    def client(self, username: str) -> httpx.AsyncClient:
        """A client that bears that person's token."""
        token, _ = self._tokens.issue(username)
        return httpx.AsyncClient(base_url=self._address, headers={"Authorization": f"Bearer {token}"}, timeout=30, trust_env=False)

    def ask(self, statement: LiteralString, **arguments: Any) -> list[Any]:
        """Run one statement in the database and return its rows."""
        with psycopg.connect(self.settings.database_url, row_factory=namedtuple_row) as connection:
            return connection.execute(statement, arguments or None).fetchall()

    def verify(self) -> subprocess.CompletedProcess[str]:
        """What `louke verify` says of the journal."""
        environment = self._environment | {"LOUKE_DATABASE_URL": self.settings.database_url}
        return subprocess.run([*LOUKE, "verify"], env=environment, cwd=ROOT, capture_output=True, text=True, check=False)

    def pid(self, part: str) -> int | None:
        """The process of a part, None while it is away."""
        with suppress(OSError):
            for pid in Path(f"/proc/{self._up.pid}/task/{self._up.pid}/children").read_text().split():
                with suppress(OSError):
                    words = Path(f"/proc/{pid}/cmdline").read_text().rstrip("\0").split("\0")
                    if words[-1] == part or Path(words[0]).name == part:
                        return int(pid)
        return None

    def signal(self, part: str, number: signal.Signals) -> bool:
        """Send a part a signal; whether it was there."""
        pid = self.pid(part)
        with suppress(ProcessLookupError):
            if pid:
                os.kill(pid, number)
                return True
        return False

    def is_whole(self) -> bool:
        """Whether every part is there."""
        return all(self.pid(part) for part in PARTS)


@asynccontextmanager
async def bureau(folder: Path, partners: Mapping[str, Partner]) -> AsyncIterator[Bureau]:
    """A bureau that ends with the block."""
    assert sys.platform == "linux", "looks at processes through /proc"
    async with AsyncExitStack() as stack:
        running = Bureau(folder, partners)
        await running.begin()
        stack.push_async_callback(running.end)
        yield running
