"""WeCom (企业微信): messages of an application, authorised by an access token that is fetched with its secret.

https://developer.work.weixin.qq.com/document/path/90236: with `enable_duplicate_check`, WeCom drops the same text to the same person for half an hour.
"""

from pathlib import Path
from typing import Any

from activities.channels.message import NotSent, Outgoing, request_json
from runtime.channel_settings import WeCom

# Error codes: the token is invalid, expired or missing.
_TOKEN_EXPIRED = frozenset({40014, 42001, 41001})
# Error codes: the service is busy, or a rate limit was reached.
_TRANSIENT = frozenset({-1, 45009, 45033})
_DUPLICATES_DROPPED_S = 1800


class WeComApplication:
    """Addresses people by WeCom account."""

    def __init__(self, settings: WeCom, revoked: Path | None) -> None:
        """Send as the application of the settings."""
        self._settings, self._revoked = settings, revoked
        self._token = ""

    async def send(self, message: Outgoing) -> str:
        """Send the message; returns its `msgid`."""
        answer = await self._post(message)
        if answer.get("errcode") in _TOKEN_EXPIRED:
            self._token = ""
            answer = await self._post(message)
        _check(answer)
        if answer.get("invaliduser"):
            raise NotSent("企业微信没有此账号，或者不在应用可见范围", for_good=True)
        return str(answer.get("msgid", ""))

    async def _post(self, message: Outgoing) -> dict[str, Any]:
        body = {
            "touser": message.to,
            "msgtype": "text",
            "agentid": self._settings.agent_id,
            "text": {"content": message.text},
            "enable_duplicate_check": 1,
            "duplicate_check_interval": _DUPLICATES_DROPPED_S,
        }
        at = f"{self._settings.address}/cgi-bin/message/send"
        return await request_json("POST", at, self._revoked, params={"access_token": await self._access_token()}, json=body)

    async def _access_token(self) -> str:
        if not self._token:
            secret = self._settings.secret.get_secret_value()
            query = {"corpid": self._settings.corp_id, "corpsecret": secret}
            answer = await request_json("GET", f"{self._settings.address}/cgi-bin/gettoken", self._revoked, params=query)
            _check(answer)
            self._token = str(answer.get("access_token", ""))
        return self._token


def _check(answer: dict[str, Any]) -> None:
    code = answer.get("errcode")
    if code != 0:
        raise NotSent(f"企业微信答复{code}", for_good=code not in _TRANSIENT)
