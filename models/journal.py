"""The journal's chain: each entry's canonical JSON, hashed with SM3 (国密) together with the hash before it."""

import json
from datetime import date, datetime
from typing import Any

from cryptography.hazmat.primitives.hashes import SM3, Hash
from pydantic import BaseModel

# What stands before the first entry of every chain.
GENESIS = bytes(32)
# The chain of attempts that concern no matter we have: unknown kinds, refused openings.
BUREAU = "BUREAU"
# The chain that tells who was there before anybody's coming and going was journaled.
ROSTER = "ROSTER"


def hash_sm3(data: bytes) -> bytes:
    """The 32-byte SM3 digest (GB/T 32905-2016)."""
    digest = Hash(SM3())
    digest.update(data)
    return digest.finalize()


def format_canonical(content: Any) -> str:
    """JSON in one spelling only: keys sorted, no spaces, UTF-8 as it is, instants in ISO 8601."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_convert_plain)


def link(previous: bytes, content: str) -> bytes:
    """The hash of an entry: over the hash before it and its canonical content."""
    return hash_sm3(previous + content.encode())


def hash_body(step: str, form: Any) -> str:
    """What tells one submission under a key from another under the same."""
    return hash_sm3(f"{step}\n{format_canonical(form)}".encode()).hex()


def _convert_plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no canonical form")
