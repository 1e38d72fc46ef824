"""The interface of transports: the message, the failure, and a JSON request."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import httpx

from runtime.tls_trust import build_trust

# Seconds; after this the message counts as not accepted, and is sent again.
_TIMEOUT = httpx.Timeout(15, connect=5)
# Characters of a receipt that are stored.
LONGEST_RECEIPT = 200
# HTTP statuses of transient refusals: timeout, too early, too many requests.
_TRANSIENT = frozenset({408, 425, 429})


class Outgoing(NamedTuple):
    """A message to one person. `key` is its idempotency key, the same at every attempt; `to` the address, `number` the matter."""

    key: str
    username: str
    to: str
    text: str
    number: str
    occasion: str


class NotSent(Exception):
    """A service did not accept a message. `words` contain only error codes, no content; `for_good`: retrying is useless."""

    def __init__(self, words: str, *, for_good: bool = False) -> None:
        super().__init__(words)
        self.words, self.for_good = words, for_good


class Transport(Protocol):
    """Sends messages through one channel."""

    async def send(self, message: Outgoing) -> str:
        """Send a message; returns the receipt, empty where the service gives none. Raises NotSent."""
        ...


async def request_json(
    method: str, address: str, revoked: Path | None, *, headers: Mapping[str, str] | None = None, **body: Any
) -> dict[str, Any]:
    """Send a request and return the JSON object of the answer. Raises NotSent for no answer, an error status, or anything but JSON."""
    try:
        async with httpx.AsyncClient(verify=build_trust(revoked), timeout=_TIMEOUT) as http:
            answer = await http.request(method, address, headers=dict(headers or {}), **body)
    except (httpx.TransportError, OSError) as error:  # OSError: the revocation list cannot be read
        raise NotSent(f"没有应答（{type(error).__name__}）") from None
    if not answer.is_success:
        transient = answer.is_server_error or answer.status_code in _TRANSIENT
        raise NotSent(f"答复{answer.status_code}", for_good=not transient)
    try:
        value = answer.json() if answer.content else {}
    except ValueError:
        raise NotSent("答复不是JSON") from None
    return value if isinstance(value, dict) else {}
