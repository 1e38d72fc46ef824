"""Administration: units, people and offices, changed by administrators within what they administer, every change journaled."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, NamedTuple, TypeVar

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from api.account import check_strength
from api.admin_terminals import FROM_A_TERMINAL
from api.attempts import attempt
from api.auth import Caller, note_account_event
from api.context import AppContext, get_context
from api.http_io import Cursor, Key, Limit, decode_cursor, encode_cursor, parse_form, read_body, request_body, search_body
from api.path_parameters import Username
from api.problems import documented
from api.submission import scoped_key
from api.untraced import untraced
from law.offices import Office
from models.access.scope import Person, Scope, Tree, below
from models.administration import (
    AdministeredUnit,
    ChangedPerson,
    ChangedUnit,
    GrantedOffice,
    NewPerson,
    NewUnit,
    PeopleTold,
    PersonTold,
    UnitsTold,
    WithdrawnOffice,
)
from models.journal import body_hash
from models.problems import NotFound, OfficeMayNotAct
from models.readmodel import people as roster
from models.store import office_assignments, org_units
from models.store.administrative_change import Change, administered, changing
from models.trace_shapes import AccountEvent

router = APIRouter(prefix="/api/admin", tags=["系统管理"], dependencies=FROM_A_TERMINAL)

M = TypeVar("M", bound=BaseModel)
_REFUSALS = documented(401, 403, 404, 409, 415, 422)


class Realm(NamedTuple):
    """What an administrator administers: the tree of units, and which of them."""

    tree: Tree
    within: frozenset[str]

    def scope(self, person: Person) -> Scope:
        """What an administrator may see of operations there, by number and state: no content, and nothing of a sealed file."""
        return Scope(tuple(sorted(self.within)), (), person.username, ())


async def administering(ctx: AppContext, person: Person) -> Realm:
    """What this person administers; OfficeMayNotAct where that is nothing."""
    if not person.holds(Office.ADMINISTRATOR):
        raise OfficeMayNotAct("系统管理只对系统管理员开放", required=[Office.ADMINISTRATOR])
    tree = await ctx.directory.units()
    return Realm(tree, administered(person, tree))


# Units


@router.get("/units", dependencies=untraced("the organisation"), summary="管理的单位", responses=documented(401, 403))
async def units(request: Request, person: Caller) -> UnitsTold:
    """The units that the caller administers, each after those above it, and the kinds of unit with the offices held in them."""
    ctx = get_context(request)
    tree, within = await administering(ctx, person)
    async with ctx.pool.connection() as connection:
        return await roster.units_told(connection, tree, within)


@router.post("/units", summary="新设单位", status_code=201, openapi_extra=request_body(NewUnit), responses=_REFUSALS)
async def found_unit(request: Request, person: Caller, key: Key = None) -> AdministeredUnit:
    """Found a unit below another."""
    asked = await changed(request, person, "found-unit", NewUnit, key, org_units.found)
    return await _unit(request, person, asked.unit)


@router.patch("/units/{unit}", summary="更名、改类别、调整隶属", openapi_extra=request_body(ChangedUnit), responses=_REFUSALS)
async def change_unit(request: Request, unit: str, person: Caller, key: Key = None) -> AdministeredUnit:
    """Rename a unit, say what it is, or put it below another; what lies below it moves along."""
    await changed(
        request, person, "change-unit", ChangedUnit, key, lambda change, asked: org_units.alter(change, unit, asked), unit
    )
    return await _unit(request, person, unit)


# People


class SoughtPeople(BaseModel):
    """A search for people."""

    model_config = ConfigDict(extra="forbid")

    q: str | None = Field(None, title="姓名、用户名或者警号", min_length=1, max_length=60)


@router.get("/people", dependencies=untraced("user accounts"), summary="管理的人员", responses=documented(401, 403, 422))
@router.post("/people/find", summary="查找人员", openapi_extra=request_body(SoughtPeople), responses=documented(401, 403, 415, 422))
async def people(
    request: Request,
    person: Caller,
    words: Annotated[SoughtPeople, search_body(SoughtPeople, "/api/admin/people/find")],
    unit: Annotated[str | None, Query(title="单位", description="含其下属单位", max_length=60)] = None,
    office: Annotated[Office | None, Query(title="职务")] = None,
    active: Annotated[bool | None, Query(title="是否在用")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> PeopleTold:
    """Who holds an office in the units that the caller administers, by user name; by which name they are looked for stands in the body."""
    ctx = get_context(request)
    tree, within = await administering(ctx, person)
    selected = within & below(unit, tree) if unit else within
    given = {"q": words.q, "office": office and office.value, "active": active}
    filters = {name: value for name, value in given.items() if value is not None}
    _, after = decode_cursor(cursor, int, str) or [0, ""]
    async with ctx.pool.connection() as connection:
        page, last = await roster.people(connection, tree, within, sorted(selected), filters, after, limit)
    return page.model_copy(update={"next": encode_cursor((0, last)) if last else None})


@router.get("/people/{username}", dependencies=untraced("a user account"), summary="一名人员", responses=documented(401, 403, 404))
async def one_person(request: Request, username: Username, person: Caller) -> PersonTold:
    """One person with their offices, and what is open in their name."""
    return await _person(request, person, username)


@router.post("/people", summary="新增人员", status_code=201, openapi_extra=request_body(NewPerson), responses=_REFUSALS)
async def enrol_person(request: Request, person: Caller, key: Key = None) -> PersonTold:
    """Enrol a person in their first office."""

    async def enrol(change: Change, asked: NewPerson) -> None:
        await office_assignments.enrol(change, asked, await _hashed(request, asked.password, asked.username, asked.zh, asked.badge))

    asked = await changed(request, person, "enrol-person", NewPerson, key, enrol)
    if asked.password:
        note_account_event(request, AccountEvent.PASSWORD_SET, asked.username, by=person.username)
    return await _person(request, person, asked.username)


@router.patch("/people/{username}", summary="修改、停用、启用人员", openapi_extra=request_body(ChangedPerson), responses=_REFUSALS)
async def change_person(request: Request, username: Username, person: Caller, key: Key = None) -> PersonTold:
    """Rename a person, change their badge or password, let them go (naming who takes over), or take them back."""

    async def alter(change: Change, asked: ChangedPerson) -> None:
        await office_assignments.alter(change, username, asked, await _hashed(request, asked.password, username, asked.zh or ""))

    asked = await changed(request, person, "change-person", ChangedPerson, key, alter, username)
    if asked.password:
        note_account_event(request, AccountEvent.PASSWORD_SET, username, by=person.username)
    return await _person(request, person, username)


# Offices


@router.post("/holdings", summary="任命职务", status_code=201, openapi_extra=request_body(GrantedOffice), responses=_REFUSALS)
async def grant_office(request: Request, person: Caller, key: Key = None) -> PersonTold:
    """Grant somebody an office in a unit."""
    asked = await changed(request, person, "grant-office", GrantedOffice, key, office_assignments.grant)
    return await _person(request, person, asked.username)


@router.post("/holdings/withdraw", summary="免去职务", openapi_extra=request_body(WithdrawnOffice), responses=_REFUSALS)
async def withdraw_office(request: Request, person: Caller, key: Key = None) -> PersonTold:
    """Withdraw an office; whoever thereby leaves matters behind names who takes them over."""
    asked = await changed(request, person, "withdraw-office", WithdrawnOffice, key, office_assignments.withdraw)
    return await _person(request, person, asked.username)


async def changed(
    request: Request,
    person: Person,
    step: str,
    model: type[M],
    key: str | None,
    make: Callable[[Change, M], Awaitable[None]],
    whose: str = "",
) -> M:
    """Make a change once under its key, journal it whether it is made or refused, and forget cached people and units."""
    ctx = get_context(request)
    async with attempt(ctx, person, step) as this:
        if not person.holds(Office.ADMINISTRATOR):
            raise OfficeMayNotAct("系统管理只对系统管理员开放", required=[Office.ADMINISTRATOR])
        asked = parse_form(model, this.fills_in(await read_body(request)))
        # Of a password this hashes that there is one.
        hashed = body_hash(f"{step}/{whose}", asked.model_dump(mode="json", exclude_unset=True))
        change_of = partial(
            changing, author=person, now=datetime.now(UTC), key=scoped_key(person, key), body_hash=hashed, demo=ctx.settings.demo
        )
        async with ctx.pool.connection() as connection, change_of(connection) as change:
            if not await change.is_repeat():
                await make(change, asked)
    ctx.directory.forget()
    return asked


async def _hashed(request: Request, password: SecretStr | None, username: str, *known: str) -> str | None:
    if password is None:
        return None
    check_strength(password.get_secret_value(), (username, *known))
    return await get_context(request).passwords.hash(username, password.get_secret_value())


async def _unit(request: Request, person: Person, unit: str) -> AdministeredUnit:
    told = await units(request, person)
    return next(each for each in told.units if each.unit == unit)


async def _person(request: Request, person: Person, username: str) -> PersonTold:
    ctx = get_context(request)
    tree, within = await administering(ctx, person)
    async with ctx.pool.connection() as connection:
        page, _ = await roster.people(connection, tree, within, sorted(within), {"username": username}, "", 1)
    if not page.items:
        raise NotFound(f"您管理的范围内没有用户名为“{username[:60]}”的人员")
    return page.items[0]
