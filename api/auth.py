"""Who is asking: bearer tokens, the password form of demonstration users, and the people and units as they were seconds ago."""

import time
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm
from pydantic import BaseModel, Field

from api.desk import desk
from api.problems import documented
from law.offices import Office
from models import queries
from models.problems import NotSignedIn, TooManyRequests
from models.reach import Person
from runtime.logging import log
from runtime.passwords import verify_password
from runtime.tokens import DemoTokens

router = APIRouter(tags=["登录"])

_BEARER = OAuth2PasswordBearer(tokenUrl="/api/auth/token", auto_error=False, description="演示用户以口令换取令牌")


class Token(BaseModel):
    """A bearer token and how many seconds it holds."""

    access_token: str
    token_type: str = "bearer"
    expires_in: int = Field(title="有效秒数")


async def signed_in(request: Request, token: Annotated[str | None, Depends(_BEARER)]) -> Person:
    """The person whom the bearer token names; NotSignedIn where there is none."""
    if not token:
        raise NotSignedIn()
    return await desk(request).register.bearer(token)


Caller = Annotated[Person, Depends(signed_in)]
"""The signed-in person, as a parameter of a route."""


@router.post("/api/auth/token", summary="登录", responses=documented(401, 422, 429))
async def sign_in(request: Request, form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> Token:
    """Exchange a demonstration user's name and password for a bearer token (OAuth 2.0 password form)."""
    house = desk(request)
    if not isinstance(house.tokens, DemoTokens):
        raise NotSignedIn("请通过本单位的统一身份认证登录")
    address = request.client.host if request.client else ""
    wait = house.gate.enter(form.username, address)
    if wait:
        log.info("sign-in.limited", retry_after=int(wait) + 1)
        raise TooManyRequests("登录尝试过于频繁", retry_after=int(wait) + 1)
    async with house.pool.connection() as connection:
        hashed = await queries.password_of(connection, form.username)
    if not await verify_password(form.password, hashed):
        log.info("sign-in.refused")
        raise NotSignedIn("用户名或者口令不正确")
    house.gate.succeeded(form.username, address)
    log.info("sign-in.accepted")
    token, expires_at = house.tokens.issue(form.username)
    return Token(access_token=token, expires_in=round(expires_at.timestamp() - time.time()))


@router.get("/api/me", summary="我是谁", responses=documented(401))
async def me(person: Caller) -> dict[str, Any]:
    """The signed-in person and the offices they hold."""
    offices = [
        {"office": each.office, "zh": Office(each.office).zh, "unit": each.unit.id, "unit_zh": each.unit.zh}
        for each in person.offices
    ]
    return {"username": person.username, "zh": person.zh, "badge": person.badge, "offices": offices}
