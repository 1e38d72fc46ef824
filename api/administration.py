"""Administration: units, people and offices, changed by administrators within what they administer, every change journaled."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, NamedTuple, TypeVar

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from api.account import check_strength
from api.admin_terminals import FROM_A_TERMINAL
from api.attempts import open_attempt
from api.auth import Caller, note_account_event
from api.context import AppContext, get_context
from api.http_io import Cursor, Key, Limit, decode_cursor, encode_cursor, parse_form, read_body, request_body, search_body
from api.path_parameters import Username
from api.problems import document_refusals
from api.submission import build_scoped_key
from api.untraced import declare_untraced
from law.offices import Office
from models.access.scope import Person, Scope, Tree, list_units_below
from models.administration import (
    AdministeredUnit,
    ChangedPerson,
    ChangedUnit,
    GrantedOffice,
    NewPerson,
    NewUnit,
    PersonList,
    PersonView,
    UnitList,
    WithdrawnOffice,
)
from models.journal import hash_body
from models.problems import NotFound, OfficeMayNotAct
from models.readmodel import people as roster
from models.store import office_assignments, org_units
from models.store.administrative_change import Change, list_administered_units, open_change
from models.trace_shapes import AccountEvent

router = APIRouter(prefix="/api/admin", tags=["系统管理"], dependencies=FROM_A_TERMINAL)

M = TypeVar("M", bound=BaseModel)
_REFUSALS = document_refusals(401, 403, 404, 409, 415, 422)


class Realm(NamedTuple):
    """What an administrator administers: the tree of units, and which of them."""

    tree: Tree
    within: frozenset[str]

    def build_scope(self, person: Person) -> Scope:
        """What an administrator may see of operations there, by number and state: no content, and nothing of a sealed file."""
        return Scope(tuple(sorted(self.within)), (), person.username, ())


async def get_realm(ctx: AppContext, person: Person) -> Realm:
    """What this person administers; OfficeMayNotAct where that is nothing."""
    if not person.holds(Office.ADMINISTRATOR):
        raise OfficeMayNotAct("系统管理只对系统管理员开放", required=[Office.ADMINISTRATOR])
    tree = await ctx.directory.load_units()
    return Realm(tree, list_administered_units(person, tree))


# Units


@router.get(
    "/units", dependencies=declare_untraced("the organisation"), summary="管理的单位", responses=document_refusals(401, 403)
)
async def list_units(request: Request, person: Caller) -> UnitList:
    """The units that the caller administers, each after those above it, and the kinds of unit with the offices held in them."""
    ctx = get_context(request)
    tree, within = await get_realm(ctx, person)
    async with ctx.pool.connection() as connection:
        return await roster.list_units(connection, tree, within)


@router.post("/units", summary="新设单位", status_code=201, openapi_extra=request_body(NewUnit), responses=_REFUSALS)
async def found_unit(request: Request, person: Caller, key: Key = None) -> AdministeredUnit:
    """Found a unit below another."""
    asked = await make_account_change(request, person, "found-unit", NewUnit, key, org_units.found_unit)
    return await _load_unit(request, person, asked.unit)


@router.patch("/units/{unit}", summary="更名、改类别、调整隶属", openapi_extra=request_body(ChangedUnit), responses=_REFUSALS)
async def change_unit(request: Request, unit: str, person: Caller, key: Key = None) -> AdministeredUnit:
    """Rename a unit, say what it is, or put it below another; what lies below it moves along."""
    await make_account_change(
        request, person, "change-unit", ChangedUnit, key, lambda change, asked: org_units.alter(change, unit, asked), unit
    )
    return await _load_unit(request, person, unit)


# People


class SoughtPeople(BaseModel):
    """A search for people."""

    model_config = ConfigDict(extra="forbid")

    q: str | None = Field(default=None, title="姓名、用户名或者警号", min_length=1, max_length=60)


@router.get(
    "/people", dependencies=declare_untraced("user accounts"), summary="管理的人员", responses=document_refusals(401, 403, 422)
)
@router.post(
    "/people/find", summary="查找人员", openapi_extra=request_body(SoughtPeople), responses=document_refusals(401, 403, 415, 422)
)
async def list_people(
    request: Request,
    person: Caller,
    words: Annotated[SoughtPeople, search_body(SoughtPeople, "/api/admin/people/find")],
    unit: Annotated[str | None, Query(title="单位", description="含其下属单位", max_length=60)] = None,
    office: Annotated[Office | None, Query(title="职务")] = None,
    active: Annotated[bool | None, Query(title="是否在用")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> PersonList:
    """Who holds an office in the units that the caller administers, by user name; by which name they are looked for stands in the body."""
    ctx = get_context(request)
    tree, within = await get_realm(ctx, person)
    selected = within & list_units_below(unit, tree) if unit else within
    given = {"q": words.q, "office": office and office.value, "active": active}
    filters = {name: value for name, value in given.items() if value is not None}
    _, after = decode_cursor(cursor, int, str) or [0, ""]
    async with ctx.pool.connection() as connection:
        page, last = await roster.list_people(connection, tree, within, sorted(selected), filters, after, limit)
    return page.model_copy(update={"next": encode_cursor((0, last)) if last else None})


@router.get(
    "/people/{username}",
    dependencies=declare_untraced("a user account"),
    summary="一名人员",
    responses=document_refusals(401, 403, 404),
)
async def get_person(request: Request, username: Username, person: Caller) -> PersonView:
    """One person with their offices, and what is open in their name."""
    return await _load_person(request, person, username)


@router.post("/people", summary="新增人员", status_code=201, openapi_extra=request_body(NewPerson), responses=_REFUSALS)
async def enrol_person(request: Request, person: Caller, key: Key = None) -> PersonView:
    """Enrol a person in their first office."""

    async def enrol(change: Change, asked: NewPerson) -> None:
        await office_assignments.enrol(
            change, asked, await _hash_password(request, asked.password, asked.username, asked.zh, asked.badge)
        )

    asked = await make_account_change(request, person, "enrol-person", NewPerson, key, enrol)
    if asked.password:
        note_account_event(request, AccountEvent.PASSWORD_SET, asked.username, by=person.username)
    return await _load_person(request, person, asked.username)


@router.patch("/people/{username}", summary="修改、停用、启用人员", openapi_extra=request_body(ChangedPerson), responses=_REFUSALS)
async def change_person(request: Request, username: Username, person: Caller, key: Key = None) -> PersonView:
    """Rename a person, change their badge or password, let them go (naming who takes over), or take them back."""

    async def alter(change: Change, asked: ChangedPerson) -> None:
        await office_assignments.alter(
            change, username, asked, await _hash_password(request, asked.password, username, asked.zh or "")
        )

    asked = await make_account_change(request, person, "change-person", ChangedPerson, key, alter, username)
    if asked.password:
        note_account_event(request, AccountEvent.PASSWORD_SET, username, by=person.username)
    return await _load_person(request, person, username)


# Offices


@router.post("/holdings", summary="任命职务", status_code=201, openapi_extra=request_body(GrantedOffice), responses=_REFUSALS)
async def grant_office(request: Request, person: Caller, key: Key = None) -> PersonView:
    """Grant somebody an office in a unit."""
    asked = await make_account_change(request, person, "grant-office", GrantedOffice, key, office_assignments.grant)
    return await _load_person(request, person, asked.username)


@router.post("/holdings/withdraw", summary="免去职务", openapi_extra=request_body(WithdrawnOffice), responses=_REFUSALS)
async def withdraw_office(request: Request, person: Caller, key: Key = None) -> PersonView:
    """Withdraw an office; whoever thereby leaves matters behind names who takes them over."""
    asked = await make_account_change(request, person, "withdraw-office", WithdrawnOffice, key, office_assignments.withdraw)
    return await _load_person(request, person, asked.username)


async def make_account_change(
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
    async with open_attempt(ctx, person, step) as this:
        if not person.holds(Office.ADMINISTRATOR):
            raise OfficeMayNotAct("系统管理只对系统管理员开放", required=[Office.ADMINISTRATOR])
        asked = parse_form(model, this.fill_in(await read_body(request)))
        # Of a password this hashes that there is one.
        hashed = hash_body(f"{step}/{whose}", asked.model_dump(mode="json", exclude_unset=True))
        change_of = partial(
            open_change,
            author=person,
            now=datetime.now(UTC),
            key=build_scoped_key(person, key),
            body_hash=hashed,
            demo=ctx.settings.demo,
        )
        async with ctx.pool.connection() as connection, change_of(connection) as change:
            if not await change.is_repeat():
                await make(change, asked)
    ctx.directory.forget()
    return asked


async def _hash_password(request: Request, password: SecretStr | None, username: str, *known: str) -> str | None:
    if password is None:
        return None
    check_strength(password.get_secret_value(), (username, *known))
    return await get_context(request).passwords.hash(username, password.get_secret_value())


async def _load_unit(request: Request, person: Person, unit: str) -> AdministeredUnit:
    told = await list_units(request, person)
    return next(each for each in told.units if each.unit == unit)


async def _load_person(request: Request, person: Person, username: str) -> PersonView:
    ctx = get_context(request)
    tree, within = await get_realm(ctx, person)
    async with ctx.pool.connection() as connection:
        page, _ = await roster.list_people(connection, tree, within, sorted(within), {"username": username}, "", 1)
    if not page.items:
        raise NotFound(f"您管理的范围内没有用户名为“{username[:60]}”的人员")
    return page.items[0]
