"""A production PostgreSQL that archives its log is brought back to an instant, and the bureau goes on from there."""

import asyncio
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from operations.doctor import Level, run_checks
from operations.resume import resume_bureau
from operations.verify import verify
from runtime.rollback_detection import RolledBack, refuse_rolled_back
from runtime.settings import Settings
from tests.operations.clusters import Server, put_beside
from tests.replay.lives import team
from tests.sandbox import sandbox
from tests.world import World, found, people, running, world
from watchdog.duties.seal_journal import SealJournal

JOURNAL = "SELECT chain, position, hash FROM entry WHERE chain <> 'BUREAU'"
NUMBERS = "SELECT number FROM matter UNION SELECT number FROM delivery"
# As docs/restore.md has them; the archive lies beside the data, which the server knows by no path of ours.
ARCHIVING = {"archive_mode": "on", "archive_command": "test ! -f ../archive/%f && cp %p ../archive/%f"}
# What the doctor has to say of a bureau that came back, where nothing of ours keeps running.
CHECKED = ("数据库", "恢复", "日志封存", "承诺事项", "日志与流程", "事项与流程")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A PostgreSQL that archives."""
    one = Server(tmp_path / "primary", **ARCHIVING)
    (one.home / "archive").mkdir(mode=0o700)
    one.hand_over(one.home / "archive")
    with one.running():
        one.migrate()
        yield one


@dataclass
class Day:
    """What was there at the instant to which one goes back, and what came after."""

    suspect: str
    journal: set[Any]
    at: datetime
    lost_case: str
    lost: set[str]


async def a_day(bureau: World, server: Server, base: Path) -> Day:
    """Before the base backup, after it, and after the instant something is done; the seals know all of it."""
    async with sandbox() as outside:
        people = await team(bureau, outside)
        case = await people.filed()
        await bureau.watch().get_duty(SealJournal).do()
        await asyncio.to_thread(
            server.program,
            "pg_basebackup",
            "--checkpoint=fast",
            "--wal-method=stream",
            f"--dbname={server.url}",
            f"--pgdata={base}",
        )
        suspect = await people.suspect(case)
        await people.approved(suspect, "execute-detention", place="派出所", grounds="正在实行犯罪")
        await bureau.watch().get_duty(SealJournal).do()
        journal = await bureau.ask(JOURNAL)
        # Afterwards: what inspections open meanwhile is of before the instant, too.
        ((at,),) = await bureau.ask("SELECT clock_timestamp() AS at")
        before = {row.number for row in await bureau.ask(NUMBERS)}
        await people.officer.take(suspect, "interrogate", place="讯问室", companion="xuyating")
        lost_case = await people.filed()
        await people.suspect(lost_case)
        await bureau.watch().get_duty(SealJournal).do()
        lost = {row.number for row in await bureau.ask(NUMBERS)} - before
    return Day(suspect, set(journal), at, lost_case, lost)


def brought_back(server: Server, base: Path, at: datetime, home: Path) -> Server:
    """The archive's server at that instant, as docs/restore.md has it; what it was made of is gone."""
    put_beside(home, base, server.home / "password")
    (server.home / "archive").rename(home / "archive")
    shutil.rmtree(server.home)
    (home / "data" / "recovery.signal").touch()
    recovery = {
        "restore_command": "cp ../archive/%f %p",
        "recovery_target_time": at.isoformat(),
        "recovery_target_action": "promote",
    }
    again = Server(home, **ARCHIVING, **recovery)
    again.hand_over(home)
    return again


async def test_a_bureau_is_brought_back_to_an_instant_declared_and_goes_on_and_the_verification_and_the_doctor_agree(
    server: Server, temporal_address: str, tmp_path: Path
) -> None:
    settings = found(people(server.url), temporal_address, tmp_path / "home")
    base = tmp_path / "base"
    async with world(settings) as bureau:
        day = await a_day(bureau, server, base)
    server.ask("SELECT pg_switch_wal()")
    server.until(
        "SELECT last_archived_wal IS NOT NULL AND pg_walfile_name(pg_current_wal_lsn()) > last_archived_wal FROM pg_stat_archiver"
    )
    server.until("SELECT count(*) = 0 FROM pg_ls_archive_statusdir() WHERE name ~ '[.]ready$'")
    again = brought_back(server, base, day.at, tmp_path / "again")
    with again.running():
        again.until("SELECT NOT pg_is_in_recovery()")
        after = settings.model_copy(update={"database_url": running(again.url), "owner_database_url": again.url})
        with pytest.raises(RolledBack, match="louke resume --restored"):
            refuse_rolled_back(after.database_url, after.data_dir)
        came = await asyncio.to_thread(resume_bureau, after, "guanli", f"主库损坏，恢复到{day.at:%H:%M:%S}", lambda _: None)
        assert came is not None
        refuse_rolled_back(after.database_url, after.data_dir)
        await goes_on(after, day)


async def goes_on(after: Settings, day: Day) -> None:
    """What was recorded by the instant is there, entry for entry, and nothing of what came after; the day's work goes on."""
    async with sandbox() as outside, world(after) as bureau:
        people = await team(bureau, outside)
        kept = set(await bureau.ask(JOURNAL))
        assert day.journal <= kept
        assert (await people.officer.get(f"/api/matters/{day.lost_case}")).status_code == 404
        card = await people.officer.card(day.suspect)
        assert card["stage"] == "detained"
        receipt = await people.officer.take(day.suspect, "interrogate", place="讯问室", companion="xuyating")
        assert receipt["seq"] == card["seq"] + 1
        await people.suspect(await people.filed())
        assert {row.number for row in await bureau.ask(NUMBERS)} & day.lost == set()
        await bureau.watch().get_duty(SealJournal).do()
        report = verify(after)
        assert report.faults == []
        assert "由guanli宣布数据库已恢复到此前的状态" in report.epochs[0]
        found_ = {each.check: each async for each in run_checks(after)}
        assert {check: found_[check].level for check in CHECKED} == dict.fromkeys(CHECKED, Level.WELL), found_
