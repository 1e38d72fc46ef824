"""TLS trust: the context by which outside servers are authenticated, with certificate revocation lists."""

import ssl
from functools import lru_cache
from pathlib import Path


def build_trust(revoked: Path | None) -> ssl.SSLContext:
    """A client context that trusts this machine's certificate authorities; `revoked` is a PEM file of revocation lists.

    With it, a server is refused whose issuer has no list there, or one that is out of date. The file is read again when it has changed;
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
