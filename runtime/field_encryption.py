"""Encryption of single fields (密级字段): a key for each matter, wrapped by the key ring, without which nobody reads them any more."""

import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SM3
from cryptography.hazmat.primitives.hmac import HMAC

from runtime.encryption import KeyRing, Unreadable

_KEY_BYTES, _NONCE_BYTES = 32, 12


def make_wrapped_key(ring: KeyRing, holder: str) -> bytes:
    """A new key of that holder, wrapped under the ring's first key."""
    return ring.encrypt(secrets.token_bytes(_KEY_BYTES), _describe(holder))


def unwrap_key(ring: KeyRing, holder: str, key_id: str, wrapped: bytes) -> bytes:
    """The key of that holder; Unreadable: the ring does not open it."""
    return ring.decrypt(key_id, wrapped, _describe(holder))


def rewrap_key(ring: KeyRing, holder: str, key_id: str, wrapped: bytes) -> bytes:
    """The same key, wrapped under the ring's first key; Unreadable: the ring does not open it."""
    return ring.encrypt(unwrap_key(ring, holder, key_id, wrapped), _describe(holder))


def seal_field(key: bytes, plain: str, place: str) -> str:
    """A value encrypted for that place alone, in the alphabet of addresses: at another it opens as nothing."""
    nonce = os.urandom(_NONCE_BYTES)
    return urlsafe_b64encode(nonce + AESGCMSIV(key).encrypt(nonce, plain.encode(), place.encode())).decode().rstrip("=")


def open_field(key: bytes, sealed: str, place: str) -> str:
    """The value of that place; Unreadable where it was altered, or stood at another."""
    raw = urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
    try:
        return AESGCMSIV(key).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], place.encode()).decode()
    except (InvalidTag, ValueError):
        raise Unreadable("this key does not open this field: it was altered, or is of another place") from None


def make_code() -> str:
    """A code by which people speak of a value that they do not see: it says nothing of it."""
    return secrets.token_hex(2).upper()


def hash_keyed(key: bytes, text: str) -> str:
    """The keyed SM3 hash of a text: whoever lacks the key cannot try what it might have been."""
    mac = HMAC(key, SM3())
    mac.update(text.encode())
    return mac.finalize().hex()


def _describe(holder: str) -> str:
    return f"veil:{holder}"
