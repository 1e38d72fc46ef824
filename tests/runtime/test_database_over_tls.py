"""PostgreSQL over TLS: set as the containers set it, it proves who it is, lets nobody in who comes in clear, and we speak to no other."""

import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
import yaml
from psycopg.conninfo import make_conninfo

from api.health_checks.report import run_checks
from operations.archives import Refused, build_environment, feed_program
from operations.certificates import Issuer
from runtime.database import answers, connect, open_pool
from runtime.embedded.accounts import find_server_identity
from runtime.embedded.postgres import Cluster, prepare_postgres
from runtime.embedded.process import Child
from runtime.settings import Settings
from tests.conftest import ROOT

pytestmark = pytest.mark.engines

HERE = "127.0.0.1"
# In containers they lie elsewhere; here, in the folder of the data, where PostgreSQL looks by itself.
_PLACES = ("-cssl_cert_file=", "-cssl_key_file=", "-chba_file=")


def deployed() -> list[str]:
    """The words with which the containers run PostgreSQL, but for where its files are."""
    (program, *words) = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]["postgres"]["command"]
    assert program == "postgres"
    assert [sum(word.startswith(place) for word in words) for place in _PLACES] == [1, 1, 1]
    return [word for word in words if not word.startswith(_PLACES)]


def give(home: Path, file: Path, name: str) -> None:
    """Lay a file beside the data, for the account under which the server runs, and for nobody else."""
    account, there = find_server_identity(home), home / "data" / name
    shutil.copyfile(file, there)
    there.chmod(0o600)
    shutil.chown(there, account.get("user", -1), account.get("group", -1))


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Issuer:
    return Issuer(tmp_path_factory.mktemp("issuer"), "servers")


@pytest.fixture(scope="module")
def served(issuer: Issuer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("served")
    home = folder / "home"
    cluster = prepare_postgres(home, durable=False)
    built = subprocess.run([cluster.binaries.folder / "pg_config", "--configure"], capture_output=True, text=True, check=False)
    if "ssl" not in built.stdout:
        pytest.skip(f"{cluster.binaries} was built without TLS: install your system's PostgreSQL")
    issued = issuer.issue(folder, HERE, file="server")
    give(home, issued.cert, "server.crt")
    give(home, issued.key, "server.key")
    give(home, ROOT / "deploy" / "postgres" / "pg_hba.conf", "pg_hba.conf")
    child = Child(replace(cluster.part, command=(*cluster.part.command, *deployed())), folder / "postgres.log")
    try:
        child.await_ready()
        yield cluster
    finally:
        child.stop(within=10)


def over_tls(url: str, issuer: Issuer) -> str:
    return f"{url}?sslmode=verify-full&sslrootcert={issuer.own.cert}"


async def test_the_one_whose_certificate_our_issuer_made_is_spoken_to_over_tls(served: Cluster, issuer: Issuer) -> None:
    with connect(over_tls(served.url, issuer)) as connection:
        row = connection.execute("SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()").fetchone()
    assert row == (True, "TLSv1.3")
    pool = await open_pool(over_tls(served.url, issuer), 1, "test")
    try:
        assert await answers(pool)
    finally:
        await pool.close()


def test_whoever_comes_in_clear_is_not_let_in(served: Cluster) -> None:
    for words in ("sslmode=disable", "sslmode=disable&application_name=x"):
        with pytest.raises(psycopg.OperationalError, match="no encryption"):
            connect(f"{served.url}?{words}")


def test_one_that_another_issuer_vouches_for_is_not_spoken_to(served: Cluster, tmp_path: Path) -> None:
    with pytest.raises(psycopg.OperationalError, match="certificate verify failed"):
        connect(over_tls(served.url, Issuer(tmp_path, "servers")))


def test_one_that_bears_another_name_is_not_spoken_to(served: Cluster, issuer: Issuer) -> None:
    elsewhere = make_conninfo(over_tls(served.url, issuer), host="postgres", hostaddr=HERE)
    with pytest.raises(psycopg.OperationalError, match="does not match host name"):
        connect(elsewhere)


async def test_the_doctor_says_why_nothing_is_asked_of_it(served: Cluster, issuer: Issuer, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    wrong = over_tls(served.url, Issuer(tmp_path / "elsewhere", "servers"))
    elsewhere = make_conninfo(over_tls(served.url, issuer), host="postgres", hostaddr=HERE)
    for url, words in ((wrong, "证明身份"), (elsewhere, "证明身份"), (f"{served.url}?sslmode=disable", "未加密")):
        settings = Settings(database_url=url, temporal_address="", data_dir=tmp_path)
        (found,) = [each async for each in run_checks(settings) if each.check == "数据库"]
        assert words in found.remedy


def test_postgresqls_own_programs_speak_to_it_as_we_do(served: Cluster, issuer: Issuer, tmp_path: Path) -> None:
    dump: list[str | Path] = [served.binaries.folder / "pg_dump", "--schema-only"]
    url = over_tls(served.url, issuer)
    taken = subprocess.run(dump, env=build_environment(url), capture_output=True, text=True, check=True)
    assert "PostgreSQL database dump" in taken.stdout
    psql: list[str | Path] = [served.binaries.folder / "psql", "--set=ON_ERROR_STOP=1"]
    feed_program(psql, io.BytesIO(b"SELECT 1"), url)
    with pytest.raises(Refused, match="certificate verify failed"):
        feed_program(psql, io.BytesIO(b"SELECT 1"), over_tls(served.url, Issuer(tmp_path, "servers")))


def test_postgresqls_own_programs_are_told_all_that_an_address_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGSSLMODE", "disable")
    said = build_environment("postgresql://a:b@one:1,two:2/c?target_session_attrs=read-write&sslmode=verify-full&sslcrl=/crl.pem")
    assert {name: value for name, value in said.items() if name.startswith("PG")} == {
        "PGUSER": "a",
        "PGPASSWORD": "b",
        "PGHOST": "one,two",
        "PGPORT": "1,2",
        "PGDATABASE": "c",
        "PGTARGETSESSIONATTRS": "read-write",
        "PGSSLMODE": "verify-full",
        "PGSSLCRL": "/crl.pem",
    }
    assert os.environ["PGSSLMODE"] == "disable"
