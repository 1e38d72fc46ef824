"""Sending signed messages to the bureau: properly, twice, out of order, or with a false signature."""

import asyncio
import base64
import json
import uuid
from collections import deque
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from partners.signatures import sign_message

# Seconds within which messages may overtake each other when a partner is told to.
_GATHER_S = 0.2
# Seconds between attempts; the last is repeated for ever, because the bureau may be restarting.
_PAUSES = (0.2, 0.5, 1.0, 2.0, 5.0)
_TRIES = 30
_FALSE = "whsec_" + base64.b64encode(b"a secret that nobody has shared.").decode()


class Answers:
    """The messages of one system to the bureau: a queue, the result of each, and the faults to simulate."""

    def __init__(self, system: str, secret: str, house: httpx.AsyncClient) -> None:
        """Sign with the system's secret, and send through the HTTP client of the bureau (`house`)."""
        self._system, self._secret, self.house = system, secret, house
        self.twice = self.shuffled = self.forged = False
        # Added to the current time, because days pass faster in a rehearsal.
        self.ahead = timedelta(0)
        self.sent: list[dict[str, Any]] = []
        self._last: dict[str, str] = {}
        self._waiting: deque[dict[str, Any]] = deque()
        self._sender: asyncio.Task[None] | None = None

    def say(self, step: str, matter: str, form: Mapping[str, Any]) -> str:
        """Queue an answer with that step; returns its message id. The message refers to the previous one about the same matter.

        What opens a matter is about none yet (an empty `matter`), and refers to nothing.
        """
        message_id = f"msg_{uuid.uuid4().hex}"
        body = {
            "type": step,
            "timestamp": (datetime.now(UTC) + self.ahead).isoformat(),
            "data": ({"matter": matter} if matter else {}) | {"form": dict(form)},
        }
        if matter in self._last:
            body["after"] = self._last[matter]
        if matter:
            self._last[matter] = message_id
        message = {"id": message_id, "body": body, "status": None, "answer": None, "times": 0}
        self.sent.append(message)
        self._waiting.append(message)
        if self._sender is None or self._sender.done():
            self._sender = asyncio.create_task(self._send())
        return message_id

    async def _send(self) -> None:
        while self._waiting:
            if self.shuffled:
                await asyncio.sleep(_GATHER_S)
            batch = [each for each in self._waiting for _ in range(2 if self.twice else 1)]
            self._waiting.clear()
            for message in reversed(batch) if self.shuffled else batch:
                await self._deliver(message)

    async def _deliver(self, message: dict[str, Any]) -> None:
        body = json.dumps(message["body"], ensure_ascii=False).encode()
        for attempt in range(_TRIES):
            _heed_cancellation()
            headers = sign_message(_FALSE if self.forged else self._secret, message["id"], body)
            try:
                answer = await self.house.post(f"/api/inbound/{self._system}", content=body, headers=headers)
            except httpx.TransportError:
                await asyncio.sleep(_PAUSES[min(attempt, len(_PAUSES) - 1)])
                continue
            message |= {"status": answer.status_code, "answer": answer.json(), "times": message["times"] + 1}
            if not answer.is_server_error:
                return
            await asyncio.sleep(_PAUSES[min(attempt, len(_PAUSES) - 1)])

    async def wait_until_sent(self) -> None:
        """Wait until the queue is empty."""
        while self._sender is not None and not self._sender.done():
            await self._sender

    def stop(self) -> set[asyncio.Task[None]]:
        """Stop sending; returns the tasks, already cancelled."""
        self._waiting.clear()
        if self._sender is None or self._sender.done():
            return set()
        self._sender.cancel()
        return {self._sender}


def _heed_cancellation() -> None:
    # `asyncio.wait_for`, until Python 3.12, swallows a cancellation that arrives as its awaitable completes. A task that posts through it and is
    # cancelled only once would go on to the last attempt.
    task = asyncio.current_task()
    if task and task.cancelling():
        raise asyncio.CancelledError
