"""A database that was put back to an earlier state by other means than ours: nothing starts upon it until somebody has said so."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.sql import SQL, Identifier
from temporalio.client import WorkflowExecutionStatus

from activities.upkeep.sum_up_canaries import sum_up
from models.matter import Kind, build_workflow_id
from operations import resume as resuming
from operations.archives import Refused
from operations.backup import write_backup
from operations.doctor import Level, run_checks
from operations.resume import resume, resume_bureau
from operations.verify import verify
from runtime.embedded.marks import RESUME
from runtime.embedded.ports import find_free_port
from runtime.rollback_detection import RolledBack, refuse_outrun, refuse_rolled_back
from runtime.seals import Head, Sealer, get_heads_file, load_signing_key
from runtime.settings import Settings
from tests.replay.lives import team
from tests.sandbox import sandbox
from tests.world import found, world
from watchdog.duties.arm_canary import ArmCanary
from watchdog.duties.ring_deadlines import RingDeadlines
from watchdog.duties.seal_journal import SealJournal

# Of matters, of messages to other organs, of papers.
NUMBERS = "SELECT number FROM matter UNION SELECT number FROM delivery UNION SELECT type || number FROM document"


@pytest.fixture
def bureau(peopled: str, temporal_address: str, tmp_path: Path) -> Settings:
    """The invented county."""
    return found(peopled, temporal_address, tmp_path / "home")


class Database:
    """The server's other databases, from which one is made what it was."""

    def __init__(self, url: str) -> None:
        self._server, _, self._name = url.rpartition("/")
        self._was = f"{self._name}_was"

    def keep(self) -> None:
        """Keep it as it is."""
        self._copy(self._name, self._was)

    def put_back(self) -> None:
        """Make it what it was, as a failover that lost the last hours does."""
        self._copy(self._was, self._name)

    def _copy(self, one: str, other: str) -> None:
        with psycopg.connect(f"{self._server}/postgres", autocommit=True) as server:
            server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname IN (%s, %s)", (one, other))
            server.execute(SQL("DROP DATABASE IF EXISTS {}").format(Identifier(other)))
            server.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(other), Identifier(one)))


async def findings(settings: Settings) -> list[Any]:
    return [each async for each in run_checks(settings) if each.check == "恢复"]


class Lost:
    """What was done before the database was put back, and what after."""

    suspect: str
    numbers: set[str]
    case: str


async def lost(settings: Settings, database: Database) -> Lost:
    """A bureau that detained somebody; of all it did after that its database knows nothing any more."""
    was = Lost()
    async with sandbox() as outside:
        async with world(settings) as bureau:
            people = await team(bureau, outside)
            was.suspect = await people.suspect(await people.filed())
            await people.approved(was.suspect, "execute-detention", place="派出所", grounds="正在实行犯罪")
            await bureau.watch().get_duty(SealJournal).do()
            before = {row.number for row in await bureau.ask(NUMBERS)}
        await asyncio.to_thread(database.keep)
        async with world(settings) as bureau:
            people = await team(bureau, outside)
            await people.officer.take(was.suspect, "interrogate", place="讯问室", companion="xuyating")
            was.case = await people.filed()
            await people.suspect(was.case)
            await bureau.watch().get_duty(SealJournal).do()
            was.numbers = {row.number for row in await bureau.ask(NUMBERS)} - before
        await asyncio.to_thread(database.put_back)
    return was


async def test_nothing_starts_on_a_database_that_was_put_back_and_the_doctor_says_what_to_do(bureau: Settings) -> None:
    await lost(bureau, Database(bureau.owner_url))
    with pytest.raises(RolledBack, match="louke resume --restored"):
        refuse_rolled_back(bureau.database_url, bureau.data_dir)
    entries = "SELECT count(*) AS n FROM entry"
    async with world(bureau, working=False) as unchanged:
        before = await unchanged.ask(entries)
        with pytest.raises(RolledBack):
            await asyncio.to_thread(write_backup, bureau, bureau.data_dir / "backup")
        with pytest.raises(RolledBack):
            await asyncio.to_thread(resume_bureau, bureau, "", "", print)
        assert await unchanged.ask(entries) == before
    assert not (bureau.data_dir / "backup").exists()
    assert [each.level for each in await findings(bureau)] == [Level.BROKEN, Level.BROKEN]
    assert all("louke resume --restored" in each.remedy for each in await findings(bureau))
    async with world(bureau) as stubborn:
        with pytest.raises(RolledBack, match="older than Temporal"):
            await refuse_outrun(stubborn.ctx.pool, stubborn.client, bureau.task_queue)
        # What such a database holds is attested by nobody.
        seals = get_heads_file(bureau.data_dir).read_bytes()
        await stubborn.ask("UPDATE chain SET sealed = 0")
        assert await stubborn.watch().get_duty(SealJournal).do() == 0
        assert get_heads_file(bureau.data_dir).read_bytes() == seals


async def test_a_database_that_was_put_back_before_a_quiet_stretch_is_refused_as_well(bureau: Settings) -> None:
    was = await lost(bureau, Database(bureau.owner_url))
    sealer = Sealer(get_heads_file(bureau.data_dir), load_signing_key(bureau.data_dir))
    for n in range(700):  # more than two days, in which nobody entered anything
        sealer.append([Head(f"ZJ20261129{n:012}", 1, f"{n:064x}")])
    with pytest.raises(RolledBack, match="louke resume --restored"):
        refuse_rolled_back(bureau.database_url, bureau.data_dir)
    assert [each.level for each in await findings(bureau)] == [Level.BROKEN, Level.BROKEN]
    async with world(bureau) as stubborn:
        await stubborn.ask("UPDATE chain SET sealed = 0")
        assert await stubborn.watch().get_duty(SealJournal).do() == 0
    await asyncio.to_thread(resume_bureau, bureau, "guanli", "切换到备库", lambda _: None)
    refuse_rolled_back(bureau.database_url, bureau.data_dir)
    async with sandbox() as outside, world(bureau) as after:
        people = await team(after, outside)
        assert await people.incident() not in was.numbers
        await after.watch().get_duty(SealJournal).do()
    assert verify(bureau).faults == []


async def test_canaries_alone_tell_that_a_database_was_put_back_and_those_summed_up_are_not_missed(bureau: Settings) -> None:
    database = Database(bureau.owner_url)
    async with world(bureau) as before:
        watch = before.watch()
        await watch.get_duty(ArmCanary).do()
        await before.ask("UPDATE rung SET at = at - interval '2 minutes', armed_at = armed_at - interval '2 minutes'")
        await watch.get_duty(RingDeadlines).do()
        await watch.get_duty(SealJournal).do()
        assert await sum_up(before.ctx.pool, datetime.now(UTC) + timedelta(days=8)) == 1
        refuse_rolled_back(bureau.database_url, bureau.data_dir)
        await watch.get_duty(SealJournal).do()
    await asyncio.to_thread(database.keep)
    async with world(bureau) as later:
        await later.watch().get_duty(ArmCanary).do()
        await later.watch().get_duty(SealJournal).do()
    refuse_rolled_back(bureau.database_url, bureau.data_dir)
    await asyncio.to_thread(database.put_back)
    with pytest.raises(RolledBack, match="ZJ"):
        refuse_rolled_back(bureau.database_url, bureau.data_dir)


async def test_once_it_was_declared_matters_go_on_where_the_database_has_them_and_verifying_knows(bureau: Settings) -> None:
    was = await lost(bureau, Database(bureau.owner_url))
    with pytest.raises(Refused, match="不是在职人员"):
        await asyncio.to_thread(resume_bureau, bureau, "nobody", "切换", print)
    came = await asyncio.to_thread(resume_bureau, bureau, "guanli", "主库损坏，切换到备库", lambda _: None)
    assert came is not None
    assert came.begun == came.owed > 0
    refuse_rolled_back(bureau.database_url, bureau.data_dir)
    async with sandbox() as outside, world(bureau) as after:
        await refuse_outrun(after.ctx.pool, after.client, bureau.task_queue)
        people = await team(after, outside)
        card = await people.officer.card(was.suspect)
        receipt = await people.officer.take(was.suspect, "interrogate", place="讯问室", companion="xuyating")
        assert receipt["seq"] == card["seq"] + 1
        assert (await people.officer.get(f"/api/matters/{was.case}")).status_code == 404
        ended = await after.client.get_workflow_handle(build_workflow_id(Kind.CRIMINAL_CASE, was.case)).describe()
        assert ended.status is WorkflowExecutionStatus.TERMINATED
        await people.suspect(await people.filed())
        assert {row.number for row in await after.ask(NUMBERS)} & was.numbers == set()
        await after.watch().get_duty(SealJournal).do()
        report = verify(bureau)
    assert report.faults == []
    assert report.void > 0
    assert "由guanli宣布数据库已恢复到此前的状态" in report.epochs[0]
    assert [each.level for each in await findings(bureau)] == [Level.WELL]


async def test_with_temporal_away_the_declaration_stands_and_the_next_start_brings_matters_back(
    bureau: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resuming, "_PATIENCE", timedelta(milliseconds=300))
    away = bureau.model_copy(update={"temporal_address": f"127.0.0.1:{find_free_port()}"})
    said: list[str] = []
    assert await asyncio.to_thread(resume_bureau, away, "guanli", "演练", said.append) is None
    assert "已宣布恢复" in said[0]
    assert (bureau.data_dir / RESUME).exists()
    assert [(each.level, each.remedy) for each in await findings(bureau)] == [(Level.BROKEN, "执行 louke resume")]
    await asyncio.to_thread(resume_bureau, bureau, "", "", said.append)
    assert not (bureau.data_dir / RESUME).exists()
    assert [each.level for each in await findings(bureau)] == [Level.WELL]


async def test_a_lost_seal_is_a_fault_where_no_restore_was_declared(bureau: Settings) -> None:
    await lost(bureau, Database(bureau.owner_url))
    assert verify(bureau).faults != []


async def test_with_temporals_store_lost_every_matter_that_is_not_over_comes_back_once(
    bureau: Settings, restless_address: str
) -> None:
    async with sandbox() as outside, world(bureau) as before:
        people = await team(before, outside)
        suspect = await people.suspect(await people.filed())
        helped = await people.incident()
        await people.officer.take(helped, "classify-incident", classification="help", reason="群众求助")
    empty = bureau.model_copy(update={"temporal_address": restless_address})
    async with sandbox() as outside, world(empty) as after:
        first = await resume(empty, after.client)
        open_ = (await after.ask("SELECT count(*) AS n FROM matter WHERE NOT final"))[0].n
        assert (first.ended, first.begun, first.owed) == (0, open_, open_)
        people = await team(after, outside)
        await people.approved(suspect, "execute-detention", place="派出所", grounds="正在实行犯罪")
        assert (await resume(empty, after.client)).begun == 0
