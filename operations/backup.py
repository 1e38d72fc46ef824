"""`louke backup`: a consistent, encrypted copy of everything that cannot be made again, verified by reading it back.

The seals are locked while the database's snapshot is taken, so that no seal attests what the snapshot lacks, and none is missing that it
relies on. Files are written before an entry refers to them and never change, so copying them later loses none.
"""

import asyncio
import fcntl
import getpass
import os
import secrets
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from psycopg import IsolationLevel

from activities.recording.epochs import journal_upkeep
from models.store.connection import Query, read_one
from models.store.epochs import LAST_SERIAL, MAKE_BACKUP
from operations.archives import (
    DATABASE,
    FILES,
    KEPT,
    KEY,
    Manifest,
    Refused,
    build_environment,
    feed_program,
    load_backup_key,
    open_member,
    read_members,
    write_manifest,
)
from operations.postgres_for_command import run_postgres
from runtime.archive import ArchiveKey, ArchiveWriter
from runtime.content_store import ContentStore, get_content_store_folder
from runtime.database import connect, open_pool
from runtime.embedded.binaries import find_program
from runtime.rollback_detection import refuse_rolled_back
from runtime.seals import Seal, SealBroken, check_lines, find_newest, get_heads_file
from runtime.settings import Settings


class Stands(NamedTuple):
    """The state of the database: its revision, the release of PostgreSQL, and its counts."""

    revision: str
    postgres: int
    matters: int
    open: int
    entries: int


STANDS = Query[Stands]("""
SELECT (SELECT version_num FROM alembic_version) AS revision, current_setting('server_version_num')::int / 10000 AS postgres,
       (SELECT count(*) FROM matter) AS matters, (SELECT count(*) FROM matter WHERE NOT final) AS open, (SELECT count(*) FROM entry) AS entries
""")
_SNAPSHOT = Query[str]("SELECT pg_export_snapshot()")
IS_SEALED = Query[bool]("SELECT EXISTS (SELECT FROM chain WHERE sealed > 0) AS sealed")
_COPIED_AT_ONCE = 1024 * 1024


class Instant(NamedTuple):
    """The instant of a backup: the database's snapshot, how much of the seals belongs to it, and its state."""

    at: datetime
    snapshot: str
    seals: int
    newest_seal: str
    serial: int
    stands: Any


def write_backup(
    settings: Settings, folder: Path, key_file: Path | None = None, say: Callable[[str], object] = lambda _: None
) -> Manifest:
    """Back the bureau up into that folder, which is created or was empty; returns the manifest. Refused, RolledBack or CannotStart."""
    if folder.exists() and any(folder.iterdir()):
        raise Refused(f"{folder}不是空目录：每次备份各用一个目录")
    with run_postgres(settings, say) as there:
        refuse_rolled_back(there.database_url, there.data_dir)
        _check_place(there)
        key = load_backup_key(settings, key_file, make=True)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            manifest = _write_backup(there, folder, key, say)
            say("核对所写的备份……")
            for fault in check(folder, key, manifest):
                say(f"! {fault}")
        except BaseException:
            for name in (DATABASE, FILES):
                (folder / name).unlink(missing_ok=True)
            raise
        write_manifest(folder, key, manifest)
        asyncio.run(_journal_backup(there.database_url, manifest))
    return manifest


def _write_backup(there: Settings, folder: Path, key: ArchiveKey, say: Callable[[str], object]) -> Manifest:
    with _hold_instant(there) as instant:
        id_ = f"{instant.at:%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"
        say("备份数据库……")
        with _archive(folder, key, id_, DATABASE) as archive:
            _dump(there.owner_url, instant, archive)
        say("备份密钥、封存和文件……")
        with _archive(folder, key, id_, FILES) as archive:
            documents = _pack(there.data_dir, instant, archive)
    stands = instant.stands
    return Manifest(
        id_,
        instant.at,
        stands.revision,
        stands.postgres,
        instant.newest_seal,
        instant.serial,
        {name: (folder / name).stat().st_size for name in (DATABASE, FILES)},
        {"matters": stands.matters, "open": stands.open, "entries": stands.entries, "documents": documents},
    )


@contextmanager
def _hold_instant(there: Settings) -> Iterator[Instant]:
    """A snapshot at which the database and its seals agree, held until the block ends."""
    seals = get_heads_file(there.data_dir)
    with connect(there.owner_url, "backup") as connection:
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        with connection.transaction():
            with _lock_seals(seals) as size:
                at = datetime.now(UTC)
                snapshot = read_one(connection, _SNAPSHOT)
                seal = _find_newest(seals) if size else None
            serial, stands = read_one(connection, LAST_SERIAL), read_one(connection, STANDS)
            yield Instant(at, snapshot, size, seal.hash if seal else "", serial, stands)


def _check_place(there: Settings) -> None:
    """Refused where the data directory does not belong to this database."""
    with connect(there.database_url, "backup") as connection:
        sealed = read_one(connection, IS_SEALED)
    if sealed and not get_heads_file(there.data_dir).exists():
        raise Refused(f"{there.data_dir}中没有日志的封存：LOUKE_DATA_DIR 不是此数据库的数据目录")


def _find_newest(seals: Path) -> Seal | None:
    try:
        return find_newest(seals)
    except (ValueError, KeyError, TypeError):
        return None  # spoilt: it is kept as it is, and told of


@contextmanager
def _lock_seals(seals: Path) -> Iterator[int]:
    """Keep others from appending seals until the block ends; gives how many bytes of the file are complete seals."""
    if not seals.exists():
        yield 0
        return
    with seals.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield _end_of_last_line(file)


def _end_of_last_line(file: BinaryIO) -> int:
    """The offset of the end of the last complete line."""
    end = file.seek(0, os.SEEK_END)
    while end:
        start = max(0, end - _COPIED_AT_ONCE)
        file.seek(start)
        found = file.read(end - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0


@contextmanager
def _archive(folder: Path, key: ArchiveKey, id_: str, name: str) -> Iterator[ArchiveWriter]:
    """A file of the backup, which is on the disk once the block has ended without error."""
    with os.fdopen(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        with ArchiveWriter(file, key, id_, name) as archive:
            yield archive
        file.flush()
        os.fsync(file.fileno())


def _dump(url: str, instant: Instant, archive: ArchiveWriter) -> None:
    command = [find_program("pg_dump", instant.stands.postgres), "--format=custom", "--compress=0", "--no-owner", "--no-privileges"]
    command += [f"--snapshot={instant.snapshot}"]
    # What it complains of may be more than a pipe holds.
    with tempfile.TemporaryFile() as complained:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=complained, env=build_environment(url)) as process:
            assert process.stdout is not None
            while piece := process.stdout.read(_COPIED_AT_ONCE):
                archive.write(piece)
        if process.returncode:
            complained.seek(0)
            raise Refused(f"pg_dump失败：{complained.read().decode(errors='replace').strip()[-400:]}")


def _pack(data_dir: Path, instant: Instant, archive: ArchiveWriter) -> int:
    """Store the files of the data directory; returns how many documents."""
    documents = 0
    with tarfile.open(fileobj=archive, mode="w|") as tar:
        for path in _list_files_to_keep(data_dir):
            with path.open("rb") as file:
                member = tar.gettarinfo(arcname=str(path.relative_to(data_dir)), fileobj=file)
                if path == get_heads_file(data_dir):
                    member.size = instant.seals
                tar.addfile(member, file)
            documents += path.is_relative_to(get_content_store_folder(data_dir))
    return documents


def _list_files_to_keep(data_dir: Path) -> Iterator[Path]:
    """The files to store, keys before what they encrypt."""
    for name in KEPT:
        place = data_dir / name
        found = sorted(path for path in place.rglob("*") if path.is_file()) if place.is_dir() else [place] if place.exists() else []
        # What is only being written into the folder of documents lies beside those that are whole.
        yield from (path for path in found if path != data_dir / KEY and (name != "documents" or path.parent != place))


def check(folder: Path, key: ArchiveKey, manifest: Manifest) -> list[str]:
    """Read a backup from end to end: Refused unless it is unaltered and the database can be restored from it.

    Files that were damaged before the backup are reported, and are no fault of it.
    """
    with open_member(folder, key, manifest, DATABASE) as plain:
        feed_program([find_program("pg_restore", manifest.postgres), "--file=/dev/null"], plain)
    signing, faults = b"", list[str]()
    with open_member(folder, key, manifest, FILES) as plain:
        for name, content in read_members(plain):
            place = Path(name)
            if name == "keys/heads.pem":
                signing = content.read()
            elif place.parts[0] == "heads" and signing:
                faults += _check_seals(content, signing, manifest)
            elif place.parts[0] == "documents":
                faults += _check_document(place, content)
    return faults


def _check_seals(content: BinaryIO, signing: bytes, manifest: Manifest) -> Iterator[str]:
    last, key = "", load_pem_private_key(signing, password=None)
    try:
        for seal in check_lines(content, cast("Ed25519PrivateKey", key).public_key()):
            last = seal.hash
    except SealBroken as broken:
        yield f"封存文件在备份之前已不可信（{broken}），请执行 louke verify 查明"
        return
    if last != manifest.newest_seal:
        raise Refused("备份中的封存文件与清单不符")


def _check_document(place: Path, content: BinaryIO) -> Iterator[str]:
    named = "".join(place.parts[1:])
    if ContentStore.compute_digest(iter(lambda: content.read(_COPIED_AT_ONCE), b"")) != named:
        yield f"文件{named}在备份之前已与其摘要不符，请执行 louke verify 查明"


async def _journal_backup(url: str, manifest: Manifest) -> None:
    """Journal the backup in the bureau's chain, where the health checks look for the last one."""
    pool = await open_pool(url, 1, "backup")
    try:
        async with pool.connection() as connection:
            content = {
                "backup": manifest.id,
                "as_of": manifest.taken_at,
                "newest_seal": manifest.newest_seal,
                "account": getpass.getuser(),
            }
            await journal_upkeep(connection, MAKE_BACKUP, content, datetime.now(UTC))
    finally:
        await pool.close()
