"""How one is told outside (通知方式): addresses that are confirmed by a code, a test, what one has looked at, and the calendar feed."""

import hashlib
import secrets
from datetime import UTC, datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.access_log import AccessRecord
from api.auth import Caller, address_of
from api.context import get_context
from api.http_io import invalid, parse_form, read_body, request_body
from api.problems import documented
from api.schemas.channels import AddressCode, FeedMade, Looked, OwnWay, OwnWays, ProposedAddress
from law.calendar import SHANGHAI
from models.channels import ADDRESSES, Channel, Own, is_address
from models.problems import NotFound, TooManyRequests
from models.readmodel import calendar_feed
from models.readmodel.offices import find_person
from models.store import channel_addresses as ways
from models.trace_shapes import Reading

router = APIRouter(tags=["通知方式"])

_REFUSALS = documented(401, 404, 415, 422, 429)
_NONE = ("", "", "")


@router.get("/api/me/channels", summary="本人的通知方式", responses=documented(401))
async def own_ways(request: Request, person: Caller) -> OwnWays:
    """Every channel, whether the bureau has it, and where the caller is reached by it."""
    async with get_context(request).pool.connection() as connection:
        found = await ways.ways_of(connection, person.username)
        made_at = await ways.feed_made_at(connection, person.username)
    return OwnWays(items=[_told(each) for each in found], feed_made_at=made_at and made_at.astimezone(SHANGHAI))


def _told(way: ways.Way) -> OwnWay:
    channel = Channel(way.channel)
    zh, _, example = ADDRESSES.get(channel, _NONE)
    at = way.confirmed_at and way.confirmed_at.astimezone(SHANGHAI)
    return OwnWay(
        channel=channel,
        zh=channel.label,
        configured=way.configured,
        address_zh=zh,
        example=example,
        address=way.address,
        confirmed_at=at,
        pending=way.pending,
    )


@router.put(
    "/api/me/channels/{channel}",
    summary="登记地址",
    status_code=204,
    openapi_extra=request_body(ProposedAddress),
    responses=_REFUSALS,
)
async def propose(request: Request, channel: Channel, person: Caller) -> Response:
    """Have a code sent to an address; it holds once the code has come back, and the one before until then."""
    asked = parse_form(ProposedAddress, await read_body(request))
    ctx, address = get_context(request), asked.address.strip()
    if not is_address(channel, address):
        known = ADDRESSES.get(channel)
        raise invalid("address", "form", f"不是{known.zh}，例如 {known.example}" if known else f"{channel.label}不需要地址")
    ctx.rate_limits.write(person.username)
    code = f"{secrets.randbelow(10**6):06}"
    async with ctx.pool.connection() as connection:
        await _available(await ways.ways_of(connection, person.username), channel)
        if not await ways.propose(connection, person.username, channel, address, code, datetime.now(UTC)):
            raise _too_soon()
    return Response(status_code=204)


@router.post(
    "/api/me/channels/{channel}/confirm",
    summary="确认地址",
    status_code=204,
    openapi_extra=request_body(AddressCode),
    responses=_REFUSALS,
)
async def confirm(request: Request, channel: Channel, person: Caller) -> Response:
    """Confirm an address by the code that was sent there: within ten minutes, and five times at most."""
    asked = parse_form(AddressCode, await read_body(request))
    async with get_context(request).pool.connection() as connection:
        if not await ways.confirm(connection, person.username, channel, asked.code, datetime.now(UTC)):
            raise invalid("code", "wrong", "确认码不正确或者已经过期，请核对，或者重新获取")
    return Response(status_code=204)


@router.delete("/api/me/channels/{channel}", summary="删除地址", status_code=204, responses=documented(401, 404, 422))
async def forget(request: Request, channel: Channel, person: Caller) -> Response:
    """Be reached by that channel no more."""
    async with get_context(request).pool.connection() as connection:
        await ways.forget(connection, person.username, channel)
    return Response(status_code=204)


@router.post("/api/me/channels/{channel}/test", summary="发送测试通知", status_code=204, responses=documented(401, 404, 422, 429))
async def test(request: Request, channel: Channel, person: Caller) -> Response:
    """Send the caller a message that says that it works, once a minute at most."""
    ctx = get_context(request)
    ctx.rate_limits.write(person.username)
    async with ctx.pool.connection() as connection:
        found = await ways.ways_of(connection, person.username)
        await _available(found, channel)
        if channel in ADDRESSES and not next(each for each in found if each.channel == channel).address:
            raise invalid("address", "unconfirmed", f"请先登记并确认{ADDRESSES[channel].zh}")
        if not await ways.keep_own(connection, person.username, channel, Own.TEST, datetime.now(UTC)):
            raise _too_soon()
    return Response(status_code=204)


async def _available(found: list[ways.Way], channel: Channel) -> None:
    if not any(each.channel == channel and each.configured for each in found):
        raise NotFound(f"本单位没有开通{channel.label}，请联系系统管理员")


def _too_soon() -> TooManyRequests:
    return TooManyRequests("一分钟内只发送一次，请稍候", retry_after=int(ways.APART.total_seconds()))


@router.post(
    "/api/notices/seen",
    summary="已经查看",
    status_code=204,
    openapi_extra=request_body(Looked),
    responses=documented(401, 415, 422),
)
async def looked(request: Request, person: Caller) -> Response:
    """Say that the caller has looked at a matter, or at all their notices: what was sent of it is not told to the office above."""
    asked = parse_form(Looked, await read_body(request))
    async with get_context(request).pool.connection() as connection:
        await ways.seen(connection, person.username, asked.matter, datetime.now(UTC))
    return Response(status_code=204)


# The calendar feed

_TOKEN_BYTES = 32


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


@router.post("/api/me/calendar-feed", summary="建立期限日历", responses=documented(401))
async def make_feed(request: Request, person: Caller) -> FeedMade:
    """Make a calendar feed of the caller's deadlines; its address is told this once, and the one before ends."""
    ctx, token = get_context(request), secrets.token_urlsafe(_TOKEN_BYTES)
    ctx.rate_limits.write(person.username)
    async with ctx.pool.connection() as connection:
        await ways.keep_feed(connection, person.username, _digest(token), datetime.now(UTC))
    return FeedMade(path=f"/api/calendar-feed/{token}.ics")


@router.delete("/api/me/calendar-feed", summary="停用期限日历", status_code=204, responses=documented(401))
async def end_feed(request: Request, person: Caller) -> Response:
    """End the caller's calendar feed: its address opens nothing any more."""
    async with get_context(request).pool.connection() as connection:
        await ways.end_feed(connection, person.username)
    return Response(status_code=204)


@router.get(
    "/api/calendar-feed/{token}.ics",
    summary="期限日历",
    response_class=Response,
    responses={200: {"content": {"text/calendar": {"schema": {"type": "string"}}}}} | documented(404),
)
async def feed(request: Request, token: str) -> Response:
    """The deadlines of whoever holds that feed, as iCalendar: number, limit and instant, and nothing about anybody."""
    ctx = get_context(request)
    tree = await ctx.directory.units()
    async with ctx.pool.connection() as connection:
        username = await ways.whose_feed(connection, _digest(token), demo=ctx.settings.demo)
        person = await find_person(connection, username, tree) if username else None
        if person is None:
            raise NotFound("没有这一日历，可能已经停用")
        ctx.rate_limits.ask(person.username)
        request.state.trace = AccessRecord(Reading.CLOCKS, person, address_of(request), "", {}, "")
        deadlines = await calendar_feed.deadlines(connection, person)
    text = calendar_feed.rendered(deadlines, datetime.now(UTC), ctx.settings.public_address)
    return Response(text, media_type="text/calendar; charset=utf-8", headers={"Content-Disposition": "inline; filename=louke.ics"})
