"""The caller's own channels (通知方式): addresses confirmed by a code, a test message, what they have looked at, and a calendar feed."""

import hashlib
import secrets
from datetime import UTC, datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.access_log import AccessRecord
from api.auth import Caller, get_address
from api.context import get_context
from api.http_io import build_form_invalid, parse_form, read_body, request_body
from api.problems import document_refusals
from api.schemas.channels import AddressCode, FeedMade, Looked, OwnWay, OwnWays, ProposedAddress
from api.untraced import declare_untraced
from law.calendar import SHANGHAI
from models.channels import ADDRESSES, Channel, OwnMessage, is_address
from models.problems import NotFound, TooManyRequests
from models.readmodel import calendar_feed
from models.readmodel.offices import find_person
from models.store import channel_addresses
from models.trace_shapes import Reading

router = APIRouter(tags=["通知方式"])

_REFUSALS = document_refusals(401, 404, 415, 422, 429)
_NONE = ("", "", "")


@router.get(
    "/api/me/channels",
    dependencies=declare_untraced("the caller's own channels"),
    summary="本人的通知方式",
    responses=document_refusals(401),
)
async def get_own_ways(request: Request, person: Caller) -> OwnWays:
    """Every channel: whether the bureau has it, and the caller's address."""
    async with get_context(request).pool.connection() as connection:
        found = await channel_addresses.read_own_channels(connection, person.username)
        made_at = await channel_addresses.find_feed_time(connection, person.username)
    return OwnWays(items=[_describe(each) for each in found], feed_made_at=made_at and made_at.astimezone(SHANGHAI))


def _describe(own: channel_addresses.OwnChannel) -> OwnWay:
    channel = Channel(own.channel)
    zh, _, example = ADDRESSES.get(channel, _NONE)
    at = own.confirmed_at and own.confirmed_at.astimezone(SHANGHAI)
    return OwnWay(
        channel=channel,
        zh=channel.label,
        configured=own.configured,
        address_zh=zh,
        example=example,
        address=own.address,
        confirmed_at=at,
        pending=own.pending,
    )


@router.put(
    "/api/me/channels/{channel}",
    summary="登记地址",
    status_code=204,
    openapi_extra=request_body(ProposedAddress),
    responses=_REFUSALS,
)
async def propose(request: Request, channel: Channel, person: Caller) -> Response:
    """Send a code to a new address. Until it is confirmed the old address remains in use."""
    asked = parse_form(ProposedAddress, await read_body(request))
    ctx, address = get_context(request), asked.address.strip()
    if not is_address(channel, address):
        known = ADDRESSES.get(channel)
        raise build_form_invalid(
            "address", "form", f"不是{known.zh}，例如 {known.example}" if known else f"{channel.label}不需要地址"
        )
    ctx.rate_limits.write(person.username)
    code = f"{secrets.randbelow(10**6):06}"
    async with ctx.pool.connection() as connection:
        _check_configured(await channel_addresses.read_own_channels(connection, person.username), channel)
        if not await channel_addresses.propose(connection, person.username, channel, address, code, datetime.now(UTC)):
            raise _build_too_soon()
    return Response(status_code=204)


@router.post(
    "/api/me/channels/{channel}/confirm",
    summary="确认地址",
    status_code=204,
    openapi_extra=request_body(AddressCode),
    responses=_REFUSALS,
)
async def confirm(request: Request, channel: Channel, person: Caller) -> Response:
    """Confirm an address by the code that was sent there, within ten minutes and five attempts."""
    asked = parse_form(AddressCode, await read_body(request))
    async with get_context(request).pool.connection() as connection:
        if not await channel_addresses.confirm(connection, person.username, channel, asked.code, datetime.now(UTC)):
            raise build_form_invalid("code", "wrong", "确认码不正确或者已经过期，请核对，或者重新获取")
    return Response(status_code=204)


@router.delete("/api/me/channels/{channel}", summary="删除地址", status_code=204, responses=document_refusals(401, 404, 422))
async def forget(request: Request, channel: Channel, person: Caller) -> Response:
    """Delete the caller's address of a channel."""
    async with get_context(request).pool.connection() as connection:
        await channel_addresses.forget(connection, person.username, channel)
    return Response(status_code=204)


@router.post(
    "/api/me/channels/{channel}/test", summary="发送测试通知", status_code=204, responses=document_refusals(401, 404, 422, 429)
)
async def test(request: Request, channel: Channel, person: Caller) -> Response:
    """Send the caller a test message, at most once a minute."""
    ctx = get_context(request)
    ctx.rate_limits.write(person.username)
    async with ctx.pool.connection() as connection:
        found = await channel_addresses.read_own_channels(connection, person.username)
        _check_configured(found, channel)
        if channel in ADDRESSES and not next(each for each in found if each.channel == channel).address:
            raise build_form_invalid("address", "unconfirmed", f"请先登记并确认{ADDRESSES[channel].zh}")
        if not await channel_addresses.send_own(connection, person.username, channel, OwnMessage.TEST, datetime.now(UTC)):
            raise _build_too_soon()
    return Response(status_code=204)


def _check_configured(found: list[channel_addresses.OwnChannel], channel: Channel) -> None:
    if not any(each.channel == channel and each.configured for each in found):
        raise NotFound(f"本单位没有开通{channel.label}，请联系系统管理员")


def _build_too_soon() -> TooManyRequests:
    return TooManyRequests("一分钟内只发送一次，请稍候", retry_after=int(channel_addresses.MIN_INTERVAL.total_seconds()))


@router.post(
    "/api/notices/seen",
    summary="已经查看",
    status_code=204,
    openapi_extra=request_body(Looked),
    responses=document_refusals(401, 415, 422),
)
async def note_look(request: Request, person: Caller) -> Response:
    """Record that the caller has looked at a matter, or at all their notices, so that their messages are not escalated."""
    asked = parse_form(Looked, await read_body(request))
    async with get_context(request).pool.connection() as connection:
        await channel_addresses.mark_seen(connection, person.username, asked.matter, datetime.now(UTC))
    return Response(status_code=204)


# The calendar feed

_TOKEN_BYTES = 32


def _compute_digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


@router.post("/api/me/calendar-feed", summary="建立期限日历", responses=document_refusals(401))
async def make_feed(request: Request, person: Caller) -> FeedMade:
    """Make a calendar feed of the caller's deadlines, replacing the old one. Its address is shown only this once."""
    ctx, token = get_context(request), secrets.token_urlsafe(_TOKEN_BYTES)
    ctx.rate_limits.write(person.username)
    async with ctx.pool.connection() as connection:
        await channel_addresses.store_feed(connection, person.username, _compute_digest(token), datetime.now(UTC))
    return FeedMade(path=f"/api/calendar-feed/{token}.ics")


@router.delete("/api/me/calendar-feed", summary="停用期限日历", status_code=204, responses=document_refusals(401))
async def end_feed(request: Request, person: Caller) -> Response:
    """Delete the caller's calendar feed."""
    async with get_context(request).pool.connection() as connection:
        await channel_addresses.end_feed(connection, person.username)
    return Response(status_code=204)


@router.get(
    "/api/calendar-feed/{token}.ics",
    dependencies=declare_untraced("numbers and limits of the feed's owner, fetched by a program that is not signed in"),
    summary="期限日历",
    response_class=Response,
    responses={200: {"content": {"text/calendar": {"schema": {"type": "string"}}}}} | document_refusals(404),
)
async def get_feed(request: Request, token: str) -> Response:
    """The deadlines of the feed's owner as iCalendar: number, limit and instant, nothing about people."""
    ctx = get_context(request)
    tree = await ctx.directory.load_units()
    async with ctx.pool.connection() as connection:
        username = await channel_addresses.find_feed_owner(connection, _compute_digest(token), demo=ctx.settings.demo)
        person = await find_person(connection, username, tree) if username else None
        if person is None:
            raise NotFound("没有这一日历，可能已经停用")
        ctx.rate_limits.ask(person.username)
        request.state.trace = AccessRecord(Reading.CLOCKS, person, get_address(request), "", {}, "")
        deadlines = await calendar_feed.list_deadlines(connection, person)
    text = calendar_feed.render_feed(deadlines, datetime.now(UTC), ctx.settings.public_address)
    return Response(text, media_type="text/calendar; charset=utf-8", headers={"Content-Disposition": "inline; filename=louke.ics"})
