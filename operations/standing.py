"""PostgreSQL for a command: the one that runs, or the one kept in the data directory, started for as long as the command needs it."""

from collections.abc import Iterator
from contextlib import contextmanager

from operations.engines import located
from runtime.embedded.lock import held
from runtime.embedded.postgres import answers, postgres
from runtime.embedded.process import CannotStart, Child
from runtime.settings import Settings

# It writes what is in memory and ends; more than that only a spoilt disk takes.
_STOP_S = 30.0


@contextmanager
def standing(settings: Settings) -> Iterator[Settings]:
    """The settings with the address of a PostgreSQL that answers until the block ends; CannotStart where there is none."""
    there = located(settings)
    if there.database_url and answers(there.database_url):
        yield there
        return
    if settings.database_url or not (settings.data_dir / "postgres" / "data").exists():
        where = settings.data_dir if not settings.database_url else "LOUKE_DATABASE_URL"
        raise CannotStart(
            f"No PostgreSQL answers ({where}). Start it, or set LOUKE_DATA_DIR or LOUKE_DATABASE_URL to where the bureau is."
        )
    with held(settings.data_dir), kept(settings) as started:
        yield started


@contextmanager
def kept(settings: Settings) -> Iterator[Settings]:
    """The PostgreSQL of the data directory, laid if need be, until the block ends; whoever asks holds the directory."""
    cluster = postgres((settings.data_dir / "postgres").resolve())
    logs = settings.data_dir / "logs"
    logs.mkdir(mode=0o700, exist_ok=True)
    child = Child(cluster.part, logs / "postgres.log")
    try:
        child.await_ready()
        yield located(settings.model_copy(update={"database_url": cluster.url}))
    finally:
        child.stop(within=_STOP_S)
