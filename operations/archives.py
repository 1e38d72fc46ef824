"""The layout of a backup: a folder with the database, the files, and a manifest that is written last and makes it complete.

The manifest is readable; without the key nobody can read the other two, or alter any of the three unnoticed. Temporal's store is not in it:
`louke resume` restores the workflows from the journal.
"""

import json
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import Conninfo

from models.journal import format_canonical
from runtime.archive import ArchiveKey, NotAnArchive, make_key, open_archive
from runtime.encryption import keep_secret
from runtime.settings import Settings

MANIFEST, DATABASE, FILES = "manifest.json", "database", "files"
_FORMAT = 1
_READ_AT_ONCE = 1024 * 1024
# What of the data directory is kept: everything that is no engine's own and cannot be made again. The key of backups is not, for what
# opens a box does not belong into it.
KEPT = ("keys", "seeded", "heads", "documents")
KEY = Path("keys") / "backup"
# How PostgreSQL's programs are told what our address says, all of it, so that no password is in the list of processes.
_VARIABLES = {each.keyword.decode(): each.envvar.decode() for each in Conninfo.get_defaults() if each.envvar}


class Refused(Exception):
    """Why a backup or restore was not begun or not finished, in words for whoever typed the command."""


class Manifest(NamedTuple):
    """The manifest of a backup: its id, its instant, the revision of its database, PostgreSQL's major release, sizes and counts."""

    id: str
    taken_at: datetime
    revision: str
    postgres: int
    newest_seal: str
    serial: int
    sizes: Mapping[str, int]
    counts: Mapping[str, int]


def load_backup_key(settings: Settings, file: Path | None, *, make: bool = False) -> ArchiveKey:
    """The key of backups: from that file, the settings or the data directory, where one is made if asked for."""
    path = settings.data_dir / KEY
    given = settings.backup_key.get_secret_value()
    try:
        if file:
            return ArchiveKey.parse(file.read_text())
        if given:
            return ArchiveKey.parse(given)
        if make:
            return ArchiveKey.parse(keep_secret(path, make_key).decode())
        return ArchiveKey.parse(path.read_text())
    except FileNotFoundError as error:
        raise Refused(f"备份密钥不在{error.filename}：以 --key 指明密钥文件，或者设置 LOUKE_BACKUP_KEY") from None
    except (ValueError, OSError) as error:
        raise Refused(f"备份密钥不能用：{error}") from None


def write_manifest(folder: Path, key: ArchiveKey, manifest: Manifest) -> None:
    """Write the manifest, which completes the backup."""
    fields = {"format": _FORMAT, "key": key.id, **manifest._asdict(), "taken_at": manifest.taken_at.isoformat()}
    draft = folder / f"{MANIFEST}.new"
    with draft.open("w") as file:
        os.fchmod(file.fileno(), 0o600)
        json.dump({**fields, "attested": key.attest(format_canonical(fields).encode())}, file, ensure_ascii=False, indent=2)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    draft.rename(folder / MANIFEST)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_manifest(folder: Path, key: ArchiveKey) -> Manifest:
    """The manifest of a backup; Refused where it is none, is of another format or key, or was altered."""
    try:
        fields: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
        attested, form, key_id = fields.pop("attested"), fields["format"], fields["key"]
    except OSError:
        raise Refused(f"{folder}中没有完整的备份（没有{MANIFEST}）") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refused(f"{folder / MANIFEST}不是备份清单") from None
    if form != _FORMAT:
        raise Refused(f"备份的格式为{form}，此程序只认{_FORMAT}：请用作此备份时的程序恢复")
    if key_id != key.id:
        raise Refused(f"密钥不对：备份以密钥{key_id}加密，所给的是{key.id}")
    if attested != key.attest(format_canonical(fields).encode()):
        raise Refused(f"{folder / MANIFEST}被改动过，不能作为依据")
    fields["taken_at"] = datetime.fromisoformat(fields["taken_at"])
    return Manifest(*(fields[name] for name in Manifest._fields))


@contextmanager
def open_member(folder: Path, key: ArchiveKey, manifest: Manifest, name: str) -> Iterator[BinaryIO]:
    """A decrypted file of the backup; Refused where it was altered."""
    try:
        with (folder / name).open("rb") as file:
            if os.fstat(file.fileno()).st_size != manifest.sizes[name]:
                raise NotAnArchive(f"{name} has another size than its manifest says")
            with open_archive(file, key, manifest.id, name) as plain:
                yield plain
    except (NotAnArchive, tarfile.TarError, OSError) as error:
        raise Refused(f"备份中的{name}不能用：{error}") from None


def read_members(files: BinaryIO) -> Iterator[tuple[str, BinaryIO]]:
    """The stored files by their paths in the data directory; Refused for a path outside it."""
    with tarfile.open(fileobj=files, mode="r|") as tar:
        for member in tar:
            parts = Path(member.name).parts
            content = tar.extractfile(member) if member.isreg() else None
            if content is None or parts[0] not in KEPT or ".." in parts:
                raise Refused(f"备份中有不该有的文件：{member.name}")
            yield member.name, content  # type: ignore[misc] - what the library calls bytes to read
        while files.read(_READ_AT_ONCE):  # what stands behind the last file belongs to what was encrypted
            pass


def feed_program(command: list[str | Path], plain: BinaryIO, url: str = "") -> None:
    """Run a PostgreSQL program with that input; Refused with its error message."""
    with tempfile.TemporaryFile() as complained:  # it may be more than a pipe holds
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=complained, env=build_environment(url)
        ) as process:
            assert process.stdin is not None
            try:
                with suppress(BrokenPipeError):  # it has ended, and says why
                    while piece := plain.read(_READ_AT_ONCE):
                        process.stdin.write(piece)
                    process.stdin.close()
            except BaseException:
                process.kill()
                raise
        if process.returncode:
            complained.seek(0)
            raise Refused(f"{Path(command[0]).name}失败：{complained.read().decode(errors='replace').strip()[-400:]}")


def build_environment(url: str) -> dict[str, str]:
    """The environment for PostgreSQL's programs to connect to that database."""
    variables = {_VARIABLES[name]: str(value) for name, value in conninfo_to_dict(url).items() if name in _VARIABLES}
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | variables
