"""PostgreSQL for a command: the running one, or the one in the data directory, started for the duration of the command."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from operations.engine_addresses import fill_engine_settings
from runtime.embedded.lock import hold_data_dir
from runtime.embedded.postgres import answers, prepare_postgres, recovers
from runtime.embedded.process import TOLD_EVERY_S, CannotStart, Child, describe_recovery, pause_briefly
from runtime.settings import Settings

# It writes what is in memory and ends; more than that only a spoilt disk takes.
_STOP_S = 30.0


@contextmanager
def run_postgres(settings: Settings, say: Callable[[str], object] = lambda _: None) -> Iterator[Settings]:
    """The settings with the address of a running PostgreSQL, for the duration of the block; CannotStart where there is none.

    One that is recovering is waited for, and that is said.
    """
    there = fill_engine_settings(settings)
    if there.database_url and _answers(there.database_url, say):
        yield there
        return
    if settings.database_url or not (settings.data_dir / "postgres" / "data").exists():
        where = settings.data_dir if not settings.database_url else "LOUKE_DATABASE_URL"
        raise CannotStart(
            f"No PostgreSQL answers ({where}). Start it, or set LOUKE_DATA_DIR or LOUKE_DATABASE_URL to where the bureau is."
        )
    with hold_data_dir(settings.data_dir), keep_postgres(settings, say) as started:
        yield started


@contextmanager
def keep_postgres(settings: Settings, say: Callable[[str], object] = lambda _: None) -> Iterator[Settings]:
    """The PostgreSQL of the data directory, initialised if need be, for the duration of the block, while the directory is locked."""
    cluster = prepare_postgres((settings.data_dir / "postgres").resolve())
    logs = settings.data_dir / "logs"
    logs.mkdir(mode=0o700, exist_ok=True)
    child = Child(cluster.part, logs / "postgres.log")
    try:
        child.await_ready(tell=lambda text: say(f"{cluster.part.name} {text}"))
        yield fill_engine_settings(settings.model_copy(update={"database_url": cluster.url}))
    finally:
        child.stop(within=_STOP_S)


def _answers(url: str, say: Callable[[str], object]) -> bool:
    began = time.monotonic()
    told = began
    while not answers(url):
        if not recovers(url):
            return False
        if (now := time.monotonic()) > told + TOLD_EVERY_S:
            told = now
            say(f"postgres {describe_recovery(now - began)}")
        pause_briefly()
    return True
