"""The health checks of `louke doctor`: one finding for each check, in words, with what to do. An engine that is away fails only its own checks."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import psycopg
from alembic.script import ScriptDirectory
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client, RetryConfig
from temporalio.service import RPCError

from api.health_checks.channels import check_channels
from api.health_checks.finding import Finding, Level, get_first_line, join_names
from api.health_checks.schedules import check_schedules
from api.health_checks.secrets import check_certificates, check_invented, check_keys, check_passwords
from api.health_checks.workflows import check_workflows
from law.calendar import SHANGHAI
from law.freshness import CHECKED_UNTIL, is_stale
from law.instants import EARLIEST, LATEST
from models.instants import AHEAD
from models.readmodel.board_screen import LAST_CANARY
from models.store.connection import BlockingConnection, Query, read_all, read_first, read_one
from models.store.epochs import GIVEN_BACK, UPKEEP, parse_upkeep
from models.store.mappers import build_calendar
from models.store.pulses import ALIVE, LIVING
from models.store.statements import PUBLISHED, STILL_BEHIND
from runtime.content_store import get_content_store_folder
from runtime.database import connect
from runtime.database_time import DISPUTED, SKEW, Disputed
from runtime.disk_space import Room, encrypted, measure_disk
from runtime.rollback_detection import OUTRUN, describe_lost_since_sealed, list_lately_begun
from runtime.settings import Settings
from runtime.temporal import build_tls, get_core_runtime, load_token

_MIGRATIONS = Path(__file__).parents[2] / "migrations"
# A server on the same network answers within this, or is away.
_PATIENCE = timedelta(seconds=3)
# A poller asks anew about once a minute; who has not for twice that is gone.
_POLLED = timedelta(minutes=2)
# A canary is armed every five minutes and rings one minute later; two more are for a busy machine.
_CANARY = timedelta(minutes=8)
# The guards promise two seconds; after five both of them sleep.
_UNRUNG = timedelta(seconds=5)
# Heads are sealed every five seconds.
_UNSEALED = timedelta(minutes=1)
# How people call the processes that tell the time.
_PROCESSES = {"watch": "守望进程", "worker": "工作进程", "api": "接口"}
# A backup each night, and a morning in which somebody notices that it failed.
_BACKED_UP = timedelta(hours=36)
# A promise is kept within a moment; one that is a minute old is told to people.
_PROMISED = timedelta(minutes=1)
# Next year's rest days are published in late autumn.
_PUBLISHED_BY_MONTH = 12


async def run_checks(settings: Settings, now: datetime | None = None) -> AsyncIterator[Finding]:
    """Run every check, one after another; never raises because an engine is away."""
    now = now or datetime.now(UTC)
    law = _check_law(now.astimezone(SHANGHAI).date())
    for finding in (
        check_keys(settings),
        check_certificates(settings, now),
        check_room(settings),
        _check_encryption_at_rest(settings),
        law,
    ):
        yield finding
    client, found = await _check_temporal(settings)
    yield found
    yield await _check_workers(client, settings) if client else Finding("工作进程", Level.UNKNOWN, "Temporal 不可用，未检查")
    try:
        connection = await asyncio.to_thread(_connect, settings.database_url)
    except psycopg.OperationalError as error:
        yield Finding("数据库", Level.BROKEN, f"PostgreSQL 连接不上（{get_first_line(error)}）", _describe_way_in(str(error)))
        yield Finding("其余各项", Level.UNKNOWN, "数据库不可用，未检查守望、时钟、日志封存、事项和日历")
        return
    with connection:
        shape = _check_migrated(connection)
        yield shape
        if shape.level is Level.BROKEN:
            return
        for finding in (
            *_check_database(connection, now),
            *_check_restored(connection, settings.data_dir),
            _check_backup(connection, now),
        ):
            yield finding
        yield check_invented(connection, demo=settings.demo)
        yield check_passwords(connection, settings)
        if client and (outrun := await _check_outrun(connection, client, settings.task_queue)):
            yield outrun
        if client:
            yield await check_workflows(connection, client, settings)
            for finding in await check_schedules(client, settings.task_queue, now):
                yield finding


# This machine


def check_room(settings: Settings) -> Finding:
    """The room left on the disk, which is cheap to check."""
    found = measure_disk(settings.data_dir, settings.reserve_mb)
    words = f"数据目录所在磁盘剩余{found.free / 1024**3:.1f} GB"
    if found.room is Room.NONE:
        remedy = "立即清理磁盘或者扩容；其间步骤被拒绝，查阅、响铃和封存继续，腾出空间后自动恢复"
        return Finding("磁盘", Level.BROKEN, f"{words}，已到保留线{settings.reserve_mb} MB或者无法写入（{found.place}）", remedy)
    if found.room is Room.LOW:
        return Finding("磁盘", Level.BROKEN, f"{words}（{found.place}）", "清理磁盘或者扩容；到保留线后一切步骤都会被拒绝")
    return Finding("磁盘", Level.WELL, words)


def _check_encryption_at_rest(settings: Settings) -> Finding:
    """Whether data lies encrypted on the disk, as this machine sees it or the operator declares."""
    name = "落盘加密"
    if settings.demo:
        return Finding(name, Level.UNKNOWN, "演示数据，未检查")
    ours = settings.data_dir / "postgres"
    places = [place for place in (settings.data_dir, get_content_store_folder(settings.data_dir), ours) if place.exists()]
    seen = bool(places) and all(map(encrypted, places))
    if seen and ours.exists():
        return Finding(name, Level.WELL, "数据所在的卷由本机加密")
    words = (
        f"数据目录所在的卷{'由本机加密' if seen else '是否加密，从本机看不到'}{'' if ours.exists() else '；数据库在别处，看不到'}"
    )
    if settings.at_rest == "clear":
        return Finding(
            name, Level.LOOK, f"{words}；使用单位说明不加密", "把数据目录、文书和数据库移到加密的卷上，更正 LOUKE_AT_REST"
        )
    if settings.at_rest:
        return Finding(name, Level.WELL, f"{words}；使用单位说明由{settings.at_rest}加密")
    remedy = "把数据目录、文书和数据库放在加密的卷上（如 LUKS），以 LOUKE_AT_REST 写明由什么加密；不加密的，写 clear"
    return Finding(name, Level.BROKEN, words, remedy)


def _check_law(today: date) -> Finding:
    words = f"法律核对至{CHECKED_UNTIL}"
    if is_stale(today):
        remedy = "请法制员核对此后公布的法律、法规、规章和解释（docs/law/unverified.md），改动期限后更新 law/freshness.py"
        return Finding("法律", Level.LOOK, f"{words}，已超过一个季度", remedy)
    return Finding("法律", Level.WELL, words)


# Temporal


async def _check_temporal(settings: Settings) -> tuple[Client | None, Finding]:
    # No payload is read here, so no key is needed, nor made where there is none.
    retry = RetryConfig(max_elapsed_time_millis=int(_PATIENCE.total_seconds() * 1000))
    try:
        client = await Client.connect(
            settings.temporal_address,
            namespace=settings.temporal_namespace,
            tls=build_tls(settings),
            api_key=load_token(settings),
            retry_config=retry,
            runtime=get_core_runtime(),
        )
        await client.service_client.check_health(timeout=_PATIENCE)
    except (RuntimeError, RPCError, ValueError) as error:
        words = f"Temporal 连接不上（{settings.temporal_address or '未配置地址'}，{get_first_line(error)}）"
        return None, Finding(
            "编排引擎",
            Level.BROKEN,
            words,
            "启动 Temporal，或者更正 LOUKE_TEMPORAL_ADDRESS；其间步骤被拒绝，期限由守望进程照常响铃",
        )
    return client, Finding("编排引擎", Level.WELL, f"Temporal 在{settings.temporal_address}应答")


async def _check_workers(client: Client, settings: Settings) -> Finding:
    queue = TaskQueue(name=settings.task_queue)
    kind = TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW
    request = DescribeTaskQueueRequest(namespace=client.namespace, task_queue=queue, task_queue_type=kind)
    try:
        answer = await client.workflow_service.describe_task_queue(request, timeout=_PATIENCE)
    except RPCError as error:
        return Finding("工作进程", Level.BROKEN, f"Temporal 不能说明任务队列（{get_first_line(error)}）", "检查命名空间与队列名")
    since = datetime.now(UTC) - _POLLED
    alive = [poller for poller in answer.pollers if poller.last_access_time.ToDatetime(UTC) > since]
    if not alive:
        return Finding(
            "工作进程", Level.BROKEN, f"没有工作进程在取队列{settings.task_queue}", "启动 louke worker；其间步骤会等待或者被拒绝"
        )
    return Finding("工作进程", Level.WELL, f"{len(alive)}个工作进程在取队列{settings.task_queue}")


# PostgreSQL

_SHAPE = Query[str]("SELECT version_num FROM alembic_version")
_VERSION = Query[str]("SHOW server_version")
_CHECKSUMS = Query[str]("SHOW data_checksums")
_NOW = Query[datetime]("SELECT clock_timestamp()")
_DISPUTED = Query[Disputed](DISPUTED)
_OUTRUN = Query[str | None](OUTRUN)
_DECLARE = "如系有意恢复，停止各部分，执行 louke resume --restored --by 用户名 --reason 理由；否则更正 LOUKE_DATABASE_URL"


class _Late(NamedTuple):
    """How many there are, and since when the oldest waits; None where there is none."""

    many: int
    oldest: datetime | None


UNRUNG = Query[_Late](
    "SELECT count(*) AS many, min(greatest(at, armed_at)) AS oldest FROM rung WHERE greatest(at, armed_at) < %(before)s"
)
UNSEALED = Query[_Late]("""
SELECT count(*) AS many, min(entry.recorded_at) AS oldest
FROM chain JOIN entry ON entry.chain = chain.chain AND entry.position = chain.sealed + 1 WHERE chain.position > chain.sealed
""")
CANARY_ARMED = Query[datetime | None]("SELECT max(opened_at) AS at FROM matter WHERE kind = 'canary'")


class _Tasks(NamedTuple):
    """How many tasks are open that must be done."""

    expired: int
    undelivered: int


TASKS = Query[_Tasks]("""
SELECT count(*) FILTER (WHERE sort = 'expired') AS expired, count(*) FILTER (WHERE sort = 'undelivered') AS undelivered
FROM task WHERE mandatory AND done_at IS NULL
""")


class _Promise(NamedTuple):
    """A promise that should have been kept."""

    id: str
    at: datetime
    target: str


PROMISED = Query[_Promise]("""
SELECT id, promised_at AS at, target FROM outbox WHERE verb <> 'catch-up' AND promised_at < now() - %(overdue)s::interval ORDER BY promised_at
""")


class _Misdated(NamedTuple):
    """A matter whose record has an impossible instant, and where."""

    number: str
    places: list[str]


# Rows from the time before instants had bounds; they are read as the bound. Ten years ahead lies nothing that a form takes.
MISDATED = Query[_Misdated]("""
SELECT number, array_agg(DISTINCT place) AS places FROM (
    SELECT matter AS number, '事实' AS place FROM fact WHERE at < %(earliest)s OR at > %(latest)s
    UNION ALL SELECT number, '创建或者进入阶段' FROM matter WHERE least(opened_at, stage_since) < %(earliest)s OR greatest(opened_at, stage_since) > %(latest)s
    UNION ALL SELECT matter, '期限' FROM clock WHERE least(started_at, due_at) < %(earliest)s OR greatest(started_at, due_at) > %(last)s
    UNION ALL SELECT matter, '预警' FROM rung WHERE at < %(earliest)s OR at > %(last)s
) odd GROUP BY number ORDER BY number
""")


def _connect(url: str) -> BlockingConnection:
    if not url:
        # The library would go and find some other database of this machine.
        raise psycopg.OperationalError("未配置地址")
    return connect(url, "doctor")


def _describe_way_in(message: str) -> str:
    """What to do where PostgreSQL refused the connection, by its message: it sends no error code at that point."""
    message = message.lower()
    return next((remedy for words, remedy in _SHUT.items() if any(each in message for each in words)), _START)


_START = "启动 PostgreSQL，或者更正 LOUKE_DATABASE_URL"
# As PostgreSQL says it in English and in Chinese.
_SHUT = {
    ("too many clients", "too many connections", "remaining connection slots", "太多的客户", "太多的连接", "连接位置"): (
        "PostgreSQL 在运行，不要重启；停掉占用连接的其他程序，或者调大 max_connections"
        "（每个接口、工作和守望进程各占 LOUKE_POOL_SIZE 个）"
    ),
    ("starting up", "shutting down", "recovery mode", "正在启动", "正在关闭", "恢复模式"): (
        "PostgreSQL 正在启动、停止或者恢复，稍候再查；一直如此的，查看 PostgreSQL 的日志"
    ),
    ("no encryption", "没有加密"): (
        "PostgreSQL 在运行，不准许未加密的连接；在 LOUKE_DATABASE_URL 中写明 sslmode=verify-full 和 sslrootcert（签发者的证书）"
    ),
    ("certificate", "does not support ssl", "ssl error", "证书"): (
        "PostgreSQL 在运行，但没有以所信任的签发者为此主机名签发的、没有过期和吊销的证书证明身份：核对 LOUKE_DATABASE_URL 中的主机名和 sslrootcert；"
        "证书过期的，执行 louke certificates 重新签发。不要改用明文，应答的可能不是本单位的数据库"
    ),
    ("password authentication failed", "pg_hba.conf", "role ", "认证失败", "角色"): (
        "PostgreSQL 在运行；更正 LOUKE_DATABASE_URL 中的账号和口令，或者在 pg_hba.conf 中准许本机"
    ),
    ("does not exist", "不存在"): "PostgreSQL 在运行；更正 LOUKE_DATABASE_URL 中的库名，或者建立该库后执行 louke migrate",
}


def _check_migrated(connection: BlockingConnection) -> Finding:
    newest = ScriptDirectory(str(_MIGRATIONS)).get_current_head()
    try:
        shape = read_first(connection, _SHAPE) or ""
    except psycopg.errors.UndefinedTable:
        shape = ""
    if shape != newest:
        return Finding("数据库", Level.BROKEN, f"PostgreSQL 应答，但库结构为{shape or '空'}，应为{newest}", "执行 louke migrate")
    version = read_one(connection, _VERSION)
    return Finding("数据库", Level.WELL, f"PostgreSQL {version} 应答，库结构为{shape}")


def _check_database(connection: BlockingConnection, now: datetime) -> Iterator[Finding]:
    yield _check_checksums(connection)
    yield _check_alive(connection)
    yield _check_skew(connection)
    yield _check_watchdog(connection, now)
    yield _check_rings(connection, now)
    yield _check_seals(connection, now)
    yield _check_promises(connection, now)
    yield _check_behind(connection)
    yield _check_tasks(connection)
    yield check_channels(connection)
    yield _check_misdated(connection, now)
    yield _check_calendar(connection, now.astimezone(SHANGHAI).date())


def _check_checksums(connection: BlockingConnection) -> Finding:
    """Whether PostgreSQL detects corrupted pages: a cluster without checksums serves them as if they were whole."""
    if read_one(connection, _CHECKSUMS) == "off":
        remedy = (
            "停止 PostgreSQL，执行 pg_checksums --enable -D 数据目录（louke up 的在 postgres/data），再启动；见 docs/operations.md"
        )
        return Finding("数据校验", Level.LOOK, "数据库没有页校验和，磁盘损坏不会被发现", remedy)
    return Finding("数据校验", Level.WELL, "数据库的每一页都有校验和")


def _check_alive(connection: BlockingConnection) -> Finding:
    """Whether workers and watchdogs are alive: Temporal counts a poller that hangs, or is gone, as alive for minutes."""
    alive = dict(read_all(connection, LIVING, {"alive": ALIVE}))
    words = "，".join(f"{zh}{alive.get(name, 0)}个" for name, zh in (("worker", "工作进程"), ("watch", "守望进程")))
    lacking = [f"louke {name}" for name in ("worker", "watch") if not alive.get(name)]
    if lacking:
        remedy = f"启动 {'、'.join(lacking)}；在运行而没有心跳的已经停滞，以 SIGABRT 结束后重启，其日志写明停在何处"
        return Finding("心跳", Level.BROKEN, f"近{ALIVE.seconds}秒有心跳的：{words}", remedy)
    return Finding("心跳", Level.WELL, f"近{ALIVE.seconds}秒有心跳的：{words}")


def _check_skew(connection: BlockingConnection) -> Finding:
    before = datetime.now(UTC)
    there = read_one(connection, _NOW)
    here = before + (datetime.now(UTC) - before) / 2
    apart = abs(there - here)
    words = f"本机与数据库相差{apart.total_seconds():.3f}秒"
    told = [
        f"{_PROCESSES.get(each.process, each.process)}（{each.machine}）比数据库{_describe_offset(each.ahead_ms)}，已停止响铃"
        for each in read_all(connection, _DISPUTED)
    ]
    if apart > SKEW or told:
        return Finding("时间", Level.BROKEN, "；".join([words, *told]), "校时（NTP）；时间不准，期限就不准，校准之后自行恢复响铃")
    early = read_one(connection, GIVEN_BACK)
    if early.many and early.at:
        words = f"{words}；数据库的时钟曾走快，{early.many}次过早的预警已于{early.at.astimezone(SHANGHAI):%H:%M}撤回，到时重响"
        return Finding("时间", Level.LOOK, words, "查明数据库所在机器的时钟何以走快；其间登记的时间可能在将来，请案管员核对")
    return Finding("时间", Level.WELL, words)


def _describe_offset(ahead_ms: int) -> str:
    return f"{'快' if ahead_ms > 0 else '慢'}{abs(ahead_ms) / 1000:.1f}秒"


def _check_watchdog(connection: BlockingConnection, now: datetime) -> Finding:
    """Whether the watchdog works, by the canary's clock and by who rang it."""
    last = read_first(connection, LAST_CANARY)
    armed = read_one(connection, CANARY_ARMED)
    if last and now - last.rung_at <= _CANARY:
        who = {"workflow": "流程", "watchdog": "守望进程"}.get(last.rung_by, last.rung_by)
        return Finding("守望", Level.WELL, f"自检时钟{_format_ago(now - last.rung_at)}前响过，由{who}响铃")
    if armed and now - armed <= _CANARY and not last:
        return Finding("守望", Level.WELL, f"自检时钟{_format_ago(now - armed)}前布设，尚未到时")
    when = f"上一次是{_format_ago(now - last.rung_at)}前" if last else "从未响过"
    return Finding("守望", Level.BROKEN, f"自检时钟没有按时响铃，{when}", "启动 louke watch；若已启动，查看其日志和 Temporal")


def _check_rings(connection: BlockingConnection, now: datetime) -> Finding:
    row = read_one(connection, UNRUNG, {"before": now - _UNRUNG})
    if row.oldest:
        words = f"{row.many}次到时的预警没有响，最早的迟了{_format_ago(now - row.oldest)}"
        return Finding("响铃", Level.BROKEN, words, "立即启动 louke watch；其间请人工查看期限列表")
    return Finding("响铃", Level.WELL, "到时的预警都已响过")


def _check_seals(connection: BlockingConnection, now: datetime) -> Finding:
    row = read_one(connection, UNSEALED)
    if row.oldest and now - row.oldest > _UNSEALED:
        words = f"{row.many}条日志链有未封存的日志，最早的在{_format_ago(now - row.oldest)}前写入"
        return Finding("日志封存", Level.BROKEN, words, "启动 louke watch，并确认其可以写入数据目录的 heads/")
    return Finding("日志封存", Level.WELL, "新写入的日志都已封存")


def _check_promises(connection: BlockingConnection, now: datetime) -> Finding:
    """Name promises of steps that have not been carried out within a minute."""
    rows = read_all(connection, PROMISED, {"overdue": _PROMISED})
    if rows:
        words = f"{len(rows)}件已登记的创建或者告知尚未完成，最早的在{_format_ago(now - rows[0].at)}前登记：{join_names(row.id for row in rows)}"
        remedy = "系统每分钟重试；查看所列事项的流程和 louke worker 的日志，流程丢失的执行 louke resume"
        return Finding("承诺事项", Level.BROKEN, words, remedy)
    return Finding("承诺事项", Level.WELL, "已登记的创建和告知都已完成")


def _check_behind(connection: BlockingConnection) -> Finding:
    """Name matters whose workflow knows more than the journal."""
    found = read_all(connection, STILL_BEHIND)
    if found:
        words = f"{len(found)}件事项的日志落后于流程，已暂停办理：{join_names(found)}"
        return Finding("日志与流程", Level.BROKEN, words, "数据库被恢复成旧的；按 docs/operations.md 恢复，再执行 louke resume")
    return Finding("日志与流程", Level.WELL, "没有流程比日志新")


def _check_tasks(connection: BlockingConnection) -> Finding:
    row = read_one(connection, TASKS)
    if row.expired or row.undelivered:
        words = f"{row.expired}个期限届满后必须办理的待办尚未办结，{row.undelivered}件未能送达或者创建"
        return Finding("逾期待办", Level.LOOK, words, "请督察和案管员在待办列表中逐件处理")
    return Finding("逾期待办", Level.WELL, "没有必须办理而未办的待办")


def _check_restored(connection: BlockingConnection, data_dir: Path) -> Iterator[Finding]:
    """Whether the database was restored to an earlier state, and what is left to do."""
    lost = describe_lost_since_sealed(connection, data_dir)
    told = parse_upkeep(read_all(connection, UPKEEP))
    if lost:
        words = f"数据库比封存文件旧：{lost}已经封存，现在没有或者不同"
        yield Finding("恢复", Level.BROKEN, words, _DECLARE)
    elif not told.resumed:
        yield Finding("恢复", Level.BROKEN, "数据库已恢复到此前的状态，各事项的流程尚未接续", "执行 louke resume")
    elif told.epochs:
        at = told.epochs[-1].begun_at.astimezone(SHANGHAI)
        yield Finding("恢复", Level.WELL, f"最近一次恢复于{at:%Y-%m-%d %H:%M}，流程已经接续")


async def _check_outrun(connection: BlockingConnection, client: Client, task_queue: str) -> Finding | None:
    """Whether Temporal runs a matter whose number the database has not given out yet."""
    try:
        numbers = await list_lately_begun(client, task_queue)
    except RPCError:
        return None  # whoever compares matters with workflows says so
    number = read_one(connection, _OUTRUN, {"numbers": numbers})
    words = f"数据库比 Temporal 旧：{number}的流程在运行，数据库尚未编到此号"
    return Finding("恢复", Level.BROKEN, words, _DECLARE) if number else None


def _check_backup(connection: BlockingConnection, now: datetime) -> Finding:
    last = parse_upkeep(read_all(connection, UPKEEP)).backed_up_at
    remedy = "执行 louke backup（见 docs/restore.md），每日一次，与密钥分别存放在别的机器上"
    if last is None:
        return Finding("备份", Level.LOOK, "从未备份", remedy)
    words = f"上一次备份在{_format_ago(now - last)}前"
    return Finding("备份", Level.LOOK, words, remedy) if now - last > _BACKED_UP else Finding("备份", Level.WELL, words)


def _check_misdated(connection: BlockingConnection, now: datetime) -> Finding:
    """Name matters whose record has an impossible instant."""
    bounds = {"earliest": EARLIEST, "latest": now + AHEAD, "last": LATEST}
    rows = read_all(connection, MISDATED, bounds)
    if rows:
        named = join_names(f"{row.number}（{'、'.join(row.places)}）" for row in rows)
        words = f"{len(rows)}件事项中有不可能的时间：{named}"
        return Finding("日期", Level.LOOK, words, "由办案民警以“更正”改正事实的时间；改正之前按1949年10月1日或者2100年读取")
    return Finding("日期", Level.WELL, "没有不可能的时间")


def _check_calendar(connection: BlockingConnection, today: date) -> Finding:
    calendar = build_calendar(read_all(connection, PUBLISHED))
    needed = [today.year] + ([today.year + 1] if today.month >= _PUBLISHED_BY_MONTH else [])
    unknown = "、".join(str(year) for year in needed if not calendar.is_final(year))
    if unknown:
        remedy = "国务院公布放假安排后，由管理员录入该年休息日；其间跨入该年的工作日期限按周末和法定节日暂算"
        return Finding("日历", Level.LOOK, f"{unknown}年的放假安排尚未录入", remedy)
    return Finding("日历", Level.WELL, f"{'、'.join(map(str, needed))}年的放假安排已经录入")


def _format_ago(length: timedelta) -> str:
    seconds = int(length.total_seconds())
    for size, zh in ((86400, "天"), (3600, "小时"), (60, "分钟")):
        if seconds >= 2 * size:
            return f"{seconds // size}{zh}"
    return f"{seconds}秒"
