"""Whom we believe to be who they say, of those outside whom we ask over TLS."""

import ssl
from functools import lru_cache
from pathlib import Path


def trust(revoked: Path | None) -> ssl.SSLContext:
    """Believe whom an issuer that this machine knows vouches for, unless its list in that file of lists (PEM) says that it does no longer.

    With such a file, nobody is believed of whose issuer it has no list, or one that is out of date. It is read anew whenever it was changed;
    OSError where it cannot be read.
    """
    return _read(revoked, revoked.stat().st_mtime_ns if revoked else 0)


@lru_cache(maxsize=1)  # reading whom this machine knows takes longer than a message
def _read(revoked: Path | None, _changed_at: int) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if revoked:
        context.load_verify_locations(revoked)
        context.verify_flags |= ssl.VERIFY_CRL_CHECK_LEAF
    return context
