"""DingTalk (钉钉): posts to a group as its custom robot and mentions the person; signed as https://open.dingtalk.com/document/robots/customize-robot-security-settings requires."""

import base64
import hmac
import time
from pathlib import Path

from activities.channels.message import NotSent, Outgoing, request_json
from runtime.channel_settings import DingTalk

# Error codes: the service is busy, or the robot sent more than twenty messages in a minute.
_TRANSIENT = frozenset({-1, 130101, 410100})


class DingTalkRobot:
    """Addresses people by mobile number."""

    def __init__(self, settings: DingTalk, revoked: Path | None) -> None:
        """Send as the robot of the settings."""
        self._settings, self._revoked = settings, revoked

    async def send(self, message: Outgoing) -> str:
        """Post the message. DingTalk returns no receipt and does not recognise a repeated message."""
        at = str(time.time_ns() // 1_000_000)
        secret = self._settings.secret.get_secret_value()
        sign = base64.b64encode(hmac.digest(secret.encode(), f"{at}\n{secret}".encode(), "sha256")).decode()
        query = {"access_token": self._settings.access_token.get_secret_value(), "timestamp": at, "sign": sign}
        body = {"msgtype": "text", "text": {"content": message.text}, "at": {"atMobiles": [message.to], "isAtAll": False}}
        answer = await request_json("POST", f"{self._settings.address}/robot/send", self._revoked, params=query, json=body)
        code = answer.get("errcode")
        if code != 0:
            raise NotSent(f"钉钉答复{code}", for_good=code not in _TRANSIENT)
        return ""
