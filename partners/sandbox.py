"""The partners' side of the contract: receives deliveries, decides and answers, correctly or with simulated faults.

It stands in for outside systems, and is a reference for their integrators.
"""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

import httpx
from fastapi import FastAPI, HTTPException, Query, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from fastapi_offline import FastAPIOffline

from partners import channels, desk
from partners.answering import Answers
from partners.contract import answer
from partners.decisions import fill_decision, list_scripted
from partners.signatures import is_genuine

# Seconds; longer than the bureau's timeout.
_SLOW_S = 25.0
# Seconds; longer than the bureau takes to record or refuse a step.
_PATIENCE_S = 10.0


class Mood(StrEnum):
    """How a partner behaves when it receives: normally, slowly, unavailable, refusing, or with an unreadable answer.

    The last three concern what it sends: everything twice, out of order, or with a false signature.
    """

    WELL = "well"
    SLOW = "slow"
    DOWN = "down"
    REFUSING = "refusing"
    GARBLED = "garbled"
    DUPLICATE = "duplicate"
    REORDER = "reorder"
    FORGE = "forge"


class Conduct(StrEnum):
    """Who decides: a person on the page, a script that answers later, or a script that answers in the receipt."""

    PERSON = "person"
    SCRIPT = "script"
    RECEIPT = "receipt"


@dataclass
class Partner:
    """One system: the secret shared with the bureau, its behaviour, its answers, and the received messages by id, in order."""

    name: str
    secret: str
    answers: Answers
    moods: frozenset[Mood] = frozenset()
    conduct: Conduct = Conduct.PERSON
    messages: dict[str, dict[str, Any]] = field(default_factory=dict)

    def feel(self, moods: frozenset[Mood]) -> None:
        """Behave like this from now on."""
        self.moods = moods
        self.answers.twice, self.answers.shuffled = Mood.DUPLICATE in moods, Mood.REORDER in moods
        self.answers.forged = Mood.FORGE in moods


def open_bureau() -> httpx.AsyncClient:
    """A client of the bureau on this machine, at the port that `LOUKE_PORT` names."""
    address = f"http://127.0.0.1:{os.environ.get('LOUKE_PORT') or 8000}"
    return httpx.AsyncClient(base_url=address, timeout=_PATIENCE_S, trust_env=False)


def make_sandbox(
    secrets: Mapping[str, str],
    house: httpx.AsyncClient | None = None,
    told: Mapping[str, Mapping[str, Any]] | None = None,
    mail_port: int = 0,
) -> FastAPI:
    """The sandbox of the systems in `secrets` (`whsec_` and base64), which answers through the HTTP client `house`.

    It also stands in for the messaging services of `told`, configured like `LOUKE_CHANNELS`, and receives mail on that port.
    """
    services = channels.Services(told or {})

    app = FastAPIOffline(
        title="漏刻 · 对方系统沙箱",
        description="代替看守所、检察院、法院等外部系统接收送达、作出决定，代替短信、企业微信等接收外发通知，可设定其状态以供演练。",
        lifespan=lambda _: _take_mail(services, mail_port),
    )
    channels.add_channel_routes(app, services)
    reached = house or open_bureau()
    partners = {name: Partner(name, secret, Answers(name, secret, reached)) for name, secret in secrets.items()}
    app.state.partners = partners

    def known(system: str) -> Partner:
        if system not in partners:
            raise HTTPException(404, f"没有名为“{system[:60]}”的系统")
        return partners[system]

    @app.post("/{system}", summary="接收送达")
    async def receive(system: str, request: Request) -> Response:
        """Accept one message; a repeated one gets the first receipt."""
        return await _receive(known(system), request.headers, await request.body())

    @app.get("/{system}", summary="已接收的送达")
    async def received(system: str) -> list[dict[str, Any]]:
        """All received messages in order, with how often each came."""
        return list(known(system).messages.values())

    @app.get("/{system}/sent", summary="已发出的决定")
    async def sent(system: str) -> list[dict[str, Any]]:
        """All messages to the bureau, with the bureau's answers."""
        return known(system).answers.sent

    _obey(app, known)
    desk.add_desk_routes(app, partners)
    return app


@asynccontextmanager
async def _take_mail(services: channels.Services, port: int) -> AsyncIterator[None]:
    """A mail server on that port for the duration of the block; none for port 0."""
    if port and "mail" in services.secrets:
        async with await channels.start_mail_server(services, port):
            yield
    else:
        yield


def _obey(app: FastAPI, known: Callable[[str], Partner]) -> None:
    """Add the routes that set the behaviour of a system."""

    @app.put("/{system}/mood", summary="设定状态")
    async def behave(system: str, mood: Annotated[list[Mood], Query()]) -> list[Mood]:
        """Set the behaviour; several moods may be combined."""
        known(system).feel(frozenset(mood))
        return mood

    @app.put("/{system}/conduct", summary="设定由谁决定")
    async def decide(system: str, conduct: Conduct) -> Conduct:
        """Choose whether a person or the script decides."""
        known(system).conduct = conduct
        return conduct


async def _receive(partner: Partner, headers: Mapping[str, str], body: bytes) -> Response:
    if Mood.SLOW in partner.moods:
        await asyncio.sleep(_SLOW_S)
    if Mood.DOWN in partner.moods:
        return PlainTextResponse("系统维护中", 503)
    if Mood.REFUSING in partner.moods:
        return PlainTextResponse("不予接收", 422)
    if not is_genuine(partner.secret, headers, body):
        return PlainTextResponse("签名无效", 401)
    receipt = _build_kept(partner, headers["webhook-id"], body)
    return PlainTextResponse("<html>?") if Mood.GARBLED in partner.moods else JSONResponse(receipt)


def _build_kept(partner: Partner, message_id: str, body: bytes) -> dict[str, Any]:
    held = partner.messages.get(message_id)
    if held is None:
        held = partner.messages[message_id] = {
            "id": message_id,
            "receipt": f"{partner.name}-{len(partner.messages) + 1:06}",
            "received_at": datetime.now(UTC).isoformat(),
            "times": 0,
            "message": json.loads(body),
            "answer": None,
        }
        _decide(partner, held)
    held["times"] += 1
    receipt = {"receipt": held["receipt"], "received_at": held["received_at"]}
    return receipt | ({"answer": held["answer"]} if held["answer"] else {})


def _decide(partner: Partner, held: dict[str, Any]) -> None:
    """Have the script decide about a new message, unless a person does."""
    if partner.conduct is Conduct.PERSON:
        return
    message = held["message"]
    for decision in list_scripted(partner.name, message["type"]):
        if partner.conduct is Conduct.RECEIPT and answer(partner.name, message["type"]):
            held["answer"] = fill_decision(decision, held["receipt"])
        else:
            partner.answers.say(decision.step, message["data"]["matter"], fill_decision(decision, held["receipt"], message["data"]))
