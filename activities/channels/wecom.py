"""企业微信: a message of an application, sent with a token that its secret fetches.

https://developer.work.weixin.qq.com/document/path/90236; the same text to the same person is held back by WeCom for half an hour.
"""

from pathlib import Path
from typing import Any

from activities.channels.message import NotSent, Outgoing, asked
from runtime.channel_settings import WeCom

# The token is not, or no longer, believed.
_TOKEN_OVER = frozenset({40014, 42001, 41001})
# The service is busy, or too much was asked of it.
_PASSING = frozenset({-1, 45009, 45033})
_SAME_S = 1800


class WeComApplication:
    """Members of the bureau's WeCom, by way of an application."""

    def __init__(self, settings: WeCom, revoked: Path | None) -> None:
        """Send as that application."""
        self._settings, self._revoked = settings, revoked
        self._token = ""

    async def send(self, message: Outgoing) -> str:
        """Hand it to WeCom; its `msgid`."""
        answer = await self._sent(message)
        if answer.get("errcode") in _TOKEN_OVER:
            self._token = ""
            answer = await self._sent(message)
        _check(answer)
        if answer.get("invaliduser"):
            raise NotSent("企业微信没有此账号，或者不在应用可见范围", for_good=True)
        return str(answer.get("msgid", ""))

    async def _sent(self, message: Outgoing) -> dict[str, Any]:
        body = {
            "touser": message.to,
            "msgtype": "text",
            "agentid": self._settings.agent_id,
            "text": {"content": message.text},
            "enable_duplicate_check": 1,
            "duplicate_check_interval": _SAME_S,
        }
        at = f"{self._settings.address}/cgi-bin/message/send"
        return await asked("POST", at, self._revoked, params={"access_token": await self._believed()}, json=body)

    async def _believed(self) -> str:
        if not self._token:
            secret = self._settings.secret.get_secret_value()
            given = {"corpid": self._settings.corp_id, "corpsecret": secret}
            answer = await asked("GET", f"{self._settings.address}/cgi-bin/gettoken", self._revoked, params=given)
            _check(answer)
            self._token = str(answer.get("access_token", ""))
        return self._token


def _check(answer: dict[str, Any]) -> None:
    code = answer.get("errcode")
    if code != 0:
        raise NotSent(f"企业微信答复{code}", for_good=code not in _PASSING)
