"""The doctor names what is wrong and what to do, whichever engine is away."""

import io
import os
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from pydantic import SecretStr
from rich.console import Console
from temporalio.client import Client

from activities.recording.epochs import journal_upkeep
from api.health_checks import report
from api.health_checks.schedules import list_works
from law.calendar import SHANGHAI
from law.freshness import CHECKED_UNTIL, is_stale
from models.readmodel.report_types import report_types
from models.store.epochs import GIVE_BACK, MAKE_BACKUP
from operations.certificates import issue_certificates as laid_certificates
from operations.doctor import Finding, Level, run_checks, tell
from runtime.database import Pool
from runtime.disk_space import encrypted
from runtime.embedded.ports import find_free_port
from runtime.seals import Sealer, get_heads_file, load_signing_key
from runtime.settings import Settings
from tests.operations.clusters import Server
from tests.operations.incidents import open_incident
from tests.world import at_work
from watchdog.duties.keep_schedules import KeepSchedules
from watchdog.duties.seal_journal import SealJournal
from watchdog.duty import Tools
from worker import make_worker


async def findings(settings: Settings, now: datetime | None = None) -> dict[str, Finding]:
    return {finding.check: finding async for finding in run_checks(settings, now)}


def put(settings: Settings, statement: str, **arguments: Any) -> None:
    with psycopg.connect(settings.database_url) as connection:
        connection.execute(statement.encode(), arguments)


# What is looked at where both engines run, the law and the calendar aside.
CHECKS = (
    "密钥",
    "证书",
    "磁盘",
    "落盘加密",
    "编排引擎",
    "工作进程",
    "数据库",
    "数据校验",
    "心跳",
    "时间",
    "演示账号",
    "口令密钥",
    "守望",
    "响铃",
    "日志封存",
    "逾期待办",
    "外发通知",
    "日期",
    "承诺事项",
    "日志与流程",
    "备份",
    "事项与流程",
    "巡查",
    "巡查规则历史试跑",
    "提请法律核对",
    "清除查阅记录",
    "归并自检记录",
    "整改逾期上报",
    "抽取警情回访",
    "查阅异常提示",
    "每日全面巡查",
    *(each.zh for each in report_types().values()),
)
# The newest migration, by the name of its file.
NEWEST = max(each.name for each in (Path(__file__).parents[2] / "migrations/versions").glob("v0*.py"))[1:5]
CANARY_RANG = "INSERT INTO ring (clock_id, colour, at, matter, rung_at, late_ms, rung_by) VALUES ('canary@1', 'overdue', now(), 'ZJ1', %(at)s, 3, %(by)s)"
MATTER = """
INSERT INTO matter (number, kind, stage, final, seq, unit_id, title, officer, colour, opened_at, updated_at)
VALUES (%(number)s, %(kind)s, 'armed', false, 1, 'station', '', '', 'none', %(at)s, %(at)s)
"""
ALIVE = """
INSERT INTO pulse (process, host, pid, at)
SELECT process, 'duty-1', 7, clock_timestamp() - CASE process WHEN 'worker' THEN %(ago)s::interval ELSE '0' END FROM unnest(ARRAY['worker', 'watch']) process
"""
AN_HOUR_AGO = datetime.now(UTC) - timedelta(hours=1)


@pytest.fixture
def away(tmp_path: Path) -> Settings:
    """Addresses at which nobody listens."""
    nobody = f"127.0.0.1:{find_free_port()}"
    return Settings(database_url=f"postgresql://{nobody}/louke", temporal_address=nobody, data_dir=tmp_path)


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "_PATIENCE", timedelta(milliseconds=300))


async def test_with_everything_running_all_is_well(chosen: Settings, pool: Pool, client: Client, number: str) -> None:
    sealer = Sealer(get_heads_file(chosen.data_dir), load_signing_key(chosen.data_dir))
    async with at_work(make_worker(chosen, client, pool)):
        await open_incident(client, chosen, number)
        tools = Tools(pool, client, sealer, chosen.task_queue)
        await SealJournal(tools).do()
        await KeepSchedules(tools).do()
        put(chosen, CANARY_RANG, at=datetime.now(UTC), by="workflow")
        put(chosen, ALIVE, ago="0 seconds")
        put(chosen, "UPDATE matter SET opened_at = now() - interval '1 hour'")
        put(chosen, "SELECT setval('matter_number', 99999999)")
        async with pool.connection() as connection:
            await journal_upkeep(connection, MAKE_BACKUP, {"backup": "b1"}, datetime.now(UTC))
        found = await findings(chosen, datetime.now(UTC))
        for each in list_works(chosen.task_queue):
            await client.get_schedule_handle(each).delete()
    assert {check: finding.level for check, finding in found.items() if check not in ("日历", "法律")} == dict.fromkeys(
        CHECKS, Level.WELL
    )
    assert found["工作进程"].words.startswith("1个工作进程")
    assert found["事项与流程"].words == "抽查1件未结事项，流程都在运行"
    assert "由流程响铃" in found["守望"].words


async def test_with_both_engines_away_each_is_named_and_the_rest_still_examined(away: Settings) -> None:
    found = await findings(away)
    assert {check: finding.level for check, finding in found.items()} == {
        "密钥": Level.WELL,
        "落盘加密": Level.BROKEN,
        "证书": Level.WELL,
        "磁盘": Level.WELL,
        "法律": Level.LOOK if is_stale(datetime.now(SHANGHAI).date()) else Level.WELL,
        "编排引擎": Level.BROKEN,
        "工作进程": Level.UNKNOWN,
        "数据库": Level.BROKEN,
        "其余各项": Level.UNKNOWN,
    }
    assert "LOUKE_TEMPORAL_ADDRESS" in found["编排引擎"].remedy
    assert "LOUKE_DATABASE_URL" in found["数据库"].remedy


@pytest.mark.parametrize(("days", "level"), [(0, Level.WELL), (92, Level.WELL), (93, Level.LOOK), (400, Level.LOOK)])
async def test_law_that_nobody_has_checked_for_a_quarter_is_warned_of(away: Settings, days: int, level: Level) -> None:
    noon = datetime.combine(CHECKED_UNTIL, time(12), SHANGHAI)
    found = (await findings(away, noon + timedelta(days=days)))["法律"]
    assert (found.level, str(CHECKED_UNTIL) in found.words) == (level, True)
    assert ("法制员" in found.remedy) == (level is Level.LOOK)


async def test_the_doctor_leaves_nothing_behind(away: Settings) -> None:
    await findings(away)
    assert list(away.data_dir.iterdir()) == []


async def test_no_address_is_not_taken_for_some_other_database(tmp_path: Path) -> None:
    found = await findings(Settings(database_url="", temporal_address="", data_dir=tmp_path))
    assert "未配置地址" in found["数据库"].words
    assert "未配置地址" in found["编排引擎"].words


async def test_with_temporal_away_the_database_is_examined_all_the_same(chosen: Settings, away: Settings) -> None:
    found = await findings(chosen.model_copy(update={"temporal_address": away.temporal_address}))
    assert (found["编排引擎"].level, found["数据库"].level, found["响铃"].level) == (Level.BROKEN, Level.WELL, Level.WELL)
    assert "事项与流程" not in found


async def test_with_the_database_away_temporal_is_examined_all_the_same(chosen: Settings, away: Settings) -> None:
    found = await findings(chosen.model_copy(update={"database_url": away.database_url}))
    assert (found["编排引擎"].level, found["工作进程"].level, found["数据库"].level) == (Level.WELL, Level.BROKEN, Level.BROKEN)


async def test_a_queue_that_nobody_polls_asks_for_a_worker(chosen: Settings) -> None:
    found = await findings(chosen)
    assert (found["工作进程"].level, "louke worker" in found["工作进程"].remedy) == (Level.BROKEN, True)


async def test_a_worker_that_gave_no_sign_of_life_for_seconds_is_missed_however_lately_it_polled(chosen: Settings) -> None:
    put(chosen, ALIVE, ago="11 seconds")
    found = (await findings(chosen))["心跳"]
    assert (found.level, found.words) == (Level.BROKEN, "近10秒有心跳的：工作进程0个，守望进程1个")
    assert "启动 louke worker；" in found.remedy


async def test_a_database_of_another_shape_asks_to_be_migrated(chosen: Settings) -> None:
    put(chosen, "UPDATE alembic_version SET version_num = 'older'")
    found = await findings(chosen)
    assert (found["数据库"].words, found["数据库"].remedy) == (
        f"PostgreSQL 应答，但库结构为older，应为{NEWEST}",
        "执行 louke migrate",
    )
    put(chosen, "DROP TABLE alembic_version")
    assert "库结构为空" in (await findings(chosen))["数据库"].words


@pytest.mark.parametrize(("age", "by", "level"), [(60, "watchdog", Level.WELL), (3600, "workflow", Level.BROKEN)])
async def test_the_canary_tells_whether_the_watch_is_awake(chosen: Settings, age: int, by: str, level: Level) -> None:
    now = datetime.now(UTC)
    put(chosen, CANARY_RANG, at=now - timedelta(seconds=age), by=by)
    assert (await findings(chosen, now))["守望"].level is level


async def test_a_canary_that_never_sang_is_a_fault_unless_it_was_only_just_armed(chosen: Settings) -> None:
    assert (await findings(chosen))["守望"].words.endswith("从未响过")
    put(chosen, MATTER, number="ZJ1", kind="canary", at=datetime.now(UTC) - timedelta(seconds=30))
    assert (await findings(chosen))["守望"].words == "自检时钟30秒前布设，尚未到时"


async def test_a_rung_that_is_due_and_silent_is_counted_with_its_lateness(chosen: Settings) -> None:
    now = datetime.now(UTC)
    arm = "INSERT INTO rung (clock_id, colour, at, matter, armed_at) VALUES (%(id)s, 'red', %(at)s, 'RY1', %(armed)s)"
    put(chosen, arm, id="a", at=now - timedelta(seconds=4), armed=now - timedelta(days=1))
    put(chosen, arm, id="b", at=now - timedelta(days=9), armed=now - timedelta(seconds=4))
    assert (await findings(chosen, now))["响铃"].level is Level.WELL
    put(chosen, arm, id="c", at=now - timedelta(minutes=7), armed=now - timedelta(days=1))
    found = (await findings(chosen, now))["响铃"]
    assert (found.level, found.words) == (Level.BROKEN, "1次到时的预警没有响，最早的迟了7分钟")


async def test_entries_that_wait_long_for_their_seal_are_a_fault(chosen: Settings) -> None:
    now = datetime.now(UTC)
    enter = """
    WITH head AS (INSERT INTO chain (chain, position, hash, sealed) VALUES ('RY1', 1, 'x', 0))
    INSERT INTO entry (chain, position, seq, sort, step, recorded_at, content, previous, hash)
    VALUES ('RY1', 1, 1, 'step', 's', %(at)s, '{}', 'x', 'x')
    """
    put(chosen, enter, at=now)
    assert (await findings(chosen, now + timedelta(seconds=30)))["日志封存"].level is Level.WELL
    found = (await findings(chosen, now + timedelta(minutes=5)))["日志封存"]
    assert (found.level, found.words) == (Level.BROKEN, "1条日志链有未封存的日志，最早的在5分钟前写入")


async def test_open_matters_without_a_running_workflow_are_named(chosen: Settings) -> None:
    put(chosen, MATTER, number="RY202600000007", kind="suspect", at=AN_HOUR_AGO)
    put(chosen, MATTER, number="RY202600000008", kind="suspect", at=datetime.now(UTC))
    found = (await findings(chosen))["事项与流程"]
    assert (found.level, found.words) == (Level.BROKEN, "抽查1件未结事项，1件没有运行中的流程：RY202600000007")


async def test_mandatory_tasks_left_undone_are_for_people_not_for_the_machine(chosen: Settings) -> None:
    owe = """
    INSERT INTO task (matter, key, sort, words, unit_id, office, step, mandatory, opened_at, done_at)
    VALUES ('RY1', %(key)s, %(sort)s, '', 'station', 'case-officer', '', true, now(), %(done)s)
    """
    for key, sort, done in (("a", "expired", None), ("b", "expired", datetime.now(UTC)), ("c", "undelivered", None)):
        put(chosen, owe, key=key, sort=sort, done=done)
    found = (await findings(chosen))["逾期待办"]
    assert (found.level, found.words) == (Level.LOOK, "1个期限届满后必须办理的待办尚未办结，1件未能送达或者创建")


async def test_a_matter_in_which_an_impossible_instant_stands_is_named(chosen: Settings) -> None:
    for number, at in (("RY1", "0001-12-31 10:00:00+00 BC"), ("RY2", "infinity"), ("RY3", "2026-09-28 10:00:00+08")):
        put(chosen, MATTER, number=number, kind="suspect", at=at)
    put(chosen, "INSERT INTO fact SELECT 'RY2', 1, 0, 'person.named', now() + interval '11 years', 'RY2', '{}'")
    found = (await findings(chosen))["日期"]
    assert found.level is Level.LOOK
    assert found.words == "2件事项中有不可能的时间：RY1（创建或者进入阶段）、RY2（事实、创建或者进入阶段）"


async def test_a_process_whose_clock_is_off_is_named_and_its_silence_explained(chosen: Settings) -> None:
    put(
        chosen,
        "INSERT INTO disputed_time VALUES ('watch', 'duty-2', 7, 259200000, now()), ('worker', 'gone', 8, -1500, now() - interval '2 minutes')",
    )
    found = (await findings(chosen))["时间"]
    assert found.level is Level.BROKEN
    assert found.words.endswith("；守望进程（duty-2）比数据库快259200.0秒，已停止响铃")


async def test_warnings_that_came_too_early_and_were_given_back_are_told_for_a_day(chosen: Settings, pool: Pool) -> None:
    async with pool.connection() as connection:
        await journal_upkeep(connection, GIVE_BACK, {"rings": [{"clock_id": "c1"}, {"clock_id": "c2"}]}, datetime.now(UTC))
    found = (await findings(chosen))["时间"]
    assert found.level is Level.LOOK
    assert "2次过早的预警已于" in found.words


@pytest.mark.engines
async def test_a_cluster_without_checksums_is_named_until_it_has_them(tmp_path: Path) -> None:
    server = Server(tmp_path / "postgres")
    server.program("pg_checksums", "--disable", "--no-sync", server.data)
    settings = Settings(database_url=server.url, temporal_address=f"127.0.0.1:{find_free_port()}", data_dir=tmp_path)
    with server.running():
        server.migrate()
        found = (await findings(settings))["数据校验"]
        assert found.level is Level.LOOK
        assert "pg_checksums --enable -D" in found.remedy
    server.program("pg_checksums", "--enable", "--no-sync", server.data)
    with server.running():
        assert (await findings(settings))["数据校验"].level is Level.WELL


async def test_a_full_database_is_not_told_to_be_started(chosen: Settings) -> None:
    put(chosen, "CREATE ROLE few LOGIN PASSWORD 'few' CONNECTION LIMIT 0")
    try:
        url = urlsplit(chosen.database_url)
        found = (
            await findings(
                chosen.model_copy(update={"database_url": url._replace(netloc=f"few:few@{url.hostname}:{url.port}").geturl()})
            )
        )["数据库"]
    finally:
        put(chosen, "DROP ROLE few")
    assert "too many connections" in found.words
    assert "不要重启" in found.remedy
    assert "max_connections" in found.remedy


@pytest.mark.parametrize(
    ("change", "remedy"),
    [({"password": "wrong"}, "账号和口令"), ({"path": "/nowhere"}, "库名")],
)
async def test_a_database_that_lets_nobody_in_says_which_part_of_the_address_is_wrong(
    chosen: Settings, change: dict[str, str], remedy: str
) -> None:
    url = urlsplit(chosen.database_url)
    wrong = url._replace(
        netloc=f"louke:{change.get('password', url.password)}@{url.hostname}:{url.port}", path=change.get("path", url.path)
    )
    assert remedy in (await findings(chosen.model_copy(update={"database_url": wrong.geturl()})))["数据库"].remedy


async def test_next_years_rest_days_are_asked_for_from_december_on_until_they_are_published(chosen: Settings) -> None:
    december = datetime(2026, 12, 1, tzinfo=SHANGHAI)
    assert (await findings(chosen, december - timedelta(seconds=1)))["日历"].level is Level.WELL
    found = (await findings(chosen, december))["日历"]
    assert (found.level, found.words) == (Level.LOOK, "2027年的放假安排尚未录入")
    put(
        chosen,
        "INSERT INTO calendar_year (year, rest_days, notice, published_by, published_at) VALUES (2027, '{2027-01-01}', 'n', 'admin', now())",
    )
    assert (await findings(chosen, december))["日历"].level is Level.WELL


@pytest.mark.parametrize(("mode", "level"), [(0o600, Level.WELL), (0o604, Level.BROKEN)])
async def test_a_key_that_everyone_can_read_is_a_fault(away: Settings, mode: int, level: Level) -> None:
    load_signing_key(away.data_dir)
    (away.data_dir / "keys" / "heads.pem").chmod(mode)
    found = (await findings(away))["密钥"]
    assert found.level is level
    assert ("chmod" in found.remedy) is (level is Level.BROKEN)


@pytest.mark.parametrize(("days", "level"), [(20, Level.WELL), (13, Level.LOOK)])
async def test_a_certificate_that_soon_ends_is_told_before_nobody_is_let_in(
    away: Settings, tmp_path: Path, days: int, level: Level
) -> None:
    laid_certificates(tmp_path / "certs", days=days)
    client = tmp_path / "certs" / "client"
    shown = away.model_copy(update={"temporal_tls_ca": client / "ca.pem", "temporal_tls_cert": client / "client.pem"})
    found = (await findings(shown))["证书"]
    assert (found.level, "louke certificates" in found.remedy) == (level, level is Level.LOOK)
    assert (await findings(shown, datetime.now(UTC) + timedelta(days=days)))["证书"].level is Level.BROKEN
    (client / "client.pem").unlink()
    assert (await findings(shown))["证书"].level is Level.BROKEN


async def test_a_key_ring_that_cannot_be_used_is_a_fault_and_its_keys_stay_unsaid(away: Settings) -> None:
    found = (await findings(away.model_copy(update={"payload_keys": SecretStr("one:secret-key")})))["密钥"]
    assert found.level is Level.BROKEN
    assert "secret-key" not in found.words


async def test_a_disk_that_is_nearly_full_is_a_fault(away: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("runtime.disk_space.LOW_BYTES", 2**62)
    assert (await findings(away))["磁盘"].level is Level.BROKEN


def volume(known: Path, place: Path, uuid: str, *below: str) -> None:
    """Let the volume of that place be one of the device mapper, upon those that are called so."""
    there = place.stat().st_dev
    device = known / f"{os.major(there)}:{os.minor(there)}"
    (device / "dm").mkdir(parents=True)
    (device / "dm" / "uuid").write_text(uuid)
    for name in below:
        (device / "slaves" / name / "dm").mkdir(parents=True)
        (device / "slaves" / name / "dm" / "uuid").write_text(name)


@pytest.mark.parametrize(
    ("uuid", "below", "seen"),
    [
        ("CRYPT-LUKS2-5e1f-root", (), True),
        ("LVM-abcdef", ("CRYPT-LUKS2-5e1f-root",), True),
        ("LVM-abcdef", ("CRYPT-LUKS2-5e1f-root", "LVM-other"), None),
        ("LVM-abcdef", (), None),
    ],
)
def test_a_volume_is_called_encrypted_only_where_all_that_it_stands_on_is(
    tmp_path: Path, uuid: str, below: tuple[str, ...], seen: bool | None
) -> None:
    volume(tmp_path / "known", tmp_path, uuid, *below)
    assert encrypted(tmp_path, tmp_path / "known") is seen
    assert encrypted(tmp_path, tmp_path / "nothing is known") is None


@pytest.mark.parametrize(
    ("change", "level", "words"),
    [
        ({}, Level.BROKEN, "看不到"),
        ({"at_rest": "LUKS"}, Level.WELL, "使用单位说明由LUKS加密"),
        ({"at_rest": "clear"}, Level.LOOK, "不加密"),
        ({"demo": True}, Level.UNKNOWN, "演示数据"),
    ],
)
async def test_where_it_cannot_be_seen_whether_volumes_are_encrypted_the_place_says_so_by_name(
    away: Settings, monkeypatch: pytest.MonkeyPatch, change: dict[str, Any], level: Level, words: str
) -> None:
    monkeypatch.setattr(report, "encrypted", lambda _place: None)
    found = (await findings(away.model_copy(update=change)))["落盘加密"]
    assert found.level is level
    assert words in found.words
    assert ("LOUKE_AT_REST" in found.remedy) is (level in (Level.BROKEN, Level.LOOK))


async def test_where_it_is_seen_nothing_need_be_said_of_what_lies_here_and_all_the_more_of_what_lies_elsewhere(
    away: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "encrypted", lambda _place: True)
    assert (await findings(away))["落盘加密"].level is Level.BROKEN
    (away.data_dir / "postgres").mkdir()
    assert (await findings(away))["落盘加密"].level is Level.WELL


def test_a_finding_is_one_line_with_what_to_do() -> None:
    page = io.StringIO()
    tell(Finding("磁盘", Level.BROKEN, "剩余0.1 GB [满]", "清理"), Console(file=page, width=20))
    assert page.getvalue() == "✗ 磁盘：剩余0.1 GB [满] → 清理\n"
