"""Encryption: the ring of keys under which everything that Temporal stores is unreadable to whoever reads Temporal's database."""

import os
import secrets
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Iterable
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from pydantic import SecretStr

from runtime.settings import Settings

# AES-GCM in its SIV form (RFC 8452). Plain GCM with random nonces wants a new key every 2^32 messages, which a busy bureau sends within a
# month; SIV does not mind, at 3.8 µs instead of 1.2 µs per KB. SM4-GCM has plain GCM's limit and costs 20 µs per KB, as no processor of
# ours helps it. A payload names its cipher in its encoding, so that another can stand beside this one.
CIPHER = "aes-256-gcm-siv"

_KEY_BYTES, _NONCE_BYTES = 32, 12


class Unreadable(ValueError):
    """Something encrypted that these keys do not open: an unknown key id, or bytes that are not what was encrypted."""


class KeyRing:
    """Keys by id: the first encrypts, all decrypt; so a key is rotated by putting a new one in front and keeping the old one."""

    def __init__(self, keys: Iterable[tuple[str, bytes]]) -> None:
        """Raise ValueError when there is no key, an id comes twice, or a key has not 32 bytes."""
        pairs = list(keys)
        self._ciphers = {key_id: AESGCMSIV(_of_right_length(key_id, key)) for key_id, key in pairs}
        if not pairs or len(self._ciphers) < len(pairs):
            raise ValueError("a key ring needs at least one key, and each key an id of its own")
        self.key_id = pairs[0][0]

    @classmethod
    def parse(cls, text: str) -> "KeyRing":
        """Read `id:base64key,id:base64key`; ValueError says which entry is wrong without repeating a key."""
        return cls(parse_keys(text))

    @property
    def key_ids(self) -> list[str]:
        """Every key's id, first that of the key which encrypts."""
        return list(self._ciphers)

    def encrypt(self, plain: bytes, what: str = "") -> bytes:
        """Encrypt under the first key: the nonce, then the ciphertext with its tag, which also binds the key's id, and what it is."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._ciphers[self.key_id].encrypt(nonce, plain, _describe_beside(self.key_id, what))

    def decrypt(self, key_id: str, sealed: bytes, what: str = "") -> bytes:
        """Decrypt what was encrypted under that key as that; Unreadable: the key is missing, or the bytes are not those encrypted."""
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise Unreadable(f"encrypted under the key {key_id!r}, but the ring has only {', '.join(self._ciphers)}")
        try:
            return cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _describe_beside(key_id, what))
        except (InvalidTag, ValueError):
            raise Unreadable(f"the key {key_id!r} does not open this: it was altered, or another key bears this id") from None


def load_key_ring(settings: Settings) -> KeyRing:
    """The ring from the settings; without one there, the ring kept in the data directory, made at the first call."""
    return KeyRing(load_keys(settings.payload_keys, settings.data_dir / "keys" / "payloads"))


def load_keys(given: SecretStr, file: Path) -> list[tuple[str, bytes]]:
    """The keys of a setting with their ids; without one there, those kept in that file, made at the first call."""
    return parse_keys(given.get_secret_value() or keep_secret(file, _make_ring).decode())


def parse_keys(text: str) -> list[tuple[str, bytes]]:
    """Read `id:base64key,id:base64key`; ValueError says which entry is wrong without repeating a key."""
    return [_parse_entry(number, entry) for number, entry in enumerate(text.split(","), start=1)]


def keep_secret(path: Path, make: Callable[[], bytes]) -> bytes:
    """The secret kept in that file (mode 0600), made if there is none; of processes that start together all get the same one."""
    if not path.exists():
        for folder in reversed((path.parent, *path.parent.parents)):  # mkdir gives its mode to the last alone
            folder.mkdir(mode=0o700, exist_ok=True)
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)  # unlike a rename, fails when another process was first
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    if path.stat().st_mode & 0o007:
        raise PermissionError(f"{path} can be read by every user of this machine; run: chmod 600 {path}")
    return path.read_bytes()


def _describe_beside(key_id: str, what: str) -> bytes:
    # No id has a colon in it: no two read the same.
    return f"{key_id}:{what}".encode() if what else key_id.encode()


def _make_ring() -> bytes:
    return f"{secrets.token_hex(4)}:{b64encode(secrets.token_bytes(_KEY_BYTES)).decode()}".encode()


def _parse_entry(number: int, entry: str) -> tuple[str, bytes]:
    key_id, colon, key = entry.strip().partition(":")
    try:
        if key_id and colon:
            return key_id, b64decode(key, validate=True)
    except NotBase64:
        pass
    raise ValueError(f"entry {number} of the keys is not id:base64key")


def _of_right_length(key_id: str, key: bytes) -> bytes:
    if len(key) != _KEY_BYTES:
        raise ValueError(f"the key {key_id!r} has {len(key)} bytes instead of {_KEY_BYTES}")
    return key
