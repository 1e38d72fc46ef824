"""Authentication: bearer tokens, the sign-in form of people and systems, and the signed-in person with their offices."""

import hmac
import time
from base64 import b64encode
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal, NoReturn

from anyio import to_thread
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from fastapi import APIRouter, Depends, Form, Request
from fastapi.security import OAuth2PasswordBearer
from psycopg.errors import DiskFull
from pydantic import BaseModel, Field, SecretStr

from api.access_reason import parse_reason
from api.context import AppContext, get_context
from api.directory import Bearer, Owes, get_client_secret
from api.login_throttle import Attempt
from api.problems import document_refusals
from api.schemas.people import Me
from api.sign_in_events import SignInEvent
from api.untraced import declare_untraced
from law.offices import Office
from models.access.scope import Person
from models.outside import build_machine_name
from models.problems import (
    FormInvalid,
    NotSignedIn,
    PasswordMustChange,
    SecondFactorMissing,
    SecondFactorMustEnrol,
    SecondFactorUnvouched,
    TooManyRequests,
)
from models.store import accounts
from models.store.accounts import Account
from models.trace_shapes import AccountEvent
from runtime.encryption import Unreadable
from runtime.logging import log
from runtime.password_strength import withstands_guessing
from runtime.passwords import DEMO_PASSWORD
from runtime.second_factor import find_step, open_secret
from runtime.tokens import DemoTokens

router = APIRouter(tags=["登录"])

_BEARER = OAuth2PasswordBearer(
    tokenUrl="/api/auth/token", auto_error=False, description="人员以口令换取令牌，外部系统以密钥换取令牌"
)
_NOTHING = SecretStr("")


class Token(BaseModel):
    """A bearer token and for how many seconds it is valid."""

    access_token: str
    token_type: str = "bearer"
    expires_in: int = Field(title="有效秒数")
    device: str = Field(
        default="", title="本机凭据", description="下次在本机登录时附上，他人在别处输错口令不会妨碍本人；不能代替口令"
    )
    owes: Owes = Field(
        default="",
        title="须先办理",
        description="password：须先修改口令；second-factor：须先启用动态口令；vouching：动态口令须经督察当面核实；此前其他操作都不受理",
    )


class DemoLogin(BaseModel):
    """A user that a demonstration offers for signing in."""

    name: str = Field(title="用户名")
    password: str = Field(title="口令")
    who: str = Field(title="何人")


class Way(BaseModel):
    """How one signs in here: with a password, or through the bureau's identity provider."""

    way: Literal["password", "oidc"] = Field(title="方式")
    demo: bool = Field(title="演示系统")
    logins: list[DemoLogin] = Field(default=[], title="演示用户", description="只有演示系统给出")
    issuer: str = Field(default="", title="统一身份认证")
    client_id: str = Field(default="", title="在统一身份认证中的代号")


async def get_bearer(request: Request, token: Annotated[str | None, Depends(_BEARER)]) -> Bearer:
    """Who bears the request's token; NotSignedIn without one.

    `X-Unattended` marks requests of an idle page, which keep nobody signed in.
    """
    if not token:
        raise NotSignedIn()
    ctx = get_context(request)
    bearer = await ctx.directory.get_bearer(token, attended="x-unattended" not in request.headers)
    if bearer.first:
        note_account_event(request, AccountEvent.ACCEPTED, bearer.person.username, "统一身份认证")
    ctx.rate_limits.ask(bearer.person.username)
    return bearer


TokenBearer = Annotated[Bearer, Depends(get_bearer)]
"""Whoever bears a token, as a parameter of a route that serves also those who have something else to do first."""


async def get_signed_in_person(request: Request, bearer: TokenBearer) -> Person:
    """The signed-in person; refused while they must change a password or enrol a second factor first.

    A reason that the request states counts only while traces can be written.
    """
    if bearer.owes == "password":
        raise PasswordMustChange()
    if bearer.owes == "second-factor":
        raise SecondFactorMustEnrol()
    if bearer.owes == "vouching":
        raise SecondFactorUnvouched()
    reasoned = bool(parse_reason(request)) and not get_context(request).access_log.failing
    return replace(bearer.person, reasoned=True) if reasoned else bearer.person


async def find_signed_in_person(request: Request) -> Person | None:
    """Who made this request, as they are now; None where they are no longer signed in. It does not extend the sign-in."""
    token = await _BEARER(request)
    try:
        return await get_signed_in_person(request, await get_context(request).directory.get_bearer(token or "", attended=False))
    except (NotSignedIn, PasswordMustChange, SecondFactorMustEnrol, SecondFactorUnvouched):
        return None


Caller = Annotated[Person, Depends(get_signed_in_person)]
"""The signed-in person, as a parameter of a route."""


class TokenRequest:
    """The fields of a token request (OAuth 2.0): a person's name and password, or a system's id and secret."""

    def __init__(
        self,
        grant_type: Annotated[Literal["password", "client_credentials"], Form()] = "password",
        username: Annotated[str, Form(max_length=200)] = "",
        password: Annotated[SecretStr, Form(max_length=1000)] = _NOTHING,
        client_id: Annotated[str, Form(max_length=200)] = "",
        client_secret: Annotated[SecretStr, Form(max_length=1000)] = _NOTHING,
        otp: Annotated[str, Form(max_length=20, title="动态口令")] = "",
        device: Annotated[str, Form(max_length=2000, title="本机凭据", description="一份或者多份，以空格分开")] = "",
    ) -> None:
        """A person fills in the first pair of fields, a system the second."""
        self.by_system = grant_type == "client_credentials"
        self.name = client_id if self.by_system else username
        self.otp, self.devices = otp, device
        self.secret = (client_secret if self.by_system else password).get_secret_value()
        if not (self.name and self.secret):
            missing = ("client_id", "client_secret") if self.by_system else ("username", "password")
            raise FormInvalid(errors=[{"field": field, "rule": "missing", "detail": "必须填写"} for field in missing])


@router.get("/api/auth/way", dependencies=declare_untraced("how to sign in"), summary="如何登录")
async def get_way(request: Request) -> Way:
    """How one signs in; a demonstration says as whom."""
    ctx = get_context(request)
    if not isinstance(ctx.tokens, DemoTokens):
        settings = ctx.settings
        return Way(way="oidc", demo=False, issuer=settings.oidc_issuer, client_id=settings.oidc_client_id)
    demo = ctx.settings.demo
    return Way(way="password", demo=demo, logins=list(request.app.state.logins) if demo else [])


@router.post("/api/auth/token", summary="登录", responses=document_refusals(401, 422, 429))
async def sign_in(request: Request, form: Annotated[TokenRequest, Depends()]) -> Token:
    """Exchange somebody's name and password (and second factor, where they have one), or a system's id and secret, for a bearer token (OAuth 2.0)."""
    ctx = get_context(request)
    if not isinstance(ctx.tokens, DemoTokens):
        raise NotSignedIn("请通过本单位的统一身份认证登录")
    subject = build_machine_name(form.name) if form.by_system else form.name
    attempt = Attempt(subject, get_address(request), ctx.tokens.find_device(subject, form.devices))
    await check_throttle(request, attempt)
    try:
        proved = await (_check_system(ctx, form) if form.by_system else _check_person(ctx, form))
    except Exception:
        # Nobody could say whether the password was right, and nobody guessed anything. (Who hangs up first is not forgiven.)
        await ctx.login_throttle.withdraw(attempt)
        raise
    if isinstance(proved, AccountEvent):
        await _refuse_sign_in(request, form, attempt, proved)
    await ctx.login_throttle.forgive(attempt)
    log.info("sign-in.accepted")
    note_account_event(
        request, AccountEvent.ACCEPTED, subject, "密钥" if form.by_system else "口令和动态口令" if form.otp else "口令"
    )
    if not (attempt.device or form.by_system or ctx.settings.demo):
        with suppress(DiskFull):  # which keeps nobody out
            async with ctx.pool.connection() as connection:
                await accounts.notify_of_new_device(connection, subject, datetime.now(UTC))
    return await issue_token(ctx, subject, proved, attempt.device, by_system=form.by_system)


async def _refuse_sign_in(request: Request, form: TokenRequest, attempt: Attempt, why: AccountEvent) -> NoReturn:
    """NotSignedIn for an attempt that failed, which is traced and counted."""
    note_account_event(request, why, attempt.user)
    if why is AccountEvent.NO_FACTOR:  # the password was right
        await get_context(request).login_throttle.withdraw(attempt)
        raise SecondFactorMissing()
    if why is AccountEvent.TOO_OLD:
        await get_context(request).login_throttle.withdraw(attempt)
        log.info("sign-in.refused", outcome="too-old")
        raise NotSignedIn("他人为您设置的口令已经过期，请联系系统管理员重新设置")
    log.info("sign-in.refused")
    raise NotSignedIn(
        "系统名称或者密钥不正确" if form.by_system else "用户名、口令或者动态口令不正确" if form.otp else "用户名或者口令不正确"
    )


def get_address(request: Request) -> str:
    """The address of the caller; behind a proxy that the settings name, the one that it reports."""
    return request.client.host if request.client else ""


def note_account_event(request: Request, event: AccountEvent, username: str, how: str = "", by: str = "") -> None:
    """Queue a trace of a sign-in event in this request: of which user, how, and by whom if by another."""
    agent = request.headers.get("user-agent", "")
    get_context(request).access_log.add_event(SignInEvent(event, username, get_address(request), agent, how, by))


async def check_throttle(request: Request, attempt: Attempt) -> None:
    """Begin a sign-in attempt; TooManyRequests where the throttle is closed."""
    wait = await get_context(request).login_throttle.enter(attempt)
    if wait:
        log.info("sign-in.limited", retry_after=int(wait) + 1)
        note_account_event(request, AccountEvent.LIMITED, attempt.user)
        raise TooManyRequests("登录尝试过于频繁", retry_after=int(wait) + 1)


async def issue_token(ctx: AppContext, subject: str, generation: int, device: str = "", *, by_system: bool = False) -> Token:
    """A token for somebody who has just authenticated."""
    assert isinstance(ctx.tokens, DemoTokens)  # nobody proves it to us where an identity provider serves
    token, expires_at = ctx.tokens.issue(subject, generation)
    lasting = round(expires_at.timestamp() - time.time())
    if by_system:
        return Token(access_token=token, expires_in=lasting)
    owes = (await ctx.directory.get_bearer(token)).owes
    return Token(access_token=token, expires_in=lasting, device=device or ctx.tokens.issue_device(subject), owes=owes)


async def _check_person(ctx: AppContext, form: TokenRequest) -> int | AccountEvent:
    """The generation of the password that was proved; else why the sign-in is refused."""
    async with ctx.pool.connection() as connection:
        found = await accounts.find_account(connection, form.name)
    if not await is_password_of(ctx, form.name, found, form.secret) or found is None:
        return AccountEvent.WRONG
    if found.confirmed_at and not form.otp:
        return AccountEvent.NO_FACTOR
    if found.confirmed_at and not await _check_factor(ctx, form, found):
        return AccountEvent.WRONG_FACTOR
    if found.must_change and found.age and found.age > timedelta(hours=ctx.settings.first_password_hours):
        return AccountEvent.TOO_OLD
    await _rehash(ctx, form, found)
    if not (ctx.settings.demo or await to_thread.run_sync(withstands_guessing, form.secret, (form.name, found.zh))):
        with suppress(DiskFull):
            async with ctx.pool.connection() as connection:
                await accounts.must_change(connection, form.name)
    return found.generation


async def _rehash(ctx: AppContext, form: TokenRequest, found: Account) -> None:
    """Hash a password anew where its hash is older than the secret mixed into it now: only a sign-in has the password."""
    if found.demo or found.password_hash is None or ctx.passwords.is_current(found.password_hash):
        return
    hashed = await ctx.passwords.hash(form.name, form.secret)
    with suppress(DiskFull):
        async with ctx.pool.connection() as connection:
            await accounts.renew_hash(connection, form.name, found.password_hash, hashed)


async def is_password_of(ctx: AppContext, username: str, found: Account | None, password: str) -> bool:
    """Whether that is the account's password; the published demo password works in a demonstration only."""
    right = await ctx.passwords.verify(username, password, found.password_hash if found else None)
    return right and (ctx.settings.demo or (password != DEMO_PASSWORD and found is not None and not found.demo))


def read_factor_secret(ctx: AppContext, username: str, found: Account) -> str:
    """The secret of somebody's second factor; empty where they have none, or it was not stored for them."""
    if not found.secret:
        return ""
    try:
        return open_secret(ctx.ring, username, found.key_id or "", found.secret)
    except Unreadable:
        log.error("second-factor.unreadable")
        return ""


async def _check_factor(ctx: AppContext, form: TokenRequest, found: Account) -> bool:
    secret = read_factor_secret(ctx, form.name, found)
    step = find_step(secret, form.otp) if secret else None
    if step is None:
        return False
    async with ctx.pool.connection() as connection:
        first = await accounts.use_factor(connection, form.name, step)
        if not first:
            log.warning("second-factor.reused")
            await accounts.warn_of_reused_code(connection, form.name, datetime.now(UTC))
    return first


async def _check_system(ctx: AppContext, form: TokenRequest) -> int | AccountEvent:
    assert isinstance(ctx.tokens, DemoTokens)  # nobody proves it to us where an identity provider serves
    wanted = get_client_secret(ctx.settings, build_machine_name(form.name))
    right = hmac.compare_digest(wanted.encode(), form.secret.encode()) and wanted
    return ctx.tokens.compute_generation(wanted) if right else AccountEvent.WRONG


@router.get(
    "/api/me",
    dependencies=declare_untraced("the caller's own account"),
    summary="我是谁",
    responses={200: {"model": Me}} | document_refusals(401),
    response_model=None,
)
async def get_me(request: Request, bearer: TokenBearer) -> dict[str, Any]:
    """The signed-in person and the offices they hold."""
    person = bearer.person
    offices = [
        {"office": each.office, "zh": Office(each.office).label, "unit": each.unit.id, "unit_zh": each.unit.zh}
        for each in person.offices
    ]
    return {
        "username": person.username,
        "zh": person.zh,
        "badge": person.badge,
        "offices": offices,
        "owes": bearer.owes,
        "second_factor": bearer.second_factor,
        "own_password": bearer.sign_in.generation is not None,
        "local_key": derive_local_key(get_context(request), person.username),
    }


def derive_local_key(ctx: AppContext, username: str) -> str:
    """The key under which a browser encrypts what this person has not submitted yet (32 bytes in base64)."""
    return b64encode(HKDF(SHA256(), 32, None, f"local/{username}".encode()).derive(ctx.local_secret)).decode()
