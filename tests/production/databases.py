"""PostgreSQL twice: a primary, and a standby that has everything before it is acknowledged; whichever dies, the other goes on.

Both answer over TLS alone, as those that are deployed.
"""

import asyncio
import os
import secrets
import shutil
import signal
import subprocess
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, LiteralString
from urllib.parse import urlsplit

import psycopg
from psycopg.sql import SQL, Identifier, Literal

from runtime.embedded.accounts import find_server_identity
from runtime.embedded.ports import find_free_port
from runtime.embedded.postgres import Cluster, prepare_postgres
from runtime.embedded.process import CannotStart, Child
from tests.conftest import ROOT

TEMPORAL_ROLE, TEMPORAL_DATABASES = "temporal", ("temporal", "temporal_visibility")
_STANDBY = "standby"
# Beside the data of either.
_ISSUER = "servers-ca.pem"
# Ten processes of Temporal's and eight of ours have pools of their own.
_SETTINGS = (
    "max_connections=400",
    "shared_buffers=256MB",
    "wal_level=replica",
    "max_wal_senders=4",
    "wal_keep_size=512MB",
    "ssl=on",
    "ssl_min_protocol_version=TLSv1.3",
)
HOST = "127.0.0.1"
_STOP_S = 15.0
# The machine does much else.
PATIENCE_S = 180.0
_IN_STEP = (
    "SELECT count(*) FROM pg_stat_replication WHERE application_name = 'standby' AND state = 'streaming' AND sync_state = 'sync'"
)


class Databases:
    """Both servers, each with a home and a port of its own, of which one takes writes."""

    def __init__(self, folder: Path, certs: Path) -> None:
        """Kept below that folder, with the certificates that are in the other by then; nothing runs yet."""
        self._folder, self._certs = folder, certs
        self._homes = (folder / "one", folder / "two")
        self.passwords = {name: secrets.token_urlsafe(24) for name in (_STANDBY, TEMPORAL_ROLE)}
        self._clusters: list[Cluster] = []
        self._children: dict[int, Child] = {}
        self._writes = 0

    async def begin(self) -> None:
        """Lay and start the first primary, make the roles and Temporal's databases, and have the standby follow."""
        first = prepare_postgres(self._homes[0])
        self._guard(self._homes[0])
        other = self._homes[1]
        other.mkdir(mode=0o700)
        (other / "port").write_text(f"{find_free_port()}\n")
        for name in ("password", "running-password"):
            (other / name).write_bytes((self._homes[0] / name).read_bytes())
            (other / name).chmod(0o600)
        self._clusters = [first]
        await self._start(0)
        self._found()
        await self.pair()

    def _guard(self, home: Path) -> None:
        """Lay what is shown, who is let in and whom to believe beside the data, of which the standby is a copy."""
        own, account = self._certs / "databases" / HOST, find_server_identity(home)
        laid = {
            "server.crt": own / "server.pem",
            "server.key": own / "server.key",
            _ISSUER: self._certs / "client" / "servers-ca.pem",
            "pg_hba.conf": ROOT / "deploy" / "postgres" / "pg_hba.conf",
        }
        for name, file in laid.items():
            there = home / "data" / name
            shutil.copyfile(file, there)
            there.chmod(0o600)
            os.chown(there, account.get("user", -1), account.get("group", -1))

    def _found(self) -> None:
        with closing(psycopg.connect(self._clusters[0].url, autocommit=True)) as connection:
            for name, rights in ((_STANDBY, SQL("REPLICATION")), (TEMPORAL_ROLE, SQL("NOSUPERUSER"))):
                statement = SQL("CREATE ROLE {} LOGIN {} PASSWORD {}")
                connection.execute(statement.format(Identifier(name), rights, Literal(self.passwords[name])))
            for name in TEMPORAL_DATABASES:
                connection.execute(SQL("CREATE DATABASE {} OWNER {}").format(Identifier(name), Identifier(TEMPORAL_ROLE)))

    @property
    def url(self) -> str:
        """Where the owner reaches whichever takes writes."""
        return self._either(*(each.url for each in self._clusters))

    @property
    def running_url(self) -> str:
        """Where the role that runs the bureau does."""
        return self._either(*(each.running_url for each in self._clusters))

    def _either(self, url: str, other: str) -> str:
        one, ca = urlsplit(url), self._certs / "client" / "servers-ca.pem"
        options = f"target_session_attrs=read-write&sslmode=verify-full&sslrootcert={ca}"
        return f"{one.scheme}://{one.username}:{one.password}@{_place(url, other)}{one.path}?{options}"

    @property
    def hosts(self) -> str:
        """Where both are: hosts and ports, with a comma between them."""
        return _place(*(each.url for each in self._clusters))

    @property
    def primary(self) -> str:
        """Where the owner reaches the one that takes writes now, and it alone."""
        return self._clusters[self._writes].url

    def lose(self) -> None:
        """Kill the one that takes writes, as a fault of its machine would."""
        child = self._children.pop(self._writes)
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.stop(within=_STOP_S)

    async def promote(self) -> None:
        """Have the standby take writes from now on."""
        other = 1 - self._writes
        await asyncio.to_thread(_ask, self._clusters[other].url, "SELECT pg_promote(true, 60)")
        self._writes = other

    async def pair(self) -> None:
        """Lay the one that does not run anew, as a copy of the other, and wait until nothing is acknowledged that it does not have."""
        behind = 1 - self._writes
        await asyncio.to_thread(self._copy, self._homes[behind])
        if len(self._clusters) == 1:
            self._clusters.append(prepare_postgres(self._homes[behind]))
        await self._start(behind)
        primary = self._clusters[self._writes].url
        await asyncio.to_thread(_ask, primary, f"ALTER SYSTEM SET synchronous_standby_names = '{_STANDBY}'")
        await asyncio.to_thread(_ask, primary, "SELECT pg_reload_conf()")
        async with asyncio.timeout(PATIENCE_S):
            while not await asyncio.to_thread(_ask, primary, _IN_STEP):
                await asyncio.sleep(0.2)

    def stop(self) -> None:
        """End both, the standby first."""
        for place in sorted(self._children, key=lambda each: each == self._writes):
            self._children[place].stop(within=_STOP_S)

    def processes(self) -> list[int]:
        """The process ids of those that run."""
        return [each.pid for each in self._children.values()]

    async def _start(self, place: int) -> None:
        cluster = self._clusters[place]
        words = [word for setting in _SETTINGS for word in ("-c", setting)]
        name = f"postgres-{self._homes[place].name}"
        part = replace(cluster.part, name=name, command=(*cluster.part.command, *words), patience=PATIENCE_S)
        child = self._children[place] = Child(part, self._folder / f"{name}.log")
        await asyncio.to_thread(child.await_ready)

    def _copy(self, home: Path) -> None:
        shutil.rmtree(home / "data", ignore_errors=True)
        identity = find_server_identity(home)
        os.chown(home, identity.get("user", -1), identity.get("group", -1))
        handle = os.open(home, os.O_RDONLY | os.O_DIRECTORY)  # its account may not go the way there
        program = self._clusters[self._writes].binaries.folder / "pg_basebackup"
        port = urlsplit(self._clusters[self._writes].url).port
        where = f"host={HOST} port={port} user={_STANDBY} application_name={_STANDBY}"
        issuer = os.open(self._homes[self._writes] / "data" / _ISSUER, os.O_RDONLY)
        # It shows no certificate, and looks for none in a home that is not its own.
        where += f" sslmode=verify-full sslrootcert=/proc/self/fd/{issuer} sslcert={os.devnull}/none"
        options = ("--wal-method=stream", "--write-recovery-conf", "--checkpoint=fast")
        done = subprocess.run(
            [program, "--dbname", where, "--pgdata", f"/proc/self/fd/{handle}/data", *options],
            env={**os.environ, "PGPASSWORD": self.passwords[_STANDBY]},
            pass_fds=(handle, issuer),
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
            **identity,
        )
        for each in (handle, issuer):
            os.close(each)
        if done.returncode:
            raise CannotStart(f"The standby could not be laid.\n{done.stderr}")
        # Its own handles are others; it runs in the folder of its data.
        follows = home / "data" / "postgresql.auto.conf"
        follows.write_text(follows.read_text().replace(f"/proc/self/fd/{issuer}", _ISSUER))


def _place(*urls: str) -> str:
    return ",".join(f"{each.hostname}:{each.port}" for each in map(urlsplit, urls))


def _ask(url: str, statement: str) -> Any:
    with closing(psycopg.connect(url, autocommit=True, connect_timeout=5)) as connection:
        cursor = connection.execute(SQL(_words(statement)))
        return (cursor.fetchone() or (None,))[0] if cursor.description else None


def _words(said: str) -> LiteralString:
    return said  # type: ignore[return-value] - all of them are written above
