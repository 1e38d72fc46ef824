"""One's own account (本人账户): password, second factor, and ending one's sign-ins; also open to those who must do one of these first."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from api.auth import (
    Token,
    TokenBearer,
    check_throttle,
    get_address,
    is_password_of,
    issue_token,
    note_account_event,
    read_factor_secret,
)
from api.context import AppContext, get_context
from api.directory import Bearer
from api.http_io import build_form_invalid, parse_form, read_body, request_body
from api.login_throttle import Attempt
from api.problems import document_refusals
from api.schemas.readings import OwnSignIns, SignInView
from api.sign_in_events import describe_event
from api.untraced import declare_untraced
from models.access.scope import Person
from models.administration import LONGEST, SHORTEST
from models.problems import NotFound
from models.readmodel.sign_ins import list_own_sign_ins
from models.store import accounts, second_factor_vouching
from models.trace_shapes import AccountEvent
from models.unit_paths import list_ids
from runtime.logging import log
from runtime.password_strength import ENOUGH, measure_strength, withstands_guessing
from runtime.second_factor import build_address as address_in_picture
from runtime.second_factor import find_step, make_secret, seal_secret

router = APIRouter(tags=["登录"])

_REFUSALS = document_refusals(401, 404, 415, 422, 429)
# As many as somebody looks through.
_LATELY = 50


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class OwnPassword(_Asked):
    """One's password, and the new one."""

    current: SecretStr = Field(title="现在的口令", max_length=1000)
    password: SecretStr = Field(
        title="新口令",
        description=f"{SHORTEST}至{LONGEST}个字符，不得是常见的或者容易猜到的",
        min_length=SHORTEST,
        max_length=LONGEST,
    )


class Considered(_Asked):
    """A password to be judged."""

    password: SecretStr = Field(title="口令", max_length=LONGEST)


class Strength(BaseModel):
    """How long a password withstands guessing, from 0 to 4, and whether that is enough."""

    score: int = Field(title="强度", ge=0, le=4)
    enough: bool = Field(title="可以使用")


class HeldSignIn(BaseModel):
    """One of one's sign-ins; `here` is the one that this request was made with."""

    id: str = Field(title="代号")
    began_at: datetime = Field(title="登录时间")
    seen_at: datetime = Field(title="最近使用")
    here: bool = Field(title="本次登录")


class SignIns(BaseModel):
    """One's valid sign-ins, the last used first."""

    items: list[HeldSignIn]


class EndedSignIn(_Asked):
    """A sign-in to end, and one's password: somebody who merely found the machine unlocked can end none."""

    id: str = Field(title="代号", max_length=200)
    current: SecretStr = Field(title="口令", max_length=1000)


class FirstFactor(_Asked):
    """One's password, which enrolling a second factor asks for."""

    current: SecretStr = Field(title="口令", max_length=1000)


class MomentsPassword(_Asked):
    """The one-time password that one's device shows."""

    otp: str = Field(title="动态口令", pattern=r"^[0-9 ]{6,9}$")


class FactorBegun(BaseModel):
    """The secret of a second factor that awaits confirmation: `address` is what a device reads from a picture."""

    secret: str = Field(title="密钥")
    address: str = Field(title="二维码内容")


@router.post("/api/auth/sign-out", summary="退出登录", status_code=204, responses=document_refusals(401))
async def sign_out(request: Request, bearer: TokenBearer) -> Response:
    """End this sign-in: its token is refused from now on, and its event streams end."""
    ctx = get_context(request)
    async with ctx.pool.connection() as connection:
        await accounts.sign_out(connection, bearer.sign_in)
    ctx.directory.forget()
    log.info("sign-in.ended")
    note_account_event(request, AccountEvent.ENDED, bearer.person.username)
    return Response(status_code=204)


@router.post("/api/auth/sign-out-everywhere", summary="在所有设备上退出登录", status_code=204, responses=document_refusals(401))
async def sign_out_everywhere(request: Request, bearer: TokenBearer) -> Response:
    """End every sign-in of the caller, this one included."""
    ctx = get_context(request)
    async with ctx.pool.connection() as connection:
        await accounts.sign_out_everywhere(connection, bearer.person.username, datetime.now(UTC))
    ctx.directory.forget()
    log.info("sign-in.ended")
    note_account_event(request, AccountEvent.ENDED_ALL, bearer.person.username)
    return Response(status_code=204)


@router.get(
    "/api/me/sign-ins",
    dependencies=declare_untraced("the caller's own sign-ins"),
    summary="本人的登录",
    responses=document_refusals(401),
)
async def sign_ins(request: Request, bearer: TokenBearer) -> SignIns:
    """Where the caller is signed in now."""
    ctx = get_context(request)
    async with ctx.pool.connection() as connection:
        held = await accounts.sign_ins(connection, bearer.person.username, timedelta(minutes=ctx.settings.idle_minutes))
    return SignIns(
        items=[
            HeldSignIn(id=each.sid, began_at=each.began_at, seen_at=each.seen_at, here=each.sid == bearer.sign_in.sid)
            for each in held
        ]
    )


@router.get(
    "/api/me/comings",
    dependencies=declare_untraced("the caller's own account"),
    summary="我的登录记录",
    responses=document_refusals(401),
)
async def get_own_sign_ins(request: Request, bearer: TokenBearer) -> OwnSignIns:
    """Who came in the caller's name lately, or tried to: when, from where, how and with which program; the newest first."""
    ctx = get_context(request)
    async with ctx.pool.connection() as connection:
        rows = await list_own_sign_ins(connection, bearer.person.username, _LATELY)
    return OwnSignIns(items=[SignInView(**describe_event(row, ctx.ring)) for row in rows])


@router.post(
    "/api/me/sign-ins/end", summary="结束一次登录", status_code=204, openapi_extra=request_body(EndedSignIn), responses=_REFUSALS
)
async def end_sign_in(request: Request, bearer: TokenBearer) -> Response:
    """End one of the caller's sign-ins, here or elsewhere."""
    ctx, username = get_context(request), bearer.person.username
    _check_own_sign_in(bearer)
    asked = parse_form(EndedSignIn, await read_body(request))
    await _check_password(request, ctx, username, asked.current)
    async with ctx.pool.connection() as connection:
        await accounts.end_one(connection, username, asked.id)
    ctx.directory.forget()
    log.info("sign-in.ended")
    note_account_event(request, AccountEvent.ENDED, username, "从另一处结束")
    return Response(status_code=204)


@router.post("/api/me/password/strength", summary="口令强度", openapi_extra=request_body(Considered), responses=_REFUSALS)
async def consider_password(request: Request, bearer: TokenBearer) -> Strength:
    """How long a password that the caller considers would withstand guessing; nothing of it is kept."""
    ctx = get_context(request)
    ctx.rate_limits.write(bearer.person.username)
    asked = parse_form(Considered, await read_body(request))
    password = asked.password.get_secret_value()
    score = await to_thread.run_sync(measure_strength, password, tuple(_list_personal_words(bearer.person)))
    return Strength(score=score, enough=score >= ENOUGH and len(password) >= SHORTEST)


@router.post("/api/me/password", summary="修改本人口令", openapi_extra=request_body(OwnPassword), responses=_REFUSALS)
async def change_password(request: Request, bearer: TokenBearer) -> Token:
    """Change one's own password. Every sign-in ends by it; the answer is a new one."""
    ctx, username = get_context(request), bearer.person.username
    _check_own_sign_in(bearer)
    asked = parse_form(OwnPassword, await read_body(request))
    await _check_password(request, ctx, username, asked.current)
    new = asked.password.get_secret_value()
    if new == asked.current.get_secret_value():
        raise build_form_invalid("password", "unchanged", "新口令不得与现在的口令相同")
    check_strength(new, _list_personal_words(bearer.person))
    hashed = await ctx.passwords.hash(username, new)
    async with ctx.pool.connection() as connection:
        generation = await accounts.change_own_password(connection, username, hashed, datetime.now(UTC))
    ctx.directory.forget()
    log.info("password.changed")
    note_account_event(request, AccountEvent.PASSWORD, username)
    return await issue_token(ctx, username, generation)


@router.post(
    "/api/me/second-factor", summary="启用动态口令：取得密钥", openapi_extra=request_body(FirstFactor), responses=_REFUSALS
)
async def begin_second_factor(request: Request, bearer: TokenBearer) -> FactorBegun:
    """Begin a second factor; it holds once `POST /api/me/second-factor/confirm` has had a password of the moment from it."""
    ctx, username = get_context(request), bearer.person.username
    _check_own_sign_in(bearer)
    asked = parse_form(FirstFactor, await read_body(request))
    await _check_password(request, ctx, username, asked.current)
    secret = make_secret()
    async with ctx.pool.connection() as connection:
        kept = seal_secret(ctx.ring, username, secret)
        begun = await accounts.begin_factor(connection, username, kept, ctx.ring.key_id, datetime.now(UTC))
    if not begun:
        raise build_form_invalid("", "already-enrolled", "动态口令已经启用；更换设备请联系督察部门停用后重新启用")
    return FactorBegun(secret=secret, address=address_in_picture(secret, username))


@router.post(
    "/api/me/second-factor/confirm",
    summary="启用动态口令：确认",
    status_code=204,
    openapi_extra=request_body(MomentsPassword),
    responses=_REFUSALS,
)
async def confirm_second_factor(request: Request, bearer: TokenBearer) -> Response:
    """Confirm the second factor that was begun: from now on signing in asks for it. For whoever needs one it counts once it is vouched for."""
    ctx, username = get_context(request), bearer.person.username
    _check_own_sign_in(bearer)
    asked = parse_form(MomentsPassword, await read_body(request))
    attempt = Attempt(username, get_address(request))
    await check_throttle(request, attempt)
    async with ctx.pool.connection() as connection:
        found = await accounts.find_account(connection, username)
        secret = read_factor_secret(ctx, username, found) if found else ""
        step = find_step(secret, asked.otp) if secret else None
        offices_needing_factor = ctx.directory.list_offices_needing_factor(bearer.person, bearer.sign_in)
        if step is None or not await second_factor_vouching.confirm(
            connection, bearer.person, step, offices_needing_factor, datetime.now(UTC)
        ):
            raise build_form_invalid("otp", "wrong", "动态口令不正确，请核对设备的时间" if secret else "请先取得密钥")
    await ctx.login_throttle.forgive(attempt)
    ctx.directory.forget()
    log.info("second-factor.enrolled")
    note_account_event(request, AccountEvent.FACTOR, username)
    return Response(status_code=204)


def check_strength(password: str, known: Iterable[str]) -> None:
    """FormInvalid for a password that is easy to guess for somebody who knows this about the person."""
    if not withstands_guessing(password, known):
        raise build_form_invalid(
            "password", "too-weak", "口令容易猜到：曾经泄露，或者由常用词、姓名、日期、键位组成；请用更长、更少见的"
        )


def _list_personal_words(person: Person) -> Iterable[str]:
    """What a colleague knows of somebody."""
    yield from (person.username, person.zh, person.badge)
    for each in person.offices:
        yield from (each.unit.zh, *list_ids(each.unit.path))


def _check_own_sign_in(bearer: Bearer) -> None:
    if bearer.sign_in.generation is None:
        raise NotFound("口令和动态口令由本单位的统一身份认证管理")


async def _check_password(request: Request, ctx: AppContext, username: str, password: SecretStr) -> None:
    """Refuse a caller who does not know the password of who is signed in; attempts are limited as at sign-in."""
    attempt = Attempt(username, get_address(request))
    await check_throttle(request, attempt)
    try:
        async with ctx.pool.connection() as connection:
            found = await accounts.find_account(connection, username)
        right = await is_password_of(ctx, username, found, password.get_secret_value())
    except Exception:
        await ctx.login_throttle.withdraw(attempt)
        raise
    if not right:
        note_account_event(request, AccountEvent.UNPROVED, username)
        raise build_form_invalid("current", "wrong", "现在的口令不正确")
    await ctx.login_throttle.forgive(attempt)
