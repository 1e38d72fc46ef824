"""What is lost can be restored: a bureau is kept while it works, loses everything, and goes on elsewhere as if nothing had been after that."""

import asyncio
import base64
import json
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.sql import SQL, Identifier
from pydantic import SecretStr

from models.store.epochs import parse_serial
from operations import restore as restoring
from operations.archives import DATABASE, FILES, MANIFEST, Refused
from operations.backup import write_backup
from operations.postgres_for_command import keep_postgres
from operations.restore import restore
from operations.resume import resume
from operations.verify import verify
from runtime.content_store import ContentStore, get_content_store_folder
from runtime.embedded.lock import hold_data_dir
from runtime.embedded.process import CannotStart
from runtime.seals import get_heads_file
from runtime.settings import Settings
from tests.api.accounts import own, sign_in
from tests.forks import Command
from tests.replay.lives import Team, team
from tests.sandbox import Sandbox, sandbox
from tests.scenarios.passing import eventually
from tests.world import World, found, world
from watchdog.duties.seal_journal import SealJournal

KEY = SecretStr(base64.b64encode(bytes(range(32))).decode())
ELSEWHERE = SecretStr(base64.b64encode(bytes(32)).decode())


@pytest.fixture
def bureau(peopled: str, temporal_address: str, tmp_path: Path) -> Settings:
    """The invented county, its backups under a key that is not kept with it."""
    return found(peopled, temporal_address, tmp_path / "home").model_copy(update={"backup_key": KEY})


@pytest.fixture
def elsewhere(restless_address: str, tmp_path: Path) -> Settings:
    """An empty place, and a Temporal that knows nothing of this bureau."""
    return Settings(
        temporal_address=restless_address,
        data_dir=tmp_path / "elsewhere",
        backup_key=KEY,
        task_queue=f"louke-{tmp_path.name}",
        demo=True,
    )


async def kept_in(settings: Settings, folder: Path) -> Any:
    return await asyncio.to_thread(write_backup, settings, folder)


async def numbers(world: World) -> set[str]:
    return {row.number for row in await world.ask("SELECT number FROM matter UNION SELECT number FROM delivery")}


async def detained(people: Team) -> tuple[str, str]:
    """A case, and its suspect, of whose detention the custody centre is told."""
    case = await people.filed()
    suspect = await people.suspect(case)
    await people.approved(suspect, "execute-detention", place="派出所", grounds="正在实行犯罪")
    return case, suspect


async def a_day(world: World, outside: Sandbox) -> tuple[Team, str]:
    people = await team(world, outside)
    _, suspect = await detained(people)
    scan = {"title": "扭送经过", "place": "statements"}
    file = {"file": ("a.pdf", b"%PDF-1.4\n%%EOF", "application/pdf")}
    answer = await people.officer.http.post(f"/api/matters/{suspect}/dossier", data=scan, files=file)
    assert answer.status_code == 201, answer.text
    await world.watch().get_duty(SealJournal).do()
    return people, suspect


@dataclass
class Lost:
    """What a bureau that is gone had: the journal and the numbers as the backup must have them; of the time after it a case, numbers, messages."""

    suspect: str
    journal: list[Any]
    known: set[str]
    case: str
    numbers: set[str]
    told: set[str]
    sheet: Any


async def sheet_of(people: Team) -> Any:
    """The month of the station as it is assessed, without the instant at which it was reckoned."""
    told = await people.chief.read("/api/assessment/sheet", unit="chengguan")
    return {name: value for name, value in told.items() if name != "at"}


async def lost(settings: Settings, outside: Sandbox, folder: Path) -> Lost:
    """A bureau keeps itself in that folder, and works on for a while; that is lost, though systems outside were told of it."""
    async with world(settings) as before:
        people, suspect = await a_day(before, outside)
        await own(before, "hejingyuan")
        journal = await before.ask("SELECT chain, position, hash FROM entry WHERE chain <> 'BUREAU'")
        known, sheet = await numbers(before), await sheet_of(people)
        assert (await kept_in(settings, folder)).counts["documents"] == 1
        case, _ = await detained(people)
        await people.incident()
        await before.watch().get_duty(SealJournal).do()
        told = {message["id"] for message in outside.received("custody-centre")}
        return Lost(suspect, journal, known, case, await numbers(before) - known, told, sheet)


async def test_a_bureau_that_lost_everything_goes_on_elsewhere_from_its_backup(
    bureau: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    async with sandbox() as outside:
        partners = {"partners": outside.settings}
        was = await lost(bureau.model_copy(update=partners), outside, tmp_path / "backup")
        restored = await asyncio.to_thread(restore, elsewhere, tmp_path / "backup")
        assert restored.report.faults == []
        assert [each.startswith("第1次恢复") and restored.manifest.id in each for each in restored.report.epochs] == [True]
        with keep_postgres(elsewhere) as there:
            async with world(there.model_copy(update=partners)) as after:
                came = await resume(after.settings, after.client)
                assert (came.ended, came.begun) == (0, came.owed)
                assert set(was.journal) <= set(await after.ask("SELECT chain, position, hash FROM entry WHERE chain <> 'BUREAU'"))
                await goes_on(after, outside, was, restored.first_serial)
                # The secret that goes into passwords was kept with the other keys.
                assert (await sign_in(after, "hejingyuan")).status_code == 200
                await after.watch().get_duty(SealJournal).do()
                assert verify(after.settings).faults == []


async def goes_on(after: World, outside: Sandbox, was: Lost, first_serial: int) -> None:
    """What was kept can be worked on; of what was lost nothing is there, and no number of it is given out again, here or outside."""
    people = await team(after, outside)
    assert await sheet_of(people) == was.sheet
    card = await people.officer.card(was.suspect)
    assert card["stage"] == "detained"
    assert (await people.officer.get(f"/api/matters/{was.case}")).status_code == 404
    receipt = await people.officer.take(was.suspect, "interrogate", place="讯问室", companion="xuyating")
    assert receipt["seq"] == card["seq"] + 1
    fresh_case, fresh = await detained(people)
    issued = await numbers(after) - was.known
    assert {fresh_case, fresh} <= issued
    assert issued & was.numbers == set()
    assert min(parse_serial(number) for number in issued) >= first_serial

    # The custody centre is told under an id that it has never seen, hence takes it for no repeat.
    async def heard() -> set[str]:
        return {message["id"] for message in outside.received("custody-centre")} - was.told

    assert await eventually(heard) <= issued


async def test_a_restored_bureau_starts_only_where_nothing_is(bureau: Settings, elsewhere: Settings, tmp_path: Path) -> None:
    async with world(bureau, working=False) as before:
        await kept_in(before.settings, tmp_path / "backup")
        with pytest.raises(Refused, match="不是空目录"):
            await kept_in(before.settings, tmp_path / "backup")
        with pytest.raises(Refused, match="不是空的"):
            restore(before.settings, tmp_path / "backup")
        with pytest.raises(Refused, match="数据库不是空的"):
            restore(elsewhere.model_copy(update={"database_url": bureau.database_url}), tmp_path / "backup")
    other = elsewhere.model_copy(update={"data_dir": tmp_path / "running"})
    with hold_data_dir(other.data_dir), pytest.raises(CannotStart, match="already running"):
        restore(other, tmp_path / "backup")


@pytest.fixture
def empty(postgres_url: str) -> Iterator[str]:
    """A database in which nothing is."""
    name = f"empty_{uuid.uuid4().hex}"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        yield f"{postgres_url.rpartition('/')[0]}/{name}"
        connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


async def test_a_bureau_is_restored_into_a_database_that_is_named_without_the_line_of_a_seal_that_a_crash_cut_off(
    bureau: Settings, elsewhere: Settings, empty: str, tmp_path: Path
) -> None:
    async with sandbox() as outside, world(bureau) as before:
        people = await team(before, outside)
        await people.incident()
        await before.watch().get_duty(SealJournal).do()
        await people.incident()
        with get_heads_file(bureau.data_dir).open("ab") as file:
            file.write(b'{"at": "2026-11-')
        manifest = await kept_in(bureau, tmp_path / "backup")
    assert not any((elsewhere.data_dir / name).exists() for name in ("keys", "heads"))
    restored = await asyncio.to_thread(
        restore, elsewhere.model_copy(update={"database_url": empty}), tmp_path / "backup", None, "演练"
    )
    assert restored.report.faults == []
    assert restored.report.newest == manifest.newest_seal
    assert restored.report.entries == manifest.counts["entries"] + 1
    assert restored.report.epochs[0].endswith("理由：演练")
    assert not (elsewhere.data_dir / "postgres").exists()


async def test_nothing_of_ours_touches_a_database_into_which_a_restore_was_broken_off(
    bureau: Settings, elsewhere: Settings, empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sandbox() as outside, world(bureau) as before:
        await (await team(before, outside)).incident()
        await before.watch().get_duty(SealJournal).do()
        await kept_in(bureau, tmp_path / "backup")

    def breaks_off(*_: object) -> None:
        raise Refused("the power was cut")

    given = elsewhere.model_copy(update={"database_url": f"{empty}?application_name=/a/path"})
    with monkeypatch.context() as cut:
        cut.setattr(restoring, "_unpack", breaks_off)
        with pytest.raises(Refused, match="the power was cut"):
            await asyncio.to_thread(restore, given, tmp_path / "backup")
    with psycopg.connect(empty) as connection:
        entries = connection.execute("SELECT count(*) FROM entry").fetchone()
    fresh = tmp_path / "fresh"
    environment = os.environ | {"LOUKE_DATA_DIR": str(fresh), "LOUKE_DATABASE_URL": empty, "LOUKE_PORT": "0"}
    commands = {name: [name] for name in ("api", "worker", "watch", "migrate", "resume")} | {
        "backup": ["backup", str(tmp_path / "b2")]
    }
    running = {name: Command(words, environment) for name, words in commands.items()}
    for name, command in running.items():
        status, said = await asyncio.to_thread(command.ended)
        assert (name, status, "恢复没有完成" in said, "Traceback" in said) == (name, 1, True, False), said
    assert not fresh.exists()
    with psycopg.connect(empty) as connection:
        assert connection.execute("SELECT count(*) FROM entry").fetchone() == entries
    with pytest.raises(Refused, match="没有完成的恢复"):
        restore(given.model_copy(update={"data_dir": tmp_path / "third"}), tmp_path / "backup")


async def test_a_data_directory_that_is_another_databases_is_not_kept_with_it(bureau: Settings, tmp_path: Path) -> None:
    async with sandbox() as outside, world(bureau) as before:
        await (await team(before, outside)).incident()
        await before.watch().get_duty(SealJournal).do()
    with pytest.raises(Refused, match="没有日志的封存"):
        await kept_in(bureau.model_copy(update={"data_dir": tmp_path / "other"}), tmp_path / "backup")
    assert not (tmp_path / "backup").exists()
    assert not (tmp_path / "other").exists()


async def test_what_was_spoilt_before_it_was_kept_is_told_and_kept_as_it_is(bureau: Settings, tmp_path: Path) -> None:
    contents = ContentStore(get_content_store_folder(bureau.data_dir))
    rotten = contents.get_path(contents.keep([b"a scan"]).hash)
    rotten.write_bytes(b"a stain")
    said: list[str] = []
    manifest = await asyncio.to_thread(write_backup, bureau, tmp_path / "backup", None, said.append)
    assert manifest.counts["documents"] == 1
    assert [each for each in said if each.startswith("!") and "与其摘要不符" in each] != []


def test_commands_that_cannot_be_carried_out_say_why_in_words(tmp_path: Path) -> None:
    environment = os.environ | {"LOUKE_DATA_DIR": str(tmp_path / "nothing"), "LOUKE_BACKUP_KEY": KEY.get_secret_value()}
    for command, why in (("restore", "没有完整的备份"), ("backup", "No PostgreSQL answers")):
        status, said = Command([command, str(tmp_path / "folder")], environment).ended()
        assert (status, why in said, "Traceback" in said) == (1, True, False), said


@pytest.mark.parametrize("spoilt", [MANIFEST, DATABASE, FILES])
async def test_a_backup_that_was_altered_is_refused_before_anything_is_restored(
    bureau: Settings, elsewhere: Settings, tmp_path: Path, spoilt: str
) -> None:
    await kept_in(bureau, tmp_path / "backup")
    file = tmp_path / "backup" / spoilt
    data = bytearray(file.read_bytes())
    at = data.index(b'"matters": ') + 11 if spoilt == MANIFEST else len(data) // 2
    data[at] ^= 1
    file.write_bytes(data)
    with pytest.raises(Refused):
        restore(elsewhere, tmp_path / "backup")
    assert not elsewhere.data_dir.exists()


async def test_a_wrong_key_and_a_folder_that_is_no_backup_are_told_apart(
    bureau: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    manifest = await kept_in(bureau, tmp_path / "backup")
    with pytest.raises(Refused, match="密钥不对"):
        restore(elsewhere.model_copy(update={"backup_key": ELSEWHERE}), tmp_path / "backup")
    with pytest.raises(Refused, match="备份密钥不在"):
        restore(elsewhere.model_copy(update={"backup_key": SecretStr("")}), tmp_path / "backup")
    with pytest.raises(Refused, match="没有完整的备份"):
        restore(elsewhere, tmp_path)
    said = json.loads((tmp_path / "backup" / MANIFEST).read_text())
    assert said["id"] == manifest.id
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "backup").iterdir()} == {0}
