"""The second factor (动态口令): a password of the moment, from a secret that a device holds as well (TOTP, RFC 6238)."""

import time

from pyotp import random_base32
from pyotp.totp import TOTP

from runtime.encryption import KeyRing

# One step of thirty seconds before and after: clocks of telephones differ, and people type slowly.
_STEP_S = 30
_AROUND = (0, -1, 1)


def make_secret() -> str:
    """A new secret of 160 bits, in the base32 that devices read."""
    return random_base32()


def seal_secret(ring: KeyRing, username: str, secret: str) -> bytes:
    """The secret of somebody's device as it is to be stored, under the first key: theirs, and nobody else's."""
    return ring.encrypt(secret.encode(), _build_context(username))


def open_secret(ring: KeyRing, username: str, key_id: str, stored: bytes) -> str:
    """The secret of somebody's device; Unreadable where what is stored was not sealed for them, or its key is missing."""
    return ring.decrypt(key_id, stored, _build_context(username)).decode()


def _build_context(username: str) -> str:
    return f"second-factor/{username}"


def build_address(secret: str, username: str, issuer: str = "漏刻 Louke") -> str:
    """What a device reads from a picture: `otpauth://…`."""
    return TOTP(secret).provisioning_uri(name=username, issuer_name=issuer)


def find_step(secret: str, code: str, now: float | None = None) -> int | None:
    """The step of time whose password this is, if it is that of now or of a neighbouring step; None where it is not."""
    totp, current = TOTP(secret), int(time.time() if now is None else now) // _STEP_S
    typed = code.replace(" ", "")
    if not (typed.isascii() and typed.isdigit()):
        return None
    return next((step for step in (current + each for each in _AROUND) if totp.verify(typed, for_time=step * _STEP_S)), None)
