"""Archives: files of a backup, compressed and encrypted piece by piece, so that they are written and read as a stream of any length.

Each file has a key of its own, derived from the backup's key; each piece is bound to the backup, the file's name, its place in it, and
whether it is the last. What was altered, cut short, exchanged with another file or put together of two backups is found out on reading.
"""

import hashlib
import hmac
import io
import os
import struct
import zlib
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from types import TracebackType
from typing import IO, BinaryIO, Self, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_MAGIC = b"LOUKE-ARCHIVE-1\n"
_SALT_BYTES, _TAG_BYTES = 16, 16
KEY_BYTES = 32
# A piece is held in memory whole; its length goes before it.
_PIECE = 1024 * 1024
_LENGTH = struct.Struct(">I")
# The quickest level: a dump shrinks to a fifth at it, and to a sixth at the slowest.
_COMPRESSION_LEVEL = 1


class NotAnArchive(ValueError):
    """What was read is not what was written, or was written under another key; the message says which."""


class ArchiveKey:
    """The key of backups: 32 random bytes, kept apart from what they protect."""

    def __init__(self, key: bytes) -> None:
        """Take those bytes; ValueError where they are not 32."""
        if len(key) != KEY_BYTES:
            raise ValueError(f"the key of backups has {len(key)} bytes instead of {KEY_BYTES}")
        self._key = key
        # What may be said of it in the open, so that a wrong key is told from a spoilt backup.
        self.id = self.derive_key(b"id", b"")[:8].hex()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read it from base64; ValueError without repeating it."""
        try:
            return cls(b64decode(text.strip().encode(), validate=True))
        except NotBase64:
            raise ValueError("the key of backups is not base64") from None

    def derive_key(self, purpose: bytes, salt: bytes) -> bytes:
        """The key for one purpose."""
        return HKDF(SHA256(), KEY_BYTES, salt or None, b"louke backup " + purpose).derive(self._key)

    def attest(self, content: bytes) -> str:
        """What only who has the key can say of these bytes, in hexadecimal."""
        return hmac.new(self.derive_key(b"manifest", b""), content, hashlib.sha256).hexdigest()


def make_key() -> bytes:
    """A new key in base64, as it is kept."""
    return b64encode(os.urandom(KEY_BYTES)) + b"\n"


class _Pieces:
    """How the pieces of one file are sealed and opened."""

    def __init__(self, key: ArchiveKey, backup: str, name: str, salt: bytes) -> None:
        self._cipher = AESGCM(key.derive_key(b"file", salt))
        self._bound = f"{backup}\n{name}".encode()
        self._count = 0

    def _build_nonce(self, last: bool) -> bytes:
        self._count += 1
        return self._count.to_bytes(11, "big") + bytes([last])

    def seal(self, piece: bytes, last: bool) -> bytes:
        """The next piece, as it is written."""
        return self._cipher.encrypt(self._build_nonce(last), piece, self._bound)

    def open(self, piece: bytes, last: bool) -> bytes:
        """The next piece, as it was; InvalidTag where it is not the next, or not as it was."""
        return self._cipher.decrypt(self._build_nonce(last), piece, self._bound)


class ArchiveWriter(io.RawIOBase):
    """Writes one file of a backup; what is not closed properly reads as cut short."""

    def __init__(self, file: IO[bytes], key: ArchiveKey, backup: str, name: str) -> None:
        """Write to that file what is `name` in the backup of that id."""
        salt = os.urandom(_SALT_BYTES)
        self._file, self._pieces = file, _Pieces(key, backup, name, salt)
        self._compressor, self._held = zlib.compressobj(_COMPRESSION_LEVEL), bytearray()
        file.write(_MAGIC + salt)

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: object) -> int:
        """Take these bytes; pieces that are full are written."""
        given = bytes(memoryview(data))  # type: ignore[arg-type] - whatever is like bytes
        self._held += self._compressor.compress(given)
        while len(self._held) > _PIECE:
            self._put(bytes(self._held[:_PIECE]), last=False)
            del self._held[:_PIECE]
        return len(given)

    def finish(self) -> None:
        """Write what is held as the last pieces."""
        self._held += self._compressor.flush()
        while len(self._held) > _PIECE:
            self._put(bytes(self._held[:_PIECE]), last=False)
            del self._held[:_PIECE]
        self._put(bytes(self._held), last=True)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Finish what went well; what did not stays unfinished."""
        if kind is None:
            self.finish()
        self.close()

    def _put(self, piece: bytes, *, last: bool) -> None:
        sealed = self._pieces.seal(piece, last)
        self._file.write(_LENGTH.pack(len(sealed)) + sealed)


class ArchiveReader(io.RawIOBase):
    """Reads one file of a backup; NotAnArchive as soon as it is not as it was written."""

    def __init__(self, file: IO[bytes], key: ArchiveKey, backup: str, name: str) -> None:
        """Read from that file what is `name` in the backup of that id."""
        head = file.read(len(_MAGIC) + _SALT_BYTES)
        if not head.startswith(_MAGIC) or len(head) < len(_MAGIC) + _SALT_BYTES:
            raise NotAnArchive(f"{name} is not a file of a backup")
        self._file, self._name = file, name
        self._pieces = _Pieces(key, backup, name, head[len(_MAGIC) :])
        self._inflater, self._held, self._over = zlib.decompressobj(), b"", False
        self._next = self._read_sealed()

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill the buffer with what comes next; 0 at the end, which is known to be the true one."""
        room = memoryview(buffer)  # type: ignore[arg-type] - whatever can be written into
        while not self._held:
            if self._over:
                return 0
            self._held = self._read_piece()
        given, self._held = self._held[: len(room)], self._held[len(room) :]
        room[: len(given)] = given
        return len(given)

    def _read_piece(self) -> bytes:
        piece, self._next = self._next, self._read_sealed()
        self._over = not self._next
        try:
            plain = self._pieces.open(piece, self._over)
        except InvalidTag:
            raise NotAnArchive(f"{self._name} is not as it was written: altered, cut short, or of another backup or key") from None
        swollen = self._inflater.decompress(plain)
        return swollen + self._inflater.flush() if self._over else swollen

    def _read_sealed(self) -> bytes:
        head = self._file.read(_LENGTH.size)
        if not head:
            return b""
        length = _LENGTH.unpack(head)[0] if len(head) == _LENGTH.size else 0
        sealed = self._file.read(length) if _TAG_BYTES <= length <= _PIECE + _TAG_BYTES else b""
        if not sealed or len(sealed) < length:
            raise NotAnArchive(f"{self._name} is cut short")
        return sealed


def open_archive(file: IO[bytes], key: ArchiveKey, backup: str, name: str) -> BinaryIO:
    """The same, for whoever wants to read by any number of bytes."""
    return cast("BinaryIO", io.BufferedReader(ArchiveReader(file, key, backup, name), _PIECE))
