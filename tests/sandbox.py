"""The partner sandbox at work beside a test, and what it has received and said."""

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI
from pydantic import SecretStr

from models.external import get_systems
from partners.sandbox import Conduct, Mood, make_sandbox
from runtime.embedded.ports import find_free_port
from runtime.settings import Partner
from tests.world import end

SECRET = "whsec_" + base64.b64encode(b"thirty-two bytes that two share.").decode()
CLIENT_SECRET = "what a system fetches its token with"
_LOOK_AGAIN_S = 0.01
# What is being answered is cut off by then.
_STOPPING_S = 20.0


def _nobody(request: httpx.Request) -> httpx.Response:
    """Nobody is reached until a bureau is named: least of all one that a developer happens to run on this machine."""
    raise httpx.ConnectError("no bureau was named", request=request)


class Sandbox:
    """The systems outside, all of them, at one address."""

    def __init__(self, app: Any, address: str) -> None:
        """That application, served at that address."""
        self._partners = app.state.partners
        self.address = address
        self.settings = {
            name: Partner(address=f"{address}/{name}", secret=SecretStr(SECRET), client_secret=SecretStr(CLIENT_SECRET))
            for name in self._partners
        }

    def feels(self, system: str, *moods: str) -> None:
        """Let a system behave like that from now on."""
        self._partners[system].feel(frozenset(map(Mood, moods)))

    def decides(self, system: str, conduct: str) -> None:
        """Let a person, or the script, decide from now on."""
        self._partners[system].conduct = Conduct(conduct)

    def answers_to(self, bureau: FastAPI) -> None:
        """Let all of them answer to that bureau."""
        house = httpx.AsyncClient(transport=httpx.ASGITransport(bureau), base_url="http://louke")
        for partner in self._partners.values():
            partner.answers.house = house

    def lives_at(self, now: datetime) -> None:
        """Let all of them take this for the present, from which their time goes on."""
        for partner in self._partners.values():
            partner.answers.ahead = now - datetime.now(UTC)

    def received(self, system: str) -> list[dict[str, Any]]:
        """What a system holds, in the order it came: the message, its id, and how often it came."""
        return list(self._partners[system].messages.values())

    def said(self, system: str) -> list[dict[str, Any]]:
        """What a system has said to the bureau, with what it was answered."""
        return self._partners[system].answers.sent

    async def all_said(self, system: str) -> None:
        """Wait until a system has nothing left to say."""
        await self._partners[system].answers.wait_until_sent()


@asynccontextmanager
async def sandbox() -> AsyncIterator[Sandbox]:
    """A sandbox served on a port of its own until the block ends."""
    house = httpx.AsyncClient(transport=httpx.MockTransport(_nobody), base_url="http://louke")
    app, port = make_sandbox(dict.fromkeys(get_systems(), SECRET), house), find_free_port()
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, lifespan="off", timeout_graceful_shutdown=5)
    )
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(_LOOK_AGAIN_S)
    try:
        yield Sandbox(app, f"http://127.0.0.1:{port}")
    finally:
        # Whom they answer may be away already, and they would try again and again.
        await end({task for partner in app.state.partners.values() for task in partner.answers.stop()})
        server.should_exit = True
        _, still = await asyncio.wait({serving}, timeout=_STOPPING_S)
        assert not still, "the sandbox does not stop serving"
