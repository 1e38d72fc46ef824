"""Disk space: how much is free where our data are kept, and when the reserve is reached so that only reading goes on.

PostgreSQL goes on reading when its disk is full, but not when it can no longer write its log ahead. What is written for people therefore
stops a little earlier, at the reserve: what is left is for the guards, who go on ringing and sealing, and for PostgreSQL itself.
"""

import errno
import os
import shutil
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

# Below this a person has days and not hours.
LOW_BYTES = 2 * 1024**3
# As much as one step writes, everything taken together.
_TRIED_BYTES = 64 * 1024
# A quota, or a limit on the size of files, leaves no room either, though the disk has some.
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Room(StrEnum):
    """How much room there is."""

    ENOUGH = "enough"
    LOW = "low"
    NONE = "none"


class Disk(NamedTuple):
    """How much room there is where we keep our data: in words, and the bytes that are free."""

    room: Room
    free: int
    place: Path


def measure_disk(data_dir: Path, reserve_mb: int) -> Disk:
    """The disk that the data are on, or will be; without room where less than the reserve is left, or nothing can be written."""
    place = next(path for path in (data_dir.resolve(), *data_dir.resolve().parents) if path.exists())
    free = shutil.disk_usage(place).free
    if free < reserve_mb * 2**20 or (data_dir.exists() and not _takes(data_dir)):
        return Disk(Room.NONE, free, place)
    return Disk(Room.LOW if free < LOW_BYTES else Room.ENOUGH, free, place)


def _takes(folder: Path) -> bool:
    """Whether a file can be written there; who may not write there at all cannot tell, and takes it for well."""
    tried = folder / f".room-{os.getpid()}"
    try:
        with tried.open("wb", buffering=0) as file:
            written = file.write(bytes(_TRIED_BYTES))
        return written == _TRIED_BYTES
    except OSError as error:
        return error.errno not in _NO_ROOM
    finally:
        with suppress(OSError):
            tried.unlink(missing_ok=True)


def encrypted(place: Path, known: Path = Path("/sys/dev/block")) -> bool | None:
    """Whether what is written there is encrypted by this machine (dm-crypt, as of LUKS); None: it cannot be seen.

    What encrypts below or beside it (a disk that does so by itself, storage of a cloud, ZFS, a container's host) is not seen from here.
    """
    there = place.stat().st_dev
    device = known / f"{os.major(there)}:{os.minor(there)}"
    return True if device.exists() and _is_encrypted(device) else None


def _is_encrypted(device: Path) -> bool:
    """Whether a block device is one of dm-crypt, or stands on nothing else."""
    mapped = device / "dm" / "uuid"
    if mapped.exists() and mapped.read_text().startswith("CRYPT-"):
        return True
    below = list((device / "slaves").glob("*"))
    return bool(below) and all(map(_is_encrypted, below))
