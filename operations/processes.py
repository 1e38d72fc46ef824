"""Running a process (API, worker, watchdog) until a signal: its start, what it waits for, and when it refuses to start."""

import asyncio
import faulthandler
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Any

import typer
from psycopg import Error

from runtime import event_loop, log_export, logging, metrics, tracing
from runtime.database import Pool, connect, open_pool, unavailable
from runtime.heartbeat import beat, end_soon
from runtime.rollback_detection import RolledBack, refuse_outrun, refuse_rolled_back
from runtime.settings import Settings, get_settings

# Whoever starts before the engine they need asks again at this pace.
_PATIENCE = timedelta(seconds=30)
_ASKED_AGAIN_S = 1.0


def await_database(url: str) -> None:
    """Wait until PostgreSQL accepts connections; that it is waited for is said once."""
    told = False
    while True:
        try:
            connect(url, "migrate").close()
        except Error as error:
            if not unavailable(error):
                raise
            if not told:
                typer.echo(f"等待 PostgreSQL：{error}", err=True)
            told = True
            time.sleep(_ASKED_AGAIN_S)
        else:
            return


def exit_if_older() -> None:
    """Exit with 1 and a message where the database is older than its seals, or half restored: nothing may write then."""
    with exit_where_older():
        refuse_rolled_back(get_settings().database_url, get_settings().data_dir)


@contextmanager
def exit_where_older() -> Iterator[None]:
    """Exit with 1 and a message where the block raises that the database is older than it must be, or half restored."""
    try:
        yield
    except RolledBack as why:
        typer.echo(str(why), err=True)
        raise typer.Exit(1) from None


def begin(process: str) -> None:
    """Configure logging and tracing for that process, as the settings say."""
    logging.configure(process, get_settings().log_level)
    log_export.configure(process, get_settings().otlp_logs_endpoint)
    tracing.configure(process, get_settings().otlp_endpoint)
    # Whoever kills us because we hang (SIGABRT) finds in the log where we hung: places in the code, and no value.
    with suppress(AttributeError, OSError, RuntimeError, ValueError):  # there is no stderr to say it to
        faulthandler.enable()


def serve(application: Any, host: str, port: int, proxies: str = "", shown: tuple[Path, Path] | None = None) -> None:
    """Serve HTTP there until told to stop; forwarded addresses are accepted from these proxies.

    Over TLS only, where a certificate with its key is `shown`.
    """
    import uvicorn

    class Server(uvicorn.Server):
        """A server that stops within the grace period, whatever is in progress."""

        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            end_soon()
            super().handle_exit(sig, frame)

    # Event streams never end by themselves; whoever stops us waits less than two seconds.
    config = uvicorn.Config(
        application,
        host,
        port,
        log_config=None,
        access_log=False,
        server_header=False,  # with what we serve is nobody's business
        timeout_graceful_shutdown=1,
        # Said in full, for by itself it believes whatever comes from this machine.
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies,
        ssl_certfile=shown[0] if shown else None,
        ssl_keyfile=shown[1] if shown else None,
    )
    server = Server(config)

    async def run() -> None:
        beating = asyncio.create_task(beat())
        await server.serve()
        beating.cancel()

    event_loop.run(run())
    if not server.started:
        raise SystemExit(1)  # as where the port is taken; the log says why


def run(process: str, work: Callable[[Pool, Any, asyncio.Event], Awaitable[None]]) -> None:
    """Run that work as that process, with both engines, until told to stop, upon which the event is set."""
    begin(process)
    exit_if_older()
    _serve_metrics()

    async def run() -> None:
        from activities.pulses import pulsate

        stop = asyncio.Event()

        def asked() -> None:
            stop.set()
            end_soon()

        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, asked)
        living = [asyncio.create_task(beat())]
        async with _open_engines(get_settings(), process) as (pool, client):
            await refuse_outrun(pool, client, get_settings().task_queue)
            living.append(asyncio.create_task(pulsate(pool, process)))
            await work(pool, client, stop)
            for each in living:
                each.cancel()
            await asyncio.gather(*living, return_exceptions=True)

    with exit_where_older():
        event_loop.run(run())


def _serve_metrics() -> None:
    port = get_settings().metrics_port
    try:
        metrics.serve(port)
    except OSError as error:
        remedy = "换一个空闲的 LOUKE_METRICS_PORT，或者设为 0 不提供（9100 通常由 node_exporter 占用）"
        typer.echo(f"指标端口{port}不能监听（{error.strerror}）：{remedy}", err=True)
        raise typer.Exit(1) from None


@asynccontextmanager
async def _open_engines(chosen: Settings, process: str) -> AsyncIterator[tuple[Pool, Any]]:
    pool = await open_pool(chosen.database_url, chosen.pool_size, process)
    try:
        yield pool, await _connect_temporal(chosen, process)
    finally:
        await pool.close()


async def _connect_temporal(chosen: Settings, process: str) -> Any:
    """A client for that process: lazy for the watchdog, which works without Temporal too; a worker waits until it connects."""
    from runtime.temporal import connect, note_reachability, unavailable

    while True:
        try:
            with note_reachability():
                return await connect(chosen, lazy=process == "watch", patience=_PATIENCE)
        except RuntimeError as error:
            if not unavailable(error):
                raise
