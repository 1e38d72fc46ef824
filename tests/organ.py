"""A system outside that signs by itself, so that a test may sign well or badly."""

import base64
import hashlib
import hmac
import json
import time
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import httpx

from tests.sandbox import CLIENT_SECRET, SECRET
from tests.world import World


def signature(secret: str, message_id: str, timestamp: str, body: bytes) -> str:
    """As the Standard Webhooks say: `v1,` and the base64 of HMAC-SHA256 over id, time and body."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, message_id.encode() + b"." + timestamp.encode() + b"." + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


class Organ:
    """One system outside, and its way to the bureau."""

    def __init__(self, system: str, http: httpx.AsyncClient) -> None:
        """Speak as that system, through that client."""
        self.system = system
        self.http = http

    async def decide(
        self,
        matter: str,
        step: str,
        /,
        *,
        key: str = "",
        after: str = "",
        at: datetime | None = None,
        more: Mapping[str, Any] = {},
        **form: Any,
    ) -> httpx.Response:
        """Decide on a matter; `key` is the message's id, `more` what the message says besides."""
        said: dict[str, Any] = {"type": step, "timestamp": (at or datetime.now(UTC)).isoformat(), **more}
        said["data"] = {"matter": matter, "form": form, **more.get("data", {})}
        if after:
            said["after"] = after
        body = json.dumps(said, ensure_ascii=False).encode()
        return await self.post(body, self.headers(body, key or uuid.uuid4().hex))

    def headers(self, body: bytes, key: str, *, secret: str = SECRET, at: float | None = None) -> dict[str, str]:
        """The headers of a message signed at that instant, in Unix seconds; now, unless another is named."""
        timestamp = str(int(time.time() if at is None else at))
        return {
            "content-type": "application/json",
            "webhook-id": key,
            "webhook-timestamp": timestamp,
            "webhook-signature": signature(secret, key, timestamp, body),
        }

    async def post(self, body: bytes, headers: Mapping[str, str]) -> httpx.Response:
        """Send that body under those headers."""
        return await self.http.post(f"/api/inbound/{self.system}", content=body, headers=dict(headers))

    async def token(self) -> str:
        """A bearer token, for this system's id and secret."""
        answer = await self.http.post(
            "/api/auth/token",
            data={"grant_type": "client_credentials", "client_id": self.system, "client_secret": CLIENT_SECRET},
        )
        assert answer.status_code == 200, answer.text
        return answer.json()["access_token"]


async def organ(county: World, system: str) -> Organ:
    """That system, with a way to that county."""
    return Organ(system, await county.stranger())
