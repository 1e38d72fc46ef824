"""`louke up`: the whole product on one machine, until Ctrl-C."""

import base64
import json
import os
import secrets
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TextIO, cast

import httpx
from psycopg.conninfo import conninfo_to_dict
from rich.console import Console
from rich.markup import escape

from runtime.embedded.binaries import Source
from runtime.embedded.lock import hold_data_dir
from runtime.embedded.marks import RESUME
from runtime.embedded.pages import stale
from runtime.embedded.ports import is_free, keep_port
from runtime.embedded.postgres import prepare_postgres
from runtime.embedded.process import CannotStart, Child, Part
from runtime.embedded.supervisor import Stopped, Supervisor
from runtime.embedded.temporal import polled_since, prepare_temporal
from runtime.encryption import keep_secret
from runtime.heartbeat import list_listeners
from runtime.rollback_detection import RolledBack, refuse_half_restored, refuse_rolled_back
from runtime.settings import Settings
from runtime.tolerant_stream import TolerantStream

# How the programs of the house are run: `python -m cli worker`, and so on.
LOUKE = (sys.executable, "-m", "cli")

# What the watchdog writes to its log when it has gone its first round.
WATCHING = "watchdog.started"

# Those who do the work once the desk is closed are stopped together, since each takes a moment.
_WORKING = "working"


@dataclass(frozen=True, slots=True)
class Login:
    """A demo user, as shown to whoever started the product."""

    name: str
    password: str
    who: str


def run_up(
    settings: Settings,
    *,
    logins: Sequence[Login] = (),
    systems: Sequence[str] = (),
    ui: bool = False,
    louke: Sequence[str] = LOUKE,
) -> None:
    """Start everything, stay until Ctrl-C or SIGTERM, stop everything; `ui` adds Temporal's own pages.

    A sandbox stands in for those `systems` outside where the settings ask for it, and do not say where they are. `louke` runs our commands `web`,
    `migrate`, `partners`, `worker`, `watch`, `api` and `seed`. Exits with code 1 after saying why, if something cannot be
    started; what has been started is kept alive for ever.
    """
    # A terminal that is closed, or a full disk behind it, ends nothing.
    console = Console(file=cast("TextIO", TolerantStream()))
    data_dir = settings.data_dir.resolve()
    beats = list_listeners()
    try:
        _check_port(settings)
        with (
            hold_data_dir(data_dir),
            Supervisor(data_dir / "logs", console, reserve_mb=settings.reserve_mb, beats=beats) as supervisor,
        ):
            _start_everything(supervisor, settings, data_dir, tuple(louke), tuple(systems), ui=ui)
            _greet(console, settings, data_dir, logins)
            supervisor.watch()
    except Stopped:
        console.print("Stopped. Everything is kept for the next start.")
    except CannotStart as why:
        console.print(f"[red]✗[/] {escape(str(why))}", soft_wrap=True, highlight=False)
        raise SystemExit(1) from None


def _check_port(settings: Settings) -> None:
    if settings.tls_cert:
        raise CannotStart(
            "LOUKE_TLS_CERT is for `louke api`: `louke up` answers on this machine, where a door may stand before it."
        )
    try:
        free = is_free(settings.host, settings.port)
    except OSError as error:
        where = f"port {settings.port} of {settings.host}"
        raise CannotStart(f"We cannot listen on {where} ({error.strerror}): set LOUKE_HOST or LOUKE_PORT.") from error
    if not free:
        raise CannotStart(
            f"Port {settings.port} on {settings.host} is taken. "
            f"Stop what uses it, or choose another: LOUKE_PORT={settings.port + 10} make up"
        )


def _start_everything(
    supervisor: Supervisor, settings: Settings, data_dir: Path, louke: tuple[str, ...], systems: tuple[str, ...], *, ui: bool
) -> None:
    _look_back(settings, data_dir)
    database_url, owner_url = _start_database(supervisor, settings, data_dir)
    environment = {
        "PYTHONUNBUFFERED": "1",  # what a part writes is in its log when we look
        "LOUKE_DATA_DIR": str(data_dir),
        "LOUKE_DATABASE_URL": database_url,
        "LOUKE_OWNER_DATABASE_URL": "",  # only whoever migrates needs it
        "LOUKE_DEMO": str(int(settings.demo)),  # what is the case here unless told otherwise is not elsewhere
        "LOUKE_TEMPORAL_ADDRESS": _start_temporal(supervisor, settings, data_dir, ui=ui),
    }

    def part(
        name: str, address: str, ready: Callable[[Child], bool] = lambda _: True, *, group: str = "", number: str = ""
    ) -> Part:
        return Part(name + number, (*louke, name), ready, address, environment, group=group)

    def polls(worker: Child) -> bool:
        return _polls(worker, environment["LOUKE_TEMPORAL_ADDRESS"], settings)

    if stale():
        _build(supervisor, part("web", "the pages are built"))
    migrate = part("migrate", "the database is up to date")
    supervisor.run(replace(migrate, environment=environment | {"LOUKE_OWNER_DATABASE_URL": owner_url}))
    _check_not_rolled_back(database_url, data_dir)
    if settings.demo and settings.sandbox and systems and not settings.partners:
        port = keep_port(data_dir / "partners-port")
        environment |= _build_sandbox_settings(systems, port, data_dir / "keys" / "sandbox")
        if not settings.channels.list_named():
            environment |= _build_channel_settings(
                port, keep_port(data_dir / "mail-port"), data_dir / "keys" / "sandbox", _prepare_web(settings)
            )
        ready = partial(_is_taken, port)
        supervisor.start(part("partners", f"http://127.0.0.1:{port}/docs", ready, group=_WORKING))
    _start_ours(supervisor, settings, part, polls)
    if (data_dir / RESUME).exists():
        supervisor.run(part("resume", "matters are brought back from the journal"))
    if settings.demo and not (seeded := data_dir / "seeded").exists():
        _plant(supervisor, part("seed", "demo matters"), seeded)


def _check_not_rolled_back(database_url: str, data_dir: Path) -> None:
    try:
        refuse_rolled_back(database_url, data_dir)
    except RolledBack as why:
        raise CannotStart(str(why)) from None


def _is_taken(port: int, _: Child) -> bool:
    return not is_free("127.0.0.1", port)


def _look_back(settings: Settings, data_dir: Path) -> None:
    """Refuse what was restored by half, and note that matters are to be brought back where Temporal's store is lost."""
    try:
        refuse_half_restored(settings.owner_url, data_dir)
    except RolledBack as why:
        raise CannotStart(str(why)) from None
    if not settings.temporal_address and (data_dir / "keys").exists() and not (data_dir / "temporal" / "temporal.db").exists():
        (data_dir / RESUME).touch()  # its store is lost


def _start_ours(supervisor: Supervisor, settings: Settings, part: Callable[..., Part], polls: Callable[[Child], bool]) -> None:
    def measured(one: Part, place: int) -> Part:
        """With a metrics page of its own, where there are to be any: no two can have the same port."""
        port = settings.metrics_port and settings.metrics_port + place
        return replace(one, environment={**one.environment, "LOUKE_METRICS_PORT": str(port)})

    for place, number in enumerate(_list_numbers(settings.workers), start=1):
        worker = part("worker", f"task queue {settings.task_queue}", polls, group=_WORKING, number=number)
        supervisor.start(measured(worker, place))
    watch = part("watch", "deadlines are watched", lambda watch: WATCHING in watch.read_output(), group=_WORKING)
    supervisor.start(measured(watch, 0))
    supervisor.start(part("api", _prepare_web(settings), lambda _: _healthy(settings)))


def _polls(worker: Child, address: str, settings: Settings) -> bool:
    """Whether that worker is at work: others poll the same queue, so its own heart must have been heard."""
    if not worker.has_beaten() and not worker.lives:
        return False
    return polled_since(settings, address, worker.started_at)


def _list_numbers(workers: int) -> list[str]:
    """What their names end with; one alone needs no number."""
    return [f"-{number}" for number in range(1, workers + 1)] if workers > 1 else [""]


def _plant(supervisor: Supervisor, seed: Part, seeded: Path) -> None:
    try:
        supervisor.run(seed, in_front=True)
    except CannotStart as why:  # what was planted stays, and whoever plants again doubles nothing
        supervisor.say("!", "yellow", "seed", f"{why}\nEverything else works; the next start goes on planting.")
    else:
        seeded.touch()


def _build(supervisor: Supervisor, web: Part) -> None:
    try:
        supervisor.run(web)
    except CannotStart as why:  # everything else works without its pages, which say themselves what is missing
        supervisor.say("!", "yellow", "web", f"{why}\nEverything else starts; `make web` tries again.")


def _build_sandbox_settings(systems: Sequence[str], port: int, home: Path) -> dict[str, str]:
    """The settings by which the house and the sandbox know each other; each system has secrets of its own, which only this account reads."""
    partners = {
        name: json.loads(keep_secret(home / f"{name}.json", _make_secrets)) | {"address": f"http://127.0.0.1:{port}/{name}"}
        for name in systems
    }
    return {"LOUKE_PARTNERS": json.dumps(partners), "LOUKE_PARTNERS_PORT": str(port)}


def _make_secrets() -> bytes:
    secret = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
    return json.dumps({"secret": secret, "client_secret": secrets.token_urlsafe(24)}).encode()


def _build_channel_settings(port: int, mail_port: int, home: Path, web: str) -> dict[str, str]:
    """The settings by which people are told outside, by the sandbox instead of the services; their secrets are of its own."""
    at = f"http://127.0.0.1:{port}/channels"
    secrets_of = json.loads(keep_secret(home / "channels.json", _make_channel_secrets))
    told = {
        "sms": {"address": f"{at}/sms", "secret": secrets_of["sms"]},
        "wecom": {"address": f"{at}/wecom", "corp_id": "ww-sandbox", "agent_id": 1000002, "secret": secrets_of["wecom"]},
        "dingtalk": {"address": f"{at}/dingtalk", "access_token": secrets_of["ding-token"], "secret": secrets_of["dingtalk"]},
        "feishu": {"address": f"{at}/feishu", "hook": secrets_of["hook"], "secret": secrets_of["feishu"]},
        "mail": {"address": f"smtp://127.0.0.1:{mail_port}", "sender": "louke@sandbox.invalid"},
        "webhook": {"address": f"{at}/webhook", "secret": secrets_of["webhook"]},
    }
    return {"LOUKE_CHANNELS": json.dumps(told), "LOUKE_PUBLIC_ADDRESS": web, "LOUKE_MAIL_PORT": str(mail_port)}


def _make_channel_secrets() -> bytes:
    names = ("sms", "wecom", "ding-token", "dingtalk", "hook", "feishu")
    made = {name: secrets.token_urlsafe(24) for name in names}
    return json.dumps(made | {"webhook": "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()}).encode()


def _greet(console: Console, settings: Settings, data_dir: Path, logins: Sequence[Login]) -> None:
    web = _prepare_web(settings)
    console.print(f"\n  [bold]{web}/[/]       the pages\n  [bold]{web}/docs[/]   every step, for programs\n", highlight=False)
    if (sandbox := data_dir / "partners-port").exists() and settings.demo and settings.sandbox and not settings.partners:
        console.print(
            f"  [bold]http://127.0.0.1:{sandbox.read_text().strip()}/channels[/]   what people are sent outside\n", highlight=False
        )
    width = max((len(login.name) for login in logins), default=0)
    for login in logins if settings.demo else ():
        console.print(f"  {login.name:<{width}} {login.password}  {login.who}", soft_wrap=True, highlight=False, markup=False)
    console.print(f"\n  Data and logs are in {data_dir}. Ctrl-C stops everything.", soft_wrap=True, highlight=False, markup=False)


def _start_database(supervisor: Supervisor, settings: Settings, data_dir: Path) -> tuple[str, str]:
    """Where the database is for whoever runs the bureau, and for whoever owns it."""
    if settings.database_url:
        supervisor.say("✓", "green", "postgres", f"{_get_host(settings.database_url)} (given)")
        return settings.database_url, settings.owner_url
    cluster = prepare_postgres(data_dir / "postgres", source=_parse_source(os.environ.get("LOUKE_POSTGRES") or "auto"))
    supervisor.start(cluster.part)
    return cluster.running_url, cluster.url


def _parse_source(wish: str) -> Source:
    try:
        return Source(wish)
    except ValueError:
        raise CannotStart(f"LOUKE_POSTGRES is {wish!r}, but may only be one of: {', '.join(Source)}.") from None


def _start_temporal(supervisor: Supervisor, settings: Settings, data_dir: Path, *, ui: bool) -> str:
    if settings.temporal_address:
        supervisor.say("✓", "green", "temporal", f"{settings.temporal_address} (given)")
        return settings.temporal_address
    home = data_dir / "temporal"
    home.mkdir(mode=0o700, exist_ok=True)
    part = prepare_temporal(
        keep_port(home / "port"),
        home / "temporal.db",
        ui_port=keep_port(home / "ui-port") if ui else None,
        namespace=settings.temporal_namespace,
    )
    supervisor.start(part)
    return part.address


def _get_host(url: str) -> str:
    """The host of `url`, without its password."""
    parameters = conninfo_to_dict(url)
    return f"{parameters.get('host') or 'localhost'}:{parameters.get('port') or 5432}"


def _prepare_web(settings: Settings) -> str:
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.host, settings.host)
    return f"http://{host}:{settings.port}"


def _healthy(settings: Settings) -> bool:
    try:
        return httpx.get(f"{_prepare_web(settings)}/api/health", timeout=2, trust_env=False).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False
