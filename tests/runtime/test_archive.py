"""What is put into an archive comes out as it was, or not at all."""

import io
import os
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runtime.archive import ArchiveKey, ArchiveWriter, NotAnArchive, make_key, open_archive

KEY = ArchiveKey(bytes(range(32)))
# More than two pieces, and nothing in it that could be compressed away.
LARGE = os.urandom(2_500_000)


def written(data: bytes, key: ArchiveKey = KEY, backup: str = "b1", name: str = "database") -> bytes:
    file = io.BytesIO()
    with ArchiveWriter(file, key, backup, name) as writer:
        for start in range(0, len(data), 70_000):
            writer.write(data[start : start + 70_000])
    return file.getvalue()


def read(archive: bytes, key: ArchiveKey = KEY, backup: str = "b1", name: str = "database") -> bytes:
    return open_archive(io.BytesIO(archive), key, backup, name).read()


@pytest.mark.parametrize("data", [b"", b"x", b"louke" * 100_000, LARGE], ids=["nothing", "a byte", "much alike", "several pieces"])
def test_what_was_written_is_read(data: bytes) -> None:
    assert read(written(data)) == data


def test_nothing_of_it_can_be_read_without_the_key() -> None:
    assert b"citizen" not in written(b"citizen number " * 10)
    with pytest.raises(NotAnArchive):
        read(written(LARGE), ArchiveKey.parse(make_key().decode()))


@pytest.mark.parametrize("where", [{"backup": "b2"}, {"name": "files"}])
def test_a_file_of_another_backup_or_of_another_name_is_not_taken_for_it(where: dict[str, Any]) -> None:
    with pytest.raises(NotAnArchive):
        read(written(LARGE), **where)


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, 10**9), cut=st.booleans())
def test_whatever_byte_is_altered_or_cut_off_at_is_noticed(at: int, cut: bool) -> None:
    archive = bytearray(written(LARGE[:1_200_000]))
    at %= len(archive)
    if cut:
        del archive[at:]
    else:
        archive[at] ^= 1
    with pytest.raises(NotAnArchive):
        read(bytes(archive))


def test_cut_between_two_pieces_it_is_not_taken_for_whole() -> None:
    archive = written(LARGE)
    first = 32 + 4 + int.from_bytes(archive[32:36], "big")
    with pytest.raises(NotAnArchive):
        read(archive[:first])


def test_a_writer_that_fails_leaves_nothing_that_reads_as_whole() -> None:
    file = io.BytesIO()
    with pytest.raises(OSError), ArchiveWriter(file, KEY, "b1", "database") as writer:
        writer.write(LARGE)
        raise OSError
    with pytest.raises(NotAnArchive):
        read(file.getvalue())
    assert read(written(b"")) == b""


@pytest.mark.parametrize("text", ["", "abc", "ä", "4zWZM4GHD3J+9xYQ7hgL"])
def test_a_key_that_is_none_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(ValueError, match="key of backups") as refused:
        ArchiveKey.parse(text)
    assert not text or text not in str(refused.value)
