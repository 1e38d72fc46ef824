"""Stand-ins for messaging services: each implements the published protocol, can simulate failures, and shows what it received.

Under `/channels/` of the sandbox: an SMS gateway, WeCom, DingTalk, Feishu and a signed webhook; mail has a port of its own.
"""

import asyncio
import base64
import hmac
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from enum import StrEnum
from html import escape
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from partners.signatures import is_genuine

NAMES = {
    "sms": "短信",
    "wecom": "企业微信",
    "dingtalk": "钉钉",
    "feishu": "飞书",
    "mail": "邮件",
    "webhook": "Webhook",
}
# Seconds; DingTalk and Feishu accept timestamps of one hour.
_SIGNED_WITHIN_S = 3600.0
_TOKEN_S = 7200
# Seconds; longer than the bureau's timeout.
_HANGING_S = 30.0
# Messages on the page, newest first.
_SHOWN = 100

_PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="5"><title>外发通知沙箱</title>
<style>body{{max-width:60rem;margin:2rem auto;padding:0 1rem;font-family:sans-serif;line-height:1.6;color:#1d2733}}
table{{border-collapse:collapse;width:100%}}td,th{{border-bottom:1px solid #c9d2dc;padding:.3rem .6rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}}
th{{white-space:nowrap}}</style>
<body><h1>外发通知沙箱</h1><p>代替短信网关、企业微信、钉钉、飞书、邮件服务器和 Webhook 接收通知，新的在前。</p>
<table><thead><tr><th>时间</th><th>方式</th><th>收件人</th><th>内容</th><th>次数</th></tr></thead><tbody>{rows}</tbody></table></body></html>"""


class Mood(StrEnum):
    """How a service behaves: normally, unavailable, refusing everything, accepting but answering with an error, or accepting without answering."""

    WELL = "well"
    DOWN = "down"
    REFUSING = "refusing"
    SILENT = "silent"
    HANGING = "hanging"


@dataclass
class Arrived:
    """A received message, and how often it came under its id."""

    channel: str
    id: str
    to: str
    text: str
    at: datetime
    times: int = 1


@dataclass
class Services:
    """The state of all services: the secrets they share with the bureau (from `LOUKE_CHANNELS`), their behaviour, and what they received."""

    secrets: Mapping[str, Mapping[str, Any]]
    moods: dict[str, Mood] = field(default_factory=dict[str, Mood])
    arrived: list[Arrived] = field(default_factory=list[Arrived])
    tokens: dict[str, float] = field(default_factory=dict[str, float])

    def take(self, channel: str, message_id: str, to: str, text: str) -> Arrived:
        """Store a message; a repeated id is counted instead of stored again."""
        for each in self.arrived:
            if message_id and (each.channel, each.id) == (channel, message_id):
                each.times += 1
                return each
        self.arrived.append(Arrived(channel, message_id, to, text, datetime.now(UTC)))
        return self.arrived[-1]

    def list_received(self, channel: str) -> list[Arrived]:
        """The messages that a service received."""
        return [each for each in self.arrived if each.channel == channel]

    def get_mood(self, channel: str) -> Mood:
        """The current behaviour of a service."""
        return self.moods.get(channel, Mood.WELL)


def add_channel_routes(app: FastAPI, services: Services) -> None:
    """Add the routes of all services to the sandbox."""
    app.state.channels = services

    @app.get("/channels", include_in_schema=False)
    async def shown() -> HTMLResponse:
        """A page of the received messages, newest first."""
        return HTMLResponse(_PAGE.format(rows="".join(map(_render_row, services.arrived[::-1][:_SHOWN]))))

    @app.put("/channels/{channel}/mood", summary="设定通知方式的状态")
    async def behave(channel: str, mood: Mood) -> Mood:
        """Set the behaviour of a service."""
        if channel not in NAMES:
            raise HTTPException(404, "没有这种方式")
        services.moods[channel] = mood
        return mood

    _serve_sms(app, services)
    _serve_wecom(app, services)
    _serve_robots(app, services)
    _serve_webhook(app, services)


def _render_row(each: Arrived) -> str:
    cells = (f"{each.at.astimezone():%m-%d %H:%M:%S}", NAMES[each.channel], each.to, each.text, str(each.times))
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"


def _build_failure_response(services: Services, channel: str) -> Response | None:
    """The answer of a service that accepts nothing at present; None where it accepts."""
    match services.get_mood(channel):
        case Mood.DOWN:
            return PlainTextResponse("服务不可用", 503)
        case Mood.REFUSING:
            return PlainTextResponse("不予接收", 422)
    return None


async def _answer(services: Services, channel: str, answer: Mapping[str, Any]) -> Response:
    """The answer of a service that has accepted a message, if it answers."""
    if services.get_mood(channel) is Mood.HANGING:
        await asyncio.sleep(_HANGING_S)
    return PlainTextResponse("网关超时", 504) if services.get_mood(channel) is Mood.SILENT else JSONResponse(answer)


def _serve_sms(app: FastAPI, services: Services) -> None:
    @app.post("/channels/sms", summary="短信网关")
    async def send(request: Request) -> Response:
        """Accept `{"id", "to", "text"}`; a repeated id gets the first receipt."""
        if failure := _build_failure_response(services, "sms"):
            return failure
        if request.headers.get("authorization") != f"Bearer {services.secrets['sms']['secret']}":
            return PlainTextResponse("密钥无效", 401)
        message = await request.json()
        services.take("sms", message["id"], message["to"], message["text"])
        return await _answer(services, "sms", {"receipt": f"sms-{message['id']}"})


def _serve_wecom(app: FastAPI, services: Services) -> None:
    @app.get("/channels/wecom/cgi-bin/gettoken", summary="企业微信：获取access_token")
    async def token(corpid: str, corpsecret: str) -> Response:
        """An access token for the right secret."""
        if failure := _build_failure_response(services, "wecom"):
            return failure
        known = services.secrets["wecom"]
        if (corpid, corpsecret) != (known["corp_id"], known["secret"]):
            return JSONResponse({"errcode": 40001, "errmsg": "invalid credential"})
        made = secrets.token_urlsafe(32)
        services.tokens[made] = time.monotonic() + _TOKEN_S
        return JSONResponse({"errcode": 0, "errmsg": "ok", "access_token": made, "expires_in": _TOKEN_S})

    @app.post("/channels/wecom/cgi-bin/message/send", summary="企业微信：发送应用消息")
    async def send(access_token: str, request: Request) -> Response:
        """Accept a text for a member; with `enable_duplicate_check` the same text to the same member is dropped."""
        if failure := _build_failure_response(services, "wecom"):
            return failure
        if services.tokens.get(access_token, 0.0) < time.monotonic():
            return JSONResponse({"errcode": 42001, "errmsg": "access_token expired"})
        message = await request.json()
        if message["agentid"] != services.secrets["wecom"]["agent_id"]:
            return JSONResponse({"errcode": 40056, "errmsg": "invalid agentid"})
        to, text = message["touser"], message["text"]["content"]
        services.take("wecom", f"{to}\n{text}" if message.get("enable_duplicate_check") else "", to, text)
        return await _answer(services, "wecom", {"errcode": 0, "errmsg": "ok", "msgid": secrets.token_hex(8)})


def _is_signed(at: str, sign: str, key: bytes, message: bytes, *, unit: float) -> bool:
    if not at.isdigit() or abs(int(at) / unit - time.time()) > _SIGNED_WITHIN_S:
        return False
    return hmac.compare_digest(base64.b64encode(hmac.new(key, message, "sha256").digest()).decode(), sign)


def _serve_robots(app: FastAPI, services: Services) -> None:
    @app.post("/channels/dingtalk/robot/send", summary="钉钉：自定义机器人")
    async def ding(access_token: str, timestamp: str, sign: str, request: Request) -> Response:
        """Accept a text with a signed timestamp; there is no receipt, and repetitions are not recognised."""
        if failure := _build_failure_response(services, "dingtalk"):
            return failure
        known = services.secrets["dingtalk"]
        signed_over = f"{timestamp}\n{known['secret']}".encode()
        if access_token != known["access_token"]:
            return JSONResponse({"errcode": 300001, "errmsg": "token is not exist"})
        if not _is_signed(timestamp, sign, known["secret"].encode(), signed_over, unit=1000.0):
            return JSONResponse({"errcode": 310000, "errmsg": "sign not match"})
        message = await request.json()
        services.take("dingtalk", "", ",".join(message["at"]["atMobiles"]), message["text"]["content"])
        return await _answer(services, "dingtalk", {"errcode": 0, "errmsg": "ok"})

    @app.post("/channels/feishu/open-apis/bot/v2/hook/{hook}", summary="飞书：自定义机器人")
    async def feishu(hook: str, request: Request) -> Response:
        """Accept a text with a signed timestamp; there is no receipt, and repetitions are not recognised."""
        if failure := _build_failure_response(services, "feishu"):
            return failure
        known, message = services.secrets["feishu"], await request.json()
        at = str(message.get("timestamp", ""))
        if hook != known["hook"]:
            return JSONResponse({"code": 19001, "msg": "param invalid: incoming webhook access token invalid"})
        if not _is_signed(at, str(message.get("sign", "")), f"{at}\n{known['secret']}".encode(), b"", unit=1.0):
            return JSONResponse({"code": 19021, "msg": "sign match fail or timestamp is not within one hour from current time"})
        to, _, text = message["content"]["text"].partition("</at>")
        services.take("feishu", "", to.split('"')[1], text.strip())
        return await _answer(services, "feishu", {"code": 0, "msg": "success", "data": {}})


def _serve_webhook(app: FastAPI, services: Services) -> None:
    @app.post("/channels/webhook", summary="Webhook（Standard Webhooks 签名）")
    async def receive(request: Request) -> Response:
        """Accept a signed message; a repeated id gets the first receipt."""
        if failure := _build_failure_response(services, "webhook"):
            return failure
        body = await request.body()
        if not is_genuine(services.secrets["webhook"]["secret"], request.headers, body):
            return PlainTextResponse("签名无效", 401)
        data, message_id = json.loads(body)["data"], request.headers["webhook-id"]
        services.take("webhook", message_id, data["to"], data["text"])
        return await _answer(services, "webhook", {"receipt": f"webhook-{message_id}"})


class _MailHandler:
    """The handler of aiosmtpd."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd names it
        """Store a mail once for each recipient."""
        if self._services.get_mood("mail") is Mood.DOWN:
            return "451 try again later"
        if self._services.get_mood("mail") is Mood.REFUSING:
            return "550 not here"
        letter = message_from_bytes(bytes(envelope.content or b""), policy=default)
        body = letter.get_body()
        text = body.get_content().strip() if body else ""
        for each in envelope.rcpt_tos:
            self._services.take("mail", str(letter["Message-ID"]), each, f"{letter['Subject']}：{text}")
        return "421 gone" if self._services.get_mood("mail") is Mood.SILENT else "250 kept"


async def start_mail_server(services: Services, port: int) -> asyncio.Server:
    """Start a mail server on the loopback address; it runs until it is closed."""
    from aiosmtpd.smtp import SMTP  # only installed with the extra `up`

    loop = asyncio.get_running_loop()
    return await loop.create_server(lambda: SMTP(_MailHandler(services), loop=loop, hostname="sandbox"), "127.0.0.1", port)
