"""The two engines, started once for the whole run of the tests, and a fresh database for whoever asks."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from runtime.embedded import pages
from runtime.embedded.ports import free_port
from runtime.embedded.postgres import postgres
from runtime.embedded.process import Child, Part
from runtime.embedded.temporal import temporal

ROOT = Path(__file__).parent.parent
TEMPLATE = "louke_template"


def _running(part: Part, folder: Path) -> Iterator[Child]:
    child = Child(part, folder / f"{part.name}.log")
    try:
        child.await_ready()
        yield child
    finally:
        child.stop(within=5)


@pytest.fixture(scope="session")
def built() -> None:
    """The pages, built from the sources as they are."""
    pages.build()


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The maintenance database of a PostgreSQL of our own; what it holds may perish with the machine."""
    folder = tmp_path_factory.mktemp("postgres")
    cluster = postgres(folder / "home", durable=False)
    for _ in _running(cluster.part, folder):
        yield cluster.url


@pytest.fixture(scope="session")
def temporal_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Temporal server in memory, with the flags of the one that `louke up` starts."""
    part = temporal(free_port(), None)
    for _ in _running(part, tmp_path_factory.mktemp("temporal")):
        yield part.address


@pytest.fixture(scope="session")
def restless_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Temporal server that suggests to continue as new after a handful of steps, not after thousands."""
    part = temporal(free_port(), None)
    part = replace(part, command=(*part.command, "--dynamic-config-value", "limit.historyCount.suggestContinueAsNew=150"))
    for _ in _running(part, tmp_path_factory.mktemp("restless")):
        yield part.address


@pytest.fixture(scope="session")
def _template(postgres_url: str) -> str:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(TEMPLATE)))
    environment = os.environ | {"LOUKE_DATABASE_URL": _beside(postgres_url, TEMPLATE)}
    subprocess.run([sys.executable, "-m", "alembic", "upgrade", "head"], cwd=ROOT, env=environment, check=True)
    return postgres_url


@pytest.fixture
def database(_template: str) -> Iterator[str]:
    """The address of a fresh database with every migration applied, for one test."""
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(_template, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(TEMPLATE)))
        yield _beside(_template, name)
        connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def _beside(url: str, name: str) -> str:
    return f"{url.rpartition('/')[0]}/{name}"
