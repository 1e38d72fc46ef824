"""Two roles: one owns the database and migrates it, the other runs the bureau and cannot change what is append-only."""

import os
import re
import subprocess
import sys
import uuid
from collections.abc import Iterator

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.errors import InsufficientPrivilege
from psycopg.sql import SQL, Identifier

from operations.database_roles import APPEND_ONLY, PASSING, READ_ONLY, NoRoleError, grant, list_rights
from runtime.database import connect
from tests.conftest import ROOT
from tests.databases import migrate
from tests.world import running

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


@pytest.fixture
def runs(database: str) -> str:
    """The address for the role that runs, which has what it may."""
    grant(database, running(database))
    return running(database)


def refused(url: str, statement: str) -> None:
    with connect(url) as connection, pytest.raises(InsufficientPrivilege):
        connection.execute(statement.encode())


@pytest.mark.parametrize("table", sorted(APPEND_ONLY))
@pytest.mark.parametrize(
    "deed", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0}", "ALTER TABLE {0} DISABLE TRIGGER ALL"]
)
def test_the_role_that_runs_cannot_change_what_is_append_only(runs: str, table: str, deed: str) -> None:
    with connect(runs) as connection:
        column = connection.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum = 1", (table,)
        ).fetchone()
    assert column
    refused(runs, deed.format(table, column[0]))


@pytest.mark.parametrize(
    "deed",
    [
        "DROP TRIGGER entry_is_append_only ON entry",
        "DROP TABLE notice",
        "CREATE TABLE mine (a int)",
        "CREATE OR REPLACE FUNCTION refuse_to_change_the_journal() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END'",
        "SET session_replication_role = replica",
        "COPY notice TO PROGRAM 'cat'",
        "SELECT pg_read_file('postgresql.conf')",
        "CREATE ROLE another",
        "SET ROLE louke",
        "UPDATE alembic_version SET version_num = ''",
        "DELETE FROM matter",
        "DELETE FROM fact",
        "DELETE FROM document",
        "SELECT forget_canaries(ARRAY['XA202600000001'])",
        "SELECT forget_canaries(ARRAY['ZJ20260101000000000000'])",
        "SELECT give_back_rings(ARRAY['c-1'], ARRAY['overdue'], ARRAY[now()])",
        "SELECT give_back_rings(ARRAY['c-1'], ARRAY['overdue'], ARRAY[NULL::timestamptz])",
    ],
)
def test_the_role_that_runs_can_do_nothing_that_is_the_owners(runs: str, deed: str) -> None:
    refused(runs, deed)


def test_the_rights_are_what_is_declared_for_every_table_that_there_is(database: str, runs: str) -> None:
    with connect(database) as connection:
        for (table,) in connection.execute(TABLES).fetchall():
            held = connection.execute(
                """SELECT privilege_type AS right FROM information_schema.role_table_grants
                WHERE table_schema = 'public' AND table_name = %s AND grantee = %s""",
                (table, conninfo_to_dict(runs)["user"]),
            ).fetchall()
            assert {right for (right,) in held} == set(list_rights(table)), table
        existing = {table for (table,) in connection.execute(TABLES).fetchall()}
    assert existing >= APPEND_ONLY | READ_ONLY | PASSING, "something is declared that does not exist"


def test_nothing_is_deleted_but_what_is_declared_to_pass() -> None:
    # Tables of one verification alone, which it makes and drops.
    temporary = {"promised", "seal", "summed_up"}
    sources = [file.read_text() for folder in ("activities", "api", "models", "seeds") for file in (ROOT / folder).rglob("*.py")]
    deleted = {table for source in sources for table in re.findall(r"DELETE FROM ([a-z_]+)", source)}
    assert deleted - temporary <= PASSING


def test_granting_again_changes_nothing_and_one_role_for_both_is_left_as_it_is(database: str, runs: str) -> None:
    assert grant(database, runs)
    with connect(runs) as connection:
        assert connection.execute("SELECT count(*) AS n FROM entry").fetchone()
    assert not grant(database, database)


def test_a_role_that_may_do_everything_does_not_run_the_bureau(database: str) -> None:
    name = f"mighty_{uuid.uuid4().hex[:8]}"
    with connect(database) as connection:
        connection.execute(SQL("CREATE ROLE {} SUPERUSER LOGIN PASSWORD 'x'").format(Identifier(name)))
        try:
            with pytest.raises(NoRoleError, match="may do everything"):
                grant(database, make_conninfo(database, user=name, password="x"))
        finally:
            connection.execute(SQL("DROP ROLE {}").format(Identifier(name)))


@pytest.fixture
def before(postgres_url: str) -> Iterator[str]:
    """A database of before there were two roles: one role made it, and ran."""
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        yield f"{postgres_url.rpartition('/')[0]}/{name}"
        connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def test_migrating_brings_over_a_database_of_before_there_were_two_roles(before: str) -> None:
    migrate(before, "0035")
    both = os.environ | {"LOUKE_DATABASE_URL": running(before), "LOUKE_OWNER_DATABASE_URL": before}
    subprocess.run([sys.executable, "-m", "cli", "migrate"], cwd=ROOT, env=both, check=True, capture_output=True)
    with connect(running(before)) as connection:
        assert connection.execute("SELECT count(*) AS n FROM entry").fetchone()
    refused(running(before), "DELETE FROM entry")
