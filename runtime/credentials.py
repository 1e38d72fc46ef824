"""The form of every secret that the settings know: what is not of its form, or too short to be one, keeps the process from starting.

What is wrong is said by the name of the setting, never by its value.
"""

import re
from base64 import b64decode
from binascii import Error as NotBase64
from typing import Annotated

from pydantic import AfterValidator, SecretStr

_WEBHOOK = "whsec_"
# As the Standard Webhooks want it.
_WEBHOOK_BYTES = range(24, 65)
# RFC 7518 wants at least as many secret bytes as the digest has; as many characters of base64 or hexadecimal are never fewer.
_TOKEN_CHARACTERS = 32
_CLIENT_CHARACTERS = 24
# Thirty-two times the same letter, or byte, is no secret. Random hexadecimal of that length has fewer different ones once in ten million times.
_DIFFERENT = 8
_KEY_BYTES = 32
_ASCII = re.compile(r"[ -~]*")


def parse_webhook_key(secret: str) -> bytes:
    """The key in `whsec_` and base64; ValueError where it is none, or has not 24 to 64 bytes."""
    try:
        key = b64decode(secret.removeprefix(_WEBHOOK), validate=True)
    except (NotBase64, ValueError):
        key = b""
    if not secret.startswith(_WEBHOOK) or len(key) not in _WEBHOOK_BYTES or len(set(key)) < _DIFFERENT:
        raise ValueError("must be whsec_ and the base64 of 24 to 64 random bytes")
    return key


def _check_webhook_secret(value: SecretStr) -> SecretStr:
    parse_webhook_key(value.get_secret_value())
    return value


def _check_key(value: SecretStr) -> SecretStr:
    if value.get_secret_value():
        _check_public_key(value.get_secret_value())
    return value


def _check_public_key(value: str) -> str:
    try:
        key = b64decode(value, validate=True)
    except (NotBase64, ValueError):
        key = b""
    if len(key) != _KEY_BYTES or len(set(key)) < _DIFFERENT:
        raise ValueError(f"must be {_KEY_BYTES} random bytes in base64")
    return value


def _ring(value: SecretStr) -> SecretStr:
    text = value.get_secret_value()
    seen = set[str]()
    for entry in text.split(",") if text else ():
        key_id, _, key = entry.strip().partition(":")
        if key_id in seen:
            raise ValueError("must have each id once: under which of two keys something was made is not known otherwise")
        seen.add(key_id)
        if not (key_id and key):
            raise ValueError("must be id:key, one or several with commas between them, each key 32 random bytes in base64")
        _check_key(SecretStr(key))
    return value


def _check_random(least: int) -> AfterValidator:
    def check(value: SecretStr) -> SecretStr:
        text = value.get_secret_value()
        if text and (len(text) < least or not _ASCII.fullmatch(text) or len(set(text)) < _DIFFERENT):
            raise ValueError(f"must be at least {least} random characters of ASCII")
        return value

    return AfterValidator(check)


WebhookSecret = Annotated[SecretStr, AfterValidator(_check_webhook_secret)]
"""With which messages are signed: `whsec_` and the base64 of 24 to 64 bytes."""
ClientSecret = Annotated[SecretStr, _check_random(_CLIENT_CHARACTERS)]
"""With which a system fetches a token; empty: it may not."""
TokenSecret = Annotated[SecretStr, _check_random(_TOKEN_CHARACTERS)]
"""With which tokens are signed; empty: one of our own."""
Key = Annotated[SecretStr, AfterValidator(_check_key)]
"""32 bytes in base64; empty: one of our own."""
PublicKey = Annotated[str, AfterValidator(_check_public_key)]
"""The public half of a key: 32 bytes in base64."""
Ring = Annotated[SecretStr, AfterValidator(_ring)]
"""Keys by id, `id:base64,id:base64`; empty: a ring of our own."""
