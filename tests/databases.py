"""Fresh databases, each a copy of a template: with every migration applied and, for most tests, with the invented county's people in office."""

import hashlib
import hmac
import queue
import threading
import uuid
from base64 import b64encode
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from psycopg.sql import SQL, Identifier, Literal
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

# What makes guessing slow makes tests slow as well.
QUICK = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
ROOT = Path(__file__).parent.parent
MIGRATED, PEOPLED = "louke_migrated", "louke_peopled"
# Nothing here takes so long, unless it has come to a standstill. Seconds.
_STANDSTILL_S = 120.0
_SALT = b"all of the tests"


def beside(url: str, name: str) -> str:
    """The address of another database of the same server."""
    return f"{url.rpartition('/')[0]}/{name}"


def migrate(url: str, to: str = "head") -> None:
    """Bring the database at that address to that state, in this process, which has loaded all that migrations need."""
    from alembic import command
    from alembic.config import Config

    with pytest.MonkeyPatch.context() as told:
        told.setenv("LOUKE_DATABASE_URL", url)
        told.delenv("LOUKE_OWNER_DATABASE_URL", raising=False)
        config = Config()
        config.set_main_option("script_location", str(ROOT / "migrations"))
        command.upgrade(config, to)


def lay_migrated(url: str) -> None:
    """Lay the template with every migration applied, on the server at that address."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(MIGRATED)))
    migrate(beside(url, MIGRATED))


def lay_peopled(url: str) -> None:
    """Lay the template in which the invented county's people are in office, from the other one."""
    from tests.world import people, running

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(PEOPLED), Identifier(MIGRATED)))
    people(beside(url, PEOPLED))
    let_in_quickly(url, running(url))


def let_in_quickly(owner_url: str, url: str) -> None:
    """Keep the password of that address so that proving it takes no time; every world of a test opens a dozen connections."""
    said = conninfo_to_dict(url)
    salted = hashlib.pbkdf2_hmac("sha256", str(said["password"]).encode(), _SALT, 1)
    client, server = (hmac.digest(salted, name, "sha256") for name in (b"Client Key", b"Server Key"))
    salt, stored, key = (b64encode(each).decode() for each in (_SALT, hashlib.sha256(client).digest(), server))
    secret = f"SCRAM-SHA-256$1:{salt}${stored}:{key}"  # RFC 5803, after one round instead of 4096
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute(SQL("ALTER ROLE {} PASSWORD {}").format(Identifier(str(said["user"])), Literal(secret)))


class Databases:
    """Fresh databases: one is always made ahead, and those that have served are dropped, while the tests go on."""

    def __init__(self, url: str, template: str) -> None:
        """Copies of that template, of the server at that address."""
        self._url, self._template = url, template
        self._ahead: queue.Queue[str | BaseException] = queue.Queue(1)
        self._served: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, name="databases", daemon=True)
        self._thread.start()

    def take(self) -> str:
        """The name of one."""
        made = self._ahead.get(timeout=_STANDSTILL_S)
        if isinstance(made, BaseException):
            raise made
        return made

    def put_away(self, name: str) -> None:
        """Drop it when there is time."""
        self._served.put(name)

    def end(self) -> None:
        """Make none any more; those that are there perish with the server."""
        self._ended.set()
        self._thread.join(_STANDSTILL_S)
        assert not self._thread.is_alive(), "making a database has come to a standstill"

    def _work(self) -> None:
        try:
            with psycopg.connect(self._url, autocommit=True) as connection:
                while not self._ended.is_set():
                    self._offer(self._make(connection))
                    while not self._served.empty():
                        connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(self._served.get())))
        except psycopg.Error as error:
            self._offer(error)

    def _make(self, connection: psycopg.Connection) -> str:
        name = f"test_{uuid.uuid4().hex}"
        connection.execute(
            SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(Identifier(name), Identifier(self._template))
        )
        return name

    def _offer(self, made: str | BaseException) -> None:
        while not self._ended.is_set():
            try:
                self._ahead.put(made, timeout=0.2)
                break
            except queue.Full:
                continue
