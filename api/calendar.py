"""The calendar of rest days: one administrator proposes years that the library does not know, another person confirms them."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from fastapi import APIRouter, Request
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from api.admin_terminals import FROM_A_TERMINAL
from api.attempts import open_attempt
from api.auth import Caller
from api.context import AppContext, get_context
from api.http_io import build_form_invalid, parse_form, read_body, request_body
from api.path_parameters import Year
from api.problems import document_refusals
from api.schemas.law import ProposalView, YearView
from api.untraced import declare_untraced
from law.arrangement import FEWEST, MOST, describe_closed, describe_implausible
from law.calculator import FIRST_YEAR, LAST_YEAR
from law.calendar import SHANGHAI, Calendar
from law.offices import Office
from models.access.scope import Person
from models.problems import DutiesNotSeparated, NotFound, OfficeMayNotAct, Superseded
from models.store import calendar_years
from models.store.connection import Connection

router = APIRouter(tags=["日历"])


class PublishedYear(BaseModel):
    """The rest days of a year as the State Council arranged them: with weekends, and without shifted working days (调休)."""

    model_config = ConfigDict(extra="forbid")

    rest_days: list[date] = Field(title="全部休息日", min_length=FEWEST, max_length=MOST)
    notice: str = Field(title="依据的通知", min_length=1, max_length=200)


class ConfirmedYear(BaseModel):
    """Which proposal is confirmed: the instant at which it was made."""

    model_config = ConfigDict(extra="forbid")

    proposed_at: AwareDatetime = Field(title="所确认的提请的时间")


@router.post(
    "/api/calendar/{year}",
    dependencies=FROM_A_TERMINAL,
    summary="提请公布放假安排",
    openapi_extra=request_body(PublishedYear),
    responses=document_refusals(401, 403, 422),
)
async def propose(request: Request, year: Year, person: Caller) -> ProposalView:
    """Propose or correct a year's rest days; they hold once another person has confirmed them. What it would move is told."""
    ctx = get_context(request)
    async with open_attempt(ctx, person, "propose-calendar") as this:
        if not person.holds_over_bureau(Office.ADMINISTRATOR, await ctx.directory.load_units()):
            raise OfficeMayNotAct("放假安排由管理全局的系统管理员提请公布", required=[Office.ADMINISTRATOR])
        values = parse_form(PublishedYear, this.fill_in(await read_body(request)))
        if len(set(values.rest_days)) < len(values.rest_days):
            raise build_form_invalid("rest_days", "distinct", "休息日有重复")
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise build_form_invalid("rest_days", "within-the-year", f"只能公布{FIRST_YEAR}年至{LAST_YEAR}年的放假安排")
        _check_rest_days(await ctx.get_calendar(), year, values.rest_days)
        async with ctx.pool.connection() as connection:
            await calendar_years.propose(connection, year, values.rest_days, values.notice, person.username)
            return await _get_proposal(connection, await ctx.get_calendar(), year)


@router.get(
    "/api/calendar/{year}/proposal",
    dependencies=declare_untraced("the calendar of holidays"),
    summary="待确认的放假安排",
    responses=document_refusals(401, 403, 404),
)
async def get_proposal(request: Request, year: Year, person: Caller) -> ProposalView:
    """What is proposed for a year: which days it would change, and how many running clocks it would move."""
    ctx = get_context(request)
    await _check_may_confirm(ctx, person)
    async with ctx.pool.connection() as connection:
        return await _get_proposal(connection, await ctx.get_calendar(), year)


@router.post(
    "/api/calendar/{year}/confirm",
    summary="确认公布放假安排",
    openapi_extra=request_body(ConfirmedYear),
    responses={200: {"model": YearView}} | document_refusals(401, 403, 404, 409, 422),
    response_model=None,
)
async def confirm(request: Request, year: Year, person: Caller) -> dict[str, Any]:
    """Publish what another person proposed; whoever answers for a clock that would move is told, and no clock is moved."""
    ctx = get_context(request)
    async with open_attempt(ctx, person, "publish-calendar") as this:
        await _check_may_confirm(ctx, person)
        values = parse_form(ConfirmedYear, this.fill_in(await read_body(request)))
        async with ctx.pool.connection() as connection:
            told = await calendar_years.find_proposal(connection, year)
            if told is None:
                raise NotFound(f"没有待确认的{year}年放假安排")
            if told.proposed_by == person.username:
                raise DutiesNotSeparated("放假安排由一人提请、另一人确认，提请的人不能自己确认")
            if told.proposed_at != values.proposed_at:
                raise Superseded(f"{year}年放假安排已经重新提请，请看过后再确认")
            _check_past_unchanged(await ctx.get_calendar(), year, told.rest_days)
            await calendar_years.confirm(connection, year, told, person.username)
    ctx.forget_calendar()
    return _build_item(await ctx.get_calendar(), year)


def _check_rest_days(calendar: Calendar, year: int, rest_days: Collection[date]) -> None:
    """FormInvalid for days that cannot be the year's arrangement, or that change past days of a published one."""
    if why := describe_implausible(year, rest_days, _build_item(calendar, year)["rest_days"] if calendar.is_final(year) else ()):
        raise build_form_invalid("rest_days", "implausible", why)
    _check_past_unchanged(calendar, year, rest_days)


def _check_past_unchanged(calendar: Calendar, year: int, rest_days: Collection[date]) -> None:
    today = datetime.now(SHANGHAI).date()
    if calendar.is_final(year) and (why := describe_closed(rest_days, _build_item(calendar, year)["rest_days"], today)):
        raise build_form_invalid("rest_days", "past", why)


async def _check_may_confirm(ctx: AppContext, person: Person) -> None:
    tree, either = await ctx.directory.load_units(), (Office.ADMINISTRATOR, Office.LEGAL_REVIEWER)
    if not any(person.holds_over_bureau(office, tree) for office in either):
        raise OfficeMayNotAct("放假安排由管理全局的系统管理员或者全局的法制员确认", required=list(either))


async def _get_proposal(connection: Connection, calendar: Calendar, year: int) -> ProposalView:
    told = await calendar_years.find_proposal(connection, year)
    if told is None:
        raise NotFound(f"没有待确认的{year}年放假安排")
    now, then = set(_build_item(calendar, year)["rest_days"]), set(told.rest_days)
    return ProposalView(
        year=year,
        rest_days=sorted(then),
        notice=told.notice,
        proposed_by=told.proposed_by,
        proposed_by_zh=told.proposed_by_zh,
        proposed_at=told.proposed_at.isoformat(),
        added=sorted(then - now),
        removed=sorted(now - then),
        would_move=len(await calendar_years.list_moved_clocks(connection, year, told.rest_days)),
    )


@router.get(
    "/api/calendar/{year}",
    dependencies=declare_untraced("the calendar of holidays"),
    summary="放假安排",
    responses={200: {"model": YearView}} | document_refusals(404),
    response_model=None,
)
async def get_published_year(request: Request, year: Year) -> dict[str, Any]:
    """A year's rest days; `final` says whether they are the State Council's, or reckoned from weekends and fixed holidays."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotFound()
    return _build_item(await get_context(request).get_calendar(), year)


def _build_item(calendar: Calendar, year: int) -> dict[str, Any]:
    days = (date.fromordinal(n) for n in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()))
    return {"year": year, "final": calendar.is_final(year), "rest_days": [day for day in days if calendar.is_off_day(day)]}
