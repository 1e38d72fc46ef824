"""Seals: signed chain heads of the journal in a file outside the database, which prove that the database was not rewritten.

Each line is a seal: an instant, the heads (chain, position, hash) at that time, the hash of the line before, and an Ed25519 signature over
all of it. Editing, inserting, reordering or removing a line is noticed on reading. Removing whole lines from the end is not, since a
shorter file was once valid, nor is an incomplete last line, which a crash or a full disk leaves behind; but the database records which
heads were sealed, and misses them. Whoever needs more keeps the hash of the newest seal elsewhere, which is why `append` returns it to be
logged. A seal does not help against somebody who has the private key; the public key belongs with the auditor.
"""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SM3, Hash
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from runtime.encryption import keep_secret

_NOTHING_BEFORE = "0" * 64
# Read from the end in pieces of this size to find the last line; a seal of a busy quarter of an hour fits in one.
_TAIL = 64 * 1024


class Head(NamedTuple):
    """The head of a chain: its name, the position of its last entry, and that entry's hash in hexadecimal."""

    chain: str
    position: int
    hash: str


def is_of_journal(head: Head) -> bool:
    """Whether it is the head of a journal's chain, and not of a day of reading traces (`READ/2026-11-29`), whose retention is limited."""
    return not head.chain.startswith("READ/")


class Seal(NamedTuple):
    """A verified line: when it was signed, the heads that it attests, and its own hash."""

    at: datetime
    heads: tuple[Head, ...]
    hash: str


class SealBroken(ValueError):
    """The file of seals was altered; the message names the line and what is wrong with it."""


def hash_sm3(data: bytes) -> bytes:
    """The SM3 digest (GB/T 32905), 32 bytes."""
    digest = Hash(SM3())
    digest.update(data)
    return digest.finalize()


def load_signing_key(data_dir: Path) -> Ed25519PrivateKey:
    """The key of the data directory that signs heads, made at the first call."""
    key = load_pem_private_key(keep_secret(data_dir / "keys" / "heads.pem", _make_key), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{data_dir / 'keys' / 'heads.pem'} is not an Ed25519 key")
    return key


def get_heads_file(data_dir: Path) -> Path:
    """The file of seals of this installation."""
    return data_dir / "heads" / "heads.jsonl"


class Sealer:
    """Appends seals to a file; several processes may do so at once."""

    def __init__(self, path: Path, key: Ed25519PrivateKey) -> None:
        """Append to that file, which the first seal creates, signing with that key."""
        self.path = path
        self._key = key

    def append(self, heads: Iterable[Head]) -> str:
        """Seal those heads now, and return the seal's hash in hexadecimal; the seal is on the disk then."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self.path.open("a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            previous = _cut_to_last_line(file)
            seal = {
                "at": datetime.now(UTC).isoformat(),
                "heads": [list(head) for head in heads],
                "previous": hash_sm3(previous).hex() if previous else _NOTHING_BEFORE,
            }
            line = _format_canonical({**seal, "signature": self._key.sign(_format_canonical(seal)).hex()})
            file.write(line + b"\n")
            file.flush()
            os.fsync(file.fileno())
        return hash_sm3(line).hex()


def read(path: Path, key: Ed25519PublicKey) -> Iterator[Seal]:
    """The seals of a file, oldest first, each verified; SealBroken at the first that is not valid."""
    if not path.exists():
        raise SealBroken(f"there is no file of seals at {path}")
    with path.open("rb") as file:
        yield from check_lines(file, key)


def is_torn(path: Path) -> bool:
    """Whether the last line is incomplete: the machine stopped, or the disk was full, while it was written; the next seal replaces it."""
    if not path.exists():
        return False
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        if end:
            file.seek(end - 1)
        return bool(end) and file.read(1) != b"\n"


def check_lines(lines: Iterable[bytes], key: Ed25519PublicKey) -> Iterator[Seal]:
    """As `read`, of given lines. An incomplete last line is ignored: it was never acknowledged."""
    previous = _NOTHING_BEFORE
    for number, line in enumerate(lines, start=1):
        if not line.endswith(b"\n"):
            return
        seal = _check_line(number, line, previous, key)
        previous = seal.hash
        yield seal


def find_newest(path: Path) -> Seal | None:
    """The last complete seal of a file, not verified; None where there is none."""
    return next(read_backwards(path), None)


def read_backwards(path: Path) -> Iterator[Seal]:
    """The complete seals of a file, newest first and read lazily, not verified.

    ValueError, KeyError or TypeError where a line is no seal.
    """
    if not path.exists():
        return
    with path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        end = file.seek(0, os.SEEK_END)
        fcntl.flock(file, fcntl.LOCK_UN)  # what was written whole stays as it is, whoever appends meanwhile
        for line in _read_lines_backwards(file, end):
            yield _seal(line)[0]


def _read_lines_backwards(file: BinaryIO, end: int) -> Iterator[bytes]:
    """The complete lines before `end`, the last one first, without line ends."""
    first, is_whole = b"", False
    while end:
        start = max(0, end - _TAIL)
        file.seek(start)
        first, *lines = (file.read(end - start) + first).split(b"\n")
        if lines and not is_whole:
            is_whole = True
            lines.pop()  # what stands behind the last line end was not finished
        yield from reversed(lines)
        end = start
    if is_whole:
        yield first


def _seal(line: bytes) -> tuple[Seal, dict[str, Any], bytes]:
    """The seal in a line, the signed fields, and the signature; ValueError and the like where it is no seal."""
    fields: dict[str, Any] = json.loads(line)
    signature = bytes.fromhex(fields.pop("signature"))
    return (
        Seal(datetime.fromisoformat(fields["at"]), tuple(Head(*head) for head in fields["heads"]), hash_sm3(line).hex()),
        fields,
        signature,
    )


def _check_line(number: int, line: bytes, previous: str, key: Ed25519PublicKey) -> Seal:
    line = line[:-1]
    try:
        seal, fields, signature = _seal(line)
        follows = fields["previous"]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise SealBroken(f"line {number} is not a seal") from None
    if follows != previous:
        raise SealBroken(f"line {number} does not follow line {number - 1}: lines were removed, inserted, exchanged or altered")
    try:
        key.verify(signature, _format_canonical(fields))
    except InvalidSignature:
        raise SealBroken(
            f"line {number} does not bear the signature of this key: it was altered, or signed by somebody else"
        ) from None
    return seal


def _cut_to_last_line(file: BinaryIO) -> bytes:
    """The last complete line; an incomplete one after it is cut off, since it was never acknowledged."""
    line, whole = _find_last_whole_line(file)
    if whole < file.seek(0, os.SEEK_END):
        file.truncate(whole)
    return line


def _find_last_whole_line(file: BinaryIO) -> tuple[bytes, int]:
    """The last complete line, and the offset of its end."""
    tail, end = _read_tail(file)
    whole = tail[: tail.rfind(b"\n") + 1]
    return whole.rstrip(b"\n").rpartition(b"\n")[2], end - len(tail) + len(whole)


def _read_tail(file: BinaryIO) -> tuple[bytes, int]:
    """The end of a file, long enough for one complete line where there is one; and the length of the file."""
    end = file.seek(0, os.SEEK_END)
    tail, start = b"", end
    # Two line ends enclose the last whole line.
    while start and tail.count(b"\n") < 2:
        start = max(0, start - _TAIL)
        file.seek(start)
        tail = file.read(end - start)
    return tail, end


def _format_canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _make_key() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
