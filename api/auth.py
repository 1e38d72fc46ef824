"""Who is asking: bearer tokens, the password form of demonstration users, and the people and units as they were seconds ago."""

import hmac
import time
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, Request
from fastapi.security import OAuth2PasswordBearer
from pydantic import BaseModel, Field, SecretStr

from api.desk import Desk, desk
from api.problems import documented
from api.shapes.people import Me
from law.offices import Office
from models import queries
from models.outside import machine
from models.problems import FormInvalid, NotSignedIn, TooManyRequests
from models.reach import Person
from runtime.logging import log
from runtime.passwords import verify_password
from runtime.tokens import DemoTokens

router = APIRouter(tags=["登录"])

_BEARER = OAuth2PasswordBearer(
    tokenUrl="/api/auth/token", auto_error=False, description="演示用户以口令换取令牌，外部系统以密钥换取令牌"
)
_NOTHING = SecretStr("")


class Token(BaseModel):
    """A bearer token and how many seconds it holds."""

    access_token: str
    token_type: str = "bearer"
    expires_in: int = Field(title="有效秒数")


class DemoLogin(BaseModel):
    """A user of the demonstration, offered to whoever opens it."""

    name: str = Field(title="用户名")
    password: str = Field(title="口令")
    who: str = Field(title="何人")


class Way(BaseModel):
    """How one signs in here: with a password of ours, or through the bureau's own identity provider."""

    way: Literal["password", "oidc"] = Field(title="方式")
    demo: bool = Field(title="演示系统")
    logins: list[DemoLogin] = Field(default=[], title="演示用户", description="只有演示系统给出")
    issuer: str = Field(default="", title="统一身份认证")
    client_id: str = Field(default="", title="在统一身份认证中的代号")


async def signed_in(request: Request, token: Annotated[str | None, Depends(_BEARER)]) -> Person:
    """The person whom the bearer token names; NotSignedIn where there is none."""
    if not token:
        raise NotSignedIn()
    return await desk(request).register.bearer(token)


Caller = Annotated[Person, Depends(signed_in)]
"""The signed-in person, as a parameter of a route."""


class TokenRequest:
    """What a token is asked for with: a person's name and password, or a system's id and secret (OAuth 2.0)."""

    def __init__(
        self,
        grant_type: Annotated[Literal["password", "client_credentials"], Form()] = "password",
        username: Annotated[str, Form(max_length=200)] = "",
        password: Annotated[SecretStr, Form(max_length=1000)] = _NOTHING,
        client_id: Annotated[str, Form(max_length=200)] = "",
        client_secret: Annotated[SecretStr, Form(max_length=1000)] = _NOTHING,
    ) -> None:
        """Of these fields a person fills in the first pair, a system the second."""
        self.by_system = grant_type == "client_credentials"
        self.name = client_id if self.by_system else username
        self.secret = (client_secret if self.by_system else password).get_secret_value()
        if not (self.name and self.secret):
            missing = ("client_id", "client_secret") if self.by_system else ("username", "password")
            raise FormInvalid(errors=[{"field": field, "rule": "missing", "detail": "必须填写"} for field in missing])


@router.get("/api/auth/way", summary="如何登录")
async def way(request: Request) -> Way:
    """How one signs in; a demonstration says as whom."""
    house = desk(request)
    if not isinstance(house.tokens, DemoTokens):
        settings = house.settings
        return Way(way="oidc", demo=False, issuer=settings.oidc_issuer, client_id=settings.oidc_client_id)
    demo = house.settings.demo
    return Way(way="password", demo=demo, logins=list(request.app.state.logins) if demo else [])


@router.post("/api/auth/token", summary="登录", responses=documented(401, 422, 429))
async def sign_in(request: Request, form: Annotated[TokenRequest, Depends()]) -> Token:
    """Exchange a demonstration user's name and password, or a system's id and secret, for a bearer token (OAuth 2.0)."""
    house = desk(request)
    if not isinstance(house.tokens, DemoTokens):
        raise NotSignedIn("请通过本单位的统一身份认证登录")
    address = request.client.host if request.client else ""
    subject = machine(form.name) if form.by_system else form.name
    wait = house.gate.enter(subject, address)
    if wait:
        log.info("sign-in.limited", retry_after=int(wait) + 1)
        raise TooManyRequests("登录尝试过于频繁", retry_after=int(wait) + 1)
    try:
        known = await (_is_system(house, form) if form.by_system else _is_person(house, form))
    except Exception:
        # Nobody could say whether the password was right, and nobody guessed anything. (Who hangs up first is not forgiven.)
        house.gate.undecided(subject, address)
        raise
    if not known:
        log.info("sign-in.refused")
        raise NotSignedIn("系统名称或者密钥不正确" if form.by_system else "用户名或者口令不正确")
    house.gate.succeeded(subject, address)
    log.info("sign-in.accepted")
    token, expires_at = house.tokens.issue(subject)
    return Token(access_token=token, expires_in=round(expires_at.timestamp() - time.time()))


async def _is_person(house: Desk, form: TokenRequest) -> bool:
    async with house.pool.connection() as connection:
        hashed = await queries.password_of(connection, form.name)
    return await verify_password(form.secret, hashed)


async def _is_system(house: Desk, form: TokenRequest) -> bool:
    partner = house.settings.partners.get(form.name)
    wanted = partner.client_secret.get_secret_value() if partner else ""
    return hmac.compare_digest(wanted.encode(), form.secret.encode()) and bool(wanted)


@router.get("/api/me", summary="我是谁", responses={200: {"model": Me}} | documented(401), response_model=None)
async def me(person: Caller) -> dict[str, Any]:
    """The signed-in person and the offices they hold."""
    offices = [
        {"office": each.office, "zh": Office(each.office).zh, "unit": each.unit.id, "unit_zh": each.unit.zh}
        for each in person.offices
    ]
    return {"username": person.username, "zh": person.zh, "badge": person.badge, "offices": offices}
