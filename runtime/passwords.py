"""Passwords: argon2 off the event loop under a secret that the database lacks, for one person each."""

import asyncio
import hmac
from base64 import b64encode
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from functools import cache, partial
from typing import Final, TypeVar

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pwdlib import PasswordHash

from runtime.encryption import load_keys
from runtime.logging import log
from runtime.settings import Settings

Result = TypeVar("Result")

# Argon2 takes some 0.2 s of a core and 64 MB each; two at a time leave the machine to those who are already signed in.
_THREADS = ThreadPoolExecutor(2, thread_name_prefix="passwords")
_ARGON2 = PasswordHash.recommended()

# One for everybody of the demonstration and printed at every start, so that no one mistakes it for a secret. Elsewhere it opens nothing.
DEMO_PASSWORD: Final = "louke-demo"


class Fault(StrEnum):
    """Why what is stored as somebody's password opens nothing; the word that the log says of it."""

    UNBOUND = "password.unbound"
    """Nobody who has a secret says whose it is."""
    UNREADABLE = "password.unreadable"
    """One of its secrets is not here."""
    FOREIGN = "password.foreign"
    """It was made for somebody else, or altered."""


class Passwords:
    """Hashes passwords for one person each under the first of several secrets, and verifies under all.

    `id:mac:id:$argon2id$…` is stored: by which secret who has it says, in the MAC, that the rest is this person's, and which secret went
    into the hash. A hash of before there were secrets names none, and is bound as it is. What is not bound opens nothing: whoever may
    write in the database could have put it there.
    """

    def __init__(self, keys: Iterable[tuple[str, bytes]]) -> None:
        """Raise ValueError when there is no secret, or an id comes twice."""
        pairs = list(keys)
        self._keys = dict(pairs)
        if not pairs or len(self._keys) < len(pairs):
            raise ValueError("passwords need at least one secret, and each secret an id of its own")
        self._first = pairs[0][0]
        # Apart from what goes into hashes, so that nothing of one tells of the other.
        self._binding = {key_id: HKDF(SHA256(), 32, None, b"whose a hash is").derive(key) for key_id, key in pairs}

    async def hash(self, username: str, password: str) -> str:
        """The argon2id hash of somebody's password, with its own salt and parameters, as it is to be stored."""
        mixed = _mix_password(self._keys[self._first], password)
        return self.bind_hash(username, f"{self._first}:{await _run_in_thread(partial(_ARGON2.hash, mixed))}")

    async def verify(self, username: str, password: str, stored: str | None) -> bool:
        """Whether the password is this person's; for an unknown user (None) never, nor by another's hash, but after the same work."""
        return await _run_in_thread(partial(self._verify, username, password, stored))

    def bind_hash(self, username: str, hashed: str) -> str:
        """A hash as it is to be stored: this person's, and nobody else's."""
        return f"{self._first}:{self._compute_mac(self._first, username, hashed)}:{hashed}"

    def is_current(self, stored: str) -> bool:
        """Whether a new hash would be made under the same secret."""
        bound_by, _, hashed = _split_stored(stored)
        return bound_by == get_key_id(hashed) == self._first

    def find_fault(self, username: str, stored: str) -> Fault | None:
        """Why what is stored for this person opens nothing, whatever the password."""
        bound_by, mac, hashed = _split_stored(stored)
        key_id = get_key_id(hashed)
        if not bound_by:
            return Fault.UNBOUND
        if bound_by not in self._keys or (key_id and key_id not in self._keys):
            return Fault.UNREADABLE
        theirs = hmac.compare_digest(self._compute_mac(bound_by, username, hashed).encode(), mac.encode())
        return None if theirs else Fault.FOREIGN

    def _verify(self, username: str, password: str, stored: str | None) -> bool:
        fault = self.find_fault(username, stored) if stored else None
        if fault:
            log.error(fault.value)
        if not stored or fault:
            _ARGON2.verify(password, _hash_for_nobody(_ARGON2))
            return False
        hashed = _split_stored(stored)[2]
        key_id = get_key_id(hashed)
        return _ARGON2.verify(
            _mix_password(self._keys[key_id], password) if key_id else password, hashed.removeprefix(f"{key_id}:")
        )

    def _compute_mac(self, key_id: str, username: str, hashed: str) -> str:
        # No user name has a NUL in it: no two people and hashes read the same.
        return hmac.digest(self._binding[key_id], f"{username}\0{hashed}".encode(), "sha256").hex()


def load_passwords(settings: Settings) -> Passwords:
    """Under the secrets of the settings; without any there, under one kept in the data directory, made at the first call."""
    return Passwords(load_keys(settings.password_keys, settings.data_dir / "keys" / "passwords"))


def get_key_id(hashed: str) -> str:
    """The id of the secret that went into a hash; empty: none did."""
    return "" if hashed.startswith("$") else hashed.partition(":")[0]


def list_secret_ids(stored: str) -> set[str]:
    """The ids of the secrets by which what is stored is bound to its person, and which went into the hash."""
    bound_by, _, hashed = _split_stored(stored)
    return {bound_by, get_key_id(hashed)} - {""}


def _split_stored(stored: str) -> tuple[str, str, str]:
    """By which secret, and how, what is stored is bound to its person, and the hash; the first two empty where it is not."""
    bound_by, _, rest = stored.partition(":")
    mac, colon, hashed = rest.partition(":")
    return (bound_by, mac, hashed) if colon else ("", "", stored)


async def _run_in_thread(work: Callable[[], Result]) -> Result:
    return await asyncio.get_running_loop().run_in_executor(_THREADS, work)


def _mix_password(key: bytes, password: str) -> str:
    return b64encode(hmac.digest(key, password.encode(), "sha256")).decode()


@cache
def _hash_for_nobody(hasher: PasswordHash) -> str:
    return hasher.hash("")
