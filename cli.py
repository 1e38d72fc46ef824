"""The commands of louke, for people."""
# Long because every command stands here, each a few lines that import what it needs only when it is given.

import asyncio
import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from operations.law.commands import law_commands
from operations.privacy_commands import privacy_commands
from runtime.database import Pool
from runtime.event_loop import collect_seldom
from runtime.logging import log
from runtime.process_end import end
from runtime.process_memory import keep_to_ourselves
from runtime.settings import Settings, Unusable, check_partners, get_settings, get_up_settings

app = typer.Typer(
    help="漏刻 Louke: no incident forgotten, nobody held a minute past the law's limit.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@app.command()
def up() -> None:
    """Start everything on this machine; Ctrl-C stops it."""
    from models.external import get_systems
    from runtime.embedded.up import Login
    from runtime.embedded.up import run_up as start
    from seeds.bureau import DEMO_PASSWORD, LOGINS

    known = get_systems()
    chosen = check_partners(get_up_settings(), known)
    start(chosen, logins=[Login(name, DEMO_PASSWORD, who) for name, who in LOGINS.items()], systems=tuple(known))


@app.command()
def web() -> None:
    """Build the pages from the sources in web/, by Node."""
    from runtime.embedded.pages import build
    from runtime.embedded.process import CannotStart

    try:
        build()
    except CannotStart as why:
        Console(stderr=True).print(str(why), soft_wrap=True, highlight=False, markup=False)
        raise SystemExit(1) from None


@app.command()
def migrate(
    wait: Annotated[bool, typer.Option("--wait", help="Wait for PostgreSQL, however late it comes.")] = False,
    restoring: Annotated[bool, typer.Option("--restoring", hidden=True)] = False,
) -> None:
    """Bring the database to the newest shape, and give whoever runs the bureau there the rights that it needs."""
    from alembic import command
    from alembic.config import Config

    from operations.database_roles import NoRoleError, grant
    from operations.processes import await_database, exit_where_older
    from runtime.rollback_detection import refuse_half_restored

    # The role that runs may not be there before the first migration has made it.
    owner_url = get_settings().owner_url
    if wait:
        await_database(owner_url)
    if not restoring:  # a restore that is under way does it itself
        with exit_where_older():
            refuse_half_restored(owner_url, get_settings().data_dir)
    root = Path(__file__).parent
    config = Config()
    config.set_main_option("script_location", str(root / "migrations"))
    command.upgrade(config, "head")
    try:
        grant(owner_url, get_settings().database_url)
    except NoRoleError as why:
        typer.echo(str(why), err=True)
        raise typer.Exit(1) from None


@app.command()
def keys() -> None:
    """Make the keys under which each part signs what it hands in, as lines for the environment; nothing is kept."""
    from runtime.process_signatures import make_keys

    made = make_keys()
    typer.echo("# Each of these to its own part alone, as LOUKE_SPEAKING_KEY:")
    for name, (secret, _) in made.items():
        typer.echo(f"LOUKE_{name.upper()}_KEY={secret}")
    typer.echo("# To every worker:")
    typer.echo(f"LOUKE_SPEAKERS={json.dumps({name: [public] for name, (_, public) in made.items()})}")


@app.command()
def rekey() -> None:
    """Encrypt anew, under the first key of LOUKE_PAYLOAD_KEYS, what lies under an old one, and say what still needs which old key.

    May be broken off and repeated. Ends with 0 if every old key can be destroyed, 2 if one is still needed, 1 if that could not be found out.
    """
    from operations.rekey import rekey as encrypt_anew

    with _report_refusals("无法更换密钥"):
        old = encrypt_anew(get_settings(), typer.echo)
    for each in old:
        kinds = (
            (each.histories, "个未结流程"),
            (each.second_factors, "个动态口令"),
            (each.traces, "条查阅和登录记录"),
            (each.veil_keys, "件事项的密级字段"),
        )
        needs = "、".join(f"{n}{kind}" for n, kind in kinds if n)
        until = f"（记录于{each.until}前销毁）" if each.until else ""
        typer.echo(
            f"! 密钥{each.key_id}：仍有{needs}需要它{until}" if needs else f"✓ 密钥{each.key_id}：没有数据再需要它，可以销毁"
        )
    typer.echo("此前的备份仍以当时的密钥加密：备份留存多久，密钥就随备份另行保管多久。" if old else "密钥环中没有旧密钥。")
    raise typer.Exit(0 if all(each.is_dispensable for each in old) else 2)


@app.command()
def certificates(
    folder: Annotated[Path, typer.Argument(help="Where they are laid, a folder for each part; what there is is issued anew.")],
    host: Annotated[
        list[str] | None, typer.Option(help="A name or address under which people reach the door; if none, those of before.")
    ] = None,
    database: Annotated[
        list[str] | None,
        typer.Option(
            help="A name or address under which we reach a PostgreSQL; if none, those of before, or of docker-compose.yml."
        ),
    ] = None,
    days: Annotated[int, typer.Option(min=1, help="For so long they hold; renew them before.")] = 90,
    anew: Annotated[
        bool, typer.Option("--anew", help="Something was stolen: nothing that was issued before is believed any more.")
    ] = False,
) -> None:
    """Make the certificates and tokens by which our parts, the engines and the door know each other, where no issuer of the bureau does.

    Prints the tokens, as lines for the environment. The folder `issuers` is taken away from the machines that run.
    """
    from operations.certificates import issue_certificates as make

    made = make(folder, *(host or ()), databases=database or (), days=days, anew=anew)
    typer.echo("# To the API, workers, the watchdog and the clerk:")
    typer.echo(f"LOUKE_TEMPORAL_TOKEN={made['louke']}")
    typer.echo("# To whoever operates Temporal alone:")
    typer.echo(f"TEMPORAL_ADMIN_TOKEN={made['admin']}")


@app.command()
def api() -> None:
    """Serve the API."""
    from api.app import make_app
    from api.auth import DemoLogin
    from models.external import get_systems
    from operations.processes import begin, exit_if_older, serve
    from seeds.bureau import DEMO_PASSWORD, LOGINS

    begin("api")
    chosen = check_partners(get_settings(), get_systems())
    exit_if_older()
    logins = [DemoLogin(name=name, password=DEMO_PASSWORD, who=who) for name, who in LOGINS.items()]
    shown = (chosen.tls_cert, chosen.tls_key) if chosen.tls_cert and chosen.tls_key else None
    serve(make_app(chosen, get_systems(), logins), chosen.host, chosen.port, chosen.trusted_proxies, shown)


@app.command()
def worker() -> None:
    """Run workflows and activities."""
    from activities.promise_rings import keep_promises_ringing
    from models.external import get_systems
    from operations.processes import run
    from worker import make_worker

    chosen = check_partners(get_settings(), get_systems())

    async def work(pool: Pool, client: Any, stop: asyncio.Event) -> None:
        async with make_worker(chosen, client, pool), keep_promises_ringing(pool):
            log.info("worker.started")
            await stop.wait()

    run("worker", work)


@app.command()
def watch() -> None:
    """Guard the deadlines: ring what no workflow rang, seal the journal, arm the canary."""
    from operations.processes import run
    from runtime.seals import Sealer, get_heads_file, load_signing_key
    from watchdog.duty import Tools
    from watchdog.watch import Watch

    async def keep(pool: Pool, client: Any, stop: asyncio.Event) -> None:
        sealer = Sealer(get_heads_file(get_settings().data_dir), load_signing_key(get_settings().data_dir))
        guard = asyncio.create_task(Watch(Tools(pool, client, sealer, get_settings().task_queue)).keep())
        done = asyncio.create_task(stop.wait())
        await asyncio.wait([guard, done], return_when=asyncio.FIRST_COMPLETED)
        guard.cancel()
        if not stop.is_set():
            await guard

    run("watch", keep)


@app.command()
def partners() -> None:
    """Stand in for the systems outside the bureau, on this machine."""
    from operations.processes import begin, serve
    from partners.sandbox import make_sandbox

    begin("partners")
    secrets = {name: partner.secret.get_secret_value() for name, partner in get_settings().partners.items()}
    told = {name: each.reveal() for name, each in get_settings().channels.list_named().items()}
    serve(make_sandbox(secrets, told=told, mail_port=get_settings().mail_port), "127.0.0.1", get_settings().partners_port)


@app.command()
def due(
    limit: Annotated[str, typer.Argument(help="The id of the time limit, as criminal-detention-submit-for-arrest.")] = "",
    start: Annotated[str, typer.Option(help="The instant or day on which it starts.")] = "",
    in_custody: Annotated[bool | None, typer.Option(help="Whether the person is held.")] = None,
    base: Annotated[str, typer.Option(help="One of the figures the table offers, as '37 day'.")] = "",
    term: Annotated[str, typer.Option(help="The length a decision fixes, as '10 day'.")] = "",
    extension: Annotated[list[str] | None, typer.Option(help="An extension granted, as '+4 day' or 'to 30 day'; in order.")] = None,
    exclusion: Annotated[list[str] | None, typer.Option(help="Time left out, as '精神病鉴定 2026-04-01 2026-04-21'.")] = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Read questions from standard input, one JSON object a line.")] = False,
) -> None:
    """Say when a statutory limit ends, and why."""
    from law.calculator import answer_question as answer
    from operations.engine_addresses import fill_engine_settings
    from operations.law.asking import add_law_date, answer_lines, load_calendar, parse_excluded

    calendar = load_calendar(fill_engine_settings(get_settings()), lambda warning: typer.echo(warning, err=True))
    if jsonl:
        for line in answer_lines(sys.stdin.buffer, calendar):
            sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
        return
    try:
        left_out = [parse_excluded(text) for text in exclusion or ()]
    except ValueError as fault:
        raise typer.BadParameter(str(fault)) from None
    question = {"limit": limit, "start": start, "in_custody": in_custody, "base": base, "term": term}
    question |= {"extensions": extension or [], "exclusions": left_out}
    result = add_law_date(answer({name: value for name, value in question.items() if value not in (None, "")}, calendar))
    typer.echo(json.dumps(result, ensure_ascii=False, indent=2))
    raise typer.Exit(1 if "error" in result else 0)


@law_commands.callback()
def law() -> None:
    """What the law says, and what a change of it would move."""


app.add_typer(law_commands, name="law")


@privacy_commands.callback()
def privacy() -> None:
    """Who took a file away, and who wrote in secret can be forgotten by now."""


app.add_typer(privacy_commands, name="privacy")


# Its own commands name kinds and facts, for which all forms are loaded: so they are read when it is given, and the help is theirs.
@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []})
def new(given: typer.Context) -> None:
    """Begin a limit, a step, an outside system, an inspection or a kind of matter in a clone."""
    from operations.scaffold.commands import new_commands

    new_commands(given.args, prog_name="louke new")


@app.command()
def seed() -> None:
    """Fill an empty bureau with invented people and matters, through the public API."""
    from seeds.planting import plant

    plant(get_settings(), Console())


# What is to be done once somebody was founded, by their office.
_NEXT = {
    "administrator": "然后在本机设立首名督察（louke found --office supervisor），由其本人登录并启用动态口令，再任命其他人员。",
    "supervisor": "首名督察的动态口令即时生效（口令经管理员重设的除外，须在本机以 louke vouch 核实）；此后审批、管理、督察人员的，都须经督察当面核实才能使用。",
}


@app.command()
def found(
    username: Annotated[str, typer.Argument(help="The user name of the first administrator, or supervisor.")],
    zh: Annotated[str, typer.Option("--named", help="Their name, as 关理.")],
    unit: Annotated[str, typer.Option(help="Their unit, with all below it, by its id, as qinglan.")],
    unit_zh: Annotated[str | None, typer.Option("--unit-named", help="The unit's name, where it is not there yet.")] = None,
    badge: Annotated[str, typer.Option(help="Their badge.")] = "",
    office: Annotated[str, typer.Option(help="administrator, or supervisor.")] = "administrator",
    besides: Annotated[bool, typer.Option("--besides", help="Though somebody has that office already.")] = False,
) -> None:
    """Found a bureau: its first unit, the first administrator, who enrols everybody else, and the first supervisor, who confirms it. Journaled.

    Prints a password for the first sign-in, which then must be changed. Ends with 1 if that could not be done.
    """
    from law.offices import Office
    from operations.founding import found_bureau as founding

    with _report_refusals("无法设立"):
        values = {"username": username, "zh": zh, "badge": badge, "unit": unit, "unit_zh": unit_zh, "office": office}
        came = founding(get_settings(), values, besides=besides)
    typer.echo(f"✓ {zh}（{username}）现任{came.unit}{Office(office).label}。")
    if came.password:
        typer.echo(f"首次登录的口令：{came.password}\n登录后须先修改口令，再启用动态口令。")
        typer.echo(_NEXT[office])


@app.command()
def vouch(username: Annotated[str, typer.Argument(help="The user name of whoever stands before you.")]) -> None:
    """Vouch for a second factor where no supervisor can: you have met its owner face to face. Journaled with your account of this machine.

    Ends with 1 if that could not be done.
    """
    from operations.second_factor_vouching import vouch as vouching

    with _report_refusals("无法核实"):
        zh = vouching(get_settings(), username)
    typer.echo(f"✓ {zh}（{username}）的动态口令可以使用。")


@app.command()
def backup(
    folder: Annotated[Path, typer.Argument(help="An empty folder, or one to be made: each backup has its own.")],
    key: Annotated[
        Path | None, typer.Option(help="A file with the key; otherwise LOUKE_BACKUP_KEY, or one kept with the data.")
    ] = None,
) -> None:
    """Keep everything that cannot be made again, encrypted and verified, while the bureau works on or stands still.

    Ends with 1 if that could not be done: then there is no backup.
    """
    from operations.archives import KEY
    from operations.backup import write_backup as keep

    with _report_refusals("无法备份"):
        manifest = keep(get_settings(), folder, key, typer.echo)
    counts = manifest.counts
    typer.echo(
        f"✓ 备份{manifest.id}：事项{counts['matters']}件（未结{counts['open']}件），日志{counts['entries']}条，文件{counts['documents']}份，"
        f"共{sum(manifest.sizes.values()) / 1024**2:.1f} MB，已核对。"
    )
    if not key and not get_settings().backup_key.get_secret_value():
        typer.echo(f"密钥在{get_settings().data_dir / KEY}：请另行保管一份，机器和密钥一并丢失，备份就打不开了。")


@app.command()
def restore(
    folder: Annotated[Path, typer.Argument(help="The folder of a backup.")],
    key: Annotated[Path | None, typer.Option(help="A file with the key; otherwise LOUKE_BACKUP_KEY.")] = None,
    reason: Annotated[str, typer.Option(help="Why, as it will stand in the bureau's journal.")] = "",
) -> None:
    """Restore a backup into an empty data directory (and database, where LOUKE_DATABASE_URL names one); nothing is ever written over.

    Ends with 1 if that could not be done.
    """
    from operations import verify as checking
    from operations.restore import restore as put_back

    with _report_refusals("无法恢复"):
        restored = put_back(get_settings(), folder, key, reason, typer.echo)
    checking.tell(restored.report, Console())
    typer.echo(f"✓ 已恢复到{get_settings().data_dir}。此后的编号从{restored.first_serial}起，不与遗失的编号重复。")
    typer.echo(
        "下一步：确认原系统不会再启动，然后 louke up（会自行接续各事项的流程）；各部分分别运行时，启动之后执行 louke resume。"
    )
    raise typer.Exit(1 if restored.report.faults else 0)


@app.command()
def resume(
    restored: Annotated[
        bool, typer.Option("--restored", help="Declare that the database was put back to an earlier state.")
    ] = False,
    by: Annotated[str, typer.Option(help="With --restored: the user name of whoever declares it.")] = "",
    reason: Annotated[str, typer.Option(help="With --restored: why, as it will stand in the bureau's journal.")] = "",
) -> None:
    """Bring every matter that is not over back from the journal: after a restore, or where Temporal's store is lost.

    May be broken off and repeated. Ends with 1 if it could not be done, 2 if it is left to the next start.
    """
    from operations.resume import resume_bureau

    if restored and not (by and reason):
        raise typer.BadParameter("--restored wants --by and --reason: it stands in the journal who declared the restore, and why")
    with _report_refusals("无法接续"):
        came = resume_bureau(get_settings(), by if restored else "", reason, typer.echo)
    if came is None:
        typer.echo("Temporal 没有应答：各事项的流程在下一次 louke up 时自行接续，或者待其启动后再执行 louke resume。")
        raise typer.Exit(2)
    ended = f"结束恢复之前的流程{came.ended}个，" if came.ended else ""
    typer.echo(f"✓ {ended}未结事项{came.owed}件，接续{came.begun}件。")


@app.command()
def verify(
    matter: Annotated[str, typer.Argument(help="Only the journal of this matter.")] = "",
    anchor: Annotated[str, typer.Option(help="The hash of a seal that was kept elsewhere.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Say it to a program.")] = False,
) -> None:
    """Check that every journal entry is as it was written (integrity) and that none is missing (completeness).

    Ends with 0 if it is, 1 if it is not, 2 if that could not be found out.
    """
    from psycopg import Error

    from operations import verify as checking
    from operations.postgres_for_command import run_postgres
    from runtime.embedded.process import CannotStart

    try:
        with run_postgres(get_settings(), lambda line: typer.echo(line, err=True)) as there:
            report = checking.verify(there, matter, anchor)
    except (CannotStart, Error, OSError) as error:
        typer.echo(f"无法核对：{error}", err=True)
        raise typer.Exit(2) from None
    if as_json:
        typer.echo(checking.report_as_json(report))
    else:
        checking.tell(report, Console())
    raise typer.Exit(1 if report.faults else 0)


@app.command()
def inspect(
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One incident a line, as JSON; each is answered by a line.")] = False,
    unit: Annotated[str, typer.Option(help="By the words and figures that hold in that unit, read from its database.")] = "",
) -> None:
    """Try the inspections on incidents told on standard input; nothing is written, and no bureau is needed but for what a --unit has set.

    A line: {"caller": "…", "officer": "…", "classification": "dispute", "end": "closed", "case": false, "papers": []}, of an incident that
    ended some weeks ago. Answered, before the next is read, by {"hits": […], "amount": …, "findings": […]}; a line that cannot be read, an
    empty one too, by {"error": "…"}, and the command then ends with 1.
    """
    from inspections.trial import try_lines
    from operations.unit_inspection_settings import load_inspection_settings
    from runtime.embedded.process import CannotStart

    if not jsonl:
        raise typer.BadParameter("--jsonl is the one form in which incidents can be told")
    try:
        holding = load_inspection_settings(get_settings(), unit, lambda line: typer.echo(line, err=True))
    except KeyError:
        raise typer.BadParameter(f"there is no unit {unit}", param_hint="--unit") from None
    except CannotStart as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    unread = 0
    for answer in try_lines(sys.stdin.buffer, holding):
        unread += answer.startswith('{"error"')
        sys.stdout.buffer.write(f"{answer}\n".encode())
        sys.stdout.buffer.flush()
    raise typer.Exit(1 if unread else 0)


@app.command()
def doctor() -> None:
    """Say in words what is wrong, and what to do about it."""
    from operations import doctor as examining
    from operations.engine_addresses import fill_engine_settings
    from operations.postgres_for_command import run_postgres
    from runtime.embedded.process import CannotStart

    async def examine(there: Settings) -> bool:
        broken = False
        async for finding in examining.run_checks(there):
            examining.tell(finding, Console())
            broken = broken or finding.level is examining.Level.BROKEN
        return broken

    # What `louke up` started without a word about it is a demonstration.
    chosen = get_settings() if get_settings().database_url else get_up_settings()
    with ExitStack() as stack:
        try:
            there = stack.enter_context(run_postgres(chosen, typer.echo))
        except CannotStart:  # it says itself that nothing answers
            there = fill_engine_settings(chosen)
        broken = asyncio.run(examine(there))
    raise typer.Exit(1 if broken else 0)


@app.command()
def replay(
    folder: Annotated[Path, typer.Argument(help="Where recorded histories are kept.")] = Path("tests/replay"),
    running: Annotated[int, typer.Option(help="Replay so many running matters instead, of as many stages as there are.")] = 0,
) -> None:
    """Say which matters would not survive the code that is here now.

    Ends with 0 if all do, 1 if one does not, 2 if that could not be found out.
    """
    from operations import replay as replaying
    from operations.engine_addresses import fill_engine_settings

    try:
        code = asyncio.run(replaying.rehearse(fill_engine_settings(get_settings()), folder, running, typer.echo))
    except Exception as error:
        if not replaying.unavailable(error):
            raise
        typer.echo(f"无法重放：{error}", err=True)
        raise typer.Exit(2) from None
    raise typer.Exit(code)


@contextmanager
def _report_refusals(what: str) -> Iterator[None]:
    """End with 1 and words where it is refused, or an engine is away."""
    from psycopg import Error

    from operations.archives import Refused
    from operations.replay import unavailable
    from runtime.embedded.process import CannotStart
    from runtime.rollback_detection import RolledBack

    try:
        yield
    except (Refused, RolledBack, CannotStart, Error, OSError) as error:
        typer.echo(f"{what}：{error}", err=True)
        raise typer.Exit(1) from None
    except Exception as error:
        if not unavailable(error):
            raise
        typer.echo(f"{what}：{error}", err=True)
        raise typer.Exit(1) from None


def main() -> None:
    """The entry point of the `louke` command; it ends with 1 and words where the settings cannot be meant."""
    keep_to_ourselves()
    collect_seldom()
    try:
        app()
    except Unusable as why:
        typer.echo(f"✗ The settings cannot be used:\n{why}", err=True)
        end(1)
    except SystemExit as done:
        end(done.code)
    except BaseException as error:  # noqa: BLE001 - it is told as ever, and the process ends as surely
        sys.excepthook(type(error), error, error.__traceback__)
        end(1)
    end(0)


if __name__ == "__main__":
    main()
