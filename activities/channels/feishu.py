"""飞书: a robot of a group, which names the person; signed as https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot says."""

import base64
import hmac
import time
from pathlib import Path

from activities.channels.message import NotSent, Outgoing, asked
from runtime.channel_settings import Feishu

# More than a hundred messages in a minute, or five in a second.
_PASSING = frozenset({9499, 11232})


class FeishuRobot:
    """People in a group of Feishu, by their Open ID."""

    def __init__(self, settings: Feishu, revoked: Path | None) -> None:
        """Send as that robot."""
        self._settings, self._revoked = settings, revoked

    async def send(self, message: Outgoing) -> str:
        """Hand it to the robot, which gives no receipt and knows no message again."""
        at = str(int(time.time()))
        key = f"{at}\n{self._settings.secret.get_secret_value()}".encode()
        body = {
            "timestamp": at,
            "sign": base64.b64encode(hmac.digest(key, b"", "sha256")).decode(),
            "msg_type": "text",
            "content": {"text": f'<at user_id="{message.to}"></at> {message.text}'},
        }
        address = f"{self._settings.address}/open-apis/bot/v2/hook/{self._settings.hook.get_secret_value()}"
        answer = await asked("POST", address, self._revoked, json=body)
        code = answer.get("code")
        if code != 0:
            raise NotSent(f"飞书答复{code}", for_good=code not in _PASSING)
        return ""
