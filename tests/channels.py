"""The stand-ins of the services by which people are told outside, at work beside a test, and the settings that lead to them."""

import asyncio
import base64
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI

from partners.channels import Services, add_channel_routes, start_mail_server
from runtime.channel_settings import ChannelSettings
from runtime.embedded.ports import find_free_port

PUBLIC = "https://louke.example.cn"
_SECRET = "a-secret-of-the-stand-ins"
_LOOK_AGAIN_S = 0.01


class _Server(uvicorn.Server):
    """A server in the loop of its test, which leaves the signals alone."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals are for whoever runs the tests."""
        yield


class StandIns:
    """All services at one address, and mail at a port of its own."""

    def __init__(self, address: str, mail_port: int) -> None:
        """Known to the bureau by these settings."""
        told: dict[str, dict[str, Any]] = {
            "sms": {"address": f"{address}/channels/sms", "secret": _SECRET},
            "wecom": {"address": f"{address}/channels/wecom", "corp_id": "ww1", "agent_id": 7, "secret": _SECRET},
            "dingtalk": {"address": f"{address}/channels/dingtalk", "access_token": "a-token-of-the-stand-ins", "secret": _SECRET},
            "feishu": {"address": f"{address}/channels/feishu", "hook": "a-hook-of-the-stand-ins", "secret": _SECRET},
            "mail": {"address": f"smtp://127.0.0.1:{mail_port}", "sender": "louke@police.example.cn"},
            "webhook": {
                "address": f"{address}/channels/webhook",
                "secret": "whsec_" + base64.b64encode(b"thirty-two bytes that two share.").decode(),
            },
        }
        self.settings = ChannelSettings.model_validate(told)
        self.services = Services(told)


@asynccontextmanager
async def stand_ins() -> AsyncIterator[StandIns]:
    """The services, each behaving well, until the block ends."""
    port, mail_port = find_free_port(), find_free_port()
    these, app = StandIns(f"http://127.0.0.1:{port}", mail_port), FastAPI()
    add_channel_routes(app, these.services)
    server = _Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, lifespan="off", timeout_graceful_shutdown=5))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(_LOOK_AGAIN_S)
    mail = await start_mail_server(these.services, mail_port)
    try:
        yield these
    finally:
        mail.close()
        server.should_exit = True
        await serving
