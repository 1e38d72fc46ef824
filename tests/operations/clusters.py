"""A PostgreSQL of a test's own, run as production runs it: its log archived, its data kept and put back with PostgreSQL's own programs."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg.rows import namedtuple_row

from runtime.embedded.accounts import find_server_identity
from runtime.embedded.postgres import Cluster, prepare_postgres
from runtime.embedded.process import Child, pause_briefly
from tests.databases import migrate

_PATIENCE_S = 60.0


class Server:
    """One cluster below a folder, which is started and stopped; settings beyond the product's own are `configured`."""

    def __init__(self, home: Path, **configured: str) -> None:
        """Laid, and not started."""
        self.home, self.configured = home, configured
        self._cluster: Cluster = prepare_postgres(home, durable=False)
        self.url, self.data = self._cluster.url, home / "data"

    def program(self, name: str, *arguments: str | Path) -> str:
        """What a program of this PostgreSQL says, run by our own account; fails where it fails."""
        command = [str(self._cluster.binaries.folder / name), *map(str, arguments)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    @contextmanager
    def running(self) -> Iterator[None]:
        """Run it until the block ends."""
        settings = [word for name, value in self.configured.items() for word in ("-c", f"{name}={value}")]
        part = replace(self._cluster.part, command=(*self._cluster.part.command, *settings))
        child = Child(part, self.home.with_suffix(".log"))
        try:
            child.await_ready()
            yield
        finally:
            child.stop(within=10)

    def migrate(self) -> None:
        """Bring it to the newest shape."""
        migrate(self.url)

    def ask(self, statement: LiteralString, **arguments: Any) -> Any:
        """The only row of what it answers."""
        with psycopg.connect(self.url, autocommit=True, row_factory=namedtuple_row) as connection:
            return connection.execute(statement, arguments).fetchone()

    def until(self, question: LiteralString) -> None:
        """Wait until it answers that question with yes."""
        deadline = time.monotonic() + _PATIENCE_S
        while not self.ask(question)[0]:
            assert time.monotonic() < deadline, question
            pause_briefly()

    def hand_over(self, folder: Path) -> None:
        """Give a folder and all that is in it to the account under which the server runs."""
        account = find_server_identity(self.home)
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, account.get("user", -1), account.get("group", -1))


def put_beside(home: Path, base: Path, password: Path) -> None:
    """Lay a base backup where a server is then made of it, with the password that its data know."""
    home.mkdir(mode=0o700)
    shutil.copyfile(password, home / "password")
    base.rename(home / "data")
