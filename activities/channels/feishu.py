"""Feishu (飞书): posts to a group as its custom bot and mentions the person; signed as https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot requires."""

import base64
import hmac
import time
from pathlib import Path

from activities.channels.message import NotSent, Outgoing, request_json
from runtime.channel_settings import Feishu

# Error codes: more than a hundred messages in a minute, or five in a second.
_TRANSIENT = frozenset({9499, 11232})


class FeishuRobot:
    """Addresses people by Open ID."""

    def __init__(self, settings: Feishu, revoked: Path | None) -> None:
        """Send as the bot of the settings."""
        self._settings, self._revoked = settings, revoked

    async def send(self, message: Outgoing) -> str:
        """Post the message. Feishu returns no receipt and does not recognise a repeated message."""
        at = str(int(time.time()))
        key = f"{at}\n{self._settings.secret.get_secret_value()}".encode()
        body = {
            "timestamp": at,
            "sign": base64.b64encode(hmac.digest(key, b"", "sha256")).decode(),
            "msg_type": "text",
            "content": {"text": f'<at user_id="{message.to}"></at> {message.text}'},
        }
        address = f"{self._settings.address}/open-apis/bot/v2/hook/{self._settings.hook.get_secret_value()}"
        answer = await request_json("POST", address, self._revoked, json=body)
        code = answer.get("code")
        if code != 0:
            raise NotSent(f"飞书答复{code}", for_good=code not in _TRANSIENT)
        return ""
