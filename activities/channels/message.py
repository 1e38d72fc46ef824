"""What a channel is given to send, and how it says that it could not."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import httpx

from runtime.tls_trust import trust

# A service that takes longer than this to take a message gets it again.
_PATIENCE = httpx.Timeout(15, connect=5)
# Nothing that a receipt says is longer.
LONGEST_RECEIPT = 200
# Refusals that pass: a timeout, too early, too many.
_PASSING = frozenset({408, 425, 429})


class Outgoing(NamedTuple):
    """A message to one person; `key` is the same however often it is tried."""

    key: str
    username: str
    to: str
    text: str
    number: str
    occasion: str


class NotSent(Exception):
    """A channel did not take a message; its words name codes alone. `for_good`: trying again is in vain."""

    def __init__(self, words: str, *, for_good: bool = False) -> None:
        super().__init__(words)
        self.words, self.for_good = words, for_good


class Way(Protocol):
    """A channel."""

    async def send(self, message: Outgoing) -> str:
        """Hand a message over; the receipt, empty where the channel gives none. NotSent where it was not taken."""
        ...


async def asked(
    method: str, address: str, revoked: Path | None, *, headers: Mapping[str, str] | None = None, **body: Any
) -> dict[str, Any]:
    """What a service answers in JSON; NotSent where it does not answer, refuses, or says what is no JSON."""
    try:
        async with httpx.AsyncClient(verify=trust(revoked), timeout=_PATIENCE) as http:
            answer = await http.request(method, address, headers=dict(headers or {}), **body)
    except (httpx.TransportError, OSError) as error:  # or nobody can say who is believed
        raise NotSent(f"没有应答（{type(error).__name__}）") from None
    if not answer.is_success:
        passes = answer.is_server_error or answer.status_code in _PASSING
        raise NotSent(f"答复{answer.status_code}", for_good=not passes)
    try:
        said = answer.json() if answer.content else {}
    except ValueError:
        raise NotSent("答复不是JSON") from None
    return said if isinstance(said, dict) else {}
