"""钉钉: a robot of a group, which names the person; signed as https://open.dingtalk.com/document/robots/customize-robot-security-settings says."""

import base64
import hmac
import time
from pathlib import Path

from activities.channels.message import NotSent, Outgoing, asked
from runtime.channel_settings import DingTalk

# The service is busy, or the robot has sent more than twenty messages in a minute.
_PASSING = frozenset({-1, 130101, 410100})


class DingTalkRobot:
    """People in a group of DingTalk, by their telephones."""

    def __init__(self, settings: DingTalk, revoked: Path | None) -> None:
        """Send as that robot."""
        self._settings, self._revoked = settings, revoked

    async def send(self, message: Outgoing) -> str:
        """Hand it to the robot, which gives no receipt and knows no message again."""
        at = str(time.time_ns() // 1_000_000)
        secret = self._settings.secret.get_secret_value()
        sign = base64.b64encode(hmac.digest(secret.encode(), f"{at}\n{secret}".encode(), "sha256")).decode()
        given = {"access_token": self._settings.access_token.get_secret_value(), "timestamp": at, "sign": sign}
        body = {"msgtype": "text", "text": {"content": message.text}, "at": {"atMobiles": [message.to], "isAtAll": False}}
        answer = await asked("POST", f"{self._settings.address}/robot/send", self._revoked, params=given, json=body)
        code = answer.get("errcode")
        if code != 0:
            raise NotSent(f"钉钉答复{code}", for_good=code not in _PASSING)
        return ""
