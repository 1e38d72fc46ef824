"""The organs' side of the contract: receives what the bureau delivers, as a partner should, or as partners sometimes do.

It stands in for systems outside the bureau, and is what their integrators may compare theirs with.
"""

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response

# A message older than this was caught and sent again by somebody else.
_REPLAY_S = 300
# Longer than the bureau waits for an answer.
_SLOW_S = 25.0


class Mood(StrEnum):
    """How a partner behaves: well, slowly, not at all, with a refusal, or with what nobody can read."""

    WELL = "well"
    SLOW = "slow"
    DOWN = "down"
    REFUSING = "refusing"
    GARBLED = "garbled"


@dataclass
class Partner:
    """One system: the secret it shares with the bureau, its mood, and every message it holds, by id, in the order they came."""

    secret: str
    mood: Mood = Mood.WELL
    messages: dict[str, dict[str, Any]] = field(default_factory=dict)


def make_sandbox(secrets: Mapping[str, str]) -> FastAPI:
    """The sandbox of those systems, each with the secret it shares with the bureau (`whsec_` and base64)."""
    app = FastAPI(title="漏刻 · 对方系统沙箱", description="代替看守所、检察院、法院等外部系统接收送达,可设定其状态以供演练。")
    partners = {name: Partner(secret) for name, secret in secrets.items()}
    app.state.partners = partners

    def known(system: str) -> Partner:
        if system not in partners:
            raise HTTPException(404, f"没有名为“{system[:60]}”的系统")
        return partners[system]

    @app.post("/{system}", summary="接收送达")
    async def receive(system: str, request: Request) -> Response:
        """Take one message; the same message again gets the first receipt."""
        partner = known(system)
        body = await request.body()
        if partner.mood is Mood.SLOW:
            await asyncio.sleep(_SLOW_S)
        if partner.mood is Mood.DOWN:
            return PlainTextResponse("系统维护中", 503)
        if partner.mood is Mood.REFUSING:
            return PlainTextResponse("不予接收", 422)
        if not _is_genuine(partner.secret, request.headers, body):
            return PlainTextResponse("签名无效", 401)
        receipt = _kept(partner, system, request.headers["webhook-id"], body)
        return PlainTextResponse("<html>?") if partner.mood is Mood.GARBLED else JSONResponse(receipt)

    @app.get("/{system}", summary="已接收的送达")
    async def received(system: str) -> list[dict[str, Any]]:
        """Everything it holds, in the order it came, with how often each came."""
        return list(known(system).messages.values())

    @app.put("/{system}/mood", summary="设定状态")
    async def behave(system: str, mood: Mood) -> Mood:
        """Behave like this from now on."""
        known(system).mood = mood
        return mood

    return app


def _is_genuine(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    message_id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not timestamp.isdecimal() or abs(time.time() - int(timestamp)) > _REPLAY_S:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = hmac.new(key, b".".join((message_id.encode(), timestamp.encode(), body)), hashlib.sha256).digest()
    wanted = "v1," + base64.b64encode(signed).decode()
    return any(hmac.compare_digest(wanted, each) for each in headers.get("webhook-signature", "").split(" "))


def _kept(partner: Partner, system: str, message_id: str, body: bytes) -> dict[str, Any]:
    held = partner.messages.setdefault(
        message_id,
        {
            "id": message_id,
            "receipt": f"{system}-{len(partner.messages) + 1:06}",
            "received_at": datetime.now(UTC).isoformat(),
            "times": 0,
            "message": json.loads(body),
        },
    )
    held["times"] += 1
    return {"receipt": held["receipt"], "received_at": held["received_at"]}
