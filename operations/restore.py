"""`louke restore`: restore a backup into an empty place, and begin a new epoch.

Nothing that exists is overwritten. Workflows are not restored: `louke resume`, which the next start runs by itself, brings them back from
the journal.
"""

import asyncio
import getpass
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import LiteralString, NamedTuple

from alembic.script import ScriptDirectory
from psycopg.conninfo import conninfo_to_dict

from activities.recording.epochs import begin_epoch
from models.store.connection import Query, read_one
from models.store.restoring import MARK, UNMARK
from operations.archives import (
    DATABASE,
    FILES,
    KEY,
    Manifest,
    Refused,
    feed_program,
    load_backup_key,
    open_member,
    read_manifest,
    read_members,
)
from operations.backup import check
from operations.engine_addresses import fill_engine_settings
from operations.postgres_for_command import keep_postgres
from runtime.archive import ArchiveKey
from runtime.database import connect, open_pool
from runtime.embedded.binaries import find_program
from runtime.embedded.lock import hold_data_dir
from runtime.embedded.marks import RESTORING, RESUME
from runtime.rollback_detection import is_half_restored
from runtime.settings import Settings
from verification.rules.report_words import Report
from verification.verification import verify

_ROOT = Path(__file__).parent.parent
# What may lie in an empty place: the key that opens the backup, and what holding the place leaves.
_EMPTY = frozenset({"keys", "lock"})
_MAJOR = Query[int]("SELECT current_setting('server_version_num')::int / 10000")
TABLES = Query[int]("SELECT count(*) AS tables FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")


class Restored(NamedTuple):
    """What was restored, the first number of its epoch, and the result of a verification."""

    manifest: Manifest
    first_serial: int
    report: Report


def restore(
    settings: Settings, folder: Path, key_file: Path | None = None, reason: str = "", say: Callable[[str], object] = lambda _: None
) -> Restored:
    """Restore that backup into the data directory and database of the settings, both empty. Refused, or CannotStart."""
    key = load_backup_key(settings, key_file)
    manifest = read_manifest(folder, key)
    _check_known(manifest)
    home = settings.data_dir
    _check_empty(home)
    say("核对备份……")
    check(folder, key, manifest)
    with hold_data_dir(home):
        (home / RESTORING).touch()
        with _prepare_database(settings, say) as there:
            _execute(there, MARK)
            say("恢复数据库……")
            _load(there, folder, key, manifest)
            say("恢复密钥、封存和文件……")
            _unpack(home, folder, key, manifest)
            first = asyncio.run(_begin(there.owner_url, manifest, reason))
            say("核对日志……")
            report = verify(there)
            (home / RESUME).touch()
            _execute(there, UNMARK)
        (home / RESTORING).unlink()
    return Restored(manifest, first, report)


def _check_known(manifest: Manifest) -> None:
    """Refused for a backup by a release that this one does not know."""
    known = {script.revision for script in ScriptDirectory(str(_ROOT / "migrations")).walk_revisions()}
    if manifest.revision not in known:
        raise Refused(f"备份的库结构{manifest.revision}比此程序新：请用作此备份时的程序或者更新的程序恢复")


def _check_empty(home: Path) -> None:
    if home.exists():
        there = {path.name for path in home.iterdir() if not path.is_dir() or any(path.iterdir())} - _EMPTY
        there |= {f"keys/{path.name}" for path in (home / "keys").glob("*") if path.name != KEY.name}
        if there:
            raise Refused(f"{home}不是空的（有{'、'.join(sorted(there)[:5])}）：只恢复到空的地方，以 LOUKE_DATA_DIR 另指一处")


@contextmanager
def _prepare_database(settings: Settings, say: Callable[[str], object]) -> Iterator[Settings]:
    """The empty database to restore into: the given one, or a new cluster."""
    if not settings.database_url:
        with keep_postgres(settings, say) as started:
            yield started
        return
    if is_half_restored(settings.owner_url):
        raise Refused("LOUKE_DATABASE_URL 所指的数据库中有一次没有完成的恢复：删除并另建该数据库，重新恢复")
    with connect(settings.owner_url, "restore") as connection:
        if read_one(connection, TABLES):
            raise Refused("LOUKE_DATABASE_URL 所指的数据库不是空的：只恢复到空的数据库")
    yield fill_engine_settings(settings)


def _load(there: Settings, folder: Path, key: ArchiveKey, manifest: Manifest) -> None:
    with connect(there.owner_url, "restore") as connection:
        major = read_one(connection, _MAJOR)
    command = [find_program("pg_restore", max(manifest.postgres, major)), "--exit-on-error", "--single-transaction", "--no-owner"]
    name = conninfo_to_dict(there.owner_url)
    command += ["--no-privileges", f"--dbname={name.get('dbname') or name.get('user') or ''}"]
    with open_member(folder, key, manifest, DATABASE) as plain:
        feed_program(command, plain, there.owner_url)
    environment = os.environ | {"LOUKE_DATABASE_URL": there.database_url, "LOUKE_OWNER_DATABASE_URL": there.owner_url}
    migrate = subprocess.run(
        [sys.executable, "-m", "cli", "migrate", "--restoring"], cwd=_ROOT, env=environment, check=False, capture_output=True
    )
    if migrate.returncode:
        raise Refused(f"库结构不能更新：{migrate.stderr.decode(errors='replace').strip()[-400:]}")
    with connect(there.owner_url, "restore") as connection:
        connection.execute("ANALYZE")


def _execute(there: Settings, statement: LiteralString) -> None:
    with connect(there.owner_url, "restore") as connection:
        connection.execute(statement)


def _unpack(home: Path, folder: Path, key: ArchiveKey, manifest: Manifest) -> None:
    with open_member(folder, key, manifest, FILES) as plain:
        for name, content in read_members(plain):
            target = home / name
            for parent in reversed(target.relative_to(home).parents):
                (home / parent).mkdir(mode=0o700, exist_ok=True)  # `parents` would make those above readable to all
            with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                shutil.copyfileobj(content, file)
                file.flush()
                os.fsync(file.fileno())


async def _begin(url: str, manifest: Manifest, reason: str) -> int:
    content = {
        "backup": manifest.id,
        "as_of": manifest.taken_at,
        "reason": reason or "恢复备份",
        "kept_seal": manifest.newest_seal,
        "last_seal": manifest.newest_seal,
        "account": getpass.getuser(),
    }
    pool = await open_pool(url, 1, "restore")
    try:
        async with pool.connection() as connection:
            return await begin_epoch(connection, datetime.now(UTC), None, content, [manifest.serial])
    finally:
        await pool.close()
