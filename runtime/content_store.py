"""Content store (内容库): files stored under their SM3 digest, so that none can be replaced unnoticed."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.hashes import SM3, Hash


class TooLarge(Exception):
    """More was handed over than may be kept."""


class ContentLost(Exception):
    """What was kept is not there, or is not what was kept."""


class Kept(NamedTuple):
    """What was kept: its SM3 digest in hexadecimal, and its size in bytes."""

    hash: str
    size: int


_ON_DISK = set[Path]()


class ContentStore:
    """Files below one folder, each at `ab/cdef…` by its digest; several processes may keep and read at once."""

    def __init__(self, folder: Path) -> None:
        """Keep them below that folder, which is made with the first."""
        self._folder = folder

    def keep(self, chunks: Iterable[bytes], most: int | None = None) -> Kept:
        """Keep what the chunks come to; once it returns the file is on the disk. TooLarge beyond `most` bytes, of which nothing stays."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        digest, size = Hash(SM3()), 0
        with tempfile.NamedTemporaryFile(dir=self._folder, delete=False) as file:
            try:
                for chunk in chunks:
                    size += len(chunk)
                    if most is not None and size > most:
                        raise TooLarge
                    digest.update(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
                hash_ = digest.finalize().hex()
                self._put(Path(file.name), self.get_path(hash_))
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
        return Kept(hash_, size)

    def get_path(self, hash_: str) -> Path:
        """Where what has this digest is, or would be."""
        return self._folder / hash_[:2] / hash_[2:]

    def read(self, hash_: str) -> bytes:
        """What was kept under this digest; ContentLost where it is gone or was altered."""
        try:
            data = self.get_path(hash_).read_bytes()
        except FileNotFoundError:
            raise ContentLost(hash_) from None
        if self.compute_digest([data]) != hash_:
            raise ContentLost(hash_)
        return data

    @staticmethod
    def compute_digest(chunks: Iterable[bytes]) -> str:
        """The digest under which what the chunks come to is kept."""
        digest = Hash(SM3())
        for chunk in chunks:
            digest.update(chunk)
        return digest.finalize().hex()

    def _put(self, file: Path, target: Path) -> None:
        is_new = not target.parent.exists()
        target.parent.mkdir(mode=0o700, exist_ok=True)
        file.replace(target)  # the same digest is the same content
        _sync(target.parent)
        # That the folder itself is on the disk we know once we have seen to it.
        if is_new or target.parent not in _ON_DISK:
            _sync(self._folder)
            _ON_DISK.add(target.parent)


def _sync(folder: Path) -> None:
    """Have what stands in a folder on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def get_content_store_folder(data_dir: Path) -> Path:
    """Where the documents of this installation are kept."""
    return data_dir / "documents"
