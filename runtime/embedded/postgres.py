"""PostgreSQL from one directory: finds the binaries, lays the cluster, says how to run it."""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.pq import PGconn, Ping

from runtime.embedded.accounts import find_server_identity, hand_over, is_shared
from runtime.embedded.binaries import Binaries, Source, find_binaries
from runtime.embedded.ports import keep_port
from runtime.embedded.process import CannotStart, Identity, Part, pause_briefly
from runtime.encryption import keep_secret

# No statement, no argument and no value of a row in the log: they hold whom somebody searched for. An error goes to whoever asked, whose
# own log has its kind; the server's has what concerns the server. docker-compose.yml says the same.
DISCREET = (
    "log_min_messages=log",
    "log_min_error_statement=panic",
    "log_error_verbosity=terse",
    "log_statement=none",
    "log_min_duration_statement=-1",
    "log_parameter_max_length=0",
    "log_parameter_max_length_on_error=0",
)
# Enough for a bureau on one machine, and little enough for a laptop.
SETTINGS = ("shared_buffers=128MB", "max_connections=100", "unix_socket_directories=", "listen_addresses=127.0.0.1", *DISCREET)
# An acknowledged step survives a power cut.
DURABLE = ("fsync=on", "synchronous_commit=on", "full_page_writes=on")
# For tests, whose data may perish with the machine.
FLEETING = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")

# The role that runs the bureau, and may do no more there than `operations.database_roles` says.
RUNNING_ROLE = "louke_running"

# For a server that says nothing at all; one that recovers says so.
PATIENCE_SECONDS = 300.0

# How long a server that outlived its supervisor may take to stop.
LEFTOVER_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Cluster:
    """A PostgreSQL ready to be run: `part` runs it, `url` reaches its database `louke` as the role that owns it.

    `running_url` reaches it as the role that runs the bureau, which `louke migrate` makes.
    """

    url: str
    running_url: str
    part: Part
    binaries: Binaries


def prepare_postgres(home: Path, *, source: Source = Source.AUTO, durable: bool = True) -> Cluster:
    """The cluster kept in `home`, laid on the first call with a password and a port of its own.

    Raises CannotStart if no PostgreSQL fits the data, or if the data belong to somebody else.
    """
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    identity, data = find_server_identity(home), home / "data"
    if identity and is_shared(home):
        _stop_leftover(data)
        hand_over(home, identity)
    binaries = find_binaries(source, identity, major_of=data)
    handle, way = _find_way_in(home, identity)
    if not data.exists():
        _lay(home, way, binaries, identity, handle)
    password, running = _keep_password(home), _keep_running_password(home)
    port = keep_port(home / "port")
    settings = (*SETTINGS, f"port={port}", *(DURABLE if durable else FLEETING))
    url = f"postgresql://louke:{password}@127.0.0.1:{port}/louke"
    part = Part(
        "postgres",
        (str(binaries.folder / "postgres"), "-D", f"{way}/data", *(word for setting in settings for word in ("-c", setting))),
        ready=lambda _: answers(url),
        address=f"127.0.0.1:{port} · {binaries}",
        prepare=lambda: _stop_leftover(data),
        patience=PATIENCE_SECONDS,
        stop_signal=signal.SIGINT,  # "fast": sessions are ended, the data are written
        bereaved=signal.SIGINT,
        identity=identity,
        handed=handle,
        answers=lambda: alive(url),
        recovers=lambda: recovers(url),
    )
    return Cluster(url, f"postgresql://{RUNNING_ROLE}:{running}@127.0.0.1:{port}/louke", part, binaries)


def answers(url: str) -> bool:
    """Whether the database at `url` lets us in."""
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def alive(url: str) -> bool:
    """Whether a server is there at all: also one that recovers, or that lets nobody in because too many are."""
    conninfo = make_conninfo(url, connect_timeout=2)
    return PGconn.ping(conninfo.encode()) in (Ping.OK, Ping.REJECT)


def recovers(url: str) -> bool:
    """Whether a server is there that lets nobody in yet, since it still brings its data up to what it had acknowledged."""
    conninfo = make_conninfo(url, connect_timeout=2)
    return PGconn.ping(conninfo.encode()) == Ping.REJECT


def _find_way_in(home: Path, identity: Identity) -> tuple[tuple[int, ...], str]:
    """How the server reaches `home`: by its path or, where the path leads through directories closed to its account, by an open handle."""
    if not identity or sys.platform != "linux":
        return (), str(home.resolve())
    handle = os.open(home, os.O_RDONLY | os.O_DIRECTORY)
    return (handle,), f"/proc/self/fd/{handle}"


def _lay(home: Path, way: str, binaries: Binaries, identity: Identity, handle: tuple[int, ...]) -> None:
    password = home / "password"
    password.touch(mode=0o600)
    password.write_text(secrets.token_urlsafe(24))
    for path in (home, password):
        os.chown(path, identity.get("user", -1), identity.get("group", -1))  # -1: as it is
    # Laid beside its place and moved there when whole: an interrupted start leaves nothing half made.
    new = home / "data.new"
    shutil.rmtree(new, ignore_errors=True)
    options = (
        "--username=louke",
        f"--pwfile={way}/password",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--data-checksums",
    )
    _run(binaries, identity, handle, "initdb", "-D", f"{way}/data.new", *options)
    _run(binaries, identity, handle, "postgres", "--single", "-D", f"{way}/data.new", "postgres", text="CREATE DATABASE louke")
    new.rename(home / "data")
    if identity:  # its server has read it, and needs it no more
        os.chown(password, os.geteuid(), os.getegid())


def _run(binaries: Binaries, identity: Identity, handle: tuple[int, ...], program: str, *arguments: str, text: str = "") -> None:
    command = [str(binaries.folder / program), *arguments]
    done = subprocess.run(command, check=False, input=text, capture_output=True, text=True, cwd="/", pass_fds=handle, **identity)
    if done.returncode:
        raise CannotStart(f"PostgreSQL could not be set up: {program} failed.\n{done.stderr.strip() or done.stdout.strip()}")


def _keep_password(home: Path) -> str:
    try:
        return (home / "password").read_text()
    except FileNotFoundError:
        raise CannotStart(f"{home / 'password'} is gone: put it back, or begin anew in another LOUKE_DATA_DIR.") from None


def _keep_running_password(home: Path) -> str:
    """The password of the role that runs the bureau; a cluster of before there was one has none yet."""
    return keep_secret(home / "running-password", lambda: secrets.token_urlsafe(24).encode()).decode()


def _stop_leftover(data: Path) -> None:
    """End a server that outlived a killed supervisor, and remove the note of one that is no more."""
    note = data / "postmaster.pid"
    deadline = time.monotonic() + LEFTOVER_SECONDS
    asked = False
    while note.exists():
        first_line = note.read_text().partition("\n")[0]
        pid = int(first_line or 0)  # empty: the disk was full, or the power was cut
        if not _is_server_of(pid, data):
            # Its number may by now belong to another process, which PostgreSQL would take for a running server.
            note.unlink(missing_ok=True)
            return
        if not asked:
            os.kill(pid, signal.SIGINT)
            asked = True
        if time.monotonic() > deadline:
            raise CannotStart(
                f"A PostgreSQL server (process {pid}) still runs from {data} and does not stop. Stop it, then start again."
            )
        pause_briefly()


def _is_server_of(pid: int, data: Path) -> bool:
    if sys.platform == "linux":
        try:
            return Path(f"/proc/{pid}/cwd").samefile(data)
        except OSError:
            return False
    named = subprocess.run(["ps", "-o", "comm=", "-p", str(pid)], check=False, capture_output=True, text=True)
    return named.stdout.strip().endswith("postgres")
